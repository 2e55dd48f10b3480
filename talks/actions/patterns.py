"""A speaker's recurring slots: entered once, and extended every night to six months ahead."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from partnership import clock
from partnership.holidays import is_holiday
from partnership.people.actions.locking import still_there
from partnership.people.models import User
from partnership.places.spans import Span, span_on
from partnership.refusals import Refused
from partnership.weekly import Weekly
from talks import rules
from talks.actions.slots import LONGEST
from talks.messages import posting
from talks.models import Booking, BookingQuerySet, DaysAway, Slot, Speaker, WeeklyPattern

AHEAD = dt.timedelta(days=183)


@transaction.atomic
def add_pattern(*, pattern: WeeklyPattern, by: User, now: dt.datetime) -> WeeklyPattern:
    """Add a recurring slot and offer its dates at once; one that has ended begins again. Repeating it changes nothing.
    Refused: not_yours, too_long, or offered in another way.
    """
    _refuse_unless_own(by, pattern.speaker)
    if _length(pattern) > LONGEST:
        raise Refused("too_long", _("An evening is at most six hours. Pick a later start or an earlier end."))
    # Two presses at once make one pattern.
    still_there(Speaker.objects.select_for_update(no_key=True), pattern.speaker_id)
    given = {name: getattr(pattern, name) for name in ("speaker", "weekday", "starts", "first_on")}
    how = {name: getattr(pattern, name) for name in ("ends", "every_weeks", "also_holidays")}
    kept, is_made = WeeklyPattern.objects.get_or_create(**given, defaults=how)
    today = clock.local(now, pattern.speaker.partnership.zone).date()
    if kept.last_on and kept.last_on < today:
        WeeklyPattern.objects.filter(pk=kept.pk).update(last_on=None, **how)
        kept.refresh_from_db()
    elif not is_made and any(getattr(kept, name) != value for name, value in how.items()):
        raise Refused("offered", _("Evenings from that hour are offered already. End them first."))
    fill(speaker=pattern.speaker, now=now)
    return kept


@transaction.atomic
def end_pattern(*, pattern: WeeklyPattern, by: User, now: dt.datetime) -> None:
    """End a recurring slot from today on. Slots that somebody has asked for stay. Refused: not_yours."""
    _refuse_unless_own(by, pattern.speaker)
    today = clock.local(now, pattern.speaker.partnership.zone).date()
    WeeklyPattern.objects.filter(pk=pattern.pk).update(last_on=today - dt.timedelta(days=1))
    fill(speaker=pattern.speaker, now=now)


@transaction.atomic
def stay_away(*, speaker: Speaker, first_on: dt.date, last_on: dt.date, by: User, now: dt.datetime) -> DaysAway:
    """Offer nothing on these days: neither the patterns' slots nor single ones, which are back with the speaker. What
    somebody has asked for stays until it is moved, and coordinators are told of it. Refused: not_yours, backwards.
    """
    _refuse_unless_own(by, speaker)
    if last_on < first_on:
        raise Refused("backwards", _("The last day must not be before the first."))
    away, _made = DaysAway.objects.get_or_create(speaker=speaker, first_on=first_on, last_on=last_on)
    fill(speaker=speaker, now=now)
    for booking in planned_on(away):
        posting.tell_coordinators(
            booking, "speaker_away", now, version=f"away{away.pk}", excluding=by, about={"away": away.pk}
        )
    return away


def planned_on(away: DaysAway) -> BookingQuerySet:
    """Return what stays on days away until it is moved: talks, and evenings that are asked for or offered."""
    midnights = (away.first_on, away.last_on + dt.timedelta(days=1))
    first, end = (clock.at(day, dt.time(0), away.speaker.partnership.zone) for day in midnights)
    return Booking.objects.with_names().to_be_given_between(away.speaker, first, end)


@transaction.atomic
def come_back(*, away: DaysAway, by: User, now: dt.datetime) -> None:
    """Remove an absence: the slots of its days are offered again, but for those that were withdrawn by hand. Refused:
    not_yours.
    """
    _refuse_unless_own(by, away.speaker)
    away.delete()
    fill(speaker=away.speaker, now=now)


@transaction.atomic
def fill(*, speaker: Speaker, now: dt.datetime) -> None:
    """Make the offered slots match the patterns, six months ahead. Repeating it changes nothing. Slots that were
    withdrawn by hand stay withdrawn, taken slots stay, and single slots are not touched.
    """
    # The same lock as for bookings: nobody can ask for a slot while it is withdrawn.
    speaker = still_there(
        Speaker.objects.select_for_update(no_key=True, of=("self",)).select_related("partnership"), speaker.pk
    )
    wanted = _wanted(speaker, now) if speaker.is_active else {}
    gone = Q(speaker=speaker, pattern__isnull=False) & ~Q(starts_at__in=wanted)
    unwanted = Slot.objects.free(now).filter(gone)
    Slot.objects.filter(pk__in=list(unwanted.values_list("pk", flat=True))).delete()
    Slot.objects.bulk_create(
        [
            Slot(
                partnership=speaker.partnership, speaker=speaker, starts_at=starts_at, ends_at=ends_at, pattern=pattern
            )
            for starts_at, (ends_at, pattern) in wanted.items()
        ],
        ignore_conflicts=True,
    )


def _wanted(speaker: Speaker, now: dt.datetime) -> dict[dt.datetime, tuple[dt.datetime, WeeklyPattern]]:
    """Return the slots that the patterns give, by their start."""
    today = clock.local(now, speaker.partnership.zone).date()
    away = list(speaker.days_away.filter(last_on__gte=today))
    wanted: dict[dt.datetime, tuple[dt.datetime, WeeklyPattern]] = {}
    taken: list[Span] = []
    for pattern in speaker.patterns.order_by("pk"):
        for day in Weekly(pattern.weekday, pattern.first_on, pattern.last_on, pattern.every_weeks).days(
            today + dt.timedelta(days=1), today + AHEAD
        ):
            span = _span(pattern, speaker, day, away)
            # Of two overlapping patterns, the older one counts.
            if span and not any(one[0] < span[1] and span[0] < one[1] for one in taken):
                taken.append(span)
                wanted[span[0]] = (span[1], pattern)
    return wanted


def _span(pattern: WeeklyPattern, speaker: Speaker, day: dt.date, away: list[DaysAway]) -> Span | None:
    if any(one.covers(day) for one in away):
        return None
    if is_holiday(speaker.partnership.country, day) and not pattern.also_holidays:
        return None
    return span_on(day, pattern.starts, pattern.ends, speaker.partnership.zone)


def _length(pattern: WeeklyPattern) -> dt.timedelta:
    any_day = dt.date(2000, 1, 1)
    return dt.datetime.combine(any_day, pattern.ends, dt.UTC) - dt.datetime.combine(any_day, pattern.starts, dt.UTC)


def _refuse_unless_own(by: User, speaker: Speaker) -> None:
    if not rules.may_offer_slots(by, speaker):
        raise Refused("not_yours", _("Only the speaker and the coordinator can change these evenings."))
