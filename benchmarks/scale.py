"""What the pages of staff and helpers cost the database in the largest partnership of a country of 350,000 helpers.

PORTAL_DATA=.data/bench python -m devtools.running with python -m benchmarks.scale [--helpers 20000]
"""

import argparse
import itertools
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.results import table
from benchmarks.talks_ground import own_database, write_section

ARGUMENTS = argparse.ArgumentParser()
ARGUMENTS.add_argument("--helpers", type=int, default=350_000)
ARGUMENTS.add_argument("--here", action="store_true", help="measure the database of DATABASE_URL, which is filled")
ASKED = ARGUMENTS.parse_args()
if not ASKED.here:
    own_database()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
import django  # noqa: E402

django.setup()
from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from neighbours.actions.asking import ask_the_quiet  # noqa: E402
from neighbours.funnel import funnel  # noqa: E402
from neighbours.models import Helper, State  # noqa: E402
from partnership import clock  # noqa: E402
from partnership.people.models import Role, User  # noqa: E402
from partnership.places.models import Partnership  # noqa: E402
from partnership.retention import rules  # noqa: E402
from partnership.tests.cast import visit  # noqa: E402

LIMIT = 100
# Other load can slow us for seconds at a time, so the best of some turns counts.
TURNS = 3
settings.DEBUG = False
settings.ALLOWED_HOSTS = ["*"]
settings.CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}


class Watch:
    """The queries of a block, with the milliseconds of processor time that the server's process spent on each (Linux).
    Beside other load the client would measure how long it waited for a processor.
    """

    def __init__(self) -> None:
        self.queries: list[tuple[float, str]] = []
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def __call__(self, execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        before = self._spent()
        try:
            return execute(sql, params, many, context)
        finally:
            self.queries.append((self._spent() - before, sql))

    def _spent(self) -> float:
        return int(self._path.read_text().split()[0]) / 1e6

    @property
    def milliseconds(self) -> float:
        return sum(took for took, _sql in self.queries)


def measured(work: Callable[[], object], turns: int = TURNS) -> Watch:
    """Return the fastest of some turns; what they write is rolled back."""
    watches = []
    for _turn in range(turns):
        cache.clear()
        watch = Watch()
        with transaction.atomic(), connection.execute_wrapper(watch):
            work()
            transaction.set_rollback(True)
        watches.append(watch)
    return min(watches, key=lambda watch: watch.milliseconds)


def pages(here: Partnership) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what staff and helpers do, each with its name."""
    karen, anne = (
        visit(User.objects.get(roles__partnership=here, roles__kind=kind))
        for kind in (Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR)
    )
    naboven = User.objects.filter(roles__partnership=here, roles__kind=Role.Kind.NABOVEN).order_by("pk")[1]
    helper = Helper.objects.filter(partnership=here, state=State.CONFIRMED, person__is_protected=False).order_by("pk")[
        9
    ]
    area, home = helper.household.area, helper.household.address
    by_name = Helper.objects.filter(partnership=here).but_replaced().order_by("-person__name", "-person_id")
    last = by_name.values_list("pk", flat=True)[60]
    listed = {
        "all": "", "the last page": f"?after={last}", "an area": f"?area={area.pk}",
        **{state: f"?state={state}" for state in ("pending", "confirmed", "left", "active", "asleep", "before")},
        "active in an area": f"?area={area.pk}&state=active",
    }  # fmt: skip
    for name, query in listed.items():
        yield f"list of helpers: {name}", lambda query=query: got(karen, f"/da/staff/helpers/{query}")
    yield "list of helpers: a Naboven's", lambda: got(visit(naboven), "/da/staff/helpers/")
    yield "funnel alone", lambda: funnel(here, here.today())
    names = helper.person.name.split()
    begins, inside = home.street[:5], home.street[2:] + home.number
    wanted = [
        names[-1], helper.person.name, f"{names[0]} {home.street}", home.line, begins, inside,
        "20 12", "helper-1", "helper-17@", "@scale-01", "Gl. Birkevej 7", "a", "12", "Xerxes",
    ]  # fmt: skip
    for text in wanted:
        yield f"search: {text}", lambda text=text: sent(karen, text)
    yield "page of a person", lambda: got(karen, f"/da/staff/people/{helper.person_id}/", follow=True)
    yield "entering a slip", lambda: got(karen, "/da/staff/slips/")
    yield "dashboard of a coordinator", lambda: got(karen, "/da/dashboard/")
    yield "dashboard of an administrator, with the menu's duplicates", lambda: got(anne, "/da/dashboard/")
    yield "own page of a helper", lambda: got(visit(helper.person), "/da/me/")
    for address in ("/da/", "/da/neighbours/", "/da/progress/", "/da/neighbours/streets/?q=birk"):
        yield address, lambda address=address: got(visit(None, host=here.host_names[0]), address)
    yield "asking the quiet ones, a night's hundred", lambda: ask_the_quiet(partnership=here, now=clock.now())


def nights() -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the rules of the night's clearing."""
    for rule in rules:
        if rule.has_limit:
            yield f"retention: {rule.name}", lambda rule=rule: rule.run(clock.now())


def got(client: Client, address: str, **more: bool) -> None:
    """Fetch a page, which must answer 200."""
    assert client.get(address, **more).status_code == 200, address


def sent(client: Client, text: str) -> None:
    """Search for a person as staff do; the page must answer 200."""
    assert client.post("/da/staff/people/", {"q": text, "purpose": "call"}).status_code == 200, text


def measure(work: Iterator[tuple[str, Callable[[], object]]]) -> list[list[object]]:
    """Return a line for each: its name, the milliseconds, and how many queries."""
    lines = []
    for name, do in work:
        seen = measured(do)
        mark = "" if seen.milliseconds <= LIMIT else " (over)"
        lines.append([name, f"{seen.milliseconds:.0f} ms{mark}", len(seen.queries)])
        print(*lines[-1], flush=True)
    return lines


def main() -> None:
    """Run from the command line; `--here` measures what is loaded already."""
    began = time.monotonic()
    if not ASKED.here:
        call_command("seed_scale", helpers=ASKED.helpers)
    made = time.monotonic() - began
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        # Their processor time would not be counted.
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("VACUUM ANALYZE")
    here = Partnership.objects.get(slug="scale-01")
    lines = measure(itertools.chain(pages(here), nights()))
    helpers, largest = Helper.objects.count(), Helper.objects.filter(partnership=here).count()
    taken = "" if ASKED.here else f", made in {made:.0f} s beside the load above"
    said = (
        f"`benchmarks.scale`: {helpers:,} helpers, {largest:,} of them in this partnership{taken}. "
        f"Processor time of the database's process, the least of {TURNS}; wanted: at most {LIMIT} ms."
    )
    write_section("scale", "A whole country", [said, "", *table(["what", "database", "queries"], lines).splitlines()])


if __name__ == "__main__":
    main()
