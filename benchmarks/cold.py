"""CPU of each public page, kept and made anew, as a multiple of a bare view in the same run.

PORTAL_DATA=.data/bench python -m devtools.running with python -m benchmarks.cold

In this process, with the demonstration's data; pages take turns, and the median of the rounds counts. The CPU of the
database is not in it.
"""

import statistics
import subprocess
import sys
import time
from collections import defaultdict

from benchmarks.talks_ground import ROOT, own_database, write_section

own_database()
subprocess.run([sys.executable, "manage.py", "seed_demo"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
from django.conf import settings  # noqa: E402
from django.contrib.auth.decorators import login_not_required  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import path  # noqa: E402

import partnership.wsgi  # noqa: E402, F401 - as a server's process begins
from benchmarks.results import table  # noqa: E402
from partnership import urls  # noqa: E402

# The page, and at most how many times a bare view it may cost when it is made anew.
PAGES = [
    ("/da/", 12), ("/da/neighbours/", 12), ("/da/neighbours/join/", 20), ("/da/talks/", 12), ("/da/talks/book/", 20),
    ("/da/talks/wish/", 20), ("/da/advice/", 12), ("/da/advice/doere-og-vinduer/", 12),
    ("/da/advice/search/", 12), ("/da/advice/search/?q=l%C3%A5s", 12), ("/da/progress/", 30),
    ("/da/partnership/", 12), ("/da/privacy/", 12), ("/da/accessibility/", 12),
]  # fmt: skip
ROUNDS, WARM = 60, 10
BARE = "/bare/"
PAGES_KEPT = caches["pages"]
settings.DEBUG = False
BROWSER = Client(headers={"host": "randers.localhost"})


@login_not_required
def bare(_request: HttpRequest) -> HttpResponse:
    """The cost of an empty page."""
    return HttpResponse("ok")


urls.urlpatterns.append(path("bare/", bare))


def asked(address: str, *, kept: bool) -> float:
    """Return the CPU seconds of one request through all middleware."""
    BROWSER.cookies.clear()
    if not kept:
        forget_pages()
    begun = time.process_time()
    answer = BROWSER.get(address)
    taken = time.process_time() - begun
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return taken


def forget_pages() -> None:
    """Forget all pages, and keep the partnership's row, which a busy process has."""
    PAGES_KEPT.clear()
    BROWSER.get(BARE)


def measured(*, kept: bool) -> dict[str, float]:
    """Return the median milliseconds of each page, and of a bare view, in turns."""
    found: dict[str, list[float]] = defaultdict(list)
    for number in range(ROUNDS + WARM):
        for address in [BARE, *(page for page, _most in PAGES)]:
            taken = asked(address, kept=kept)
            if number >= WARM:
                found[address].append(taken)
    return {address: statistics.median(values) * 1000 for address, values in found.items()}


def main() -> int:
    """Run from the command line; return 1 if a page costs more than its limit."""
    kept, anew = measured(kept=True), measured(kept=False)
    rows, over = [], []
    for address, most in PAGES:
        times = anew[address] / anew[BARE]
        over += [address] if times > most else []
        cells = [f"{kept[address]:.2f}", f"{kept[address] / kept[BARE]:.1f}", f"{anew[address]:.2f}", f"{times:.1f}"]
        rows.append([address, *cells, most])
        print(*rows[-1], sep="\t", flush=True)
    head = ["page", "kept, ms", "times a bare view", "made anew, ms", "times a bare view", "at most"]
    words = f"`python -m benchmarks.cold`: CPU in this process, median of {ROUNDS}; a bare view {anew[BARE]:.2f} ms."
    write_section("cold", "What a page costs when it is made anew", [words, "", table(head, rows)])
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
