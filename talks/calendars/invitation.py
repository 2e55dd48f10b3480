"""A talk as an event for the calendars of chair and speaker."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from icalendar import Calendar as ICalendar
from icalendar import Event, vCalAddress, vText

from partnership.fields.names import unlinked
from partnership.outbox.post import Calendar
from partnership.people.models import User
from talks.models import Booking
from talks.place_facts import online
from written.mailboxes import canonical


def invitation(booking: Booking, reader: User, method: str, *, sequence: int | None = None) -> Calendar:
    """Return the .ics for one reader: REQUEST puts the event in or moves it, CANCEL takes it out.

    UID never changes and SEQUENCE grows with each change, so that Outlook, Google and Apple keep one event (RFC 5546).
    Times are in UTC, so that no calendar can misread a zone.
    """
    event = event_of(booking, sequence)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("attendee", _accepted(reader), encode=False)
    if method == "CANCEL":
        sentence = _("The attached file takes the evening out of your calendar.")
    else:
        sentence = _("The attached file puts the evening in your calendar, or corrects it there.")
    return Calendar(method=method, body=calendar_of([event], method).to_ical(), sentence=sentence)


def event_of(booking: Booking, sequence: int | None = None) -> Event:
    """Return a talk as an event. Its timestamp is its newest step's, so that an unchanged talk gives the same bytes."""
    partnership = booking.partnership
    event = Event()
    event.add("uid", f"talk-{booking.pk}@{partnership.host_names[0]}")
    event.add("sequence", booking.sequence if sequence is None else sequence)
    event.add("dtstamp", getattr(booking, "stepped_at", None) or booking.steps.latest("pk").at)
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("summary", f"{booking.about.title} – {unlinked(booking.association.title)}")
    if where := online() if booking.about.is_online else unlinked(booking.place):
        event.add("location", where)
    organizer = vCalAddress(f"MAILTO:{canonical(partnership.contact_email)}")
    organizer.params["CN"] = vText(partnership.name)
    event["organizer"] = organizer
    return event


def published(booking: Booking) -> Event:
    """Return a confirmed talk as an event for any reader's calendar."""
    event = event_of(booking)
    event.add("status", "CONFIRMED")
    return event


def calendar_of(events: Iterable[Event], method: str) -> ICalendar:
    """Return a calendar of these events, with the header that RFC 5545 requires."""
    calendar = ICalendar()
    calendar.add("prodid", "-//Partnership portal//Talks//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return calendar


def _accepted(reader: User) -> vCalAddress:
    attendee = vCalAddress(f"MAILTO:{canonical(reader.email or '')}")
    attendee.params["CN"] = vText(reader.name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    # The answer was given on the portal, so the calendar need not ask for it.
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee
