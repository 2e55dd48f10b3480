"""A talk's day and hours in its partnership's local time."""

import datetime as dt

from django.utils.translation import gettext as _

from partnership import clock
from partnership.fields.printed_days import span_in_words, start_in_words
from partnership.people.models import User
from partnership.people.rules import may_see_person
from partnership.places.models import Partnership
from partnership.places.spans import start_of
from talks.formats import FORMATS
from talks.languages import spoken_instead
from talks.models import Booking, Slot, SlotHold, Speaker, TalkWish

S = Booking.State


def when_in_words(one: Booking | Slot | SlotHold, partnership: Partnership, format_key: str = "") -> str:
    """Return "Tuesday 1 December 2026 from 19:00 to 20:30" in the active language: the time of the talk, not the
    whole time that the speaker has offered. A slot has no end before the talk is chosen, since talks differ in length.
    """
    starts_at, ends_at = talk_times(one, format_key)
    starts = clock.local(starts_at, partnership.zone)
    return span_in_words(starts, clock.local(ends_at, partnership.zone)) if ends_at else start_in_words(starts)


def as_choice(slot: Slot | SlotHold, case: Booking | TalkWish) -> str:
    """Return when the talk would be on this slot, and in which languages if that is to be said."""
    return with_language(when_in_words(slot, case.partnership, case.format), slot.speaker, case)


def with_speaker(slot: Slot | SlotHold, case: Booking | TalkWish, reader: User | None) -> str:
    """Return the same with the speaker, if the reader may see who it is."""
    when = when_in_words(slot, case.partnership, case.format)
    named = f"{when}, {slot.speaker}" if may_see_person(reader, slot.speaker.person) else when
    return with_language(named, slot.speaker, case)


def with_language(words: str, speaker: Speaker, case: Booking | TalkWish) -> str:
    """Return the words of a time, with the languages of the talk where the chair has to know them."""
    languages = spoken_instead(speaker, case)
    return _("%(evening)s, in %(languages)s") % {"evening": words, "languages": languages} if languages else words


def has_own_time(booking: Booking) -> bool:
    """Return whether the talk's time was ever asked for or agreed. One that is offered in place of wished days has only
    that of the first offered evening, until the chair has chosen.
    """
    if booking.state not in (S.OFFERED, S.LAPSED, S.CANCELLED, S.DECLINED):
        return True
    return was_agreed(booking) or not hasattr(booking, "wish")


def shows_time(booking: Booking) -> bool:
    """Return whether a page shows the talk's time: not while its chair chooses among others."""
    return booking.state != S.OFFERED and has_own_time(booking)


def is_on(booking: Booking, slot: Slot) -> bool:
    """Return whether the talk is agreed to be on a slot."""
    there = (slot.speaker_id, slot.starts_at)
    return booking.state == S.CONFIRMED and (booking.speaker_id, booking.starts_at) == there


def was_agreed(booking: Booking) -> bool:
    """Return whether the talk was ever confirmed; until then it is a request, which is withdrawn and not cancelled."""
    return any(step.to_state == S.CONFIRMED for step in booking.steps.all())


def was_moved(booking: Booking) -> bool:
    """Return whether the talk has another time than when it was first confirmed, so that old posters may hang."""
    confirmed = [step for step in booking.steps.all() if step.to_state == S.CONFIRMED]
    later = sorted(confirmed, key=lambda step: step.pk)[1:]
    return any("starts_at" in (step.changed or {}) for step in later)


def offered_in_words(slot: Slot, partnership: Partnership) -> str:
    """Return the whole time that the speaker has offered."""
    zone = partnership.zone
    return span_in_words(clock.local(slot.starts_at, zone), clock.local(slot.ends_at, zone))


def talk_times(one: Booking | Slot | SlotHold, format_key: str = "") -> tuple[dt.datetime, dt.datetime | None]:
    """Return when the talk begins and ends: of a slot, the talk of `format_key`; of a hold, the talk it is held for."""
    if isinstance(one, SlotHold) and one.booking:
        format_key = one.booking.format
    if isinstance(one, Booking):
        return one.starts_at, one.ends_at
    if not format_key:
        return one.starts_at, None
    return start_of((one.starts_at, one.ends_at), FORMATS[format_key].minutes) or (one.starts_at, one.ends_at)
