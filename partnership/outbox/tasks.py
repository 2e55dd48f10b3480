"""Celery tasks. Each may be lost, run twice or run late: the rows say what is left to do."""

from celery import shared_task

from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.posting import wake
from partnership.outbox.queue.delivering import deliver as deliver_batch
from partnership.outbox.queue.delivering import sending_is_on
from partnership.outbox.staff.telling import tell_of_not_arrived
from partnership.places.models import Partnership


@shared_task(name="outbox.deliver", ignore_result=True)
def deliver(queue: str) -> None:
    """Send messages until none is due."""
    while sending_is_on() and deliver_batch(urgent=queue == "urgent"):
        pass


@shared_task(name="outbox.sweep", ignore_result=True)
def sweep() -> None:
    """Every twenty seconds: start sending what the broker lost or a dead worker had claimed."""
    now = clock.now()
    for priority in (Message.Priority.URGENT, Message.Priority.NORMAL):
        due = Message.objects.claimable(now)
        if priority == Message.Priority.URGENT:
            due = due.filter(priority=priority)
        if due.exists():
            wake(priority)


@shared_task(name="outbox.tell", ignore_result=True)
def tell() -> None:
    """Every ten minutes: see that coordinators read in the morning of what has not arrived."""
    for partnership in Partnership.objects.order_by("pk"):
        tell_of_not_arrived(partnership=partnership, now=clock.now())
