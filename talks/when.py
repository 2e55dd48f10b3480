"""A talk's day and hours in its partnership's local time."""

from partnership import clock
from partnership.fields.days import span_in_words
from partnership.places.models import Partnership
from talks.models import Booking, Slot, SlotHold


def when_in_words(one: Booking | Slot | SlotHold, partnership: Partnership) -> str:
    """Return "Tuesday 1 December 2026 at 19.00–20.30" in the active language."""
    zone = partnership.zone
    return span_in_words(clock.local(one.starts_at, zone), clock.local(one.ends_at, zone))
