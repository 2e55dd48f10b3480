"""The night's work of the dashboard."""

from celery import shared_task

from dashboard.actions.area_facts import write_area_facts
from dashboard.actions.snapshots import take_snapshot
from partnership import clock
from partnership.places.models import Partnership


@shared_task(name="dashboard.snapshot")
def snapshot() -> None:
    """Write down every partnership's figures as the day begins, and how each of its areas stands."""
    now = clock.now()
    for partnership in Partnership.objects.order_by("pk"):
        today = clock.local(now, partnership.zone).date()
        take_snapshot(partnership, today, now)
        write_area_facts(partnership, today)
