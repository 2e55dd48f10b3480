"""Evenings that are offered to somebody who reads letters: kept longer, told to staff, and chosen on the telephone."""

import datetime as dt
from collections.abc import Iterable

import pytest
from django.utils import translation

from partnership import clock
from partnership.fields.printed_days import day_in_words
from partnership.outbox.queue.final_check import final_check
from partnership.people.models import LookUp, User
from partnership.people.tests.looking_up import look_up
from partnership.people.tests.test_details_by_staff import written_down
from partnership.people.tests.test_organisations import deputise
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import bookings, offers, wishes
from talks.models import Booking, Slot
from talks.tests.bookings import confirmed, mail, requested
from talks.tests.test_for_callers import EVERYONE, STAFF, called
from talks.tests.test_for_callers import wished as wished_for_caller

S = Booking.State
RING = "The chair gets a letter, which takes about a week. Call them, and choose with them on the telephone."


def by_letter(cast: Cast, on: Slot | None = None, chair: User | None = None) -> Booking:
    """Return an agreed talk of a chair without email."""
    asked = called(
        cast, chair or written_down(cast), on or slot(cast.speaker, days=33), association="Nyvangs Grundejerforening"
    )
    return bookings.confirm(booking=asked, place_seen=asked.place, by=cast.karen, now=NOW)


def offered_by_letter(cast: Cast, *days: int) -> Booking:
    slots = [slot(cast.speaker, days=one) for one in days or (60, 61)]
    return offers.call_off(booking=by_letter(cast), slots=slots, by=cast.karen, now=NOW)


def after(cast: Cast, days: int) -> dt.date:
    return clock.local(NOW, cast.randers.zone).date() + dt.timedelta(days=days)


def read(cast: Cast, path: str, **form: object) -> str:
    browser = visit(cast.karen)
    answer = browser.post(path, form, follow=True) if form else browser.get(path)
    return " ".join(answer.content.decode().split())


def call(booking: Booking, what: str = "") -> str:
    return f"/en/staff/talks/{booking.pk}/call/{what}"


@pytest.mark.parametrize(("days", "kept"), [((60, 40), 14), ((60, 15), 14), ((14, 60), 13), ((9,), 8)])
def test_an_offer_by_letter_is_kept_for_two_weeks_and_not_beyond_its_first_evening(
    cast: Cast, days: Iterable[int], kept: int
) -> None:
    assert offered_by_letter(cast, *days).choose_by == after(cast, kept)


def test_an_offer_that_is_told_at_once_is_kept_as_before(cast: Cast) -> None:
    offered = offers.offer(booking=requested(cast), slots=[slot(cast.speaker, days=60)], by=cast.karen, now=NOW)
    assert offered.choose_by == after(cast, 5)


def test_an_offer_in_place_of_wished_days_is_kept_as_long(cast: Cast) -> None:
    wish = wished_for_caller(cast, written_down(cast))
    offered = wishes.offer(wish=wish, slots=[slot(cast.speaker, days=60)], by=cast.karen, now=NOW)
    assert offered.choose_by == after(cast, 14)


def test_the_letter_says_the_day_until_which_the_evenings_are_kept(cast: Cast) -> None:
    offered = offered_by_letter(cast, 12)
    look = final_check(mail("offered", offered.association.chair)[0], NOW)
    assert look.words is not None
    with translation.override("da"):
        day = day_in_words(after(cast, 11))
    assert (look.channel, day in " ".join(look.words.paragraphs)) == ("letter", True)
    assert all(hold.held_until == clock.end_of(after(cast, 11), cast.randers.zone) for hold in offered.holds.all())


def test_staff_are_told_at_once_that_the_chair_is_to_be_rung(cast: Cast) -> None:
    talk, other = by_letter(cast), slot(cast.speaker, days=60)
    before = read(cast, f"/en/talks/bookings/{talk.pk}/call-off/")
    assert "They are kept for 14 days" in before
    assert RING in before
    assert RING in read(cast, f"/en/talks/bookings/{talk.pk}/call-off/", slots=[other.pk])
    for path in (f"/en/staff/talks/{talk.pk}/", "/en/staff/talks/"):
        assert RING in read(cast, path), path
    again = read(cast, f"/en/staff/talks/{talk.pk}/offer/", slots=[slot(cast.speaker, days=70).pk])
    assert again.count(RING) == 3  # the receipt, the page of the talk, and the form


def test_staff_are_told_so_of_wished_days_and_when_the_speaker_calls_off(cast: Cast) -> None:
    gerda, other = written_down(cast), slot(cast.speaker, days=60)
    wish = wished_for_caller(cast, gerda)
    assert RING in read(cast, f"/en/staff/talks/wishes/{wish.pk}/")
    assert RING in read(cast, f"/en/staff/talks/wishes/{wish.pk}/offer/", slots=[other.pk])
    talk = by_letter(cast, chair=gerda)
    own = visit(cast.sven).get(f"/en/talks/bookings/{talk.pk}/call-off/").content.decode()
    assert RING not in own  # the speaker is not asked to ring anybody
    offers.call_off(booking=talk, slots=[slot(cast.speaker, days=62)], by=cast.sven, now=NOW)
    (told,) = mail("speaker_cannot_come", cast.karen)
    told.recipient.language = "en"
    words = final_check(told, NOW).words
    assert words is not None
    assert words.paragraphs[-1] == RING


def test_nobody_is_asked_to_ring_a_chair_whom_an_email_reaches(cast: Cast) -> None:
    talk, other = confirmed(cast), slot(cast.speaker, days=60)
    path = f"/en/talks/bookings/{talk.pk}/call-off/"
    pages = [read(cast, path), read(cast, path, slots=[other.pk]), read(cast, "/en/staff/talks/")]
    assert not any("Call them, and choose" in page for page in pages)
    assert "They are kept for five days, but" in pages[0]


def test_a_caller_chooses_an_offered_evening_and_has_a_letter_of_it(cast: Cast) -> None:
    talk = offered_by_letter(cast)
    chair, chosen = talk.association.chair, talk.holds.earliest("starts_at")
    page = read(cast, call(talk, "choose/"))
    assert "Which one suits you" in page
    assert page.count('name="hold"') == 3
    done = read(cast, call(talk, "choose/"), hold=chosen.pk, medium="phone")
    assert "You get a letter that says the same." in done
    talk.refresh_from_db()
    assert (talk.state, talk.starts_at) == (S.CONFIRMED, chosen.starts_at)
    step = talk.steps.latest("pk")
    assert (step.by, step.medium) == (cast.karen, "phone")
    assert final_check(mail("confirmed", chair)[-1], NOW).channel == "letter"
    assert "You get a letter" in read(cast, call(talk, "choose/"), hold=chosen.pk, medium="phone")  # a second press
    assert talk.steps.count() == step.booking.steps.count()


def test_none_of_the_evenings_suits_a_caller(cast: Cast) -> None:
    kaja = person("Kaja", cast.randers)
    kaja.roles.create(partnership=cast.randers, kind="coordinator")
    talk = offered_by_letter(cast)
    assert "None of them: cancel the talk" in read(cast, call(talk, "choose/"))
    done = read(cast, call(talk, "choose/"), hold=0, medium="phone")
    assert "none of the offered evenings suited the association" in done
    talk.refresh_from_db()
    assert (talk.state, talk.steps.latest("pk").medium) == (S.CANCELLED, "phone")
    assert final_check(mail("none_suited", talk.association.chair)[0], NOW).channel == "letter"
    assert [one.recipient for one in mail("none_suits")] == [kaja]  # the one who took the call knows it
    assert "We no longer keep" not in read(cast, call(talk, "choose/"))


def test_an_evening_that_nobody_names_is_not_chosen(cast: Cast) -> None:
    talk = offered_by_letter(cast)
    for form in ({"medium": "phone"}, {"hold": talk.holds.first().pk, "medium": ""}, {"hold": 9**9, "medium": "phone"}):
        assert visit(cast.karen).post(call(talk, "choose/"), form).status_code == 400
    talk.refresh_from_db()
    assert talk.state == S.OFFERED


def asked_to_move(cast: Cast) -> Booking:
    talk, signe = confirmed(cast, slot(cast.speaker, days=31)), speaker(person("Signe", cast.randers))
    offers.ask_to_move(booking=talk, slot=slot(signe, days=60), by=cast.ruth, now=NOW)
    return talk


def test_a_caller_no_longer_wants_to_move_and_has_it_in_writing(cast: Cast) -> None:
    talk = asked_to_move(cast)
    assert "You have asked to move it to" in read(cast, call(talk))
    done = read(cast, call(talk, "stay/"), medium="phone")
    assert "You get an email that says the same." in done
    assert not talk.holds.filter(closed_at__isnull=True).exists()
    assert talk.steps.latest("pk").medium == "phone"
    assert len(mail("stays_as_asked", cast.ruth)) == 1
    assert not mail("move_taken_back", cast.karen)
    words = final_check(mail("stays_as_asked", cast.ruth)[0], NOW).words
    assert words is not None
    assert "You get" not in read(cast, call(talk, "stay/"), medium="phone")  # a second press


@pytest.mark.parametrize("name", EVERYONE)
def test_only_the_staff_of_the_partnership_answer_for_a_caller(cast: Cast, name: str) -> None:
    by, talk, offered = getattr(cast, name), asked_to_move(cast), offered_by_letter(cast, 70, 71)
    hold = talk.holds.get()
    how = {"by": by, "now": NOW, "medium": "phone"}
    attempts = [
        lambda: offers.take_back_move(hold=hold, **how),
        lambda: offers.accept(hold=offered.holds.first(), **how),
        lambda: offers.decline_offer(booking=by_letter_again(cast), **how),
    ]
    for attempt in attempts:
        if name in STAFF:
            attempt()
            continue
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.reason == "not_yours"


def by_letter_again(cast: Cast) -> Booking:
    return offers.offer(
        booking=requested(cast, slot(cast.speaker, days=44)),
        slots=[slot(cast.speaker, days=80)],
        by=cast.karen,
        now=NOW,
    )


def test_nobody_answers_for_their_own_association_as_staff(cast: Cast) -> None:
    talk = offered_by_letter(cast)
    deputise(talk.association, cast.karen)
    with pytest.raises(Refused) as refused:
        offers.accept(hold=talk.holds.first(), by=cast.karen, now=NOW, medium="phone")
    assert refused.value.reason == "not_yours"
    assert visit(cast.karen).get(call(talk, "choose/")).status_code == 404


def test_opening_the_evenings_for_a_caller_is_in_the_look_up_log(cast: Cast) -> None:
    talk = offered_by_letter(cast)
    visit(cast.karen).get(call(talk, "choose/"))
    assert LookUp.objects.filter(person_id=talk.association.chair.pk, seen_on=LookUp.SeenOn.TALK).exists()


def tasks_of(cast: Cast, chair: User) -> str:
    card = look_up(visit(cast.karen), chair).partition('id="call"')[2].partition("</ol>")[0]
    return " ".join(card.split())


def test_the_tasks_of_an_offered_talk_name_no_evening_that_is_off(cast: Cast) -> None:
    talk = offered_by_letter(cast)
    tasks = tasks_of(cast, talk.association.chair)
    assert "Choose another evening, or say that none suits" in tasks
    assert "Cancel the talk: " in tasks
    assert "Withdraw" not in tasks
    assert "January" not in tasks
    assert "December" not in tasks
    assert "Cancel it for the caller" in read(cast, call(talk))
    assert "Yes, cancel it for the caller" in read(cast, call(talk, "cancel/"))


def test_the_tasks_of_a_request_with_other_evenings_say_that_it_is_withdrawn(cast: Cast) -> None:
    asked = called(cast, written_down(cast), association="Nyvangs Grundejerforening")
    talk = offers.offer(booking=asked, slots=[slot(cast.speaker, days=60)], by=cast.karen, now=NOW)
    tasks = tasks_of(cast, talk.association.chair)
    assert "Withdraw the request: " in tasks
    assert "Cancel" not in tasks
    assert "Yes, withdraw it for the caller" in read(cast, call(talk, "cancel/"))
    own = read(cast, f"/en/staff/talks/{talk.pk}/")
    assert "Withdraw the request" in own
    assert "Cancel the talk" not in own
    assert "The request is withdrawn." in read(cast, f"/en/staff/talks/{talk.pk}/cancel/", why="")
