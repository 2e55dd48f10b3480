"""The staff's dashboard: what waits is counted as the pages count it, and leads there."""

import datetime as dt

import pytest
from django.utils import translation

from dashboard.changes import changes_by_others
from dashboard.staffing import work
from dashboard.tests.builders import a_goal, take
from dashboard.tests.test_administration import BASELINE
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.outbox.queue.delivering import deliver
from partnership.people.actions.erasing import erase
from partnership.tests.cast import Cast, slot, visit
from talks.actions import bookings, closing, offers, replacing
from talks.actions.place_facts import change_place_facts
from talks.formats import FORMATS
from talks.models import Booking, Speaker
from talks.tests.bookings import confirmed, requested, unverified
from talks.tests.test_wishes import wished

PAGE = "/en/dashboard/"


@pytest.fixture
def waiting(cast: Cast) -> Booking:
    """Let one request and one wish wait, from now."""
    now = clock.now()
    ahead = (now.date() - dt.date(2026, 11, 24)).days + 20
    wished(cast, days=[now.date() + dt.timedelta(days=days) for days in (30, 31)], now=now)
    return requested(cast, slot(cast.speaker, days=ahead), now=now)


def test_requests_and_wishes_both_wait_and_the_number_is_that_of_the_page_of_talks(cast: Cast, waiting) -> None:
    found = work(cast.randers, cast.randers.today(), clock.now())
    assert (found.requests_waiting, found.wishes_waiting, found.talks_waiting) == (1, 1, 2)
    listed = visit(cast.karen).get("/en/staff/talks/").context
    assert (
        len(listed["waiting"]) + len(listed["wishes"]) + len(listed["moves"]) + len(listed["to_show"])
        == found.talks_waiting
    )
    page = visit(cast.karen).get(PAGE).content.decode()
    assert "Requests: 1. Wishes: 1." in page


def test_the_number_and_the_next_talks_lead_to_where_they_are_answered(cast: Cast, waiting: Booking) -> None:
    talk = bookings.confirm(booking=waiting, place_seen=waiting.place, by=cast.karen, now=clock.now())
    for who in (cast.karen, cast.anne):
        page = visit(who).get(PAGE).content.decode()
        assert 'href="/en/staff/talks/"' in page.split('id="waits"')[1]
        assert f'href="/en/staff/talks/{talk.pk}/"' in page


def test_the_list_of_what_waits_holds_only_what_waits_and_is_one_link_from_the_top(cast: Cast, waiting) -> None:
    make.helper(cast.helle, make.home(cast.vorup))
    page = visit(cast.karen).get(PAGE).content.decode()
    top, waits = page.split('id="waits"')
    assert 'href="#waits"' in top
    assert top.index('href="#waits"') < top.index('class="tiles"')
    assert "Neighbour helpers who have joined" not in waits.split(">Neighbour helpers</h2>")[0]
    assert "Neighbour helpers who have joined" in waits


def test_police_read_the_same_numbers_without_links_that_they_cannot_open(cast: Cast, waiting: Booking) -> None:
    bookings.confirm(booking=waiting, place_seen=waiting.place, by=cast.karen, now=clock.now())
    page = visit(cast.palle).get(PAGE).content.decode()
    assert "/staff/talks/" not in page
    assert "Changed by associations" not in page


def test_what_associations_and_speakers_change_is_seen_in_one_place(cast: Cast) -> None:
    now = clock.now()
    ahead = (now.date() - dt.date(2026, 11, 24)).days + 20
    first = confirmed(cast, slot(cast.speaker, days=ahead), now=now)
    second = confirmed(cast, slot(cast.speaker, days=ahead + 3), now=now)
    third = confirmed(cast, slot(cast.speaker, days=ahead + 6), now=now)
    bookings.cancel(booking=first, by=cast.ruth, now=now)
    offers.call_off(booking=second, slots=[], by=cast.sven, now=now)
    bookings.cancel(booking=third, by=cast.karen, now=now)
    found = changes_by_others(cast.randers, now)
    assert [(one.talk.pk, one.by, one.by_speaker) for one in found] == [
        (second.pk, "Sven", True),
        (first.pk, "Ruth", False),
    ]
    assert not changes_by_others(cast.kalmar, now)
    assert not changes_by_others(cast.randers, now + dt.timedelta(days=15))
    assert "Sven, speaker" in " ".join(visit(cast.karen).get(PAGE).content.decode().split())


def test_who_could_not_come_is_still_told_as_speaker_when_another_steps_in(cast: Cast) -> None:
    now = clock.now()
    ahead = (now.date() - dt.date(2026, 11, 24)).days + 20
    talk = confirmed(cast, slot(cast.speaker, days=ahead), now=now)
    other = Speaker.objects.create(partnership=cast.randers, person=cast.helle, formats=list(FORMATS))
    offers.call_off(booking=talk, slots=[slot(other, days=ahead + 1)], by=cast.sven, now=now)
    Booking.objects.filter(pk=talk.pk).update(speaker=other)
    with translation.override("en"):
        found = [(one.what, one.by, one.by_speaker) for one in changes_by_others(cast.randers, now)]
    assert found == [("The speaker cannot come", "Sven", True)]


def test_a_question_to_move_is_not_called_a_move_nor_are_changed_answers(cast: Cast) -> None:
    now = clock.now()
    ahead = (now.date() - dt.date(2026, 11, 24)).days + 20
    talk = confirmed(cast, slot(cast.speaker, days=ahead), now=now)
    other = Speaker.objects.create(partnership=cast.randers, person=cast.helle, formats=list(FORMATS))
    offers.ask_to_move(booking=talk, slot=slot(other, days=ahead + 1), by=cast.ruth, now=now)
    change_place_facts(booking=talk, facts={"note": "Ring the bell"}, by=cast.ruth, now=now + dt.timedelta(minutes=1))
    later = now + dt.timedelta(minutes=2)
    bookings.move(booking=talk, slot=slot(cast.speaker, days=ahead + 3), by=cast.ruth, now=later)
    with translation.override("en"):
        moved, changed, asked = (one.what for one in changes_by_others(cast.randers, later))
    assert moved.startswith("Moved from ")
    assert changed == "The association has changed: the note"
    assert asked.startswith("Asked to move to ")


def test_the_talk_of_a_chair_who_has_been_erased_is_seen_as_cancelled_and_the_answer_of_staff_is_not(
    cast: Cast,
) -> None:
    now = clock.now()
    ahead = (now.date() - dt.date(2026, 11, 24)).days + 20
    talk = confirmed(cast, slot(cast.speaker, days=ahead), now=now)
    erase(person=cast.ruth, by=cast.ruth, now=now)
    assert [one.talk for one in changes_by_others(cast.randers, now)] == [talk]
    assert "somebody who has since been deleted" in visit(cast.karen).get(PAGE).content.decode()


def test_a_request_whose_address_was_corrected_is_nobodys_cancelled_talk(cast: Cast) -> None:
    now = clock.now()
    on = slot(cast.speaker, days=(now.date() - dt.date(2026, 11, 24)).days + 20)
    first = unverified(cast, on, now=now, email="ruht@randers.example", association="E/F Nord")
    replacing.end_request(replaces=first.submission, partnership=cast.randers, now=now)
    assert first.steps.latest("pk").to_state == Booking.State.CANCELLED
    assert not changes_by_others(cast.randers, now)


def test_each_cancelled_talk_says_how_that_came_on_the_list_and_on_its_own_page(cast: Cast) -> None:
    now = clock.now()
    ahead = (now.date() - dt.date(2026, 11, 24)).days + 20
    first, second, third = (confirmed(cast, slot(cast.speaker, days=ahead + 3 * nth), now=now) for nth in range(3))
    bookings.cancel(booking=first, by=cast.ruth, now=now)
    offers.call_off(booking=second, slots=[], by=cast.sven, now=now)
    offers.offer(booking=third, slots=[slot(cast.speaker, days=ahead + 12)], by=cast.karen, now=now)
    offers.decline_offer(booking=third, by=cast.ruth, now=now)
    said = {
        first: "Cancelled by the association",
        second: "The speaker cannot come, and the talk is cancelled",
        third: "None of the offered evenings suited the association",
    }
    with translation.override("en"):
        found = {one.talk: one.what for one in changes_by_others(cast.randers, now)}
    assert found == said
    for talk, words in said.items():
        assert words.lower() in visit(cast.karen).get(f"/en/staff/talks/{talk.pk}/").content.decode().lower()


def test_the_coordinator_is_not_told_that_there_was_no_other_evening_by_a_speaker_who_offered_none(cast: Cast) -> None:
    now = clock.now()
    talk = confirmed(cast, slot(cast.speaker, days=(now.date() - dt.date(2026, 11, 24)).days + 20), now=now)
    offers.call_off(booking=talk, slots=[], by=cast.sven, now=now)
    told = Message.objects.get(kind="talks.ill_without_offer", recipient=cast.karen)
    with translation.override("en"):
        assert kind(told.kind).write(told).subject.startswith("The speaker cannot come, and the talk is cancelled: ")


def test_the_columns_of_the_follow_up_say_what_their_numbers_are(cast: Cast) -> None:
    now = clock.now()
    talk = confirmed(cast, now=now)
    Booking.objects.filter(pk=talk.pk).update(
        starts_at=now - dt.timedelta(days=100), ends_at=now - dt.timedelta(days=100) + dt.timedelta(hours=1)
    )
    talk.refresh_from_db()
    closing.close(booking=talk, took_place=True, attendance=12, by=cast.karen, now=now)
    page = visit(cast.karen).get("/en/staff/talks/afterwards/").content.decode()
    assert "New helpers per talk" in page
    assert "divided by the number of talks" in page
    assert ">Per talk<" not in page


def test_letters_that_nobody_has_printed_wait_for_staff_and_lead_to_the_page_that_prints_them(cast: Cast) -> None:
    make.slip(cast.karen, make.home(cast.vorup))
    deliver(urgent=False, now=clock.now())
    late_since = clock.now() - dt.timedelta(days=3)
    for says in ("To print: 1. Printed, but not noted as posted: 0.", "1 letter is late"):
        page = " ".join(visit(cast.karen).get(PAGE).content.decode().split())
        assert says in page
        assert 'href="/en/staff/messages/letters/"' in page
        Message.objects.update(try_at=late_since, due_at=late_since)
    assert "No message is late." not in page
    assert 'href="/en/staff/messages/letters/"' not in visit(cast.palle).get(PAGE).content.decode()


def test_police_read_on_their_own_page_what_they_see_here_and_nobody_else_does(cast: Cast) -> None:
    pages = {who: visit(who).get("/en/me/").content.decode() for who in (cast.palle, cast.karen, cast.niels)}
    told = pages[cast.palle].partition('id="for-police"')[2].partition("</section>")[0]
    assert "You see no names and no addresses of neighbour helpers." in told
    assert 'href="/en/progress/"' in told
    assert [who.name for who, page in pages.items() if "for-police" in page] == ["Palle"]
    dashboards = [visit(who).get(PAGE).content.decode() for who in (cast.palle, cast.karen)]
    assert ["You see no names and no addresses" in page for page in dashboards] == [True, False]


def test_police_read_of_a_goal_only_where_there_is_one(cast: Cast) -> None:
    for page in ("/en/me/", PAGE):
        assert "against the goal" not in visit(cast.palle).get(page).content.decode()
    take(*BASELINE)
    a_goal(cast.randers)
    for page in ("/en/me/", PAGE):
        assert "against the goal" in visit(cast.palle).get(page).content.decode()


def test_the_rate_of_active_helpers_stands_beside_the_area_where_a_telephone_shows_it(cast: Cast) -> None:
    page = visit(cast.karen).get(PAGE).content.decode()
    table = page.partition("<caption>Active helpers per area</caption>")[2].partition("</thead>")[0]
    assert [one.partition("<")[0] for one in table.split('class="number">')[1:]] == ["Active", "Per 100 homes", "Homes"]
