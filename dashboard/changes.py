"""What associations and speakers have changed themselves, for staff to see in one place."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.template.defaultfilters import capfirst
from django.utils.translation import gettext as _

from partnership.people.models import Role
from partnership.places.models import Partnership
from talks.history import in_words
from talks.models import Booking, BookingStep

SHOWN_FOR = dt.timedelta(days=14)
MOST = 20
S = Booking.State
# Somebody erased has left no name at their steps, and nor have staff and the portal: these steps are a chair's alone.
OF_CHAIRS = Q(to_state=S.CANCELLED) | Q(from_state__in=[S.OFFERED, S.CONFIRMED], to_state=S.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one talk by somebody who is not staff."""

    at: dt.datetime
    talk: Booking
    what: str
    by: str
    by_speaker: bool


def changes_by_others(partnership: Partnership, now: dt.datetime) -> list[Change]:
    """Return what chairs, deputies and speakers have done with talks in the last two weeks, the newest first. Asking
    for a talk is not among it: that waits for an answer.
    """
    staff = Role.objects.filter(partnership=partnership, kind__in=Role.STAFF).values("user")
    steps = (
        BookingStep.objects.filter(booking__partnership=partnership, at__gt=now - SHOWN_FOR)
        .filter(Q(by__isnull=False) & ~Q(by__in=staff) | Q(by__isnull=True) & OF_CHAIRS)
        .exclude(changed__has_key="not_moved_to")
        .exclude(to_state__in=[S.UNVERIFIED, S.REQUESTED])
        # Nobody has confirmed it: a corrected address made another of it, and the night ends the rest.
        .exclude(from_state=S.UNVERIFIED)
        .select_related("by", "booking__association__area", "booking__speaker", "booking__partnership")
        .order_by("-at", "-pk")
    )
    return [_change(step) for step in steps[:MOST]]


def _change(step: BookingStep) -> Change:
    talk = step.booking
    # Of those who are not staff, only a speaker offers others; after that another may be the talk's speaker.
    is_speakers_now = talk.speaker is not None and talk.speaker.person_id == step.by_id
    by_speaker = step.to_state == S.OFFERED or is_speakers_now
    return Change(
        step.at, talk, _what(step), step.by.name if step.by else _("somebody who has since been deleted"), by_speaker
    )


def _what(step: BookingStep) -> str:
    if step.to_state == S.OFFERED:
        return _("The speaker cannot come")
    if step.from_state == S.OFFERED and step.to_state == S.CONFIRMED:
        return _("Another evening is chosen")
    return capfirst(in_words(step, step.booking.partnership))
