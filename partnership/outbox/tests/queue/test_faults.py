"""Messages are not lost when processes die: real worker, real broker, real mail server, real SIGKILL."""

import collections

import pytest
import redis
from celery import current_app
from django.conf import settings
from django.db import transaction

from devtools.mail import Sink
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.posting import post
from partnership.outbox.queue.delivering import LEASE, deliver
from partnership.outbox.tasks import sweep
from partnership.outbox.tests.workers import kill, start_worker, until
from partnership.tests.cast import Cast, assemble

# In one group, since they share a broker.
pytestmark = pytest.mark.slow

MANY = 40


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


def promise_codes(cast: Cast, count: int = MANY) -> None:
    """Post messages of a kind that every process has words for."""
    now = clock.now()
    with transaction.atomic():
        for number in range(count):
            post(
                kind="account.webauthn_added",
                partnership=cast.randers,
                to=f"reader{number}@randers.example",
                about={},
                key=f"test.fault.{number}",
                now=now,
            )


def empty_broker() -> redis.Redis:
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.flushdb()
    return client


def message_ids(sink: Sink) -> collections.Counter[str]:
    return collections.Counter(str(mail.message["Message-ID"]) for mail in sink.messages)


def test_a_worker_killed_between_claim_and_send_loses_nothing_and_doubles_nothing_recorded(
    cast: Cast, sink: Sink
) -> None:
    empty_broker()
    sink.behaviour = ["accept"] * 5 + ["hang"]
    worker = start_worker(sink)
    try:
        promise_codes(cast)
        until(lambda: sink.attempts >= 6)
    finally:
        kill(worker)
    recorded = set(Message.objects.filter(state="sent").values_list("key", flat=True))
    assert Message.objects.filter(state="claimed").count() == MANY - len(recorded)

    sink.behaviour = "accept"
    while deliver(urgent=False, now=clock.now() + LEASE):
        pass
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    copies = message_ids(sink)
    assert len(copies) == MANY, "lost"
    assert sum(copies.values()) - MANY <= 1, "at most the one in flight may come twice"


def test_without_the_end_of_the_lease_the_killed_workers_mail_would_be_lost(cast: Cast, sink: Sink) -> None:
    """The control: claims that never end."""
    promise_codes(cast, 5)
    sink.behaviour = "hang"
    worker = start_worker(sink)
    try:
        current_app.send_task("outbox.deliver", kwargs={"queue": "mail"}, queue="mail")
        until(lambda: sink.attempts >= 1)
    finally:
        kill(worker)
    sink.behaviour = "accept"
    assert deliver(urgent=False, now=clock.now()) == 0
    assert Message.objects.filter(state="claimed").count() == 5


def test_a_broker_that_forgets_everything_costs_time_and_no_email(cast: Cast, sink: Sink) -> None:
    promise_codes(cast)
    until(lambda: empty_broker().llen("mail") == 0)
    worker = start_worker(sink)
    try:
        empty_broker()
        sweep()
        until(lambda: Message.objects.filter(state="sent").count() == MANY)
    finally:
        kill(worker)
    assert set(message_ids(sink).values()) == {1}


def test_two_workers_share_the_work_and_send_nothing_twice(cast: Cast, sink: Sink) -> None:
    promise_codes(cast)
    workers = [start_worker(sink), start_worker(sink)]
    try:
        for _call in range(4):
            current_app.send_task("outbox.deliver", kwargs={"queue": "mail"}, queue="mail")
        until(lambda: Message.objects.filter(state="sent").count() == MANY)
    finally:
        for worker in workers:
            kill(worker)
    assert len(message_ids(sink)) == MANY
    assert set(message_ids(sink).values()) == {1}
