"""The workers, and everything periodic in one list.

Celery wakes; the rows in PostgreSQL are the record. So a beat that runs twice, or not for a day, does no harm: every
task below asks the rows what is due, finds nothing the second time, and what it finds too late it ends as expired. What
is done once a night is asked for hourly, and a row says which night has been seen to (`people/nights.py`): a beat or a
broker that was away at night costs hours, and not a day.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")


def nightly(task: str, after: str) -> dict[str, object]:
    """Return the entry of a task that is done once a night, as soon as it can be after this hour in UTC."""
    return {
        "task": "nights.once",
        "kwargs": {"task": task, "after": after},
        "schedule": crontab(minute=int(after.partition(":")[2])),
        # The next hour asks again; what waits in a queue meanwhile would only ask in vain.
        "options": {"expires": 3600},
    }


app = Celery("partnership")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.update(
    task_default_queue="mail",
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    # A broker that is a black hole must not hold up the citizen who has just pressed a button, nor a process that ends.
    broker_transport_options={
        "socket_timeout": 2,
        "socket_connect_timeout": 1,
        "retry_on_timeout": False,
        "max_retries": 0,
    },
    # Beat counts in UTC: a local crontab skips an hour in autumn.
    timezone="UTC",
    # Not in the list, since each waits for something from outside: burglary figures (`import_burglaries`, when a
    # quarter is out) and bounces (`read_bounces`, or the mail provider's webhook).
    beat_schedule={
        # Sends what has come due, reminders too: they were posted with their hour when the talk was confirmed.
        # It also takes over from a worker that died, and tries a mail server that was down. A sweep that no worker took
        # within a minute is of no more use.
        "sweep the outbox": {"task": "outbox.sweep", "schedule": 20.0, "options": {"expires": 60}},
        # Lets go of the slots that an unanswered request has held for too long.
        "release held evenings": {"task": "talks.release", "schedule": 600.0},
        # Speakers' recurring slots six months ahead, promises that were not kept, and January's question.
        "look after the talks": nightly("talks.nightly", "02:40"),
        # The night's figures, for the dashboard's history.
        "snapshot the figures": nightly("dashboard.snapshot", "01:10"),
        # What need not be kept is not kept: the whole table of retention, each room's rules, old messages and those who
        # never confirmed among them; what it did stands as a row (`partnership/retention.py`). Nothing else forgets.
        "keep to the table of retention": nightly("retention.run", "02:30"),
    },
)
