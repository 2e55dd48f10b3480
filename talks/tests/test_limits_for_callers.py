"""How often staff may write to one mailbox while they act for a caller: far more often than a call needs, each of them
for themselves, and a talk is cancelled in any case.
"""

import uuid

import pytest

from partnership.outbox.models import Message
from partnership.people.models import PersonStep, User
from partnership.people.tests import test_details_by_staff as details
from partnership.places.tests.builders import an_address
from partnership.tests.cast import Cast, person, slot, visit
from talks.models import Booking, TalkWish
from talks.tests.bookings import confirmed
from talks.tests.test_pages import typed

S = Booking.State
WISHED = {
    "first_0": "9", "first_1": "2", "first_2": "2027", "second_0": "10", "second_1": "2", "second_2": "2027",
    "from_hour": "19.00",
}  # fmt: skip
FULL = "Nothing is saved"


@pytest.fixture
def narrow(settings) -> None:
    """Let each member of staff write to a mailbox once an hour."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"mail_to_mailbox_by_one_of_staff": "1/h/key"}


def for_ruth(cast: Cast, page: str, **more: object) -> tuple[str, dict[str, object]]:
    form = typed(cast, medium="phone", submission=str(uuid.uuid4()), **more)
    for name in ("name", "email"):
        form.pop(name)
    return f"/en/staff/talks/for/{cast.ruth.pk}/{page}/", form


def moved(cast: Cast, talk: Booking, days: int, by: User | None = None):
    form = {"slot": slot(cast.speaker, days=days).pk, "medium": "phone"}
    return visit(by or cast.karen).post(f"/en/staff/talks/{talk.pk}/call/move/", form)


def test_a_long_call_and_those_of_colleagues_reach_no_limit(cast: Cast) -> None:
    """All of a town hall have one IP address."""
    browser, talk = visit(cast.karen), confirmed(cast)
    for days in (33, 34, 35, 36, 40, 41):
        assert moved(cast, talk, days).status_code == 302
    for _time in range(6):
        again = {"submission": str(uuid.uuid4())}
        page = browser.post(f"/en/staff/talks/{talk.pk}/call/send/", again, follow=True).content.decode()
        assert FULL not in page
    kaja = person("Kaja", cast.randers)
    kaja.roles.create(partnership=cast.randers, kind="coordinator")
    for days in (42, 43, 47):
        assert moved(cast, talk, days, kaja).status_code == 302
    answer = browser.post(f"/en/staff/talks/{talk.pk}/call/cancel/", {"medium": "phone"})
    assert answer.status_code == 302
    talk.refresh_from_db()
    assert talk.state == S.CANCELLED


def test_above_the_limit_a_colleague_goes_on_and_cancelling_is_never_refused(cast: Cast, narrow: None) -> None:
    talk = confirmed(cast)
    assert moved(cast, talk, 33).status_code == 302
    refused = moved(cast, talk, 34)
    assert (refused.status_code, FULL in refused.content.decode()) == (400, True)
    assert "ask a colleague to do it, or call the person." in refused.content.decode()
    assert moved(cast, talk, 35, cast.anne).status_code == 302
    cancelled = visit(cast.karen).post(f"/en/staff/talks/{talk.pk}/call/cancel/", {"medium": "phone"})
    assert cancelled.status_code == 302
    talk.refresh_from_db()
    assert talk.state == S.CANCELLED


@pytest.mark.parametrize("what", ["book", "wish"])
def test_a_form_that_is_sent_twice_says_what_it_has_saved(cast: Cast, narrow: None, what: str) -> None:
    days = WISHED if what == "wish" else {}
    address, form = for_ruth(cast, what, **days)
    browser = visit(cast.karen)
    first, second = (browser.post(address, form) for _click in range(2))
    assert (first.status_code, second.status_code) == (302, 302), second.content.decode()
    assert first["Location"] == second["Location"]
    assert Booking.objects.count() + TalkWish.objects.count() == 1
    form["submission"] = str(uuid.uuid4())
    another = browser.post(address, form)
    assert (another.status_code, FULL in another.content.decode()) == (400, what == "wish")
    assert Booking.objects.count() + TalkWish.objects.count() == 1


def test_a_form_that_was_refused_is_refused_again(cast: Cast, narrow: None) -> None:
    """The control: what was not saved is not let through because it was sent before."""
    assert moved(cast, confirmed(cast), 33).status_code == 302
    address, form = for_ruth(cast, "wish", **WISHED)
    for _click in range(2):
        answer = visit(cast.karen).post(address, form)
        assert (answer.status_code, FULL in answer.content.decode()) == (400, True)
    assert not TalkWish.objects.exists()


def test_a_caller_who_is_written_down_twice_is_one_person(cast: Cast, narrow: None) -> None:
    an_address(cast.vorup, number="7")
    form = details.typed(email=f"{'g' * 60}@{'r' * 60}.example")
    first, second = (visit(cast.karen).post(details.NEW, form) for _click in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert PersonStep.objects.filter(person__name="Gerda Holm").count() == 1


def test_what_is_sent_again_twice_is_not_said_to_be_unsaved(cast: Cast, narrow: None) -> None:
    talk, browser, form = confirmed(cast), visit(cast.karen), {"submission": str(uuid.uuid4())}
    before = Message.objects.count()
    pages = [
        browser.post(f"/en/staff/talks/{talk.pk}/call/send/", form, follow=True).content.decode() for _click in range(2)
    ]
    assert "It is sent again" in pages[0]
    assert FULL not in pages[1]
    assert Message.objects.count() == before + 1
