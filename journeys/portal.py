"""The portal that the journeys go through: what `make run` starts, on a database and a port of its own.

Web, worker and beat are the Procfile's; mail goes by SMTP to a `Sink` inside the tests. The database is
`<the tests' database>_journeys_<number>`, made new and dropped again, beside embedded and TCP servers alike.
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
    """A running portal: where it answers, the mail it has sent, and its database."""

    port: int
    mailbox: Mailbox
    database_url: str

    def url(self, home: str) -> str:
        """Return where a partnership's pages begin, without a slash at the end."""
        return f"http://{home}.localhost:{self.port}"

    def query(self, words: str, *values: object) -> list[tuple]:
        """Run one statement in the portal's database, for what no page can do: let time pass."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            found = connection.execute(words, values)
            return found.fetchall() if found.description else []


@contextlib.contextmanager
def running_portal(folder: Path, number: int) -> Iterator[Portal]:
    """Start everything and yield it; stop everything again, however the block ends. Two at once have two numbers."""
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
            # A journey looks again faster than any reader: she must see what she has just done.
            "RUSH_SECONDS": "0",
        }
        with _processes(environment, folder / "portal.log"):
            yield Portal(int(environment["PORT"]), Mailbox(sink), own_url)


@contextlib.contextmanager
def _own_database(suffix: str) -> Iterator[str]:
    """Make a migrated database beside the tests' own, and yield its URL; what a killed run left there goes first."""
    parts = urlsplit(settings.DATABASE_URL)
    name = f"{parts.path.removeprefix('/')}_{suffix}"
    make_copy(name)
    try:
        # A socket's address has no host before the path, and urlunsplit would swallow the slashes then.
        yield f"{parts.scheme}://{parts.netloc}/{name}?{parts.query}".rstrip("?")
    finally:
        drop(name)


def _own_broker(url: str, number: int) -> str:
    """Return the address of another of the broker's sixteen databases: workers take whatever is in theirs."""
    address, own = re.fullmatch(r"(.*[/=])(\d+)", url).groups()
    return f"{address}{(int(own) + number) % 16}"


@contextlib.contextmanager
def _processes(environment: dict[str, str], log: Path) -> Iterator[None]:
    run = [sys.executable, "-m", "devtools.running", "portal"]
    command = [sys.executable, "-m", "journeys.until_closed", *run]
    with log.open("wb") as out:
        # In a session of its own: a Ctrl-C or a timeout that ends the whole group must not end the one who clears up.
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
