"""Bookable talks: speakers, slots, bookings and wishes."""

from talks.models.afterwards import CalendarFeed, Feedback
from talks.models.arrangements import UNVERIFIED_HOLD, arrangement_of
from talks.models.bookings import (
    ASKED_FOR,
    NO_LONGER_ASKED_FOR,
    NONE_SUITS,
    NOT_MOVED_TO,
    OFFER_WITHDRAWN,
    SHOWN,
    SPEAKER_CANNOT_COME,
    Booking,
    BookingQuerySet,
    BookingStep,
    as_seen,
    open_as_seen,
)
from talks.models.deputies import DeputyInvitation
from talks.models.ranges import Busy, Int8Range, TsTzRange
from talks.models.slot_holds import SlotHold, SlotHoldQuerySet
from talks.models.slots import Slot, SlotQuerySet
from talks.models.speakers import DaysAway, Speaker, WeeklyPattern
from talks.models.wishes import TalkWish, TalkWishQuerySet

__all__ = [
    "ASKED_FOR",
    "NONE_SUITS",
    "NOT_MOVED_TO",
    "NO_LONGER_ASKED_FOR",
    "OFFER_WITHDRAWN",
    "SHOWN",
    "SPEAKER_CANNOT_COME",
    "UNVERIFIED_HOLD",
    "Booking",
    "BookingQuerySet",
    "BookingStep",
    "Busy",
    "CalendarFeed",
    "DaysAway",
    "DeputyInvitation",
    "Feedback",
    "Int8Range",
    "Slot",
    "SlotHold",
    "SlotHoldQuerySet",
    "SlotQuerySet",
    "Speaker",
    "TalkWish",
    "TalkWishQuerySet",
    "TsTzRange",
    "WeeklyPattern",
    "arrangement_of",
    "as_seen",
    "open_as_seen",
]
