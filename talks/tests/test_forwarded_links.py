"""An email may be forwarded: what the reader of a link learns and does who is not the one to whom we wrote."""

import html
import re

import pytest

from partnership import clock
from partnership.people.actions.mailboxes import verify_mailbox
from partnership.people.models import User
from partnership.tests.cast import NOW, Cast, person, slot, visit
from talks import links
from talks.actions import deputies, offers
from talks.models import Booking, DeputyInvitation, Feedback
from talks.tests.bookings import confirmed
from talks.tests.sent_links import path_of
from talks.tests.test_afterwards import over

ANSWERS = {"useful": "yes", "will_act": "maybe", "words": "Sven var sen"}


def shown(page) -> str:
    return html.unescape(page.content.decode())


@pytest.fixture
def answered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Booking:
    """A talk about which the chair has answered the two questions by the link."""
    booking = confirmed(cast)
    monkeypatch.setattr(clock, "now", lambda: over(booking))
    assert visit(None).post(path_of(booking, "feedback"), ANSWERS).status_code == 200
    return booking


def test_answers_are_neither_shown_nor_replaced_by_the_link(cast: Cast, answered: Booking) -> None:
    path = path_of(answered, "feedback")
    page = shown(visit(None).get(path))
    assert "De to spørgsmål er besvaret" in page
    assert "Sven var sen" not in page
    other = visit(None).post(path, {"useful": "no", "will_act": "no", "words": "Fremmedes ord"})
    assert other.status_code == 409
    assert "Fremmedes ord" in shown(other)
    assert "Sven var sen" not in shown(other)
    assert Feedback.objects.get().words == "Sven var sen"
    assert shown(visit(cast.frede).get(path)).count("Sven var sen") == 0


def test_a_second_press_is_thanked_for(cast: Cast, answered: Booking) -> None:
    again = visit(None).post(path_of(answered, "feedback"), ANSWERS)
    assert again.status_code == 200
    assert "Tak for" in shown(again)


def test_the_chair_changes_the_answers_from_their_own_page(cast: Cast, answered: Booking) -> None:
    page = shown(visit(cast.ruth).get(f"/da/talks/bookings/{answered.pk}/"))
    (path,) = re.findall(r'href="[^"]*(/da/talks/feedback/[^"]+)">\s*Ret svarene', page)
    assert "Sven var sen" in shown(visit(cast.ruth).get(path))
    visit(cast.ruth).post(path, ANSWERS | {"words": "Alt i orden"})
    assert Feedback.objects.get().words == "Alt i orden"


def offered(cast: Cast) -> Booking:
    booking = confirmed(cast, slot(cast.speaker, days=30))
    Booking.objects.filter(pk=booking.pk).update(note="Ring på bagdøren")
    offers.call_off(booking=booking, slots=[slot(cast.speaker, days=33)], by=cast.karen, now=clock.now(), why="Syg")
    booking.refresh_from_db()
    return booking


def test_asking_again_fills_in_nobodys_name_for_a_stranger(cast: Cast) -> None:
    booking = offered(cast)
    path = path_of(booking, "accept", version=booking.sequence)
    (again,) = re.findall(r'href="([^"]*again=[^"]+)"', shown(visit(None).post(path, {"none": "1"})))
    by_mail = "/" + links.form_for_wishes(booking, cast.ruth).split("/", 3)[3]
    for page in (again, by_mail):
        form = shown(visit(None).get(page))
        assert "Vorup Grundejerforening" in form
        for secret in (cast.ruth.email, 'value="Ruth"', "bagdøren"):
            assert secret not in form
        own = shown(visit(cast.ruth).get(page))
        assert cast.ruth.email in own
        assert 'value="Ruth"' in own
        assert "bagdøren" in own


def invitation(cast: Cast, email: str) -> tuple[DeputyInvitation, str]:
    deputies.ask_deputy(association=cast.association, name="D.", email=email, by=cast.ruth, now=clock.now())
    asked = DeputyInvitation.objects.get()
    return asked, path_of(asked, "become_deputy", version=asked.version)


def test_a_number_that_we_know_is_not_replaced(cast: Cast) -> None:
    User.objects.filter(pk=cast.frede.pk).update(phone="+4512345678")
    verify_mailbox(cast.frede, NOW)
    _asked, path = invitation(cast, cast.frede.email)
    assert visit(None).post(path, {"phone": "20 66 66 66", "answer": "yes"}).status_code == 200
    cast.frede.refresh_from_db()
    assert cast.frede.phone == "+4512345678"


def test_a_first_number_is_stored(cast: Cast) -> None:
    dorte = person("Dorte", cast.randers)
    _asked, path = invitation(cast, dorte.email)
    visit(None).post(path, {"phone": "20 66 66 66", "answer": "yes"})
    dorte.refresh_from_db()
    assert dorte.phone.replace(" ", "") == "20666666"


def test_the_yearly_link_names_no_chair(cast: Cast) -> None:
    page = shown(visit(None).get(path_of(cast.association, "confirm_association")))
    assert "Dig, som vi har skrevet til" in page
    assert "Ruth" not in page


def test_the_link_that_cancels_says_which_talk_and_not_where(cast: Cast) -> None:
    booking = confirmed(cast, slot(cast.speaker, days=30))
    page = shown(visit(None).get(path_of(booking, "cancel")))
    assert "Vorup Grundejerforening" in page
    assert booking.place not in page
