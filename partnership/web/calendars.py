"""Events in the calendars of telephones and computers (RFC 5545), sent by email or subscribed to."""

import datetime as dt
from collections.abc import Iterable

from icalendar import Calendar, Event, vCalAddress, vText

from partnership.places.models import Partnership
from written.mailboxes import canonical


def event_of(
    partnership: Partnership,
    *,
    uid: str,
    sequence: int,
    changed_at: dt.datetime,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    summary: str,
    place: str,
) -> Event:
    """Return an event that the partnership invites to, in UTC, so that no calendar can misread a zone.

    `uid` never changes and `sequence` grows with each change, so that Outlook, Google and Apple keep one event (RFC
    5546). The timestamp is `changed_at`, so that an unchanged event gives the same bytes.
    """
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", changed_at)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("summary", summary)
    if place:
        event.add("location", place)
    organizer = vCalAddress(f"MAILTO:{canonical(partnership.contact_email)}")
    organizer.params["CN"] = vText(partnership.name)
    event["organizer"] = organizer
    return event


def calendar_of(events: Iterable[Event], method: str, *, subject: str) -> Calendar:
    """Return a calendar of these events, with the header that RFC 5545 requires; `subject` says what made it."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Partnership portal//{subject}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return calendar


def accepted(mailbox: str, name: str) -> vCalAddress:
    """Return somebody who comes. They have answered on the portal, so the calendar need not ask."""
    attendee = vCalAddress(f"MAILTO:{canonical(mailbox)}")
    attendee.params["CN"] = vText(name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee
