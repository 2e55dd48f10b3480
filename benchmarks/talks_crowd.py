"""Fifty processes that act on bookings at once, and a count of what came of it. Imported when Django is set up."""

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection, connections

from benchmarks.talks_ground import percentile
from partnership.outbox.models import Message
from partnership.refusals import Refused
from talks.models import Booking, Slot, SlotHold

CROWD = 50
FORK = multiprocessing.get_context("fork")
DONE = "done"


@dataclass
class Tally:
    """The result of one race."""

    name: str
    rounds: int = 0
    exact: int = 0
    overlaps: int = 0
    deadlocks: int = 0
    server_errors: int = 0
    seconds: list[float] = field(default_factory=list)

    def row(self) -> str:
        return (
            f"| {self.name} | {self.rounds} | {self.exact} | {self.overlaps} | {self.deadlocks} | {self.server_errors} "
            f"| {1000 * percentile(self.seconds, 0.99):.0f} | {1000 * max(self.seconds):.0f} |"
        )


class Crowd:
    """Fifty processes for all rounds, each with its own connection, which start each round together. Processes, since
    threads would wait for Python's global lock, as separate servers do not.
    """

    def __init__(self, size: int) -> None:
        connections.close_all()  # two processes cannot share a database connection
        self.go = FORK.Barrier(size)
        self.lines = []
        for _person in range(size):
            mine, theirs = FORK.Pipe()
            FORK.Process(target=self._live, args=(theirs,), daemon=True).start()
            self.lines.append(mine)

    def _live(self, line) -> None:
        while True:
            do = line.recv()
            self.go.wait()
            began = time.perf_counter()
            try:
                did = do()
                outcome = did if isinstance(did, int) else DONE if isinstance(did, Booking) else None
            except Refused:
                outcome = None
            except Exception as met:
                outcome = Failed(repr(met))
            line.send((outcome, time.perf_counter() - began))

    def run(self, acts: list[Callable[[], object]], tally: Tally) -> list[object]:
        """Let all processes act at once; return each result: DONE, an HTTP status, Failed, or None."""
        for line, do in zip(self.lines, acts, strict=True):
            line.send(do)
        outcomes, times = zip(*(line.recv() for line in self.lines), strict=True)
        failures = [one for one in outcomes if isinstance(one, Failed)]
        tally.rounds += 1
        tally.seconds += times
        tally.deadlocks += sum("deadlock" in one for one in failures)
        tally.server_errors += len(failures)
        return list(outcomes)


class Failed(str):
    """An error's text, for sending from one process to another."""


def overlaps() -> int:
    """Return how many pairs of standing bookings give one speaker two places at once; it must be none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM talks_booking a JOIN talks_booking b ON a.id < b.id AND a.speaker_id = b.speaker_id "
            "AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at) "
            "WHERE a.state IN ('unverified', 'requested', 'confirmed') "
            "AND b.state IN ('unverified', 'requested', 'confirmed')"
        )
        return cursor.fetchone()[0]


def clear() -> None:
    """Delete all slots and bookings, and what was posted of them, before the next round."""
    SlotHold.objects.all().delete()
    Booking.objects.all().delete()
    Message.objects.all().delete()
    Slot.objects.all().delete()
