"""The dashboard's nightly task."""

from celery import shared_task

from dashboard.actions.area_facts import write_area_facts
from dashboard.actions.snapshots import take_snapshot
from partnership import clock
from partnership.places.models import Partnership


@shared_task(name="dashboard.snapshot")
def snapshot() -> None:
    """Store every partnership's figures at the beginning of the day, and the facts about its areas."""
    now = clock.now()
    for partnership in Partnership.objects.order_by("pk"):
        today = clock.local(now, partnership.zone).date()
        take_snapshot(partnership, today, now)
        write_area_facts(partnership, today)
