"""The cost of talks: processor time for a request compared with a bare Django view, and the database's time at 100,000
bookings.

PORTAL_DATA=.data/bench python -m devtools.running with python -m benchmarks.talks_cost
"""

import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from benchmarks.talks_ground import own_database, write_section

own_database()
from django.conf import settings  # noqa: E402
from django.contrib.auth.decorators import login_not_required  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import path  # noqa: E402

import partnership.wsgi  # noqa: E402, F401 - as a server's process begins
from partnership import clock, urls  # noqa: E402
from partnership.outbox.models import Message  # noqa: E402
from partnership.places.models import Area, AreaFact  # noqa: E402
from partnership.tests.cast import NOW, assemble, slot, visit  # noqa: E402
from talks import links  # noqa: E402
from talks.actions import calendars  # noqa: E402
from talks.calendars import feeds  # noqa: E402
from talks.models import Booking, Slot  # noqa: E402

MANY = 100_000
PARISHES = 54
# The machine is shared, and other load can slow us by half for seconds at a time, so the best series counts.
SERIES = 5
settings.DEBUG = False
HANDLER = Client().handler


@login_not_required
def bare(request) -> HttpResponse:
    """The cost of an empty page."""
    return HttpResponse("ok")


urls.urlpatterns.append(path("bare/", bare))


class DatabaseTime:
    """The seconds that the queries of a block took, as measured by the client."""

    def __init__(self) -> None:
        self.seconds, self.queries = 0.0, 0

    def __call__(self, execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - began
            self.queries += 1


def cpu(do: Callable[[], object], times: int) -> float:
    """Return the milliseconds of processor time that this process spent on each call, the best of the series."""
    for _warm in range(5):
        do()
    best = []
    for _series in range(SERIES):
        began = time.process_time()
        for _call in range(times):
            do()
        best.append(1000 * (time.process_time() - began) / times)
    return min(best)


def backend_cpu() -> float:
    """Return the processor seconds that our connection's server process has used (Linux)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def nobody() -> Client:
    """Return a browser without cookies; all share one running portal, as in a server process."""
    client = Client(headers={"host": "randers.localhost"})
    client.handler = HANDLER
    return client


class Meter:
    """The processor seconds that this process spent on the requests, without anything between them."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, ask: Callable[..., HttpResponse], *arguments: object) -> HttpResponse:
        began = time.process_time()
        try:
            return ask(*arguments)
        finally:
            self.seconds += time.process_time() - began


def a_whole_booking(cast, number: int, spent: Meter) -> None:
    """From the first page to a waiting request: six requests of one chair."""
    client = nobody()
    spent(client.get, "/da/talks/")
    on = Slot.objects.bookable(clock.now()).order_by("pk").first()
    spent(client.get, f"/da/talks/book/?slot={on.pk}")
    typed = {
        "submission": str(uuid.uuid4()), "slot": on.pk, "format": "burglary", "association": f"Forening {number}",
        "kind": "homeowners", "homes": 40, "area": cast.vorup.pk, "place": "Fælleshuset", "name": "Else",
        "email": f"else{number}@randers.example", "note": "",
    }  # fmt: skip
    assert spent(client.post, "/da/talks/book/", typed).status_code == 302
    spent(client.get, "/da/talks/book/sent/")
    booking = Booking.objects.latest("pk")
    link = "/da/" + links.link(booking, "verify", booking.association.chair).partition("/da/")[2]
    spent(client.get, link)
    assert spent(client.post, link).status_code == 200


def pages(lines: list[str]) -> None:
    """Add the processor time of the public page with free evenings."""
    for number in range(24):
        soon(20 + number)
    client = nobody()
    base = cpu(lambda: client.get("/bare/"), 100)
    talks = cpu(lambda: client.get("/da/talks/"), 50)
    lines += [
        f"| anonymous talks page, 24 evenings | {talks:.1f} ms CPU | {talks / base:.1f} x a bare view ({base:.1f} ms) |"
    ]


def soon(days: int) -> None:
    """Offer an evening `days` after the machine's date; the cast's own days begin at NOW."""
    slot(SPEAKER, days=days + (clock.now() - NOW).days)


def bookings(cast, lines: list[str]) -> None:
    """Add the processor time of a chair's whole booking, in our process and in the database."""
    rounds, warm = 20, 5
    for number in range(SERIES * rounds + warm):
        soon(60 + number)
    for number in range(warm):
        a_whole_booking(cast, number, Meter())
    app, database = [], []
    for series in range(SERIES):
        spent, before = Meter(), backend_cpu()
        for number in range(rounds):
            a_whole_booking(cast, warm + series * rounds + number, spent)
        app.append(1000 * spent.seconds / rounds)
        database.append(1000 * (backend_cpu() - before) / rounds)
    lines += [
        f"| a chair's whole booking, 6 requests | {min(app):.0f} ms CPU | limit 60; all series: {listed(app)} |",
        f"| its database | {min(database):.0f} ms CPU | limit 15; all series: {listed(database)} |",
    ]


def listed(times: list[float]) -> str:
    """Return times in milliseconds, the shortest first."""
    return ", ".join(f"{one:.0f}" for one in sorted(times))


def at_scale(cast, lines: list[str]) -> None:
    """Add the database's time for the pages that read many of `MANY` bookings."""
    fill(cast)
    settings.RUSH_SECONDS = 0  # the cost of a rendered page, not a cached one
    feed = calendars.renew(person=cast.karen, partnership=cast.randers, kind="coordinator", now=clock.now())
    address = "/calendar/" + feeds.url(feed).partition("/calendar/")[2]
    staff, anyone = visit(cast.karen), visit(None)
    for name, client, where in (
        ("coordinator's queue", staff, "/da/staff/talks/"),
        ("calendar feed", anyone, address),
        ("free evenings", anyone, "/da/talks/"),
    ):
        client.get(where)
        seen = DatabaseTime()
        with connection.execute_wrapper(seen):
            assert client.get(where).status_code == 200
        lines += [
            f"| {name} at {MANY:,} bookings | {1000 * seen.seconds:.0f} ms in the database | {seen.queries} queries |"
        ]


def fill(cast) -> None:
    """A hundred thousand talks of twenty years: most took place, a few hundred are confirmed, two hundred wait."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "INSERT INTO talks_booking (partnership_id, association_id, speaker_id, format, starts_at, ends_at, state, "
            "held_until, answer_by, sequence, submission, place, is_accessible, has_projector, is_public, note, "
            "travel_minutes) SELECT %s, %s, %s, 'burglary', t, t + interval '90 minutes', CASE WHEN n <= 200 THEN "
            "'requested' WHEN n <= 500 THEN 'confirmed' ELSE 'held' END, t, t::date, 0, gen_random_uuid(), 'X', true, "
            "false, false, '', 0 FROM (SELECT n, now() + interval '200 days' - n * interval '2 hours' + CASE "
            "WHEN n > 500 THEN interval '-170 days' ELSE interval '0' END AS t FROM generate_series(1, %s) n) s",
            [cast.randers.pk, cast.association.pk, SPEAKER.pk, MANY],
        )
        cursor.execute(
            "INSERT INTO talks_bookingstep (booking_id, from_state, to_state, at, why) SELECT id, CASE state "
            "WHEN 'requested' THEN '' WHEN 'confirmed' THEN 'requested' ELSE 'confirmed' END, state, now(), '' "
            "FROM talks_booking b WHERE NOT EXISTS (SELECT 1 FROM talks_bookingstep s WHERE s.booking_id = b.id)"
        )
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
    AreaFact.objects.create(area=cast.vorup, fact="burglaries_per_1000_homes", period="2025", value=7)


def main() -> None:
    """Run from the command line; the table goes into RESULTS.md."""
    global SPEAKER
    cast = assemble()
    SPEAKER = cast.speaker
    Message.objects.all().delete()
    Area.objects.bulk_create(
        Area(partnership=cast.randers, code=f"P{number}", name=f"Sogn {number}", slug=f"sogn-{number}", latitude=56.4,
             longitude=10.0, homes=900)
        for number in range(PARISHES - cast.randers.areas.count())
    )  # fmt: skip
    lines = ["| what | cost | |", "|---|---|---|"]
    pages(lines)
    bookings(cast, lines)
    at_scale(cast, lines)
    write_section("talks-cost", "Talks: cost", lines)
    print("\n".join(lines))


SPEAKER: object = None

if __name__ == "__main__":
    main()
