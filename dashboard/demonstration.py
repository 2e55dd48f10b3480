"""The demonstration's goal, so that a fresh clone can show a verdict."""

import datetime as dt

from dashboard.actions import goals
from dashboard.models import Goal
from figures.actions.importing import STRAF11
from figures.quarters import Quarter
from partnership.places.models import Partnership


def set_goal(*, partnership: Partnership, now: dt.datetime) -> Goal | None:
    """Lock the demonstration's goal once: the four quarters before signing, and a third of them left after five years.

    None for a partnership outside Denmark, which has no quarterly figures.
    """
    if partnership.country != Partnership.Country.DENMARK:
        return None
    if (current := Goal.objects.current(partnership)) is not None:
        return current
    signed_on = partnership.signed_on
    last_before = Quarter.ended_by(signed_on)
    goal = Goal.objects.create(
        partnership=partnership,
        area_code=partnership.municipality_code,
        definition=(
            "Anmeldte indbrud i beboelser (villaer, lejligheder, værelser og stuehuse), overtrædelse 1320. "
            "Sommerhuse, kældre, garager og udhuse er ikke med."
        ),
        source=STRAF11,
        baseline_from=str(last_before.shifted(-3)),
        baseline_to=str(last_before),
        starts_on=signed_on,
        ends_on=signed_on.replace(year=signed_on.year + 5),
        approver="Demonstrationen",
        approved_on=signed_on,
        is_demonstration=True,
    )
    return goals.lock(goal=goal, now=now)
