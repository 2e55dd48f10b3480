"""Measures lost and duplicate messages when things break, as a table with controls that must fail.

    make messages       or: .venv/bin/python -m benchmarks.faults [--kills 200] [--no-file]

Real workers, broker, database and mail sink, started for this run; the outbox's waits are made short (short.py). Each
line: what was done, how many messages, lost (posted, in time, and never at the sink), duplicates (one Message-ID twice
at the sink), the most duplicates allowed, and rows without a final state at the end.
"""

import argparse
import datetime as dt
import random
import signal
import sys
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import disk, results, stage

IN_FLIGHT = 1  # a worker sends one message at a time
TO_SEND = ["queued", "claimed", "retry"]


@dataclass
class Line:
    """One line of the table. A control is good when it fails."""

    what: str
    messages: int
    lost: int
    duplicates: int
    allowed: int
    unended: int
    note: str = ""
    is_control: bool = False

    @property
    def is_good(self) -> bool:
        holds = not self.lost and self.duplicates <= self.allowed and not self.unended
        return holds != self.is_control

    def cells(self) -> list[object]:
        verdict = ("fails, as it must" if self.is_good else "**does not fail**") if self.is_control else (
            "yes" if self.is_good else "**no**")  # fmt: skip
        counts = [self.lost, self.duplicates, self.allowed, self.unended]
        return [self.what, f"{self.messages:,}", *counts, self.note, verdict]


class Play:
    """The services with people to write to, a sweep twice a second, and a count of what arrived."""

    def __init__(self, played: stage.Stage) -> None:
        from benchmarks import population, short  # noqa: F401, PLC0415 - needs Django's set-up

        self.played, self.sink = played, played.sink
        self.where, _area = population.place()
        self.readers = population.people(self.where, 200)
        self._end = threading.Event()
        threading.Thread(target=self._sweep, daemon=True).start()

    def _sweep(self) -> None:
        from django.db import connection  # noqa: PLC0415

        from partnership.outbox import tasks  # noqa: PLC0415

        while not self._end.wait(0.5):
            try:
                tasks.sweep()
            except Exception:
                connection.close()

    def workers(self, many: int, *queues: str) -> list:
        return [self.played.worker(*(queues or ("mail", "bulk")), include="benchmarks.short") for _ in range(many)]

    def end_workers(self, workers: list) -> None:
        for worker in workers:
            self.played.kill(worker)

    def lay_in(self, many: int, run: str, **more: object) -> None:
        from benchmarks import population  # noqa: PLC0415

        population.lay_in("bench.answer", self.where, self.readers, many, 5, run, **more)

    def rows(self, run: str) -> "list[tuple[str, str]]":
        from partnership.outbox.models import Message  # noqa: PLC0415

        return list(Message.objects.filter(key__startswith=f"bench.answer.{run}.").values_list("key", "state"))

    def unended(self, run: str) -> int:
        return sum(state in TO_SEND for _key, state in self.rows(run))

    def wait_for_quiet(self, run: str, seconds: float = 90) -> None:
        try:
            stage.until(lambda: not self.unended(run), seconds, run, every=0.3)
        except TimeoutError as late:
            print(late, file=sys.stderr)

    def line(self, what: str, run: str, allowed: int, note: str = "", **more: object) -> Line:
        from partnership.outbox.channels.email import message_id  # noqa: PLC0415
        from partnership.outbox.models import Message  # noqa: PLC0415

        arrived, states = self.sink.messages(), {}
        lost = duplicates = unended = 0
        for message in Message.objects.filter(key__startswith=f"bench.answer.{run}.").select_related("partnership"):
            times = arrived.get(message_id(message).strip("<>"), [])
            states[message.state] = states.get(message.state, 0) + 1
            lost += not times and message.state != "expired"
            duplicates += max(len(times) - 1, 0)
            unended += message.state in TO_SEND
        said = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        note = f"{note}; {said}".lstrip("; ")
        return Line(what, sum(states.values()), lost, duplicates, allowed, unended, note, **more)


def kills(play: Play, many: int) -> Line:
    """SIGKILL workers of both queues, their children and beats at random points; a fifth of the answers is a 451."""
    chance = random.Random(1)
    beat = [*stage.CELERY, "--app", "partnership", "--quiet", "beat", "--pidfile=", "--loglevel", "error", "--schedule"]
    make: dict[str, Callable] = {
        "mail": lambda: play.workers(1)[0],
        "urgent": lambda: play.workers(1, "urgent")[0],
        "beat": lambda: play.played.start(*beat, f"{play.played.environment['PORTAL_DATA']}/{uuid.uuid4()}"),
    }
    kinds = ["mail", "mail", "urgent", "beat"]
    running = [(kind, make[kind]()) for kind in kinds]
    play.sink.behave("later")
    play.lay_in(2_000, "kills.0")
    stage.until(lambda: play.sink.count() > 50, 60, "the first messages")
    of_senders = 0
    for number in range(1, many + 1):
        index = chance.randrange(len(running))
        kind, process = running[index]
        play.lay_in(60, f"kills.{number}")
        play.lay_in(10, f"kills.u{number}", priority=1)
        time.sleep(chance.uniform(0.05, 0.6))
        of_senders += kind != "beat"
        children = stage.tree(process.pid)[1:]
        if children and chance.random() < 0.6:
            stage.kill_one(chance.choice(children))  # Celery's child: its parent makes another
        else:
            play.played.kill(process)
            running[index] = (kind, make[kind]())
    play.sink.behave("accept")
    play.wait_for_quiet("kills", 120)
    play.end_workers([process for _kind, process in running])
    what = f"SIGKILL, {many} times: workers, their children, beats; a fifth of the answers a 451"
    return play.line(what, "kills", of_senders * IN_FLIGHT)


def broker_flushed(play: Play) -> Line:
    """Empty the broker ten times while messages are sent: the database has them still."""
    workers = play.workers(2)
    for number in range(10):
        play.lay_in(200, f"flush.{number}")
        time.sleep(0.4)
        play.played.flush_broker()
    play.wait_for_quiet("flush")
    play.end_workers(workers)
    return play.line("broker flushed 10 times", "flush", 0)


def broker_away(play: Play) -> Line:
    """The broker is gone; messages that were due an hour ago still wait, and some have expired."""
    from partnership import clock  # noqa: PLC0415

    pair, now = play.played.pair, clock.now()
    pair._valkey_says(b"SHUTDOWN NOSAVE")
    hour_ago = now - dt.timedelta(hours=1)
    play.lay_in(500, "away.a", due_at=hour_ago, try_at=hour_ago)
    play.lay_in(100, "away.b", due_at=hour_ago, try_at=hour_ago, expires_at=now - dt.timedelta(minutes=30))
    workers = play.workers(1)
    time.sleep(3)
    pair._start_valkey()
    play.wait_for_quiet("away")
    play.end_workers(workers)
    return play.line("broker down for an hour (injected)", "away", 0, "100 had a not-after within it")


def day_away(play: Play) -> Line:
    """Everything was stopped for 24 hours and starts again."""
    from partnership import clock  # noqa: PLC0415

    now = clock.now()
    day_ago = now - dt.timedelta(hours=24)
    play.lay_in(500, "day.a", due_at=day_ago, try_at=day_ago, expires_at=now + dt.timedelta(hours=1))
    play.lay_in(500, "day.b", due_at=day_ago, try_at=day_ago, expires_at=now - dt.timedelta(hours=1))
    workers = play.workers(1)
    play.wait_for_quiet("day")
    play.end_workers(workers)
    return play.line("24 hours away and back (injected)", "day", 0, "500 too late")


def database_restarted(play: Play) -> Line:
    """Stop the database at once and start it, three times, while messages are sent."""
    workers, pair = play.workers(2), play.played.pair
    for number in range(3):
        play.lay_in(400, f"base.{number}")
        time.sleep(1.5 if number else 4)
        pair._postgres("pg_ctl", "stop", "-D", str(pair.cluster), "-m", "immediate", "-w")
        pair._start_postgres()
        reconnect()
    play.wait_for_quiet("base")
    play.end_workers(workers)
    return play.line("database stopped at once and started, 3 times", "base", 3 * 2 * IN_FLIGHT)


def reconnect() -> None:
    """Open the connection anew; try for ten seconds."""
    from django.db import OperationalError, connection  # noqa: PLC0415

    for _attempt in range(50):
        try:
            connection.close()
            connection.cursor().execute("SELECT 1")
            return
        except OperationalError:
            time.sleep(0.2)


def smtp(play: Play, how: str, what: str, seconds: float) -> Line:
    """Let the mail server behave as `how` for some seconds while messages are sent, then normally."""
    play.sink.behave(how)
    workers = play.workers(2)
    play.lay_in(300, f"smtp-{how}")
    time.sleep(seconds)
    play.sink.behave("accept")
    play.wait_for_quiet(f"smtp-{how}")
    play.end_workers(workers)
    return play.line(what, f"smtp-{how}", 0)


def two_beats(play: Play) -> Line:
    """Two beats sweep, and two schedulers post the same 500 messages under the same keys."""
    beats = [
        play.played.start(
            *stage.CELERY, "--app", "partnership", "--quiet", "beat", "--pidfile=", "--loglevel", "error",
            "--max-interval", "1", "--schedule", f"{play.played.environment['PORTAL_DATA']}/two-{number}",
        )
        for number in range(2)
    ]  # fmt: skip
    schedulers = [threading.Thread(target=post_as_scheduler, args=(play, "beats", "{}")) for _ in range(2)]
    workers = play.workers(2)
    for scheduler in schedulers:
        scheduler.start()
    for scheduler in schedulers:
        scheduler.join()
    play.wait_for_quiet("beats")
    play.end_workers(workers + beats)
    return play.line("two beats, two schedulers", "beats", 0)


def post_as_scheduler(play: Play, run: str, key: str) -> None:
    """Post 500 messages as a scheduler would."""
    from django.db import connection, transaction  # noqa: PLC0415

    from partnership import clock  # noqa: PLC0415
    from partnership.outbox.post import post  # noqa: PLC0415

    for number in range(500):
        with transaction.atomic():
            post(
                kind="bench.answer", partnership=play.where, to=play.readers[number % 200], about={},
                key=f"bench.answer.{run}.{key.format(number)}", now=clock.now(),
            )  # fmt: skip
    connection.close()


def no_key(play: Play) -> Line:
    """Control: two schedulers without a unique key for each message."""
    before, workers = play.sink.count(), play.workers(1)
    for name in ("first", "second"):
        post_as_scheduler(play, "nokey", name + ".{}")
    play.wait_for_quiet("nokey")
    play.end_workers(workers)
    duplicates = play.sink.count() - before - 500
    return Line("control: no key, two schedulers", 500, 0, duplicates, 0, play.unended("nokey"), is_control=True)


def no_lease(play: Play) -> Line:
    """Control: a claim that never ends, and a worker that dies with it."""
    play.sink.behave("hang")
    play.played.environment["NO_LEASE"] = "yes"
    play.lay_in(50, "nolease")
    workers = play.workers(1)
    stage.until(lambda: any(state == "claimed" for _key, state in play.rows("nolease")), 30, "a claim")
    play.end_workers(workers)
    del play.played.environment["NO_LEASE"]
    play.sink.behave("accept")
    workers = play.workers(1)
    time.sleep(12)
    play.end_workers(workers)
    line = play.line("control: no lease, one SIGKILL", "nolease", 0, is_control=True)
    return line


def eta(play: Play, many: int = 20) -> Line:
    """Control: reminders as ETAs of Celery's, later than the broker's visibility timeout."""
    from benchmarks import rivals  # noqa: PLC0415

    before = play.sink.count()
    play.played.environment["SHORT_VISIBILITY"] = "yes"
    workers = [play.played.worker("eta", app="benchmarks.rivals") for _ in range(3)]
    for number in range(many):
        rivals.by_eta.apply_async([number], queue="eta", countdown=40)
    time.sleep(75)
    play.end_workers(workers)
    came = play.sink.count() - before
    lost, duplicates, note = max(many - came, 0), max(came - many, 0), "ETA 40 s, timeout 5 s, 3 workers"
    return Line(
        "control: Celery ETA beyond the visibility timeout", many, lost, duplicates, 0, 0, note, is_control=True
    )


def duplicate_window(play: Play, many: int = 300) -> str:
    """Measure, in this process, the time from the server's acceptance to its record in the database."""
    from partnership.outbox.queue import recording  # noqa: PLC0415
    from partnership.outbox.queue.delivering import deliver  # noqa: PLC0415

    times, begun = [], [0.0]
    sent, finish = recording.Records.sent, recording.Records.finish

    def timed_sent(records: recording.Records, message: object, now: dt.datetime) -> None:
        begun[0] = time.perf_counter()
        sent(records, message, now)
        finish(records)  # at once, so that the query's time is measured and not that of the next message
        times.append(time.perf_counter() - begun[0])

    recording.Records.sent = timed_sent
    play.lay_in(many, "window")
    while deliver(urgent=False):
        pass
    recording.Records.sent = sent
    times.sort()
    return (
        f"The window for a duplicate, from the server's 250 to our note in the database, {len(times)} messages: median "
        f"{times[len(times) // 2] * 1000:.2f} ms, 99 of 100 within {times[len(times) * 99 // 100] * 1000:.1f} ms."
    )


def main() -> int:
    """Run from the command line; return 1 if a line of the table does not hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--only", default="", help="the scenes whose name contains this")
    parser.add_argument("--no-file", action="store_true", help="do not write RESULTS.md")
    asked = parser.parse_args()
    signal.alarm(1800)
    lines = []
    with stage.stage() as played:
        play = Play(played)
        window = duplicate_window(play)
        scenes: dict[str, Callable[[], Line]] = {
            "kills": lambda: kills(play, asked.kills),
            "flush": lambda: broker_flushed(play),
            "broker": lambda: broker_away(play),
            "day": lambda: day_away(play),
            "database": lambda: database_restarted(play),
            "disk": lambda: disk.full(play),
            "hang": lambda: smtp(play, "hang", "mail server takes the data and says nothing", 8),
            "drop": lambda: smtp(play, "drop", "mail server says 250 and drops the line, every time", 8),
            "away": lambda: smtp(play, "away", "mail server drops every line at once", 8),
            "beats": lambda: two_beats(play),
            "nokey": lambda: no_key(play),
            "nolease": lambda: no_lease(play),
            "eta": lambda: eta(play),
        }
        for scene in (scene for name, scene in scenes.items() if asked.only in name):
            begun = time.monotonic()
            lines.append(scene())
            print(*lines[-1].cells(), f"{time.monotonic() - begun:.0f} s", sep=" | ", flush=True)
    head = ["fault", "messages", "lost", "duplicates", "allowed", "not ended", "rows", "holds"]
    command = f".venv/bin/python -m benchmarks.faults --kills {asked.kills}"
    text = (
        f"## What becomes of messages when things break\n\n`{command}` on "
        f" {results.machine()}. Waits and lease made short (benchmarks/short.py).\n\n"
        + results.table(head, [line.cells() for line in lines])
        + f"\n\n{window}\n"
    )
    print(text)
    if not asked.no_file and not asked.only:
        results.write("faults", text)
    return 0 if all(line.is_good for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
