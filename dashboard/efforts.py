"""Counts of efforts: helpers, talks and messages. Never names."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from neighbours.models import Helper
from neighbours.scopes import active_count
from partnership import clock
from partnership.places.models import Area, Partnership
from talks.models import Booking, SlotHold, TalkWish


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One local area with its active helpers, also per 100 homes."""

    area: Area
    active: int

    @property
    def per_hundred_homes(self) -> float | None:
        """Active helpers per 100 homes; None if the number of homes is unknown."""
        return 100 * self.active / self.area.homes if self.area.homes else None


def active_helpers(partnership: Partnership, on: dt.date) -> int:
    """Return how many confirmed helpers, who were not helpers before, have an activity in the last six months."""
    return active_count(partnership, on)


def active_from_before(partnership: Partnership, on: dt.date) -> int:
    """Return how many active helpers were helpers already before they joined here: the goal does not count them."""
    return Helper.objects.filter(partnership=partnership).active(on).filter(was_helper=True).count()


def helpers_by_state(partnership: Partnership) -> dict[str, int]:
    """Return how many helpers are in each state. Only active ones count towards the goal."""
    found = Helper.objects.filter(partnership=partnership).but_replaced().order_by("state").values_list("state")
    return dict(found.annotate(number=Count("pk")))


def state_label(state: str) -> str:
    """Return what the helpers of a state are called."""
    return {
        Helper.State.PENDING: _("Have not confirmed by email"),
        Helper.State.CONFIRMED: _("Neighbour helpers who have joined"),
        Helper.State.LEFT: _("Neighbour helpers who have left"),
    }[Helper.State(state)]


def helpers_by_area(partnership: Partnership, on: dt.date) -> list[AreaRow]:
    """Return every area with its active helpers; the fewest per home first, where help is needed, and of as few the one
    with most homes.
    """
    # Both partnerships are one; the second keeps the database from reading the homes of all.
    here = Helper.objects.filter(partnership=partnership, household__partnership=partnership)
    active = here.active(on).order_by("household__area")
    counts = dict(active.values_list("household__area").annotate(number=Count("pk")))
    rows = [AreaRow(area, counts.get(area.pk, 0)) for area in partnership.areas.order_by("name")]

    def first_of(row: AreaRow) -> tuple[bool, float, int, str]:
        few = row.per_hundred_homes
        return few is None, few or 0, -(row.area.homes or 0), row.area.name

    return sorted(rows, key=first_of)


def talks_given(partnership: Partnership, year: int) -> int:
    """Return how many talks took place in a local calendar year."""
    first, last = (clock.at(dt.date(of, 1, 1), dt.time(0), partnership.zone) for of in (year, year + 1))
    return Booking.objects.filter(partnership=partnership).took_place_between(first, last).count()


def talks_waiting(partnership: Partnership) -> int:
    """Return how many requests wait for an answer."""
    return Booking.objects.filter(partnership=partnership).waiting().count()


def wishes_waiting(partnership: Partnership) -> int:
    """Return how many associations wait for a speaker on one of the days that they wish for."""
    return TalkWish.objects.filter(partnership=partnership).waiting().count()


def moves_waiting(partnership: Partnership, now: dt.datetime) -> int:
    """Return how many associations wait for an answer about another evening for their talk."""
    asked = SlotHold.objects.filter(booking__partnership=partnership, is_asked_by_chair=True)
    return asked.standing(now).count()


def places_waiting(partnership: Partnership, now: dt.datetime) -> int:
    """Return how many public pages of talks leave out the place until staff have seen it."""
    return Booking.objects.filter(partnership=partnership).to_be_shown(now).count()
