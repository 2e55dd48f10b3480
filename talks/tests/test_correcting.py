"""Whether a talk took place is said once and can be corrected; the chair is thanked when it is known, and once."""

import datetime as dt

import pytest

from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.refusals import Refused
from partnership.tests.cast import Cast, visit
from talks.actions import afterwards, closing
from talks.models import Booking
from talks.tests.bookings import confirmed, mail
from talks.tests.test_access import ANSWERS, at, those_whom_it_lets

S = Booking.State
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def closed(cast: Cast, took_place: bool, after: dt.timedelta = HOUR) -> Booking:
    booking = confirmed(cast)
    came = 31 if took_place else None
    now = booking.ends_at + after
    return closing.close(booking=booking, took_place=took_place, attendance=came, by=cast.sven, now=now)


def thanks_that_wait() -> list[Message]:
    return [one for one in mail("thanks") if one.state == Message.State.QUEUED]


def sent(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(state=Message.State.SENT, ended_at=message.due_at)


def test_nobody_is_thanked_before_it_is_known_that_there_was_a_talk(cast: Cast) -> None:
    booking = confirmed(cast)
    (message,) = thanks_that_wait()
    assert message.due_at > booking.ends_at + 2 * DAY
    words = final_check(message, message.due_at).words
    text = " ".join([words.subject, *words.paragraphs])
    assert "Tak for" not in text
    assert "12" in words.paragraphs[-1]  # whom to call if there was none


def test_the_speaker_is_asked_in_words_that_are_true_without_a_talk_too(cast: Cast) -> None:
    confirmed(cast)
    (message,) = mail("thanks_speaker")
    words = final_check(message, message.due_at).words
    assert "Tak for" not in " ".join([words.subject, *words.paragraphs])
    assert "Blev foredraget holdt" in words.paragraphs[0]


def test_once_it_is_known_the_chair_is_thanked_the_morning_after(cast: Cast) -> None:
    booking = closed(cast, took_place=True)
    (message,) = thanks_that_wait()
    wall = clock.local(message.due_at, cast.randers.zone)
    assert (wall.date(), wall.hour) == (booking.starts_at.date() + DAY, 10)
    assert final_check(message, message.due_at).words.subject == "Tak, fordi vi måtte komme"


def test_a_talk_that_is_recorded_late_is_thanked_for_at_once(cast: Cast) -> None:
    booking = closed(cast, took_place=True, after=2 * DAY)
    (message,) = thanks_that_wait()
    assert message.due_at == booking.ends_at + 2 * DAY


def test_who_was_asked_before_it_was_known_is_not_asked_again(cast: Cast) -> None:
    booking = confirmed(cast)
    sent(mail("thanks")[0])
    closing.close(booking=booking, took_place=True, attendance=9, by=cast.karen, now=booking.ends_at + 5 * DAY)
    assert thanks_that_wait() == []


@pytest.mark.parametrize(
    ("was", "becomes", "came"), [(True, False, None), (False, True, 12), (True, True, 13)]
)  # fmt: skip
def test_staff_correct_what_was_recorded_as_a_step(cast: Cast, was: bool, becomes: bool, came: int | None) -> None:
    booking = closed(cast, was)
    steps = booking.steps.count()
    closing.correct(booking=booking, took_place=becomes, attendance=came, by=cast.karen, now=booking.ends_at + DAY)
    booking.refresh_from_db()
    assert (booking.state, booking.attendance) == (S.TOOK_PLACE if becomes else S.DID_NOT_TAKE_PLACE, came)
    assert (booking.steps.count(), booking.steps.latest("pk").by) == (steps + 1, cast.karen)


@pytest.mark.parametrize(("took_place", "came"), [(True, 31), (False, None)])
def test_a_correction_that_changes_nothing_is_no_step(cast: Cast, took_place: bool, came: int | None) -> None:
    booking = closed(cast, took_place)
    steps = booking.steps.count()
    closing.correct(booking=booking, took_place=took_place, attendance=came, by=cast.karen, now=booking.ends_at + DAY)
    assert booking.steps.count() == steps


def test_a_talk_that_did_not_take_place_after_all_is_thanked_for_no_more_and_the_chair_hears_once(cast: Cast) -> None:
    booking = closed(cast, took_place=True)
    for took_place in (False, True, False):
        booking.refresh_from_db()
        closing.correct(
            booking=booking, took_place=took_place, attendance=5 if took_place else None, by=cast.karen,
            now=booking.ends_at + 2 * HOUR,
        )  # fmt: skip
    assert thanks_that_wait() == []
    assert [one.state for one in mail("did_not_take_place", cast.ruth)] == [
        Message.State.WITHDRAWN,
        Message.State.QUEUED,
    ]


@pytest.mark.parametrize(("days", "thanked"), [(1, 1), (4, 0)])
def test_a_talk_that_took_place_after_all_is_thanked_for_unless_the_chair_was_asked(
    cast: Cast, days: int, thanked: int
) -> None:
    """Three days after the talk the chair was asked how it was."""
    booking = closed(cast, took_place=False, after=days * DAY)
    closing.correct(booking=booking, took_place=True, attendance=5, by=cast.karen, now=booking.ends_at + 5 * DAY)
    assert len(thanks_that_wait()) == thanked
    (told,) = mail("did_not_take_place", cast.ruth)
    assert told.state == Message.State.WITHDRAWN


def corrected(cast: Cast, booking: Booking, took_place: bool, now: dt.datetime) -> None:
    booking.refresh_from_db()
    came = 5 if took_place else None
    closing.correct(booking=booking, took_place=took_place, attendance=came, by=cast.karen, now=now)


@pytest.mark.parametrize(
    ("was_thanked", "waiting"), [(False, 1), (True, 0)], ids=["not yet thanked", "already thanked"]
)  # fmt: skip
def test_a_talk_that_took_place_did_not_and_did_is_thanked_for_once(
    cast: Cast, was_thanked: bool, waiting: int
) -> None:
    booking = closed(cast, took_place=True)
    if was_thanked:
        sent(thanks_that_wait()[0])
    for took_place in (False, True, False, True):
        corrected(cast, booking, took_place, booking.ends_at + 2 * DAY)
    assert len(thanks_that_wait()) == waiting


def waiting(kind: str) -> list[Message]:
    return [one for one in mail(kind) if one.state == Message.State.QUEUED]


@pytest.mark.parametrize("is_first_sent", [False, True])
def test_each_answer_that_differs_from_what_the_chair_heard_last_is_told(cast: Cast, is_first_sent: bool) -> None:
    """No, yes and no again: whatever of it has been sent, the last word is that there was no talk."""
    booking = closed(cast, took_place=False)
    now = booking.ends_at + HOUR
    if is_first_sent:
        sent(waiting("did_not_take_place")[0])
    corrected(cast, booking, True, now + HOUR)
    (thanks,) = waiting("thanks")
    if is_first_sent:
        sent(thanks)
    corrected(cast, booking, False, now + 2 * DAY)
    (told,) = waiting("did_not_take_place")
    assert waiting("thanks") == []
    assert final_check(told, told.due_at).words
    sent(told)
    Message.objects.filter(pk=told.pk).update(ended_at=now + 3 * DAY)
    corrected(cast, booking, True, now + 4 * DAY)
    assert len(waiting("thanks")) == 1


def test_what_the_chair_heard_last_is_not_told_again(cast: Cast) -> None:
    booking = closed(cast, took_place=False)
    sent(waiting("did_not_take_place")[0])
    for took_place in (True, False):
        corrected(cast, booking, took_place, booking.ends_at + 2 * HOUR)
    assert waiting("did_not_take_place") == waiting("thanks") == []


def test_a_correction_of_the_count_writes_to_nobody(cast: Cast) -> None:
    booking = closed(cast, took_place=True)
    before = Message.objects.count()
    closing.correct(booking=booking, took_place=True, attendance=99, by=cast.karen, now=booking.ends_at + DAY)
    assert Message.objects.count() == before


def test_who_may_correct(cast: Cast) -> None:
    booking = closed(cast, took_place=True)
    more = {"took_place": False, "attendance": None, "now": booking.ends_at + DAY}
    again = Booking.objects.with_names()
    assert (
        those_whom_it_lets(cast, lambda by: closing.correct(booking=again.get(pk=booking.pk), by=by, **more)) == ANSWERS
    )


@pytest.mark.parametrize(("days", "may"), [(14, True), (15, False)])
def test_it_can_be_corrected_for_two_weeks(cast: Cast, days: int, may: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    booking = closed(cast, took_place=True)
    now = booking.steps.latest("pk").at + days * DAY
    monkeypatch.setattr(clock, "now", lambda: now)
    page = visit(cast.karen).get(at("answer", booking.pk)).content.decode()
    assert (at("correct", booking.pk) in page) is may
    visit(cast.karen).post(at("correct", booking.pk), {"took_place": "no"})
    booking.refresh_from_db()
    assert booking.state == (S.DID_NOT_TAKE_PLACE if may else S.TOOK_PLACE)


def test_a_correction_does_not_begin_the_two_weeks_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    booking = closed(cast, took_place=True)
    recorded_at = booking.steps.latest("pk").at
    corrected(cast, booking, False, recorded_at + 10 * DAY)
    monkeypatch.setattr(clock, "now", lambda: recorded_at + 15 * DAY)
    assert at("correct", booking.pk) not in visit(cast.karen).get(at("answer", booking.pk)).content.decode()
    page = visit(cast.karen).post(at("correct", booking.pk), {"took_place": "yes", "attendance": 5}, follow=True)
    assert "Det kan rettes indtil 14 dage efter, at det blev noteret." in page.content.decode()
    booking.refresh_from_db()
    assert booking.state == S.DID_NOT_TAKE_PLACE


@pytest.mark.parametrize(("came", "is_changed"), [(31, False), (32, True)])
def test_a_correction_that_changes_nothing_is_answered_so(
    cast: Cast, came: int, is_changed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = closed(cast, took_place=True)
    monkeypatch.setattr(clock, "now", lambda: booking.ends_at + DAY)
    page = visit(cast.karen).post(at("correct", booking.pk), {"took_place": "yes", "attendance": came}, follow=True)
    assert ("Det er rettet. Tak." in page.content.decode()) is is_changed
    assert ("Det stod der allerede, så intet er ændret." in page.content.decode()) is not is_changed


def test_a_talk_that_is_not_recorded_is_not_corrected(cast: Cast) -> None:
    booking = confirmed(cast)
    with pytest.raises(Refused):
        closing.correct(booking=booking, took_place=False, attendance=None, by=cast.karen, now=booking.ends_at + DAY)


def test_the_form_shows_what_was_recorded(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    booking = closed(cast, took_place=True)
    monkeypatch.setattr(clock, "now", lambda: booking.ends_at + DAY)
    page = visit(cast.karen).get(at("answer", booking.pk)).content.decode()
    assert 'value="31"' in page
    assert page.count("checked") == 1


def test_the_chairs_own_pages_lead_to_the_questions_until_they_are_answered(cast: Cast, monkeypatch) -> None:
    booking = confirmed(cast)
    pages = ("/da/me/", at("booking", booking.pk))
    ruth = visit(cast.ruth)
    assert not any("/talks/feedback/" in ruth.get(page).content.decode() for page in pages)
    monkeypatch.setattr(clock, "now", lambda: booking.ends_at + DAY)
    assert all("/talks/feedback/" in ruth.get(page).content.decode() for page in pages)
    assert "/talks/feedback/" not in visit(cast.sven).get(pages[1]).content.decode()
    afterwards.answer(booking=booking, useful="yes", will_act="no", words="", now=booking.ends_at + DAY)
    leads = ["/talks/feedback/" in ruth.get(page).content.decode() for page in pages]
    assert leads == [False, True]  # on the talk's own page, to change the answers
