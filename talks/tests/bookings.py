"""Bookings in each state, made through the actions themselves."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.db import transaction

from partnership import cases
from partnership.outbox.models import Message
from partnership.outbox.reasons import IN_DIGEST
from partnership.people.models import Organisation, User
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, slot
from talks.actions import bookings
from talks.models import Booking, Slot


def talk_request(cast: Cast, **changes: object) -> bookings.TalkRequest:
    facts = {
        "name": "Ruth",
        "email": "ruth@randers.example",
        "association": "Vorup Grundejerforening",
        "kind": "homeowners",
        "homes": 120,
        "area": cast.vorup,
        "format": "burglary",
        "place": "Fælleshuset, Eksempelvej 1",
        "is_accessible": True,
        "has_projector": False,
        "is_public": False,
        "note": "",
        "phone": "",
    }
    return bookings.TalkRequest(**(facts | changes))


def unverified(
    cast: Cast,
    on: Slot | None = None,
    now: dt.datetime = NOW,
    submission: uuid.UUID | None = None,
    **changes: object,
) -> Booking:
    return bookings.request_talk(
        partnership=cast.randers,
        slot=on or slot(cast.speaker),
        asked=talk_request(cast, **changes),
        submission=submission or uuid.uuid4(),
        language="da",
        now=now,
    )


def requested(cast: Cast, on: Slot | None = None, now: dt.datetime = NOW, **changes: object) -> Booking:
    return bookings.verify(booking=unverified(cast, on, now, **changes), now=now)


def confirmed(cast: Cast, on: Slot | None = None, now: dt.datetime = NOW, **changes: object) -> Booking:
    asked = requested(cast, on, now, **changes)
    return bookings.confirm(booking=asked, place_seen=asked.place, by=cast.karen, now=now)


def mail(kind: str, to: User | None = None) -> list[Message]:
    """Return the posted messages of one kind, oldest first, and digests that tell of it."""
    rows = Message.objects.exclude(reason=IN_DIGEST)
    rows = rows.filter(recipient=to) if to else rows
    return [row for row in rows.order_by("pk") if f"talks.{kind}" in _kinds_of(row)]


def _kinds_of(message: Message) -> set[str]:
    return {message.kind, *(thing["kind"] for thing in message.about.get("things", {}).values())}


def careless(association: Organisation, on: Slot, looked: Callable[[], object]) -> Booking:
    """Read, wait until all others have read (`looked`), then insert: the unsafe booking for the controls of the race
    tests.
    """
    free = Slot.objects.bookable(NOW).filter(pk=on.pk).exists()
    looked()
    if not free:
        raise Refused("slot_taken", "")
    with transaction.atomic():
        made = Booking.objects.create(
            partnership=on.partnership,
            association=association,
            speaker=on.speaker,
            format="burglary",
            starts_at=on.starts_at,
            ends_at=on.ends_at,
            held_until=on.starts_at,
        )
        cases.begin(made, by=None, now=NOW)
    return made
