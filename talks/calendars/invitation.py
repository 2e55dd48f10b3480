"""A talk as an event for the calendars of chair and speaker."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from icalendar import Calendar as ICalendar
from icalendar import Event

from partnership.fields.names import unlinked
from partnership.outbox.post import Calendar
from partnership.people.models import User
from partnership.web import calendars
from talks.models import Booking
from talks.place_facts import online


def invitation(booking: Booking, reader: User, method: str, *, sequence: int | None = None) -> Calendar:
    """Return the .ics for one reader: REQUEST puts the event in or moves it, CANCEL takes it out."""
    event = event_of(booking, sequence)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("attendee", calendars.accepted(reader.email or "", reader.name), encode=False)
    if method == "CANCEL":
        sentence = _("The attached file takes the evening out of your calendar.")
    else:
        sentence = _("The attached file puts the evening in your calendar, or corrects it there.")
    return Calendar(method=method, body=calendar_of([event], method).to_ical(), sentence=sentence)


def event_of(booking: Booking, sequence: int | None = None) -> Event:
    """Return a talk as an event, which its newest step changed."""
    return calendars.event_of(
        booking.partnership,
        uid=booking.calendar_uid,
        sequence=booking.sequence if sequence is None else sequence,
        changed_at=getattr(booking, "stepped_at", None) or booking.steps.latest("pk").at,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        summary=f"{booking.about.title} – {unlinked(booking.association.title)}",
        place=online() if booking.about.is_online else unlinked(booking.place),
    )


def published(booking: Booking) -> Event:
    """Return a confirmed talk as an event for any reader's calendar."""
    event = event_of(booking)
    event.add("status", "CONFIRMED")
    return event


def calendar_of(events: Iterable[Event], method: str) -> ICalendar:
    """Return events as one calendar named "Talks" in the reader's language; `method` as for `invitation`."""
    return calendars.calendar_of(events, method, subject="Talks")
