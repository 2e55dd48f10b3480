"""Made-up people of one partnership, with talks, for the benchmarks to write to."""

import datetime as dt

from django.db import transaction
from django.db.models import prefetch_related_objects

from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.post import post
from partnership.people.actions.consents import give_consent
from partnership.people.models import Organisation, OrganisationContact, User, contacts
from partnership.places.models import Area, Partnership
from partnership.places.tests.builders import a_partnership, an_area
from talks.models import Booking, BookingStep, Speaker

DOMAINS = 100


def place() -> tuple[Partnership, Area]:
    """Return a new partnership and one area of it."""
    where = a_partnership("randers")
    return where, an_area(where)


def people(where: Partnership, many: int, prefix: str = "person") -> list[User]:
    """Return so many new people, whose mailboxes are spread over `DOMAINS` domains."""
    return User.objects.bulk_create(
        User(
            partnership=where, email=f"{prefix}{number}@d{number % DOMAINS}.example", name=f"Åse Nummer {number}",
            language="da", password="!",
        )
        for number in range(many)
    )  # fmt: skip


@transaction.atomic
def talks(where: Partnership, area: Area, many: int) -> list[Booking]:
    """Make confirmed talks from tomorrow on, each with its own chair; fifty speakers share them."""
    chairs, speaking = people(where, many, "chair"), people(where, 50, "speaker")
    speakers = Speaker.objects.bulk_create(Speaker(partnership=where, person=one) for one in speaking)
    associations = Organisation.objects.bulk_create(
        Organisation(partnership=where, area=area, name=f"Grundejerforeningen {chair.pk}", homes=40, kind="homeowners")
        for chair in chairs
    )
    OrganisationContact.objects.bulk_create(
        OrganisationContact(organisation=one, person=chair, role="chair")
        for one, chair in zip(associations, chairs, strict=True)
    )
    prefetch_related_objects(associations, contacts())
    first = (clock.now() + dt.timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    bookings = Booking.objects.bulk_create(
        Booking(
            partnership=where, association=one, speaker=speakers[number % 50], format="burglary",
            starts_at=(starts := first + dt.timedelta(hours=3 * (number // 50))),
            ends_at=starts + dt.timedelta(hours=2), place="Vorup Forsamlingshus, Eksempelvej 1", state="confirmed",
            held_until=starts,
        )
        for number, one in enumerate(associations)
    )  # fmt: skip
    for before, after in (("", "requested"), ("requested", "confirmed")):
        BookingStep.objects.bulk_create(
            BookingStep(booking=one, from_state=before, to_state=after, at=clock.now()) for one in bookings
        )
    return bookings


def post_reminders(bookings: list[Booking]) -> int:
    """Post the reminder of the day before for chair and speaker of each, due now, by the public function."""
    now, posted = clock.now(), 0
    for first in range(0, len(bookings), 500):
        with transaction.atomic():
            for booking in bookings[first : first + 500]:
                for person in (booking.association.chair, booking.speaker.person):
                    posted += post(
                        kind="talks.reminder_1day", partnership=booking.partnership, to=person,
                        about={"booking": booking.pk, "starts_at": booking.starts_at.isoformat()},
                        key=f"talks.booking.{booking.pk}.reminder_1day.{person.pk}", now=now,
                        due_at=now + dt.timedelta(seconds=1), expires_at=booking.starts_at,
                    )  # fmt: skip
    return posted


def readers(where: Partnership, many: int) -> list[User]:
    """Make people who have consented to notices."""
    found, now = people(where, many, "reader"), clock.now()
    for person in found:
        give_consent(person=person, purpose="notices", text="Ja tak.", language="da", medium="web", now=now)
    return found


def lay_in(
    kind: str, where: Partnership, to: list[User], many: int, default_priority: int, run: str, **more: object
) -> None:
    """Insert many messages into the outbox at once, as rows like those of post()."""
    now = clock.now()
    row = {
        "partnership": where, "kind": kind, "priority": default_priority, "created_at": now, "due_at": now,
        "try_at": now, "forget_after": now + dt.timedelta(days=90), **more,
    }  # fmt: skip
    for first in range(0, many, 5_000):
        Message.objects.bulk_create(
            Message(key=f"{kind}.{run}.{number}", recipient=to[number % len(to)], **row)
            for number in range(first, min(first + 5_000, many))
        )
