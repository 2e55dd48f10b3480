"""Periodic tasks of the room."""

from celery import shared_task

from neighbours.actions.asking import ask_the_quiet
from partnership import clock
from partnership.places.models import Partnership


@shared_task(name="neighbours.nightly", ignore_result=True)
def nightly() -> None:
    """Ask helpers who have been quiet for six months. Running twice asks nobody twice."""
    now = clock.now()
    for partnership in Partnership.objects.order_by("pk"):
        ask_the_quiet(partnership=partnership, now=now)
