"""The Celery app, and the list of all periodic tasks. Celery only triggers work; the rows in PostgreSQL are the record.
A beat that runs twice, or not for a day, does no harm: every task below looks up what is due, finds nothing the second
time, and marks what it finds too late as expired. Nightly work is tried every hour, and a row records which night is
done (`people/nights.py`): if beat or the broker was down at night, the work is hours late and not a day.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")


def nightly(task: str, after: str) -> dict[str, object]:
    """Return the entry of a task that is done once a night, as soon as possible after this hour in UTC."""
    return {
        "task": "nights.once",
        "kwargs": {"task": task, "after": after},
        "schedule": crontab(minute=int(after.partition(":")[2])),
        # The task is queued again every hour, so an old one in the queue is of no use.
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
    # A broker that does not answer must not delay a citizen who has just pressed a button, or a process that is ending.
    broker_transport_options={
        "socket_timeout": 2,
        "socket_connect_timeout": 1,
        "retry_on_timeout": False,
        "max_retries": 0,
    },
    # Beat counts in UTC: a local crontab skips an hour in autumn.
    timezone="UTC",
    # Not in the list, since they depend on something from outside: burglary figures (`import_burglaries`, when a
    # quarter is out) and bounces (`read_bounces`, or the mail provider's webhook).
    beat_schedule={
        # Sends due messages, also reminders, which were posted with their time when the talk was confirmed.
        # It also takes over from a worker that died, and tries again a mail server that was down. A sweep that no
        # worker took within a minute is obsolete.
        "sweep the outbox": {"task": "outbox.sweep", "schedule": 20.0, "options": {"expires": 60}},
        # Adds to the coordinators' next digest that messages have not arrived.
        "tell of what has not arrived": {"task": "outbox.tell", "schedule": 600.0, "options": {"expires": 600}},
        # Lapses requests and offers that nobody answered in time.
        "lapse unanswered requests": {"task": "talks.release", "schedule": 600.0},
        # Speakers' recurring slots six months ahead, missed deadlines, and the yearly question in January.
        "nightly work on talks": nightly("talks.nightly", "02:40"),
        # Helpers without an activity for six months are asked once whether they are still with us.
        "nightly work on helpers": nightly("neighbours.nightly", "02:50"),
        # Tonight's figures, for the dashboard's history.
        "snapshot the figures": nightly("dashboard.snapshot", "01:10"),
        # Deletes everything that is past its retention period, by the rules of all rooms (`partnership/retention.py`),
        # and records what it did in a row. No other task deletes old data.
        "delete what is past its retention": nightly("retention.run", "02:30"),
    },
)
