"""Which bookings, slots and speakers a person may see. Views use only these functions."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, When

from partnership.outbox.post import Message
from partnership.people.access import has_role
from partnership.people.models import Organisation, OrganisationQuerySet, Role, User, contacts
from partnership.places.models import Partnership
from talks.models import (
    Booking,
    BookingQuerySet,
    BookingStep,
    CalendarFeed,
    DaysAway,
    DeputyInvitation,
    Feedback,
    Slot,
    SlotHold,
    SlotHoldQuerySet,
    SlotQuerySet,
    Speaker,
    TalkWish,
    TalkWishQuerySet,
    WeeklyPattern,
)
from talks.when import is_on
from written.numbers import is_key

# The kinds that tell of an agreed talk.
TOLD = ("talks.confirmed", "talks.on_original_evening", "talks.moved")


def bookings_in_view(viewer: User, partnership: Partnership) -> BookingQuerySet:
    """Staff see the whole partnership's, chair and deputy their own association's, a speaker their own talks."""
    here = Booking.objects.filter(partnership=partnership).with_names()
    if has_role(viewer, partnership, *Role.STAFF):
        return here
    return here.filter(own_bookings(viewer) | Q(speaker__person=viewer, state__in=[Booking.State.CONFIRMED]))


def talks_told_of(viewer: User, partnership: Partnership, pk: int) -> BookingQuerySet:
    """Return this talk if an email has told the viewer that it is agreed, as one who gave it or spoke for the
    association then.
    """
    told = viewer.messages.filter(kind__in=TOLD, key__startswith=f"talks.booking.{pk}.")
    here = Booking.objects.filter(partnership=partnership).with_names()
    return here if told.exclude(state=Message.State.WITHDRAWN).exists() else here.none()


def own_bookings(viewer: User) -> Q:
    """Return a condition for bookings and wishes: of the associations that the viewer speaks for."""
    return Q(association__in=Organisation.objects.spoken_for_by(viewer))


def own_wishes(viewer: User, partnership: Partnership) -> TalkWishQuerySet:
    """Return the wished days that wait for our answer, of the associations that the viewer speaks for."""
    return TalkWish.objects.waiting().filter(own_bookings(viewer), partnership=partnership)


def bookings_to_answer(viewer: User, partnership: Partnership) -> BookingQuerySet:
    """Return the bookings that the viewer may answer: all for staff, none for anyone else."""
    if not has_role(viewer, partnership, *Role.STAFF):
        return Booking.objects.none()
    return Booking.objects.filter(partnership=partnership).with_names()


def bookings_of(person: User, viewer: User, partnership: Partnership) -> BookingQuerySet:
    """Return the verified bookings of the associations that a person belongs to, as chair, deputy or contact, to staff;
    the next first.
    """
    rows = bookings_to_answer(viewer, partnership).verified().filter(association__in=_associations_of(person))
    return rows.prefetch_related("steps__by").order_by("-starts_at", "pk")


def wishes_of(person: User, viewer: User, partnership: Partnership) -> TalkWishQuerySet:
    """Return the wished days of these associations that wait for our answer, to staff."""
    rows = wishes_to_answer(viewer, partnership).waiting().filter(association__in=_associations_of(person))
    return rows.order_by("answer_by", "pk")


def talks_given_by(person: User, viewer: User, partnership: Partnership, now: dt.datetime) -> BookingQuerySet:
    """Return the talks ahead that a person gives, to staff."""
    return bookings_to_answer(viewer, partnership).upcoming(now).filter(speaker__person=person)


def _associations_of(person: User) -> QuerySet[Organisation]:
    return Organisation.objects.filter(contacts__person=person)


def slots_in_view(viewer: User, partnership: Partnership) -> SlotQuerySet:
    """Return the slots that the viewer may withdraw: a speaker's own, or all for staff."""
    here = Slot.objects.filter(partnership=partnership).select_related("speaker__person")
    return here if has_role(viewer, partnership, *Role.STAFF) else here.filter(speaker__person=viewer)


def confirmed_talks_of(speakers: Collection[int], now: dt.datetime) -> list[Booking]:
    """Return the talks ahead of these speakers, for showing which of their slots have one."""
    return list(Booking.objects.upcoming(now).filter(speaker__in=speakers))


def gives_talks(person: User, partnership: Partnership) -> bool:
    """Return whether the person is a speaker here."""
    return Speaker.objects.filter(partnership=partnership, person=person, is_active=True).exists()


def speaks(person: User) -> bool:
    """Return whether the person is a speaker anywhere."""
    return Speaker.objects.filter(person=person, is_active=True).exists()


def speakers_in_view(viewer: User, partnership: Partnership) -> QuerySet[Speaker]:
    """Return the active speakers to staff; to others only themselves, if they are one."""
    here = Speaker.objects.filter(partnership=partnership, is_active=True).select_related("person")
    return here if has_role(viewer, partnership, *Role.STAFF) else here.filter(person=viewer)


def open_slots(partnership: Partnership, now: dt.datetime) -> SlotQuerySet:
    """Return the slots that anybody may ask for; speakers' names are not public."""
    free = Slot.objects.filter(partnership=partnership).bookable(now)
    return free.select_related("speaker")


def slots_for_caller(partnership: Partnership, now: dt.datetime) -> SlotQuerySet:
    """Return the slots that staff may ask for, for an association that calls: also at short notice."""
    free = Slot.objects.filter(partnership=partnership).bookable(now, at_short_notice=True)
    return free.select_related("speaker")


def coming_slots(partnership: Partnership, now: dt.datetime) -> SlotQuerySet:
    """Return the slots ahead, taken or not, for a request that holds one of them itself."""
    return Slot.objects.filter(partnership=partnership).coming(now).select_related("speaker")


def held_by_form(partnership: Partnership, now: dt.datetime, submission: str) -> SlotQuerySet:
    """Return the slot that a form holds which was sent before, as by a double click; none if it holds none."""
    try:
        form = uuid.UUID(submission)
    except ValueError:
        return Slot.objects.none()
    at = {"submission": form, "speaker": OuterRef("speaker"), "starts_at": OuterRef("starts_at")}
    held = Exists(Booking.objects.blocking(now).filter(**at)) | Exists(SlotHold.objects.standing(now).filter(**at))
    return coming_slots(partnership, now).filter(held)


def is_moved_to(booking: Booking, slot: str, by: User) -> bool:
    """Return whether a person has just moved a talk to the slot with this key, as by a double click."""
    newest = booking.steps.order_by("pk").last()
    if newest is None or newest.by_id != by.pk or not {"starts_at", "speaker"} & {*(newest.changed or {})}:
        return False
    chosen = Slot.objects.filter(pk=slot).first() if is_key(slot) else None
    return chosen is not None and is_on(booking, chosen)


def is_answered_by(booking: Booking, by: User) -> bool:
    """Return whether a person has just written down what an association answered to an offer, as by a double click."""
    newest = booking.steps.order_by("pk").last()
    return newest is not None and newest.by_id == by.pk and bool(newest.medium) and newest.from_state == "offered"


def open_talks(partnership: Partnership, now: dt.datetime) -> BookingQuerySet:
    """Return the coming talks to which the association invites everybody, as staff have seen; anybody may read when and
    where they are.
    """
    return Booking.objects.filter(partnership=partnership).shown_to_all().upcoming(now)


def posters_talk(partnership: Partnership, pk: int) -> BookingQuerySet:
    """Return a talk to which everybody is or was invited, also once it is cancelled or over: its poster may still hang.
    Never one that was not confirmed.
    """
    agreed = BookingStep.objects.filter(booking=pk, to_state=Booking.State.CONFIRMED).values("booking")
    return Booking.objects.filter(pk__in=agreed, partnership=partnership).shown_to_all().with_names()


def booking_of_link(partnership: Partnership, booking_id: int) -> BookingQuerySet:
    """Return the booking that a signed link names, if it is one of this partnership's."""
    return Booking.objects.filter(partnership=partnership, pk=booking_id).with_names()


def replaced_request(partnership: Partnership, booking_id: int) -> BookingQuerySet:
    """Return the request that a link names, if another form has replaced it before anybody confirmed it."""
    return Booking.objects.replaced().filter(partnership=partnership, pk=booking_id)


def replaced_wish(partnership: Partnership, pk: int) -> TalkWishQuerySet:
    """Return the wish that a link names, if another form has replaced it before anybody confirmed it."""
    return TalkWish.objects.filter(partnership=partnership, pk=pk, verified_at__isnull=True, closed_at__isnull=False)


def is_verified(partnership: Partnership, submission: uuid.UUID) -> bool:
    """Return whether the mailbox on the form that made a request or a wish has been confirmed."""
    made = {"partnership": partnership, "submission": submission}
    asked = Booking.objects.filter(**made).exclude(state__in=[Booking.State.UNVERIFIED, *Booking.ENDED])
    return asked.exists() or TalkWish.objects.filter(verified_at__isnull=False, **made).exists()


def slots_that_suit(
    booking: Booking, now: dt.datetime, *, most: int | None = None, at_short_notice: bool = False
) -> list[Slot]:
    """Return the free slots that the talk could have instead of its own, in order of time; if there are too many, those
    of other speakers are left out first. Staff use those at short notice too.
    """
    own_first = Case(When(speaker=booking.speaker_id, then=0), default=1)
    giving = Slot.objects.filter(partnership=booking.partnership, speaker__formats__contains=[booking.format])
    free = giving.bookable(now, ignoring=booking, at_short_notice=at_short_notice)
    other = free.exclude(speaker=booking.speaker_id, starts_at=booking.starts_at)
    rows = _with_speakers(other).order_by(own_first, "starts_at", "pk")
    suiting = [slot for slot in rows if slot.suits(booking)]
    return sorted(suiting[:most], key=lambda slot: (slot.starts_at, slot.pk))


def slots_for_wish(wish: TalkWish, now: dt.datetime) -> list[Slot]:
    """Return the free slots that an association could have in place of its wished days."""
    giving = Slot.objects.filter(partnership=wish.partnership, speaker__formats__contains=[wish.format])
    free = giving.bookable(now, at_short_notice=True)
    return [slot for slot in _with_speakers(free) if slot.suits(wish)]


def _with_speakers(slots: SlotQuerySet) -> SlotQuerySet:
    return slots.select_related("speaker__person", "speaker__home_area").prefetch_related("speaker__areas")


def holds_to_choose_from(booking: Booking, now: dt.datetime) -> SlotHoldQuerySet:
    """Return the slots that we hold for the chair to choose from."""
    mine = booking.holds.standing(now).filter(is_asked_by_chair=False)
    return mine.select_related("speaker__person").order_by("starts_at")


def choosing(bookings: BookingQuerySet) -> BookingQuerySet:
    """Return those whose chair chooses among the slots that we offer, each with these as `choices`."""
    standing = SlotHold.objects.filter(closed_at__isnull=True).select_related("speaker__person").order_by("starts_at")
    offered = bookings.filter(state=Booking.State.OFFERED).order_by("held_until", "pk")
    return offered.prefetch_related(Prefetch("holds", queryset=standing, to_attr="choices"))


def move_asked_for(booking: Booking, now: dt.datetime) -> SlotHold | None:
    """Return the slot that the chair has asked to move to, while it waits for an answer."""
    asked = booking.holds.standing(now).filter(is_asked_by_chair=True)
    return asked.select_related("speaker__partnership", "speaker__person").first()


def feedback_in_view(viewer: User, partnership: Partnership) -> QuerySet[Feedback]:
    """Return the chairs' feedback, for staff; none for anyone else."""
    if not has_role(viewer, partnership, *Role.STAFF):
        return Feedback.objects.none()
    return Feedback.objects.filter(booking__partnership=partnership)


def answers_since(viewer: User, partnership: Partnership, since: dt.datetime) -> QuerySet[Feedback]:
    """Return the feedback of chairs since then for staff, the newest first."""
    rows = feedback_in_view(viewer, partnership).filter(at__gt=since)
    return rows.select_related("booking__partnership", "booking__association").order_by("-at", "-pk")


def answers_about(booking: Booking) -> Feedback | None:
    """Return the answers to the two questions about a talk that a link of its association has opened."""
    return Feedback.objects.filter(booking=booking).first()


def moves_to_answer(viewer: User, partnership: Partnership) -> SlotHoldQuerySet:
    """Return the slots that chairs ask to move to, for those who may answer; none for anyone else."""
    if not has_role(viewer, partnership, *Role.STAFF):
        return SlotHold.objects.none()
    asked = SlotHold.objects.filter(booking__partnership=partnership, is_asked_by_chair=True, closed_at__isnull=True)
    rows = asked.select_related("booking__partnership", "speaker__partnership", "speaker__person", "booking__speaker")
    return rows.select_related("booking__association").prefetch_related(contacts("booking__association__contacts"))


def is_on_a_day_away(booking: Booking, now: dt.datetime) -> bool:
    """Return whether the speaker of a request or a talk ahead is marked as away on its day."""
    return booking.place_facts_may_change(now) and is_speaker_away(booking)


def is_speaker_away(booking: Booking) -> bool:
    """Return whether the booking's speaker is marked as away on its day."""
    return DaysAway.objects.covering(booking.speaker, booking.starts_at).exists()


def wishes_to_answer(viewer: User, partnership: Partnership) -> TalkWishQuerySet:
    """Return the verified wishes to staff, the answered ones too; none to anyone else."""
    if not has_role(viewer, partnership, *Role.STAFF):
        return TalkWish.objects.none()
    return TalkWish.objects.filter(partnership=partnership, verified_at__isnull=False).with_names()


def wish_of_link(partnership: Partnership, pk: int) -> TalkWishQuerySet:
    """Return the wish with this number if it is of this partnership, for whoever has a link to it."""
    return TalkWish.objects.filter(partnership=partnership, pk=pk).with_names()


def feeds_here(partnership: Partnership) -> QuerySet[CalendarFeed]:
    """Return a partnership's calendar feeds, for those who have an address or ask for their own."""
    return CalendarFeed.objects.filter(partnership=partnership)


def talks_in_feed(feed: CalendarFeed) -> BookingQuerySet:
    """Return the talks in a feed: a speaker's own, or all of the partnership's."""
    stood = [Booking.State.CONFIRMED, Booking.State.TOOK_PLACE]
    talks = Booking.objects.filter(partnership=feed.partnership, state__in=stood)
    return talks.filter(speaker__person=feed.person) if feed.kind == CalendarFeed.Kind.SPEAKER else talks


def association_of_link(partnership: Partnership, pk: int) -> OrganisationQuerySet:
    """Return the association with this number if it is of this partnership, for whoever has a link to it."""
    found = Organisation.objects.filter(partnership=partnership, pk=pk)
    return found.select_related("partnership", "area").with_contacts()


def invitation_of_link(partnership: Partnership, pk: int) -> QuerySet[DeputyInvitation]:
    """Return the invitation that a link names, if it is this partnership's; the link may be older."""
    found = DeputyInvitation.objects.filter(association__partnership=partnership, pk=pk)
    return found.select_related("association__partnership", "asked_by")


def patterns_in_view(viewer: User, partnership: Partnership) -> QuerySet[WeeklyPattern]:
    """Return the recurring slots that the viewer may end."""
    return WeeklyPattern.objects.filter(speaker__in=speakers_in_view(viewer, partnership)).select_related(
        "speaker__partnership", "speaker__person"
    )


def days_away_in_view(viewer: User, partnership: Partnership) -> QuerySet[DaysAway]:
    """Return the days away of the speakers whom `viewer` may see."""
    return DaysAway.objects.filter(speaker__in=speakers_in_view(viewer, partnership)).select_related(
        "speaker__partnership", "speaker__person"
    )
