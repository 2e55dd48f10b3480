"""A chair who has asked to move a talk can take it back until we have answered."""

import pytest

from partnership.outbox.queue.final_check import final_check
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, visit
from talks.actions import offers
from talks.models import Slot
from talks.tests.bookings import mail
from talks.tests.sent_links import path_of
from talks.tests.test_access import EVERYONE, at
from talks.tests.test_asking_to_move import asked

STAYS = "Foredraget bliver, hvor det er"


@pytest.mark.parametrize("by_link", [True, False])
def test_the_chair_takes_it_back_by_the_link_and_on_the_own_page(cast: Cast, by_link: bool) -> None:
    hold = asked(cast)
    address = path_of(hold.booking, "change") if by_link else at("move_own", hold.booking_id)
    browser = visit(None if by_link else cast.ruth)
    assert "take_back" in browser.get(address).content.decode()
    assert STAYS in browser.post(address, {"take_back": "1"}).content.decode()
    hold.refresh_from_db()
    assert hold.closed_at
    assert hold.speaker_id in Slot.objects.bookable(NOW).values_list("speaker", flat=True)
    assert "take_back" not in browser.get(address).content.decode()
    assert "ønsker ikke længere at flytte til" in visit(cast.karen).get(at("answer", hold.booking_id)).content.decode()


def test_the_page_of_the_talk_leads_there(cast: Cast) -> None:
    hold = asked(cast)
    assert "take_back" in visit(cast.ruth).get(at("booking", hold.booking_id)).content.decode()
    for other in (cast.karen, cast.sven):
        assert "take_back" not in visit(other).get(at("booking", hold.booking_id)).content.decode()


def test_coordinators_need_not_answer_and_nobody_is_warned(cast: Cast) -> None:
    hold = asked(cast)
    offers.take_back_move(hold=hold, by=cast.ruth, now=NOW)
    assert [one.recipient for one in mail("move_taken_back")] == [cast.karen]
    (told,) = mail("move_taken_back")
    assert final_check(told, NOW).words
    for kind in ("move_received", "asked_to_move", "move_due", "move_unanswered"):
        for message in mail(kind):
            assert final_check(message, message.due_at).words is None


def test_what_is_answered_cannot_be_taken_back(cast: Cast) -> None:
    hold = asked(cast)
    offers.refuse_to_move(hold=hold, by=cast.karen, now=NOW)
    with pytest.raises(Refused) as refusal:
        offers.take_back_move(hold=hold, by=cast.ruth, now=NOW)
    assert refusal.value.reason == "answered"
    assert visit(cast.ruth).post(at("move_own", hold.booking_id), {"take_back": "1"}).status_code == 400


@pytest.mark.parametrize("name", [name for name in EVERYONE if name != "ruth"])
def test_nobody_except_the_association_takes_it_back(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        offers.take_back_move(hold=asked(cast), by=getattr(cast, name), now=NOW)
