"""`/readyz` tells a monitor how the portal is, and is no lever for others: it looks seldom, and once at a time."""

import threading
import time
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership import health
from partnership.tests.cast import visit
from partnership.tests.costs import seconds

PATIENCE = 20


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_looking", health._Looking())


@pytest.fixture
def keeping(settings: LazySettings) -> None:
    settings.READY_SECONDS = 60  # a busy machine may take long for the first


@pytest.mark.django_db
def test_a_thousand_questions_cost_as_much_as_pages_that_do_nothing(keeping: None) -> None:
    client = visit(None)
    assert client.get("/readyz").status_code == 200
    with CaptureQueriesContext(connection) as asked:
        ready = seconds(lambda: [client.get(f"/readyz?x={number}") for number in range(300)])
    assert len(asked) == 0
    assert ready < 3 * seconds(lambda: [client.get("/healthz") for _number in range(300)])


@pytest.mark.django_db
def test_the_answer_says_how_old_it_is_and_is_made_anew(settings: LazySettings) -> None:
    client = visit(None)
    assert client.get("/readyz").json()["seconds_old"] == 0
    settings.READY_SECONDS = 60
    with CaptureQueriesContext(connection) as kept:
        client.get("/readyz")
    settings.READY_SECONDS = 0
    with CaptureQueriesContext(connection) as anew:
        client.get("/readyz")
    assert (len(kept), len(anew) > 2) == (0, True)


@pytest.mark.django_db
def test_an_answer_that_nobody_could_renew_for_a_minute_is_none(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = visit(None)
    assert client.get("/readyz").status_code == 200
    settings.READY_SECONDS = 3600
    then, _found_at = health._looking.found or ({}, 0.0)
    monkeypatch.setattr(health._looking, "found", (then, time.monotonic() - health.OLD_SECONDS - 2))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)


@pytest.fixture
def locked(transactional_db: None) -> Iterator[threading.Event]:
    """Let the look at the database wait, as long as the event is not set."""
    held, until = threading.Event(), threading.Event()

    def hold() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
            held.set()
            until.wait(PATIENCE)
            cursor.execute("ROLLBACK")
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(PATIENCE)
    yield until
    until.set()
    holder.join()


def test_while_one_looks_the_others_get_what_was_found_last(locked: threading.Event) -> None:
    found = {"ready": True, "database": "ok"}
    health._looking.found = (found, time.monotonic())
    answers: list[int] = []

    def look() -> None:
        answers.append(Client().get("/readyz").status_code)
        connections.close_all()

    slow = threading.Thread(target=look)
    slow.start()
    while not health._looking.lock.locked():
        time.sleep(0.01)
    for _other in range(20):
        answer = Client().get("/readyz")
        assert (answer.status_code, answer.json()["database"]) == (200, "ok")
    assert answers == []  # the first still waits, and nobody else did
    slow.join()
    assert answers == [503]


def test_a_database_that_waits_is_named_within_seconds(locked: threading.Event) -> None:
    begun = time.monotonic()
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "no answer")
    locked.set()
    assert time.monotonic() - begun < PATIENCE
    assert Client().get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_slow_database_is_not_asked_for_longer_than_two_seconds() -> None:
    """The limit holds to the end of the transaction: here, that of the test."""
    with connection.cursor() as cursor:
        before = cursor.execute("SHOW statement_timeout").fetchone()
        visit(None).get("/readyz")
        assert (before, cursor.execute("SHOW statement_timeout").fetchone()) == (("10s",), ("2s",))
