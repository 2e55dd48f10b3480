"""Bookable talks: who speaks, who asks, and which evening became whose."""

from talks.models.afterwards import CalendarFeed, Feedback
from talks.models.arrangements import UNVERIFIED_HOLD, arrangement_of
from talks.models.bookings import Booking, BookingQuerySet, BookingStep
from talks.models.evenings import Evening, EveningQuerySet
from talks.models.offers import Option, OptionQuerySet
from talks.models.ranges import Busy, Int8Range, TsTzRange
from talks.models.speakers import DaysAway, Speaker, WeeklyPattern
from talks.models.wishes import TalkWish, TalkWishQuerySet

__all__ = [
    "UNVERIFIED_HOLD",
    "Booking",
    "BookingQuerySet",
    "BookingStep",
    "Busy",
    "CalendarFeed",
    "DaysAway",
    "Evening",
    "EveningQuerySet",
    "Feedback",
    "Int8Range",
    "Option",
    "OptionQuerySet",
    "Speaker",
    "TalkWish",
    "TalkWishQuerySet",
    "TsTzRange",
    "WeeklyPattern",
    "arrangement_of",
]
