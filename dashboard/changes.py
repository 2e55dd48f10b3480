"""What associations and speakers have changed themselves, for staff to see in one place."""

import datetime as dt
from dataclasses import dataclass

from django.template.defaultfilters import capfirst
from django.utils.translation import gettext as _

from dashboard.scopes import steps_by_others
from partnership.places.models import Partnership
from talks.history import in_words
from talks.models import Booking, BookingStep

SHOWN_FOR = dt.timedelta(days=14)
MOST = 20
S = Booking.State


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one talk by somebody who is not staff."""

    at: dt.datetime
    talk: Booking
    what: str
    by: str
    by_speaker: bool


def changes_by_others(partnership: Partnership, now: dt.datetime) -> list[Change]:
    """Return what chairs, deputies and speakers have done with talks in the last two weeks, the newest first."""
    return [_change(step) for step in steps_by_others(partnership, now - SHOWN_FOR)[:MOST]]


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
