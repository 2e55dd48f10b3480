"""A night's work is done once, and caught up if it was missed at its hour."""

import datetime as dt
import threading

import pytest
from django.db import connection

from partnership import clock
from partnership.people.models import NightlyRun, RetentionRun
from partnership.people.nights import LEASE, once_a_night
from partnership.people.tasks import once

HOUR = dt.timedelta(hours=1)
AFTER = dt.time(2, 40)
# The night of 24 November begins for this task at 02:40.
NIGHT = dt.datetime(2026, 11, 24, 2, 40, tzinfo=dt.UTC)


class Work:
    """Counts how often it was done, and fails when told to."""

    def __init__(self) -> None:
        self.times, self.fails = 0, False

    def __call__(self) -> None:
        if self.fails:
            raise RuntimeError("no database")
        self.times += 1


@pytest.fixture
def work(db: None) -> Work:
    """Return some work in a portal that has had a night before."""
    NightlyRun.objects.create(task="test", night=dt.date(2026, 11, 23))
    return Work()


def ask(work: Work, now: dt.datetime) -> bool:
    return once_a_night("test", work, after=AFTER, now=now)


def test_of_all_who_ask_in_a_day_and_a_night_one_finds_it_to_do(work: Work) -> None:
    assert [ask(work, NIGHT + hour * HOUR) for hour in range(24)] == [True] + [False] * 23
    assert ask(work, NIGHT + 24 * HOUR)
    assert work.times == 2


def test_a_night_that_was_missed_is_made_up_for_by_day(work: Work) -> None:
    assert not ask(work, NIGHT - HOUR)
    assert ask(work, NIGHT + 7 * HOUR)
    assert not ask(work, NIGHT + 8 * HOUR)


def test_a_week_away_is_made_up_for_once(work: Work) -> None:
    assert [ask(work, NIGHT + dt.timedelta(days=7, hours=hour)) for hour in (0, 1)] == [True, False]


def test_before_its_hour_the_night_before_is_meant(work: Work) -> None:
    assert ask(work, NIGHT + 23 * HOUR)
    assert ask(work, NIGHT + 24 * HOUR)


def test_what_failed_is_tried_again_in_an_hour(work: Work) -> None:
    work.fails = True
    with pytest.raises(RuntimeError):
        ask(work, NIGHT)
    work.fails = False
    assert ask(work, NIGHT + HOUR)


def test_a_worker_that_died_at_it_is_replaced_within_the_hour(work: Work) -> None:
    NightlyRun.objects.update(claimed_until=NIGHT + LEASE)
    assert not ask(work, NIGHT + HOUR / 2)
    assert ask(work, NIGHT + HOUR)


def test_a_new_portal_waits_for_its_first_night(db: None) -> None:
    work = Work()
    assert not ask(work, NIGHT + 9 * HOUR)
    assert ask(work, NIGHT + 24 * HOUR)


@pytest.mark.django_db(transaction=True)
def test_of_two_beats_at_once_one_does_it() -> None:
    NightlyRun.objects.create(task="test", night=dt.date(2026, 11, 23))
    start, work = threading.Barrier(6), Work()

    def beat() -> None:
        try:
            start.wait(timeout=10)
            ask(work, NIGHT)
        finally:
            connection.close()

    threads = [threading.Thread(target=beat) for _beat in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert work.times == 1


def test_the_task_runs_the_one_that_it_is_told(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    NightlyRun.objects.create(task="retention.run", night=clock.now().date() - dt.timedelta(days=2))
    for _hour in range(2):
        once(task="retention.run", after="02:30")
    assert RetentionRun.objects.count() == 1
