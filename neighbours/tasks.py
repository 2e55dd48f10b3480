"""What workers run for this room."""

from celery import shared_task

from neighbours.actions.leaving import forget_unconfirmed
from partnership import clock


@shared_task(name="neighbours.forget_unconfirmed", ignore_result=True)
def forget() -> None:
    """Once a night: delete what was typed by those who never used their link."""
    forget_unconfirmed(now=clock.now())
