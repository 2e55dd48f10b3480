"""How long data about talks and the people who requested them is kept."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from partnership import clock
from partnership.people.actions.references import unreferenced
from partnership.people.models import Organisation, OrganisationContact
from partnership.retention import TASK, Rule
from talks.actions.deputies import too_old_to_accept
from talks.models import (
    Booking,
    BookingStep,
    CalendarFeed,
    DaysAway,
    DeputyInvitation,
    Feedback,
    Slot,
    SlotHold,
    Speaker,
    TalkWish,
    WeeklyPattern,
)

STAFF = "the chair, the deputy and the speaker; coordinators and administrators"
UNVERIFIED_KEPT = dt.timedelta(days=30)
CANCELLED_BY_ERASURE_KEPT = dt.timedelta(days=30)
SLOTS_KEPT = dt.timedelta(days=365)


def never_verified(now: dt.datetime):
    """Return the requests whose chair did not verify the mailbox within 30 days."""
    asked = BookingStep.objects.filter(booking=OuterRef("pk"), to_state=Booking.State.REQUESTED)
    return (
        Booking.objects.filter(state__in=[Booking.State.UNVERIFIED, Booking.State.LAPSED, Booking.State.CANCELLED])
        .filter(held_until__lte=now - UNVERIFIED_KEPT)
        .exclude(Exists(asked))
    )


def empty_associations(now: dt.datetime):
    """Return the associations that nothing refers to any more, in any room."""
    return unreferenced(Organisation.objects.only_typed(), ignoring=[OrganisationContact])


def wishes_never_verified(now: dt.datetime) -> QuerySet[TalkWish]:
    """Return the wished days whose chair did not verify the mailbox within 30 days."""
    return TalkWish.objects.filter(verified_at__isnull=True, asked_at__lte=now - UNVERIFIED_KEPT)


def delete_never_verified(now: dt.datetime) -> int:
    """Delete those requests, and the association that was made with each."""
    return _delete_with_associations(never_verified(now), now)


def delete_wishes_never_verified(now: dt.datetime) -> int:
    """Delete those wishes, and the association that was made with each."""
    return _delete_with_associations(wishes_never_verified(now), now)


def _delete_with_associations(old: QuerySet[Any], now: dt.datetime) -> int:
    associations = list(old.values_list("association", flat=True))
    number = old.delete()[1].get(old.model._meta.label, 0)
    empty_associations(now).filter(pk__in=associations).delete()
    return number


def cancelled_by_erasure(now: dt.datetime):
    """Return the talks that were cancelled when their chair was erased, once their slot has passed."""
    return Booking.objects.filter(
        association__in=Organisation.objects.whose_chair_was_erased(),
        state=Booking.State.CANCELLED,
        starts_at__lt=now - CANCELLED_BY_ERASURE_KEPT,
    )


def delete_cancelled_by_erasure(now: dt.datetime) -> int:
    """Delete those, and their associations if no talk took place there."""
    number = cancelled_by_erasure(now).delete()[1].get(Booking._meta.label, 0)
    unreferenced(Organisation.objects.whose_chair_was_erased(), ignoring=[]).delete()
    return number


RULES = [
    Rule(
        Booking,
        holds="an association's request for a talk: when, where, what for, and a note; the chair's name and telephone "
        "until the email is confirmed, when it goes to the chair's own row",
        purpose="so that the speaker comes to the right place, and to count the talks",
        basis=TASK,
        how_long="until the chair is deleted; then, of a talk that took place, only when, which, and how many came; "
        "30 days if the email was never confirmed",
        seen_by=f"{STAFF}; of a talk to which everybody is invited, everyone sees when, where and which association",
        past=never_verified,
        remove=delete_never_verified,
    ),
    Rule(
        Booking,
        part=f"{Booking._meta.label}, cancelled by the chair's deletion",
        holds="when it was to be and which talk; no name, no place, no note",
        purpose="so that the speaker is told",
        basis=TASK,
        how_long="30 days after the evening",
        seen_by="the speaker; coordinators and administrators",
        past=cancelled_by_erasure,
        remove=delete_cancelled_by_erasure,
    ),
    Rule(
        BookingStep,
        holds="who moved a booking to which state, when and why; from what to what its time and answers were changed",
        purpose="to know how it came about",
        basis=TASK,
        how_long="with the booking; the reason until the chair is deleted",
        seen_by=STAFF,
    ),
    Rule(
        Speaker,
        holds="that a person gives talks, which, where and in which languages, and who steps in for them",
        purpose="to plan the talks",
        basis=TASK,
        how_long="until the person is deleted, which requires giving their coming talks to another speaker first",
        seen_by="coordinators and administrators; the chair and the deputy of a confirmed talk, name and languages",
    ),
    Rule(
        Slot,
        holds="when a speaker is free",
        purpose="to plan the talks",
        basis=TASK,
        how_long="one year after the evening",
        seen_by="everyone sees the hour, without the speaker's name",
        past=lambda now: Slot.objects.filter(ends_at__lt=now - SLOTS_KEPT),
    ),
    Rule(
        WeeklyPattern,
        holds="which evenings of the week a speaker has offered",
        purpose="to plan the talks",
        basis=TASK,
        how_long="until the speaker is deleted",
        seen_by="the speaker; coordinators and administrators",
    ),
    Rule(
        DaysAway,
        holds="on which days a speaker gives no talks; not why, nor whether anyone is at home",
        purpose="so that nobody asks for those evenings",
        basis=TASK,
        how_long="until the day after the last of them",
        seen_by="the speaker; coordinators and administrators",
        past=lambda now: DaysAway.objects.filter(last_on__lt=clock.local(now).date()),
    ),
    Rule(
        SlotHold,
        holds="other evenings that were offered or asked for, for a talk",
        purpose="to move a talk without a telephone call",
        basis=TASK,
        how_long="with the booking; without one, two hours and the night after",
        seen_by=STAFF,
        past=lambda now: SlotHold.objects.filter(booking__isnull=True, held_until__lte=now),
    ),
    Rule(
        TalkWish,
        holds="an association's request for a talk on days of its own choice; the chair's name and telephone as for a "
        "request",
        purpose="to find a speaker for one of them",
        basis=TASK,
        how_long="until the chair is deleted; 30 days if the email was never confirmed",
        seen_by="the chair and the deputy; coordinators and administrators",
        past=wishes_never_verified,
        remove=delete_wishes_never_verified,
    ),
    Rule(
        DeputyInvitation,
        holds="the name and email of somebody whom a chair has asked to be the deputy",
        purpose="so that they can say yes, and read that they have",
        basis=TASK,
        how_long=f"{DeputyInvitation.LASTS.days} days; until they say no",
        seen_by="the chair",
        past=too_old_to_accept,
    ),
    Rule(
        Feedback,
        holds="a chair's two answers about a talk, and a comment",
        purpose="to give better talks",
        basis=TASK,
        how_long="until the chair is deleted",
        seen_by="coordinators and administrators",
    ),
    Rule(
        CalendarFeed,
        holds="the secret part of the address of somebody's calendar",
        purpose="so that the owner's calendar follows their talks",
        basis=TASK,
        how_long="until the owner stops or renews it, or is deleted",
        seen_by="its owner",
    ),
]
