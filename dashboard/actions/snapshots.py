"""Storing a day's figures."""

import datetime as dt

from dashboard import efforts
from dashboard.models import Snapshot
from dashboard.progress import Progress
from partnership.places.models import Partnership


def take_snapshot(partnership: Partnership, on: dt.date, now: dt.datetime) -> Snapshot:
    """Store the figures of `partnership` on the day `on`. A second call for the same day returns the first snapshot."""
    snapshot, _made = Snapshot.objects.get_or_create(
        partnership=partnership, day=on, defaults={"taken_at": now, "figures": _figures(Progress(partnership, on))}
    )
    return snapshot


def _figures(progress: Progress) -> dict[str, object]:
    """Return counts with their sources; percentages are computed where they are shown."""
    window, verdict, goal = progress.window, progress.verdict, progress.goal
    return {
        "burglaries": window.count if window else None,
        "burglaries_to": str(window.last) if window else None,
        "goal": goal.pk if goal else None,
        "baseline": goal.baseline_count if goal else None,
        "target": goal.target if goal else None,
        "path": verdict.path if verdict else None,
        "status": verdict.status.value if verdict else None,
        "import": progress.newest_import.pk if progress.newest_import else None,
        "helpers_active": progress.helpers_active,
        "helpers_goal": progress.partnership.helpers_goal,
        "helpers_by_state": efforts.helpers_by_state(progress.partnership),
        "talks_held": progress.talks_given,
    }
