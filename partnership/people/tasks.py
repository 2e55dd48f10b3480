"""What workers run for people's data."""

from celery import shared_task

from partnership import clock
from partnership.people.forgetting import run


@shared_task(name="retention.run", ignore_result=True)
def retention_run() -> None:
    """Once a night: what need not be kept is not kept."""
    run(now=clock.now())
