"""Other evenings for a talk: we offer, the chair chooses; or the chair asks to move, and we answer."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from partnership import cases, clock
from partnership.people.models import User
from partnership.refusals import Refused
from talks import rules
from talks.actions.bookings import move_locked, promised_day
from talks.actions.holding import close_options, keep, lock, refuse_not_offered, refuse_unless, room_for_option, room_on
from talks.messages import posting
from talks.models import Booking, DaysAway, Evening, Option

S = Booking.State

MOST = 3
STANDS = dt.timedelta(days=5)


@transaction.atomic
def offer(*, booking: Booking, evenings: Sequence[Evening], by: User, now: dt.datetime, why: str = "") -> Booking:
    """Offer up to three other evenings for a request or a talk. They are kept for five days; its own is let go.

    The chair chooses by a link in the mail, and what she chooses is confirmed.
    """
    booking = lock(booking, *(evening.speaker_id for evening in evenings))
    refuse_unless(rules.may_answer(by, booking))
    _offer_locked(booking, evenings, by=by, now=now, why=why)
    return booking


@transaction.atomic
def fall_ill(*, booking: Booking, evenings: Sequence[Evening], by: User, now: dt.datetime) -> Booking:
    """The speaker cannot come: her day is off the calendar, and the chair chooses another evening by a link.

    Without an evening to offer the talk is cancelled with the reason; both hear it, and so do the coordinators.
    """
    booking = lock(booking, *(evening.speaker_id for evening in evenings))
    refuse_unless(rules.may_report_ill(by, booking))
    if booking.state != S.CONFIRMED or booking.starts_at <= now:
        raise Refused("not_ahead", _("Only a confirmed talk that lies ahead can be called off like this."))
    _take_off_the_calendar(booking, now)
    chair = booking.association.chair or by
    with translation.override(chair.language):
        why = _("The speaker has fallen ill.")  # it is the chair who reads it
    if evenings:
        _offer_locked(booking, evenings, by=by, now=now, why=why)
        return booking
    cases.move(booking, S.CANCELLED, by=by, now=now, why=why, sequence=booking.sequence + 1)
    posting.take_back_reminders(booking, now, "the speaker fell ill")
    posting.tell_cancelled(booking, now, was_confirmed=True)
    posting.tell_coordinators(booking, "ill_without_offer", now)
    return booking


@transaction.atomic
def accept(*, option: Option, by: User, now: dt.datetime) -> Booking:
    """The chair chooses one of the evenings that we offered: the talk is confirmed there."""
    booking = lock(_talk_of(option), option.speaker_id)
    if not rules.speaks_for(by, booking.association):
        raise Refused("not_yours", _("Only the association can choose among these evenings."))
    if booking.state != S.OFFERED or option.is_asked_by_chair:
        refuse_not_offered()
    room = room_for_option(option, booking=booking, now=now)
    cases.move(booking, S.CONFIRMED, by=by, now=now, sequence=booking.sequence + 1, **room)
    close_options(booking, now)
    posting.tell_confirmed(booking, now)
    return booking


@transaction.atomic
def ask_to_move(*, booking: Booking, evening: Evening, by: User, now: dt.datetime) -> Option:
    """The chair asks for another speaker's evening, or asks late: it is kept while we answer, and so is the old one."""
    booking = lock(booking, evening.speaker_id)
    if not rules.speaks_for(by, booking.association):
        raise Refused("not_yours", _("Only the association can ask for this."))
    if booking.state != S.CONFIRMED or booking.starts_at <= now:
        raise Refused("not_confirmed", _("Only a confirmed talk can be moved."))
    room_on(evening, format_key=booking.format, area=booking.association.area, now=now, but=booking)
    close_options(booking, now)
    promised = promised_day(booking.partnership, now)
    midnight = clock.at(promised + dt.timedelta(days=1), dt.time(0), booking.partnership.zone)
    until = min(midnight, booking.starts_at)
    option = keep(evening, until, now, booking=booking, is_asked_by_chair=True)
    posting.tell_coordinators(booking, "asked_to_move", now, version=str(option.pk), expires_at=until)
    return option


@transaction.atomic
def agree_to_move(*, option: Option, by: User, now: dt.datetime) -> Booking:
    """Say yes to the evening that the chair asked to move to."""
    booking = lock(_talk_of(option), option.speaker_id)
    refuse_unless(rules.may_answer(by, booking))
    if not option.is_asked_by_chair:
        raise Refused("hers_to_choose", _("Other evenings have been offered. It is the chair who chooses."))
    move_locked(booking, room_for_option(option, booking=booking, now=now), by=by, now=now)
    return booking


@transaction.atomic
def refuse_to_move(*, option: Option, by: User, now: dt.datetime) -> Booking:
    """Say no: the talk stays where it is, and the chair is told."""
    booking = lock(_talk_of(option))
    refuse_unless(rules.may_answer(by, booking))
    if Option.objects.standing(now).filter(pk=option.pk, is_asked_by_chair=True).update(closed_at=now):
        posting.tell_chair(booking, "stays", now, version=str(option.pk))
    return booking


def _talk_of(option: Option) -> Booking:
    """Return the talk that an evening is kept for; what is kept for nobody is nobody's to answer."""
    if option.booking is None:
        refuse_not_offered()
    return option.booking


def _offer_locked(booking: Booking, evenings: Sequence[Evening], *, by: User, now: dt.datetime, why: str) -> None:
    if not 1 <= len(evenings) <= MOST:
        raise Refused("how_many", _("Pick one, two or three evenings to offer."))
    was_confirmed = booking.state == S.CONFIRMED
    if was_confirmed and booking.starts_at <= now:
        raise Refused("past", _("This talk has begun. Say below how it went."))
    # The table first: of two who answer at once, the second must not have kept any evening.
    cases.move(booking, S.OFFERED, by=by, now=now, why=why, sequence=booking.sequence + 1, held_until=now + STANDS)
    close_options(booking, now)
    for evening in evenings:
        room_on(evening, format_key=booking.format, area=booking.association.area, now=now, but=booking)
        keep(evening, booking.held_until, now, booking=booking)
    posting.take_back_reminders(booking, now, "other evenings were offered")
    posting.tell_offered(booking, now, was_confirmed=was_confirmed)


def _take_off_the_calendar(booking: Booking, now: dt.datetime) -> None:
    """Whoever is ill on that day is ill for every association: no evening of hers that day can be asked for."""
    day = clock.local(booking.starts_at, booking.partnership.zone).date()
    DaysAway.objects.get_or_create(speaker=booking.speaker, first_on=day, last_on=day)
    midnights = [clock.at(day + dt.timedelta(days=n), dt.time(0), booking.partnership.zone) for n in (0, 1)]
    Evening.objects.filter(
        speaker=booking.speaker, starts_at__gte=midnights[0], starts_at__lt=midnights[1], withdrawn_at__isnull=True
    ).update(withdrawn_at=now)


def replacements(booking: Booking, now: dt.datetime) -> list[Evening]:
    """Return the three evenings to propose in place of a talk: the soonest after it that a speaker could give it on."""
    free = Evening.objects.filter(partnership=booking.partnership).bookable(now, but=booking)
    found = []
    for evening in free.exclude(starts_at=booking.starts_at).select_related("speaker__home_area")[:60]:
        speaker = evening.speaker
        if speaker.gives(booking.format) and (booking.about.is_online or speaker.goes_to(booking.association.area)):
            found.append(evening)
    on_the_day = booking.starts_at - dt.timedelta(days=1), booking.ends_at + dt.timedelta(days=1)
    away = [
        one for one in found if one.speaker_id == booking.speaker_id and on_the_day[0] < one.starts_at < on_the_day[1]
    ]
    return [one for one in found if one not in away][:MOST]
