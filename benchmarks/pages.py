"""Bytes, requests and paint times of a citizen's page in production settings, and a comparison of web servers.

`python -m devtools.running with python -m benchmarks.pages` (in .venv). Traffic goes to 127.0.0.1 only. The web
servers take turns at the sign-up page, three rounds each, so that a noisy machine is noisy for both.
"""

import contextlib
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.results import machine, table, write
from devtools.running import free_port

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    "/da/", "/da/neighbours/", "/da/neighbours/join/", "/da/talks/", "/da/talks/book/", "/da/advice/",
    "/da/advice/doere-og-vinduer/", "/da/advice/search/?q=laas", "/da/progress/", "/da/privacy/", "/da/partnership/",
    "/da/talks/wish/", "/da/advice/search/", "/da/accessibility/",
]  # fmt: skip
MOST_KIB, MOST_REQUESTS = 77, 15
ROUNDS, REQUESTS, AT_ONCE = 3, 200, 8
HEADERS = {"X-Forwarded-Proto": "https", "Host": "randers.localhost", "Accept-Encoding": "br, gzip"}
WSGI = "partnership.wsgi:application"


def environment(folder: str) -> dict[str, str]:
    """Return production's settings for a portal on this machine only."""
    return {
        **os.environ,
        "PORTAL_ENV": "production",
        "PORTAL_DATA": folder,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": ".localhost",
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "MAIL_FROM": "portal@randers.localhost",
        "DJANGO_SETTINGS_MODULE": "partnership.settings",
    }


@contextlib.contextmanager
def serving(command: list[str], port: int, env: dict[str, str]) -> Iterator[None]:
    """Run a web server until the block ends."""
    server = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _attempt in range(200):
            with contextlib.suppress(OSError):
                get(port, "/healthz")
                break
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(20)


def get(port: int, path: str) -> int:
    """Return the size of an answer's body in bytes, compressed as it was sent."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=HEADERS)
    with urllib.request.urlopen(request, timeout=10) as response:
        return len(response.read())


def granian(port: int) -> list[str]:
    """Return the command that serves the portal with Granian."""
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2"]
    return [*command, "--blocking-threads", "4", "--no-ws", "--log-level", "error", WSGI]


def gunicorn(port: int) -> list[str]:
    """Return the command that serves the portal with Gunicorn, with as many workers and threads."""
    command = ["gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--log-level", "error"]
    return [*command, WSGI]


def weigh(browser: Browser, port: int, path: str) -> tuple[int, int, int]:
    """Return bytes on the wire, requests, and milliseconds to the largest paint, for a first visit."""
    page = browser.new_context(extra_http_headers={"X-Forwarded-Proto": "https"}).new_page()
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    sizes: list[int] = []
    tools.on("Network.loadingFinished", lambda done: sizes.append(int(done["encodedDataLength"])))
    page.goto(f"http://randers.localhost:{port}{path}", wait_until="load")
    page.wait_for_timeout(300)
    paint = page.evaluate(
        "new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))"
        ".observe({type: 'largest-contentful-paint', buffered: true}))"
    )
    page.context.close()
    return sum(sizes), len(sizes), round(paint)


def requests_a_second(port: int) -> float:
    """Return how many sign-up pages the server on this port gives a second to `AT_ONCE` readers."""
    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        list(crowd.map(lambda _number: get(port, "/da/neighbours/join/"), range(REQUESTS)))
    return REQUESTS / (time.perf_counter() - started)


def race(env: dict[str, str]) -> str:
    """Measure the two servers in turns; return a sentence with the ratio."""
    if shutil.which("gunicorn", path=env["PATH"]) is None:
        return "gunicorn is not installed beside it, so the two servers were not compared (`pip install gunicorn`)."
    speeds: dict[str, list[float]] = {"granian": [], "gunicorn": []}
    for _round in range(ROUNDS):
        for name, command in (("granian", granian), ("gunicorn", gunicorn)):
            port = free_port()
            with serving(command(port), port, env):
                get(port, "/da/neighbours/join/")
                speeds[name].append(requests_a_second(port))
    middle = {name: statistics.median(values) for name, values in speeds.items()}
    return (
        f"Sign-up page, {AT_ONCE} at once, 2 processes of 4 threads each, median of {ROUNDS} rounds in turn: granian "
        f"{middle['granian']:.0f} a second, gunicorn {middle['gunicorn']:.0f}: "
        f"{middle['granian'] / middle['gunicorn']:.2f} times."
    )


def main() -> int:
    """Run from the command line; return 1 if a page is over the limits."""
    with tempfile.TemporaryDirectory() as folder:
        env = environment(folder)
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "migrate", "--verbosity", "0"], env={**env, "PORTAL_ENV": "development"}, check=True)
        subprocess.run([*manage, "seed_demo"], env={**env, "PORTAL_ENV": "development"}, check=True)
        subprocess.run([*manage, "collectstatic", "--noinput", "--verbosity", "0"], env=env, check=True)
        port = free_port()
        with serving(granian(port), port, env), sync_playwright() as tools:
            arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            browser = tools.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
            weigh(browser, port, "/da/")
            weights = {path: weigh(browser, port, path) for path in PAGES}
            browser.close()
        rows = [[path, f"{size / 1024:.0f}", count, paint] for path, (size, count, paint) in weights.items()]
        words = [
            "## Citizens' pages",
            "`make bench-pages`, "
            + machine()
            + ". Production settings, first visit, Chromium, brotli, 1280 px; paint is "
            "the largest contentful paint on the loop-back interface, without a slowed network.",
            f"Limits: {MOST_KIB} KiB and {MOST_REQUESTS} requests a page.",
            table(["page", "KiB", "requests", "paint, ms"], rows),
            race(env),
        ]
        write("pages", "\n\n".join(words))
    heavy = [path for path, (size, count, _paint) in weights.items() if size > MOST_KIB * 1024 or count > MOST_REQUESTS]
    print("\n\n".join(words), "\n", f"Over the limit: {heavy}" if heavy else "All within the limits.")
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())
