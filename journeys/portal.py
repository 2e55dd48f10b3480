"""The portal for the journeys: what `make run` starts, with a separate database and port. Web, worker and beat are the
Procfile's; email goes by SMTP to a `Sink` inside the tests. The database is `<the tests' database>_journeys_<number>`,
made for the run and dropped again, on embedded and TCP servers alike.
"""

import contextlib
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings

from devtools.embedded import PROJECT
from devtools.mail import Sink
from devtools.migrated import drop, make_copy
from devtools.running import free_port
from journeys.mailbox import Mailbox

HOST = "127.0.0.1"
START_SECONDS = 120
STOP_SECONDS = 45


@dataclass(frozen=True)
class Portal:
    """A running portal: its address, the emails it has sent, and its database."""

    port: int
    mailbox: Mailbox
    database_url: str

    def url(self, home: str) -> str:
        """Return the base URL of a partnership's pages, without a slash at the end."""
        return f"http://{home}.localhost:{self.port}"

    def manages(self, *command: str) -> str:
        """Run a command of manage.py on the portal's database; return what it says."""
        environment = {**os.environ, "DATABASE_URL": self.database_url}
        words = [sys.executable, "manage.py", *command]
        return subprocess.run(words, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout

    def query(self, words: str, *values: object) -> list[tuple]:
        """Run one statement in the portal's database, for what no page can do, such as letting time pass."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            found = connection.execute(words, values)
            return found.fetchall() if found.description else []


@contextlib.contextmanager
def running_portal(folder: Path, number: int) -> Iterator[Portal]:
    """Start everything and yield it; stop everything again, however the block ends. Two at once need two numbers."""
    with Sink() as sink, _own_database(f"journeys_{number}") as own_url:
        environment = {
            **os.environ,
            "PORTAL_ENV": "development",
            "PORTAL_DATA": str(folder / "data"),
            "DATABASE_URL": own_url,
            "REDIS_URL": _own_broker(settings.REDIS_URL, number),
            "EMAIL_URL": sink.url,
            "PORT": str(free_port()),
            "SENDING_ENABLED": "yes",
            "FORMS_AN_HOUR": "600",  # everybody comes from one address
            # A journey reloads faster than any reader, so pages must not be cached for a second.
            "RUSH_SECONDS": "0",
        }
        with _processes(environment, folder / "portal.log"):
            yield Portal(int(environment["PORT"]), Mailbox(sink), own_url)


@contextlib.contextmanager
def _own_database(suffix: str) -> Iterator[str]:
    """Make a migrated database next to the tests' own, and yield its URL; one left by a killed run is dropped first."""
    parts = urlsplit(settings.DATABASE_URL)
    name = f"{parts.path.removeprefix('/')}_{suffix}"
    make_copy(name)
    try:
        # A socket's URL has no host before the path, and urlunsplit would drop the slashes.
        yield f"{parts.scheme}://{parts.netloc}/{name}?{parts.query}".rstrip("?")
    finally:
        drop(name)


def _own_broker(url: str, number: int) -> str:
    """Return the URL of another of the broker's sixteen databases, since workers take every task in theirs."""
    address, own = re.fullmatch(r"(.*[/=])(\d+)", url).groups()
    return f"{address}{(int(own) + number) % 16}"


@contextlib.contextmanager
def _processes(environment: dict[str, str], log: Path) -> Iterator[None]:
    run = [sys.executable, "-m", "devtools.running", "portal"]
    command = [sys.executable, "-m", "journeys.until_closed", *run]
    with log.open("wb") as out:
        # In a new session: a Ctrl-C or a timeout that ends the whole group must not end the process that cleans up.
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_ready(process, int(environment["PORT"]), log)
            yield
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def _wait_until_ready(process: subprocess.Popen, port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            with urllib.request.urlopen(f"http://{HOST}:{port}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        time.sleep(0.2)
    raise RuntimeError(f"The portal did not start:\n{log.read_text(errors='replace')[-3000:]}")
