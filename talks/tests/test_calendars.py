"""Calendars: every file parses, one event stays one event, and a feed is secret and revocable."""

import datetime as dt
from dataclasses import dataclass, field

import icalendar
import pytest
import vobject

from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.people.actions.mailboxes import change_mailbox, verify_mailbox
from partnership.people.models import Organisation, Role
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import bookings, calendars, offers
from talks.calendars import feeds
from talks.models import CalendarFeed
from talks.tests.bookings import confirmed, requested


@dataclass
class CalendarClient:
    """A calendar program by RFC 5546: one event for each UID, replaced by a higher SEQUENCE, removed by CANCEL."""

    events: dict[str, tuple[int, dt.datetime]] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def receive(self, body: bytes) -> None:
        calendar = icalendar.Calendar.from_ical(body)
        other = vobject.readOne(body.decode())
        for event in calendar.walk("VEVENT"):
            assert str(event["UID"]) == other.vevent.uid.value
            assert event["DTSTART"].dt == other.vevent.dtstart.value
            self._take(str(calendar["METHOD"]), event)

    def _take(self, method: str, event: icalendar.Event) -> None:
        uid, sequence = str(event["UID"]), int(event["SEQUENCE"])
        if sequence < self.seen.get(uid, 0):
            return
        self.seen[uid] = sequence
        if method == "CANCEL":
            self.events.pop(uid, None)
        else:
            self.events[uid] = sequence, event["DTSTART"].dt


def deliver(client: CalendarClient, who: object) -> None:
    """Receive the messages posted since the last time."""
    for message in Message.objects.filter(recipient=who, state="queued", due_at__lte=NOW).order_by("pk"):
        words = final_check(message, NOW).words
        if words and words.calendar:
            client.receive(words.calendar.body)
        Message.objects.filter(pk=message.pk).update(state="sent", ended_at=NOW)


def test_a_client_ends_with_one_event_after_request_move_and_with_none_after_cancel(cast: Cast) -> None:
    readers = {cast.ruth: CalendarClient(), cast.sven: CalendarClient()}
    booking = confirmed(cast)
    for who, client in readers.items():
        deliver(client, who)
    on = slot(cast.speaker, days=30)
    bookings.move(booking=booking, slot=on, by=cast.ruth, now=NOW)
    for who, client in readers.items():
        deliver(client, who)
        assert list(client.events.values()) == [(1, on.starts_at)]
    bookings.cancel(booking=booking, by=cast.ruth, now=NOW)
    for who, client in readers.items():
        deliver(client, who)
        assert not client.events


def test_a_talk_that_fell_out_and_found_another_slot_is_one_event(cast: Cast) -> None:
    client = CalendarClient()
    booking = confirmed(cast)
    deliver(client, cast.ruth)
    on = slot(cast.speaker, days=40)
    offers.call_off(booking=booking, slots=[on], by=cast.sven, now=NOW)
    deliver(client, cast.ruth)
    assert not client.events
    offers.accept(hold=booking.holds.get(), by=cast.ruth, now=NOW)
    deliver(client, cast.ruth)
    assert [start for _sequence, start in client.events.values()] == [on.starts_at]


def test_a_talk_that_went_to_another_speaker_and_back_is_one_event_for_the_first(cast: Cast) -> None:
    client, booking = CalendarClient(), confirmed(cast)
    deliver(client, cast.sven)
    bookings.move(booking=booking, slot=slot(speaker(person("Signe", cast.randers)), days=30), by=cast.karen, now=NOW)
    deliver(client, cast.sven)
    assert not client.events
    home = slot(cast.speaker, days=33)
    bookings.move(booking=booking, slot=home, by=cast.karen, now=NOW)
    deliver(client, cast.sven)
    assert [start for _sequence, start in client.events.values()] == [home.starts_at]


def test_invitations_in_the_wrong_order_end_in_the_newest(cast: Cast) -> None:
    booking = confirmed(cast)
    bookings.move(booking=booking, slot=slot(cast.speaker, days=30), by=cast.karen, now=NOW)
    newest = final_check(Message.objects.get(kind="talks.moved", recipient=cast.ruth), NOW).words.calendar.body
    old = newest.replace(b"SEQUENCE:1", b"SEQUENCE:0").replace(b"DTSTART:2026", b"DTSTART:2025")
    client = CalendarClient()
    client.receive(newest)
    client.receive(old)
    assert [sequence for sequence, _start in client.events.values()] == [1]


def feed_for(cast: Cast, who: object, kind: str) -> str:
    feed = calendars.renew(person=who, partnership=cast.randers, kind=kind, now=NOW)
    return "/calendar/" + feeds.url(feed).partition("/calendar/")[2]


def test_a_speakers_calendar_contains_their_talks_and_no_others(cast: Cast) -> None:
    booking = confirmed(cast)
    signe = speaker(person("Signe", cast.randers))
    confirmed(cast, slot(signe, days=30), association="Enghaven", email="e@randers.example")
    page = visit(None).get(feed_for(cast, cast.sven, "speaker"))
    found = icalendar.Calendar.from_ical(page.content)
    assert (page.status_code, str(found["METHOD"])) == (200, "PUBLISH")
    assert [event["DTSTART"].dt for event in found.walk("VEVENT")] == [booking.starts_at]
    assert vobject.readOne(page.content.decode()).vevent.summary.value.endswith("Vorup Grundejerforening")


def test_the_coordinators_calendar_contains_all_talks_of_their_partnership(cast: Cast) -> None:
    confirmed(cast)
    confirmed(cast, slot(speaker(person("Signe", cast.randers)), days=30), association="B", email="e@randers.example")
    page = visit(None).get(feed_for(cast, cast.karen, "coordinator"))
    assert page.content.count(b"BEGIN:VEVENT") == 2


def test_a_calendar_that_has_not_changed_is_not_sent_again(cast: Cast) -> None:
    booking, path = confirmed(cast), feed_for(cast, cast.sven, "speaker")
    first = visit(None).get(path)
    again = visit(None).get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    bookings.cancel(booking=booking, by=cast.ruth, now=NOW)
    after = visit(None).get(path, headers={"if-none-match": first["ETag"]})
    assert (after.status_code, after.content.count(b"VEVENT")) == (200, 0)


def test_a_moved_talk_changes_the_calendars_tag(cast: Cast) -> None:
    booking, path = confirmed(cast), feed_for(cast, cast.sven, "speaker")
    before = visit(None).get(path)["ETag"]
    bookings.move(booking=booking, slot=slot(cast.speaker, days=30), by=cast.karen, now=NOW)
    assert visit(None).get(path)["ETag"] != before


def test_another_name_of_association_or_partnership_changes_the_calendars_tag(cast: Cast) -> None:
    confirmed(cast)
    path = feed_for(cast, cast.sven, "speaker")
    tags = [visit(None).get(path)["ETag"]]
    Organisation.objects.filter(pk=cast.association.pk).update(name="Vorup Nye Grundejerforening")
    tags.append(visit(None).get(path)["ETag"])
    type(cast.randers).objects.filter(pk=cast.randers.pk).update(short_name="Et andet navn")
    page = visit(None).get(path)
    tags.append(page["ETag"])
    assert len({*tags}) == len(tags)
    assert "Vorup Nye Grundejerforening" in page.content.decode().replace("\r\n ", "")
    assert visit(None).get(path, headers={"if-none-match": page["ETag"]}).status_code == 304


def test_an_event_keeps_its_name_when_the_portal_gets_another_first_host_name(cast: Cast) -> None:
    client, booking = CalendarClient(), confirmed(cast)
    deliver(client, cast.ruth)
    cast.randers.host_names = ["tryg.randers.example", *cast.randers.host_names]
    cast.randers.save(update_fields=["host_names"])
    on = slot(cast.speaker, days=30)
    bookings.move(booking=booking, slot=on, by=cast.karen, now=NOW)
    deliver(client, cast.ruth)
    assert list(client.events.values()) == [(1, on.starts_at)]
    bookings.cancel(booking=booking, by=cast.karen, now=NOW)
    deliver(client, cast.ruth)
    assert not client.events


def test_the_name_of_an_event_tells_nothing_of_the_form_and_is_another_for_each_talk(cast: Cast) -> None:
    one, other = requested(cast), requested(cast, slot(cast.speaker, days=30))
    assert one.calendar_uid != other.calendar_uid
    assert str(one.submission) not in one.calendar_uid
    assert not any(host in one.calendar_uid for host in cast.randers.host_names)


def test_a_new_address_kills_the_old_one(cast: Cast) -> None:
    old = feed_for(cast, cast.sven, "speaker")
    new = feed_for(cast, cast.sven, "speaker")
    assert visit(None).get(old).status_code == 410
    assert visit(None).get(new).status_code == 200


def test_a_stopped_calendar_has_ended_and_a_made_up_address_is_not_known(cast: Cast) -> None:
    path = feed_for(cast, cast.sven, "speaker")
    calendars.revoke(person=cast.sven, partnership=cast.randers, kind="speaker")
    answers = {path: 410, "/calendar/x.ics": 404, path.replace(".ics", "x.ics"): 404}
    assert {one: visit(None).get(one).status_code for one in answers} == answers


def test_a_calendar_ends_with_the_role_that_it_was_made_for(cast: Cast) -> None:
    path = feed_for(cast, cast.karen, "coordinator")
    Role.objects.filter(user=cast.karen).delete()
    assert visit(None).get(path).status_code == 410


def test_a_calendar_of_one_partnership_is_nothing_under_anothers_name(cast: Cast) -> None:
    assert visit(None, host="kalmar.localhost").get(feed_for(cast, cast.sven, "speaker")).status_code == 410


def test_a_calendar_ends_with_the_mailbox_and_its_owner_is_told_where_to_get_a_new_link(cast: Cast) -> None:
    old, other = feed_for(cast, cast.sven, "speaker"), feed_for(cast, cast.karen, "coordinator")
    change_mailbox(person=cast.sven, to=cast.sven.email, now=NOW)
    assert visit(None).get(old).status_code == 200, "the same mailbox is no change"
    change_mailbox(person=cast.sven, to="sven@mailbox.example", now=NOW)
    verify_mailbox(cast.sven, NOW)
    assert [visit(None).get(path).status_code for path in (old, other)] == [410, 200]
    (told,) = Message.objects.filter(kind="talks.calendar_ended")
    assert told.to_mailbox == "sven@mailbox.example"
    page = "/da/" + final_check(told, NOW).words.button[1].partition("/da/")[2]
    assert "Få kalenderlink" in visit(cast.sven).get(page).content.decode()


@pytest.mark.parametrize("kind", ["speaker", "coordinator"])
def test_nobody_makes_a_calendar_for_somebody_else(cast: Cast, kind: str) -> None:
    assert visit(cast.frede).post(f"/da/talks/calendar/{kind}/").status_code == 404
    assert not CalendarFeed.objects.exists()


def test_a_speaker_makes_and_stops_a_calendar_on_the_own_page(cast: Cast) -> None:
    visit(cast.sven).post("/da/talks/calendar/speaker/")
    feed = CalendarFeed.objects.get()
    assert feeds.url(feed) in visit(cast.sven).get("/da/talks/evenings/").content.decode()
    visit(cast.sven).post("/da/talks/calendar/speaker/stop/")
    assert not CalendarFeed.objects.exists()
