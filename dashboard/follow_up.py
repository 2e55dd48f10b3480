"""The follow-up of a talk: helpers who joined in the association's area within 30 and 90 days of it, compared with the
same weeks in areas without a talk, since people join in any week. Only people who are still helpers count.
"""

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.scopes import helpers_in_areas, talks_in_areas
from partnership import clock
from partnership.places.models import Area, Partnership
from talks import formats
from talks.models import Booking

SPANS = (30, 90)
# An area with a talk within this time before or after cannot serve as a comparison.
APART = dt.timedelta(days=90)
# Numbers of one or two are not shown to associations: they could identify people.
SMALLEST_SHOWN = 3


def _is_shown(number: int) -> bool:
    return number == 0 or number >= SMALLEST_SHOWN


@dataclass(frozen=True, slots=True)
class Weeks:
    """How many joined in a number of days after a talk, and elsewhere in the same days."""

    days: int
    is_over: bool
    joined: int
    homes: int | None
    elsewhere_joined: int
    elsewhere_homes: int

    @property
    def per_1000(self) -> float | None:
        """Helpers who joined per 1,000 homes of the area; None if the number of homes is unknown."""
        return 1000 * self.joined / self.homes if self.homes else None

    @property
    def elsewhere_per_1000(self) -> float | None:
        """The same in the partnership's other areas."""
        return 1000 * self.elsewhere_joined / self.elsewhere_homes if self.elsewhere_homes else None

    @property
    def is_shown_to_the_chair(self) -> bool:
        """Whether the count is none, or too large to point at single homes."""
        return _is_shown(self.joined)

    @property
    def elsewhere_is_shown_to_the_chair(self) -> bool:
        """The same of the count in the other areas."""
        return _is_shown(self.elsewhere_joined)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One talk that took place, with its follow-up."""

    talk: Booking
    weeks: tuple[Weeks, ...]


@dataclass(frozen=True, slots=True)
class FormatRow:
    """One kind of talk: how many took place at least 90 days ago, how many came, and how many joined afterwards."""

    title: str
    talks: int
    came: int
    joined: int
    expected: float

    @property
    def per_talk(self) -> float:
        """Helpers who joined per talk."""
        return self.joined / self.talks

    @property
    def expected_per_talk(self) -> float:
        """Helpers who would have joined per talk at the rate of the other areas."""
        return self.expected / self.talks


Joined = Mapping[int, Sequence[dt.date]]


def follow_up_of(partnership: Partnership, on: dt.date, *, talks: Iterable[Booking] | None = None) -> list[FollowUp]:
    """Return the follow-up, as of a local day, of the talks that took place in an area, newest first."""
    talks_over = list(talks_in_areas(partnership))
    areas = list(partnership.areas.order_by("pk"))
    joined = _joined(partnership)
    days = _days_of_talks(talks_over, partnership)
    return [
        _follow_up(talk, given_on, areas, joined, days, on)
        for talk, given_on in _wanted(talks_over, talks, partnership)
    ]


def by_format(follow_up: Sequence[FollowUp]) -> list[FormatRow]:
    """Return the kinds of talk by how many joined per talk within 90 days, the most first; later talks are left out."""
    over = defaultdict(list)
    for row in follow_up:
        if row.weeks[-1].is_over:
            over[row.talk.format].append(row)
    rows = [_format_row(key, mine) for key, mine in over.items()]
    return sorted(rows, key=lambda row: (-row.per_talk, row.title))


def _format_row(key: str, follow_up: Sequence[FollowUp]) -> FormatRow:
    last = [row.weeks[-1] for row in follow_up]
    return FormatRow(
        title=str(formats.FORMATS[key].title),
        talks=len(follow_up),
        came=sum(row.talk.attendance or 0 for row in follow_up),
        joined=sum(weeks.joined for weeks in last),
        expected=sum((weeks.elsewhere_per_1000 or 0) * (weeks.homes or 0) / 1000 for weeks in last),
    )


def _joined(partnership: Partnership) -> Joined:
    """Return for each area the local days on which its present helpers joined, sorted."""
    found: dict[int, list[dt.date]] = defaultdict(list)
    rows = helpers_in_areas(partnership).order_by("confirmed_at")
    for area, at in rows.values_list("household__area", "confirmed_at"):
        if at is not None:
            found[area].append(clock.local(at, partnership.zone).date())
    return found


def _day_of(talk: Booking, partnership: Partnership) -> dt.date:
    return clock.local(talk.starts_at, partnership.zone).date()


def _days_of_talks(talks_over: Iterable[Booking], partnership: Partnership) -> Joined:
    found: dict[int, list[dt.date]] = defaultdict(list)
    for talk in talks_over:
        if talk.association.area_id is not None:
            found[talk.association.area_id].append(_day_of(talk, partnership))
    return found


def _wanted(
    talks_over: Sequence[Booking], talks: Iterable[Booking] | None, partnership: Partnership
) -> list[tuple[Booking, dt.date]]:
    wanted = None if talks is None else {talk.pk for talk in talks}
    return [(talk, _day_of(talk, partnership)) for talk in talks_over if wanted is None or talk.pk in wanted]


def _follow_up(
    talk: Booking, given_on: dt.date, areas: Sequence[Area], joined: Joined, days: Joined, on: dt.date
) -> FollowUp:
    quiet = [area for area in areas if area.homes and _is_quiet(days.get(area.pk, ()), given_on)]
    area = talk.association.area
    if area is None:
        raise ValueError(f"{talk!r} took place in no area.")
    weeks = []
    for span in SPANS:
        until = given_on + dt.timedelta(days=span)
        weeks.append(
            Weeks(
                days=span,
                is_over=until <= on,
                joined=_between(joined.get(area.pk, ()), given_on, until),
                homes=area.homes,
                elsewhere_joined=sum(_between(joined.get(other.pk, ()), given_on, until) for other in quiet),
                elsewhere_homes=sum(other.homes or 0 for other in quiet),
            )
        )
    return FollowUp(talk, tuple(weeks))


def _is_quiet(days: Sequence[dt.date], given_on: dt.date) -> bool:
    return all(abs(day - given_on) > APART for day in days)


def _between(days: Sequence[dt.date], first: dt.date, until: dt.date) -> int:
    """Return how many of the sorted days are from `first` up to, not including, `until`."""
    return bisect_left(days, until) - bisect_left(days, first)
