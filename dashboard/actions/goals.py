"""Locking a goal, which fixes its baseline."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from dashboard.models import Goal
from figures.series import burglaries
from partnership.refusals import Refused


@transaction.atomic
def lock(*, goal: Goal, now: dt.datetime) -> Goal:
    """Count the baseline from the current figures and lock the goal with it.

    Refused: locked, or baseline_incomplete if one of its quarters is unknown.
    """
    row = Goal.objects.select_for_update().get(pk=goal.pk)
    if row.is_locked:
        raise Refused("locked", _("This goal is locked. Make a new one that supersedes it."))
    series = burglaries(row.area_code, offence=row.offence)
    count = series.total(row.baseline_quarters)
    if not count:
        raise Refused("baseline_incomplete", _("Not every quarter of the baseline is known. Import the figures first."))
    row.baseline_count, row.baseline_import, row.locked_at = count, series.newest_import, now
    row.save(update_fields=["baseline_count", "baseline_import", "locked_at"])
    return row
