"""Two or three wished days with a deadline for the answer, and the yearly confirmation of an association."""

import datetime as dt
import uuid

import pytest
from django.utils import translation

from partnership import clock
from partnership.outbox.queue.final_check import final_check
from partnership.people.actions import organisations
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, slot, visit
from talks import tasks
from talks.actions import associations, bookings, wishes
from talks.forms.requests import WishForm
from talks.models import Booking, Slot, TalkWish
from talks.retention import delete_never_verified
from talks.tests.bookings import mail, requested, talk_request, unverified
from talks.tests.sent_links import path_of
from talks.tests.test_access import EVERYONE, at, those_whom_it_lets

DAYS = [dt.date(2026, 12, 15), dt.date(2026, 12, 17)]


def wished(
    cast: Cast, *, verified: bool = True, days: list = DAYS, now: dt.datetime = NOW, **changes: object
) -> TalkWish:
    made = wishes.wish_for_days(
        partnership=cast.randers,
        asked=talk_request(cast, **changes),
        days=days,
        from_hour=dt.time(19),
        submission=uuid.uuid4(),
        language="da",
        now=now,
    )
    return wishes.verify_wish(wish=made, now=now) if verified else made


def test_a_wish_gets_a_deadline_and_the_coordinator_gets_the_work(cast: Cast) -> None:
    made = wished(cast)
    assert made.answer_by == dt.date(2026, 12, 1)
    assert [one.recipient for one in mail("wish_to_answer")] == [cast.karen]
    assert final_check(mail("wish_received", cast.ruth)[0], NOW).words


def test_many_wishes_are_one_email_to_the_coordinator_in_the_morning(cast: Cast) -> None:
    made = [wished(cast, association=f"E/F Nummer {number}") for number in "abc"]
    (told,) = mail("wish_to_answer")
    assert told.due_at > NOW
    assert len(told.about["things"]) == len(made) == 3


def test_an_unverified_wish_is_not_in_the_queue(cast: Cast) -> None:
    wished(cast, verified=False)
    assert not TalkWish.objects.waiting().exists()
    assert not mail("wish_to_answer")


def test_the_same_form_sent_twice_is_one_wish(cast: Cast) -> None:
    key = uuid.uuid4()
    given = {"partnership": cast.randers, "asked": talk_request(cast), "days": DAYS, "from_hour": dt.time(19)}
    both = [wishes.wish_for_days(submission=key, language="da", now=NOW, **given) for _click in range(2)]
    assert both[0] == both[1]


@pytest.mark.parametrize("days", [DAYS[:1], [DAYS[0], DAYS[0]], [dt.date(2026, 11, 30), DAYS[0]], [*DAYS, *DAYS]])
def test_one_day_the_same_day_twice_and_a_day_too_soon_are_refused(cast: Cast, days: list) -> None:
    with pytest.raises(Refused):
        wished(cast, days=days)
    assert not TalkWish.objects.exists()


def test_a_speaker_who_says_yes_makes_a_confirmed_talk_at_the_wished_hour(cast: Cast) -> None:
    made = wished(cast)
    talk = wishes.accept(wish=made, speaker=cast.speaker, day=DAYS[1], by=cast.karen, now=NOW)
    wall = clock.local(talk.starts_at, cast.randers.zone)
    assert (wall.date(), wall.time(), talk.state) == (DAYS[1], dt.time(19), "confirmed")
    assert {one.recipient for one in mail("confirmed")} == {cast.ruth, cast.sven}
    assert not TalkWish.objects.waiting().exists()
    assert not Slot.objects.bookable(NOW).exists()


def test_a_day_that_was_not_wished_for_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        wishes.accept(wish=wished(cast), speaker=cast.speaker, day=dt.date(2026, 12, 16), by=cast.karen, now=NOW)


def test_a_wish_is_met_once(cast: Cast) -> None:
    made = wished(cast)
    wishes.accept(wish=made, speaker=cast.speaker, day=DAYS[0], by=cast.karen, now=NOW)
    with pytest.raises(Refused):
        wishes.accept(wish=made, speaker=cast.speaker, day=DAYS[1], by=cast.karen, now=NOW)
    assert Booking.objects.count() == 1


def test_unverified_wishes_are_ignored(cast: Cast) -> None:
    for _three in range(3):
        wished(cast, verified=False)
    assert wished(cast, verified=False) is None
    later = NOW + dt.timedelta(hours=2)
    assert wished(cast, verified=False, now=later)
    assert [one.recipient for one in mail("too_many")] == [cast.ruth]


@pytest.mark.parametrize("name", EVERYONE)
def test_who_may_answer_a_wish(cast: Cast, name: str) -> None:
    made = wished(cast)
    if name in ("karen", "anne"):
        assert wishes.decline(wish=made, why="Nej.", by=getattr(cast, name), now=NOW).closed_at
        return
    with pytest.raises(Refused):
        wishes.decline(wish=made, why="Nej.", by=getattr(cast, name), now=NOW)


def test_the_deadline_of_wished_days_is_told_coordinators_and_administrators_the_day_before(cast: Cast) -> None:
    made = wished(cast)
    warned = mail("wish_promise_due")
    assert {one.recipient for one in warned} == {cast.karen, cast.anne}
    assert {one.due_at.date() for one in warned} == {made.answer_by - dt.timedelta(days=1)}
    assert all(final_check(one, one.due_at).words for one in warned)
    wishes.decline(wish=made, why="Nej.", by=cast.karen, now=NOW)
    assert not any(final_check(one, one.due_at).words for one in warned)


def test_an_overdue_wish_is_apologised_for_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = wished(cast)
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=9))
    tasks.nightly()
    tasks.nightly()
    assert [one.recipient for one in mail("wish_late")] == [cast.ruth]
    assert [one.recipient for one in mail("wish_promise_broken")] == [cast.anne]
    made.refresh_from_db()
    assert made.is_waiting


def test_the_chair_enters_wishes_on_the_page(cast: Cast) -> None:
    typed = {
        "format": "burglary", "association": "Enghaven", "kind": "cooperative", "homes": "40", "area": cast.vorup.pk,
        "place": "Fælleshuset", "name": "Else", "email": "else@randers.example", "from_hour": "19.30",
        "first_0": "15", "first_1": "12", "first_2": "2026", "second_0": "17", "second_1": "12", "second_2": "2026",
    }  # fmt: skip
    response = (browser := visit(None)).post("/da/talks/wish/", typed)
    assert response.status_code == 302, response.content.decode()
    receipt = browser.get(response.url).content.decode()
    assert "Så har vi jeres ønsker" in receipt
    assert "Den aften, du valgte" not in receipt  # none was
    made = TalkWish.objects.get()
    assert (made.wished_days, made.from_hour) == (DAYS, dt.time(19, 30))
    path = path_of(made, "verify_wish")
    visit(None).get(path)
    made.refresh_from_db()
    assert made.verified_at is None
    assert visit(None).post(path).status_code == 200
    made.refresh_from_db()
    assert made.verified_at


@translation.override("da")
def test_a_wish_for_a_public_holiday_or_an_eve_is_answered_at_the_day(cast: Cast) -> None:
    for day in (dt.date(2027, 12, 24), dt.date(2028, 4, 14)):
        form = WishForm(
            {"first_0": day.day, "first_1": day.month, "first_2": day.year, "homes": "Ca. 25"}, partnership=cast.randers
        )
        assert "first" in form.errors
        assert "helligdage" in " ".join(form.errors["first"])
        assert "homes" not in form.errors


def test_the_coordinator_fulfils_a_wish_on_the_staff_page(cast: Cast) -> None:
    made = wished(cast)
    assert "Vorup" in visit(cast.karen).get("/da/staff/talks/").content.decode()
    assert visit(cast.karen).get(at("answer_wish", made.pk)).status_code == 200
    typed = {"speaker": cast.speaker.pk, "day": "2026-12-17"}
    assert visit(cast.karen).post(at("accept_wish", made.pk), typed).status_code == 302
    assert Booking.objects.get().state == "confirmed"


def test_each_association_is_asked_once_a_year_and_one_press_answers(cast: Cast) -> None:
    january = dt.datetime(2027, 1, 2, 8, tzinfo=dt.UTC)
    assert associations.ask_for_the_year(partnership=cast.randers, now=january) == 1
    assert associations.ask_for_the_year(partnership=cast.randers, now=january + dt.timedelta(days=3)) == 0
    (message,) = mail("confirm_association")
    look = final_check(message, january).words
    path = "/da/" + look.button[1].partition("/da/")[2]
    visit(None).get(path)
    cast.association.refresh_from_db()
    assert cast.association.confirmed_on is None
    visit(None).post(path)
    cast.association.refresh_from_db()
    assert cast.association.confirmed_on == NOW.date()


def test_one_that_has_confirmed_is_not_asked_again_before_next_year(cast: Cast) -> None:
    organisations.confirm_for_the_year(organisation=cast.association, now=dt.datetime(2027, 1, 5, tzinfo=dt.UTC))
    assert associations.ask_for_the_year(partnership=cast.randers, now=dt.datetime(2027, 2, 1, tzinfo=dt.UTC)) == 0
    assert associations.ask_for_the_year(partnership=cast.randers, now=dt.datetime(2028, 1, 1, tzinfo=dt.UTC)) == 1


def test_the_own_page_lists_the_days_that_wait_for_our_answer(cast: Cast) -> None:
    wished(cast)
    wished(cast, verified=False, days=[dt.date(2026, 12, 8), dt.date(2026, 12, 9)])
    answered = wished(cast, days=[dt.date(2027, 1, 12), dt.date(2027, 1, 13)])
    wishes.decline(wish=answered, why="Nobody was free", by=cast.karen, now=NOW)
    page = visit(cast.ruth).get("/en/me/").content.decode()
    assert "Days wished for" in page
    assert "you get our answer no later than Tuesday 1 December 2026" in page
    shown = [day in page for day in ("15 December 2026", "17 December 2026", "8 December 2026", "12 January 2027")]
    assert shown == [True, True, False, False]
    assert "12 34 56 78" in page.replace("\xa0", " ")


@pytest.mark.parametrize("name", [name for name in EVERYONE if name != "ruth"])
def test_nobody_elses_page_lists_them(cast: Cast, name: str) -> None:
    wished(cast)
    assert "15 December 2026" not in visit(getattr(cast, name)).get("/en/me/").content.decode()


def test_a_wish_outlives_a_request_of_the_same_association_that_was_never_confirmed(cast: Cast) -> None:
    theirs = {"name": "Nina", "email": "nina@randers.example", "association": "Enghaven"}
    unverified(cast, **theirs)
    made = wished(cast, **theirs)
    assert delete_never_verified(NOW + dt.timedelta(days=60)) == 1
    made.refresh_from_db()
    assert made.association.name == "Enghaven"


def test_whom_to_call_about_many_bookings_and_wishes_takes_one_query_more_each(
    cast: Cast, django_assert_num_queries
) -> None:
    for days in (20, 21, 22):
        requested(cast, slot(cast.speaker, days=days), association=f"Forening {days}")
        wished(cast, association=f"Forening {days}")
    for rows in (Booking.objects.with_names(), TalkWish.objects.with_names()):
        with django_assert_num_queries(2):
            assert [row.association.chair for row in rows] == [cast.ruth] * 3


def test_staff_read_who_wishes_and_what_the_place_is_like(cast: Cast) -> None:
    made = wished(cast)
    page = visit(cast.karen).get(at("answer_wish", made.pk)).content.decode()
    for known in ("Ruth", "ruth@randers.example", "Adgang uden trin", "Skærm eller projektor"):
        assert known in page


def test_an_evening_that_was_found_for_a_wish_is_offered_to_nobody_else(cast: Cast) -> None:
    booking = wishes.accept(wish=wished(cast), speaker=cast.speaker, day=DAYS[0], by=cast.karen, now=NOW)
    bookings.cancel(booking=booking, by=cast.karen, now=NOW)
    assert not Slot.objects.bookable(NOW).exists()


def test_a_chair_withdraws_their_wishes_on_their_page_and_the_coordinator_looks_for_nobody(cast: Cast) -> None:
    made, kept = wished(cast), wished(cast, association="E/F Nord")
    button = at("withdraw_wish", made.pk)
    browser = visit(cast.ruth)
    assert button in browser.get("/da/me/").content.decode()
    page = browser.post(button, follow=True).content.decode()
    assert "Jeres ønsker er trukket tilbage." in page
    assert button not in page
    assert list(TalkWish.objects.waiting()) == [kept]
    (told,) = mail("wish_withdrawn")
    assert (told.recipient, final_check(told, NOW).words.subject) == (
        cast.ruth,
        "Jeres ønsker til et foredrag er trukket tilbage",
    )
    assert [one.recipient for one in mail("wish_no_longer")] == [cast.karen]
    assert "Trukket tilbage af foreningen." in visit(cast.karen).get(at("answer_wish", made.pk)).content.decode()
    assert browser.post(button).status_code == 404


def test_who_may_withdraw_wishes(cast: Cast) -> None:
    made = wished(cast)
    assert those_whom_it_lets(cast, lambda by: wishes.withdraw(wish=made, by=by, now=NOW)) == {"ruth"}
