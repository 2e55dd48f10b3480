"""Races for bookings: fifty at once, two hundred times, over SQL and HTTP, each with a control that must fail.

DATABASE_URL=postgres://… python -m benchmarks.talks_races [rounds of R1 over SQL [rounds of the others]]
"""

import datetime as dt
import http.client
import multiprocessing
import os
import random
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial

from benchmarks.talks_ground import ROOT, own_database, percentile, write_section

own_database()
import django  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
django.setup()
from django.db import connection, connections, transaction  # noqa: E402

connections["default"].settings_dict["OPTIONS"].pop("pool", None)
from partnership import clock  # noqa: E402
from partnership.outbox.models import Message  # noqa: E402
from partnership.refusals import Refused  # noqa: E402
from partnership.tests.cast import NOW, assemble, person, slot, speaker  # noqa: E402
from talks.actions import bookings  # noqa: E402
from talks.models import Booking, BookingStep, Slot, SlotHold, Speaker  # noqa: E402
from talks.tests.bookings import careless, confirmed, requested, talk_request  # noqa: E402

CROWD = 50
FORK = multiprocessing.get_context("fork")
DONE = "done"
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 200
OTHER_ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS


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
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM talks_booking a JOIN talks_booking b ON a.id < b.id AND a.speaker_id = b.speaker_id "
            "AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at) "
            "WHERE a.state IN ('unverified', 'requested', 'confirmed') "
            "AND b.state IN ('unverified', 'requested', 'confirmed')"
        )
        return cursor.fetchone()[0]


def clear() -> None:
    SlotHold.objects.all().delete()
    Booking.objects.all().delete()
    Message.objects.all().delete()
    Slot.objects.all().delete()


def overlapping_slots(by: Speaker, days: int = 20) -> list[Slot]:
    """Five slots of one speaker that begin ten minutes apart: only one of them can be taken."""
    one = slot(by, days=days)
    minutes = [dt.timedelta(minutes=10 * n) for n in range(1, 5)]
    more = [
        Slot(partnership=by.partnership, speaker=by, starts_at=one.starts_at + m, ends_at=one.ends_at + m)
        for m in minutes
    ]
    return [one, *Slot.objects.bulk_create(more)]


def ask(cast, on: Slot, number: int, submission: uuid.UUID | None = None) -> Callable[[], Booking | None]:
    return partial(
        bookings.request_talk,
        partnership=cast.randers,
        slot=on,
        asked=talk_request(cast, email=f"chair{number}@randers.example", association=f"Forening {number}"),
        submission=submission or uuid.uuid4(),
        language="da",
        now=NOW,
    )


def r1_sql(cast, people: Crowd, rounds: int = ROUNDS) -> Tally:
    tally = Tally("R1 SQL: 50 ask for overlapping evenings")
    for _round in range(rounds):
        slots = overlapping_slots(cast.speaker)
        outcomes = people.run([ask(cast, slots[n % 5], n) for n in range(CROWD)], tally)
        tally.exact += outcomes.count(DONE) == 1 == Booking.objects.count()
        tally.overlaps += overlaps()
        clear()
    return tally


LOOKED = FORK.Barrier(CROWD)


def everybody_looked() -> None:
    LOOKED.wait()


def r1_control(cast, people: Crowd, rounds: int = 20) -> Tally:
    """Neither lock nor constraint."""
    tally = Tally("R1 control: look, then insert")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'booking_speaker_in_one_place'"
        )
        definition = cursor.fetchone()[0]
        cursor.execute("ALTER TABLE talks_booking DROP CONSTRAINT booking_speaker_in_one_place")
    for _round in range(rounds):
        slots = overlapping_slots(cast.speaker)
        outcomes = people.run(
            [partial(careless, cast.association, slots[n % 5], everybody_looked) for n in range(CROWD)], tally
        )
        tally.exact += outcomes.count(DONE) == 1
        tally.overlaps += overlaps()
        clear()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE talks_booking ADD CONSTRAINT booking_speaker_in_one_place {definition}")
    return tally


def r2(cast, people: Crowd) -> list[Tally]:
    answer = Tally("R2: confirm, decline and cancel one request")
    move = Tally("R2: two talks moved to one evening")
    rebook = Tally("R2: cancelled, and asked for by 49 others")
    click = Tally("R2: one form sent 50 times")
    for _round in range(OTHER_ROUNDS):
        booking = requested(cast, slot(cast.speaker))
        verbs = [
            partial(bookings.confirm, booking=booking, place_seen=booking.place, by=cast.karen, now=NOW),
            partial(bookings.decline, booking=booking, by=cast.anne, why="Nej.", now=NOW),
            partial(bookings.cancel, booking=booking, by=booking.association.chair, now=NOW),
        ]
        outcomes = people.run([verbs[n % 3] for n in range(CROWD)], answer)
        booking.refresh_from_db()
        steps = [one.to_state for one in booking.steps.all()]
        # Confirming and then cancelling is allowed; a second cancelling changes nothing.
        answer.exact += DONE in outcomes and steps[2:] in (
            ["declined"],
            ["cancelled"],
            ["confirmed", "cancelled"],
        )
        clear()

        talks = [confirmed(cast, slot(cast.speaker, days=days)) for days in (20, 21)]
        target = slot(cast.speaker, days=30)
        outcomes = people.run(
            [partial(bookings.move, booking=talks[n % 2], slot=target, by=cast.karen, now=NOW) for n in range(CROWD)],
            move,
        )
        there = Booking.objects.filter(starts_at=target.starts_at).count()
        move.exact += there == 1 == outcomes.count(DONE)
        move.overlaps += overlaps()
        clear()

        on = slot(cast.speaker)
        talk = confirmed(cast, on)
        cancelling = partial(bookings.cancel, booking=talk, by=cast.karen, now=NOW)
        people.run([cancelling, *(ask(cast, on, n) for n in range(1, CROWD))], rebook)
        stands = Booking.objects.blocking(NOW).count()
        rebook.exact += stands <= 1 and Booking.objects.get(pk=talk.pk).state == "cancelled"
        rebook.overlaps += overlaps()
        clear()

        one_form = ask(cast, slot(cast.speaker), 1, uuid.uuid4())
        people.run([one_form] * CROWD, click)
        mails = Message.objects.filter(kind="talks.verify").count()
        click.exact += Booking.objects.count() == 1 == mails
        clear()
    return [answer, move, rebook, click]


def r3(cast, people: Crowd, speakers: list[Speaker], rounds: int = OTHER_ROUNDS) -> Tally:
    """Talks of four speakers, moved from one to another in any order."""
    tally = Tally("R3: 50 moves between four speakers")
    drawn = random.Random(3)
    talks = [confirmed(cast, slot(one, days=20 + n)) for n, one in enumerate(speakers)]
    for round_number in range(rounds):
        Slot.objects.filter(starts_at__gt=NOW + dt.timedelta(days=39)).delete()
        free = [slot(one, days=40 + round_number % 100 + 7 * n) for n, one in enumerate(speakers)]
        stepped = BookingStep.objects.count()
        outcomes = people.run(
            [
                partial(bookings.move, booking=talks[n % 4], slot=drawn.choice(free), by=cast.karen, now=NOW)
                for n in range(CROWD)
            ],
            tally,
        )
        done = outcomes.count(DONE)
        tally.exact += 0 < done == BookingStep.objects.count() - stepped and Booking.objects.count() == len(speakers)
        tally.overlaps += overlaps()
    clear()
    return tally


def unsorted(first: int, second: int) -> int:
    """Lock two speakers in the order of the arguments."""
    with transaction.atomic():
        for pk in (first, second):
            Speaker.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)
            time.sleep(0.002)
    return 1


def r3_control(people: Crowd, speakers: list[Speaker], rounds: int = 20) -> Tally:
    tally = Tally("R3 control: locks in any order")
    drawn = random.Random(3)
    for _round in range(rounds):
        pairs = [drawn.sample(speakers, 2) for _person in range(CROWD)]
        outcomes = people.run([partial(unsorted, first.pk, second.pk) for first, second in pairs], tally)
        tally.exact += outcomes.count(1) == CROWD
    return tally


def r1_http(cast, people: Crowd) -> Tally:
    """The same crowd through granian on this machine, with forms and tokens."""
    tally = Tally("R1 HTTP: 50 send the form for one evening")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(ROOT / ".venv/bin/granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "4", "--backlog", "256", "--no-access-log", "--log-level", "warning",
        "partnership.wsgi:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        _until_up(port)
        cookie, token = _form(port)
        for _round in range(OTHER_ROUNDS):
            on = slot(cast.speaker, days=25)
            Slot.objects.filter(pk=on.pk).update(starts_at=_soon(on.starts_at), ends_at=_soon(on.ends_at))
            outcomes = people.run(
                [partial(_send, port, cookie, _typed(token, n, on, cast)) for n in range(CROWD)], tally
            )
            tally.server_errors += sum(isinstance(one, int) and one >= 500 for one in outcomes)
            tally.exact += outcomes.count(302) == 1 == Booking.objects.count()
            tally.overlaps += overlaps()
            clear()
    finally:
        server.terminate()
        server.wait(20)
    return tally


def _soon(moment):
    """The server uses the machine's clock, and a slot must be after it."""
    return moment - NOW + clock.now().replace(minute=0, second=0, microsecond=0)


def _until_up(port: int) -> None:
    for _try in range(100):
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/healthz")
            line.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not come up.")


def _form(port: int) -> tuple[str, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    one = slot(Speaker.objects.order_by("pk")[0], days=25)
    Slot.objects.filter(pk=one.pk).update(starts_at=_soon(one.starts_at), ends_at=_soon(one.ends_at))
    line.request("GET", "/da/talks/book/", headers={"Host": f"randers.localhost:{port}"})
    answer = line.getresponse()
    page = answer.read().decode()
    cookie = re.search(r"csrftoken=[^;]+", answer.headers["Set-Cookie"])[0]
    clear()
    return cookie, re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]


def _typed(token: str, number: int, on: Slot, cast) -> str:
    return urllib.parse.urlencode({
        "csrfmiddlewaretoken": token, "submission": str(uuid.uuid4()), "slot": on.pk, "format": "burglary",
        "association": f"Forening {number}", "kind": "homeowners", "homes": 40, "area": cast.vorup.pk,
        "place": "Fælleshuset", "name": f"Formand {number}", "email": f"chair{number}@randers.example", "note": "",
    })  # fmt: skip


@cache
def _open_line(port: int) -> http.client.HTTPConnection:
    """The connection that one process of the crowd keeps to the server."""
    return http.client.HTTPConnection("127.0.0.1", port, timeout=60)


def _send(port: int, cookie: str, typed: str) -> int:
    """Send the form; return the status of the answer."""
    head = {
        "Host": f"randers.localhost:{port}", "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"
    }  # fmt: skip
    line = _open_line(port)
    line.request("POST", "/da/talks/book/", typed, head)
    answer = line.getresponse()
    answer.read()
    return answer.status


def write(tallies: list[Tally]) -> None:
    lines = [
        f"{CROWD} processes at once, each with a connection of its own. A round is exact when exactly one of those who",
        "wanted the same thing got it, in the answers and in the database. Controls have the protection off, and must",
        "fail.",
        "",
        "| race | rounds | exact | overlaps | deadlocks | errors | p99 ms | max ms |",
        "|---|---|---|---|---|---|---|---|",
        *(tally.row() for tally in tallies),
    ]
    write_section("talks-races", "Talks: races", lines)
    print(tallies[-1].row(), flush=True)


def main() -> None:
    cast = assemble()
    others = [speaker(person(name, cast.randers)) for name in ("Signe", "Sofus", "Sanne")]
    everyone = [cast.speaker, *others]
    people = Crowd(CROWD)
    # Every process has opened its connection and imported the portal before the measurement starts.
    r1_sql(cast, people, rounds=2)
    r3(cast, people, everyone, rounds=2)
    tallies: list[Tally] = []
    for race in (
        lambda: [r1_sql(cast, people)],
        lambda: [r1_control(cast, people)],
        lambda: [r3(cast, people, everyone)],
        lambda: [r3_control(people, everyone)],
        lambda: [r1_http(cast, people)],
        lambda: r2(cast, people),
    ):
        tallies += race()
        write(tallies)


if __name__ == "__main__":
    main()
