"""Noting name and address protection withdraws the letters that wait, and staff read which."""

import uuid

import pytest

from entrance.own_codes.finding import send_letter
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import LetterBatch, Message
from partnership.outbox.preferences import hiding
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.reasons import NOW_PROTECTED
from partnership.outbox.staff.letter_batches import hand_over_batch, make_batch, overview
from partnership.people.actions.protecting import protect, take_protection
from partnership.people.changes import moved_by_staff
from partnership.people.models import User
from partnership.people.own.homes import home_of
from partnership.people.tests.looking_up import look_up
from partnership.tests.cast import Cast, visit

WITHDRAWN = "Letters that we had not posted to you yet are withdrawn."
CODE_ENDED = "If you are waiting for a letter with a code, ask for a new one: the code no longer works."


@pytest.fixture
def poul(cast: Cast) -> User:
    """A helper without a mailbox, whose welcome waits to be printed."""
    person = make.slip(cast.karen, make.home(cast.vorup)).person
    deliver(urgent=False)
    return User.objects.get(pk=person.pk)


def welcome() -> Message:
    return Message.objects.get(kind="neighbours.welcome")


def noted_on_page(cast: Cast, person: User) -> str:
    browser = visit(cast.karen)
    look_up(browser, person, "en")
    page = f"/en/staff/people/{person.pk}/protection/"
    return browser.post(page, {"is_protected": "yes"}, follow=True).content.decode()


def test_a_letter_that_waits_is_withdrawn_and_staff_read_which(cast: Cast, poul: User) -> None:
    assert welcome().state == Message.State.PAPER
    page = noted_on_page(cast, poul)
    assert (welcome().state, welcome().reason) == (Message.State.WITHDRAWN, NOW_PROTECTED)
    assert "A letter that was written before the protection was noted is withdrawn" in page


def test_so_is_one_that_is_not_in_the_tray_yet(cast: Cast) -> None:
    person = make.slip(cast.karen, make.home(cast.vorup)).person
    assert welcome().state == Message.State.QUEUED
    protect(person=person, by=cast.karen, now=clock.now())
    assert welcome().state == Message.State.WITHDRAWN


def test_a_ticked_box_withdraws_them_too(cast: Cast, poul: User) -> None:
    take_protection(poul, True, clock.now())
    assert welcome().state == Message.State.WITHDRAWN


def test_a_printed_letter_is_taken_out_of_its_file_and_staff_read_which(cast: Cast, poul: User) -> None:
    batch = make_batch(partnership=cast.randers, by=cast.karen, now=clock.now())
    assert batch is not None
    page = noted_on_page(cast, poul)
    assert "take letter 1 out of it" in page
    assert [is_lost for _batch, is_lost in overview(LetterBatch.objects.all(), clock.now(), most=5)] == [True]
    assert bytes(LetterBatch.objects.get(pk=batch.pk).pdf) == b""


def test_a_letter_that_is_handed_over_meanwhile_is_not_withdrawn(
    cast: Cast, poul: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = make_batch(partnership=cast.randers, by=cast.karen, now=clock.now())
    assert batch is not None

    def and_handed_over(_message: Message) -> bool:
        hand_over_batch(batch=batch, by=cast.karen, now=clock.now())
        return True

    monkeypatch.setattr(hiding, "_is_withdrawn", and_handed_over)
    protect(person=poul, by=cast.karen, now=clock.now())
    assert welcome().state == Message.State.SENT
    assert bytes(LetterBatch.objects.get(pk=batch.pk).pdf)


def test_what_warns_of_a_change_is_still_posted(cast: Cast, poul: User) -> None:
    """Or whoever moves somebody and says that they are protected would keep it from them."""
    moved_by_staff(poul, home_of(poul), clock.now(), is_mended=False)
    noted_on_page(cast, poul)
    warned = Message.objects.filter(kind__in=["entrance.home_before", "entrance.home_changed"])
    assert warned.open().count() == 2
    assert Message.objects.open().filter(kind="entrance.protection_changed").exists()


def test_ending_it_withdraws_nothing(cast: Cast, poul: User) -> None:
    protect(person=poul, by=cast.karen, now=clock.now())
    later = Message.objects.open().filter(recipient=poul).count()
    visit(cast.anne).post(f"/en/staff/people/{poul.pk}/protection/", {"is_protected": "no"})
    assert Message.objects.open().filter(recipient=poul).count() == later + 1


def test_who_says_it_on_their_own_page_reads_it_there(cast: Cast, poul: User) -> None:
    page = visit(poul).post("/en/me/protection/", {"is_protected": "yes"}, follow=True).content.decode()
    assert WITHDRAWN in page
    assert welcome().state == Message.State.WITHDRAWN


@pytest.mark.parametrize("is_posted", [True, False])
@pytest.mark.parametrize("is_ordered", [True, False])
def test_nobody_reads_there_whether_a_letter_with_a_code_was_written(
    cast: Cast, poul: User, is_ordered: bool, is_posted: bool
) -> None:
    Message.objects.filter(recipient=poul).delete()
    if is_ordered:
        assert send_letter(person=poul, now=clock.now(), again=uuid.uuid4())
        deliver(urgent=False)
    if is_ordered and is_posted:
        batch = make_batch(partnership=cast.randers, by=cast.karen, now=clock.now())
        assert batch is not None
        hand_over_batch(batch=batch, by=cast.karen, now=clock.now())
    page = visit(poul).post("/en/me/protection/", {"is_protected": "yes"}, follow=True).content.decode()
    assert WITHDRAWN not in page
    assert CODE_ENDED in page


def test_who_logs_in_by_email_reads_nothing_of_codes(cast: Cast) -> None:
    page = visit(cast.helle).post("/en/me/protection/", {"is_protected": "yes"}, follow=True).content.decode()
    assert WITHDRAWN not in page
    assert CODE_ENDED not in page
