"""What the staff's dashboard shows in addition to the public figures."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import efforts
from dashboard.changes import Change, changes_by_others
from dashboard.scopes import imports_of, talks_ahead
from figures.models import Import
from neighbours.models import Helper
from partnership.outbox.post import Late, Letters, late_messages, letters_waiting, not_arrived
from partnership.places.models import Partnership
from talks.models import Booking

MOST_IMPORTS = 8
MOST_TALKS = 8
MOST_AREAS = 10


@dataclass(frozen=True, slots=True)
class StateRow:
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Work:
    """Counts of what waits for staff."""

    helpers_waiting: int
    states: list[StateRow]
    areas: list[efforts.AreaRow]
    requests_waiting: int
    wishes_waiting: int
    moves_waiting: int
    places_waiting: int
    upcoming: Sequence[Booking]
    changes: Sequence[Change]
    late: Late
    minutes_late: int
    letters: Letters
    not_arrived: int
    imports: Sequence[Import]

    @property
    def talks_waiting(self) -> int:
        """Everything about talks that waits for our answer, as the page of talks lists it."""
        return self.requests_waiting + self.wishes_waiting + self.moves_waiting + self.places_waiting

    @property
    def is_late_for_hours(self) -> bool:
        """Whether the day says better how late the oldest message is: a letter is late after two days."""
        return self.minutes_late > 120

    @property
    def areas_first(self) -> list[efforts.AreaRow]:
        """The areas that need helpers most."""
        return self.areas[:MOST_AREAS]

    @property
    def areas_after(self) -> list[efforts.AreaRow]:
        """The other areas, shown on request."""
        return self.areas[MOST_AREAS:]

    @property
    def homes_are_made_up(self) -> bool:
        return any(row.area.homes_made_up for row in self.areas)


def work(partnership: Partnership, on: dt.date, now: dt.datetime) -> Work:
    """Return the counts for `partnership`."""
    late, helpers = late_messages(partnership, now), efforts.helpers_by_state(partnership)
    return Work(
        helpers.pop(Helper.State.PENDING, 0),
        [StateRow(efforts.state_label(state), count) for state, count in helpers.items()],
        efforts.helpers_by_area(partnership, on),
        efforts.talks_waiting(partnership),
        efforts.wishes_waiting(partnership),
        efforts.moves_waiting(partnership, now),
        efforts.places_waiting(partnership, now),
        list(talks_ahead(partnership, now)[:MOST_TALKS]),
        changes_by_others(partnership, now),
        late,
        late.minutes(now),
        letters_waiting(partnership, now),
        not_arrived(partnership),
        list(imports_of(partnership)[:MOST_IMPORTS]),
    )
