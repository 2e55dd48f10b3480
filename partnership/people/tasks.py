"""What workers run for people's data."""

import datetime as dt

from celery import current_app, shared_task

from partnership import clock
from partnership.people.actions.forgetting import run
from partnership.people.nights import once_a_night


@shared_task(name="retention.run", ignore_result=True)
def retention_run() -> None:
    """Once a night: delete what is past its retention period."""
    run(now=clock.now())


@shared_task(name="nights.once", ignore_result=True)
def once(task: str, after: str) -> None:
    """Every hour: do one nightly task, due after an hour such as "02:40" in UTC, unless it is done for this night."""
    once_a_night(task, current_app.tasks[task], after=dt.time.fromisoformat(after), now=clock.now())
