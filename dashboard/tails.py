"""The tail of a talk: helpers who joined in the association's area within 30 and 90 days of it.

Beside it stand the same weeks in the areas that had no talk, since people join in any week. What is counted are those
who are helpers today and joined then; one who has left again is no tail.
"""

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from neighbours.models import Helper
from partnership import clock
from partnership.places.models import Area, Partnership
from talks import formats
from talks.models import Booking

SPANS = (30, 90)
# A talk this near in an area, before or after, disturbs its weeks as a comparison.
APART = dt.timedelta(days=90)
# An association is not told of one or two: on a short street that is a name.
SMALLEST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Weeks:
    """What happened in one span of days after a talk, and what happened elsewhere in the same days."""

    days: int
    is_over: bool
    joined: int
    homes: int | None
    elsewhere_joined: int
    elsewhere_homes: int

    @property
    def per_1000(self) -> float | None:
        return 1000 * self.joined / self.homes if self.homes else None

    @property
    def elsewhere_per_1000(self) -> float | None:
        return 1000 * self.elsewhere_joined / self.elsewhere_homes if self.elsewhere_homes else None

    @property
    def is_shown_to_the_chair(self) -> bool:
        return self.joined == 0 or self.joined >= SMALLEST_SHOWN


@dataclass(frozen=True, slots=True)
class Tail:
    """One talk that took place and what followed."""

    talk: Booking
    weeks: tuple[Weeks, ...]


@dataclass(frozen=True, slots=True)
class FormatRow:
    """One kind of talk: how many took place long enough ago, how many came, and how many joined afterwards."""

    title: str
    talks: int
    came: int
    joined: int
    expected: float

    @property
    def per_talk(self) -> float:
        return self.joined / self.talks

    @property
    def expected_per_talk(self) -> float:
        return self.expected / self.talks


Joined = Mapping[int, Sequence[dt.date]]


def tails_of(partnership: Partnership, on: dt.date, *, talks: Iterable[Booking] | None = None) -> list[Tail]:
    """Return the tails of the talks that took place in an area as they stand on a local day, newest first."""
    talks_over = list(
        Booking.objects.filter(partnership=partnership, state=Booking.State.TOOK_PLACE, association__area__isnull=False)
        .select_related("association__area")
        .order_by("-starts_at")
    )
    areas = list(partnership.areas.order_by("pk"))
    joined = _joined(partnership)
    days = _days_of_talks(talks_over, partnership)
    return [
        _tail(talk, given_on, areas, joined, days, on) for talk, given_on in _wanted(talks_over, talks, partnership)
    ]


def by_format(tails: Sequence[Tail]) -> list[FormatRow]:
    """Return the kinds of talk by how many joined within 90 days, the most per talk first; unripe talks left out."""
    ripe = defaultdict(list)
    for tail in tails:
        if tail.weeks[-1].is_over:
            ripe[tail.talk.format].append(tail)
    rows = [_format_row(key, mine) for key, mine in ripe.items()]
    return sorted(rows, key=lambda row: (-row.per_talk, row.title))


def _format_row(key: str, tails: Sequence[Tail]) -> FormatRow:
    last = [tail.weeks[-1] for tail in tails]
    return FormatRow(
        title=str(formats.FORMATS[key].title),
        talks=len(tails),
        came=sum(tail.talk.attendance or 0 for tail in tails),
        joined=sum(weeks.joined for weeks in last),
        expected=sum((weeks.elsewhere_per_1000 or 0) * (weeks.homes or 0) / 1000 for weeks in last),
    )


def _joined(partnership: Partnership) -> Joined:
    """Return for each area the local days on which today's helpers joined, in order."""
    rows = Helper.objects.filter(partnership=partnership, household__isnull=False).confirmed()
    found: dict[int, list[dt.date]] = defaultdict(list)
    for area, at in rows.order_by("confirmed_at").values_list("household__area", "confirmed_at"):
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


def _tail(talk: Booking, given_on: dt.date, areas: Sequence[Area], joined: Joined, days: Joined, on: dt.date) -> Tail:
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
                elsewhere_joined=sum(_between(joined.get(one.pk, ()), given_on, until) for one in quiet),
                elsewhere_homes=sum(one.homes or 0 for one in quiet),
            )
        )
    return Tail(talk, tuple(weeks))


def _is_quiet(days: Sequence[dt.date], given_on: dt.date) -> bool:
    return all(abs(day - given_on) > APART for day in days)


def _between(days: Sequence[dt.date], first: dt.date, until: dt.date) -> int:
    """Return how many of the sorted days are from `first` up to, not including, `until`."""
    return bisect_left(days, until) - bisect_left(days, first)
