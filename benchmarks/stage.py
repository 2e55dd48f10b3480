"""The services for the benchmarks: their own PostgreSQL and Valkey, a sink, and the portal's workers.

Everything is in a folder below /var/tmp and listens on sockets in it or on 127.0.0.1; all of it is stopped and removed
at the end. Other services of the machine are not touched.
"""

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import django

from benchmarks import sink as mail_server
from devtools import embedded, procfile

CELERY = [sys.executable, "-m", "celery"]


@dataclass
class Stage:
    """The services of one run, and the processes that were started with them."""

    pair: embedded.Pair
    sink: mail_server.Sink
    environment: dict[str, str]
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def worker(self, *queues: str, app: str = "partnership", include: str = "") -> subprocess.Popen[bytes]:
        """Start a worker as production does."""
        name = f"{queues[0]}-{len(self.started)}@%h"
        return self.start(
            *CELERY, "--app", app, "--quiet", "worker", "--queues", ",".join(queues), "--concurrency", "1",
            "--hostname", name, "--loglevel", "error", *(["--include", include] if include else []),
        )  # fmt: skip

    def worker_of_the_procfile(self, include: str) -> subprocess.Popen[bytes]:
        """Start the one worker of `make run`, with beat in it."""
        command = procfile.read(embedded.PROJECT / "Procfile")["worker"]
        return self.start("/bin/sh", "-c", f"{command} --include {include}")

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        # A group of its own: Celery's children go with it.
        process = subprocess.Popen(command, env=self.environment, start_new_session=True)
        self.started.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGKILL) -> None:
        """End a worker and its children."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        process.wait(30)
        if process in self.started:
            self.started.remove(process)

    def flush_broker(self) -> None:
        self.pair._valkey_says(b"FLUSHALL")

    def end(self) -> None:
        for process in list(self.started):
            self.kill(process)


@contextlib.contextmanager
def stage() -> Iterator[Stage]:
    """Start everything, Django included, with an empty database."""
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-", dir="/var/tmp"))
    folder.chmod(0o755)
    pair = embedded.Pair(folder)
    database, broker = pair.urls()
    try:
        with pair.running(), mail_server.running() as sink:
            os.environ |= {
                "DATABASE_URL": database,
                "REDIS_URL": broker,
                "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
                "PORTAL_DATA": str(folder),
                "PORT": "0",
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
                "DJANGO_SETTINGS_MODULE": "partnership.settings",
                # As in production: while DEBUG is on, Django stores every query.
                "PORTAL_ENV": "production",
                "SECRET_KEY": secrets.token_urlsafe(64),
                "ALLOWED_HOSTS": ".localhost",
                "MAIL_FROM": "portal@randers.localhost",
                "SENDING_ENABLED": "yes",
            }
            django.setup()
            for words in (["migrate"], ["collectstatic", "--noinput"]):
                subprocess.run([sys.executable, "manage.py", *words, "--verbosity", "0"], check=True)
            played = Stage(pair, sink, dict(os.environ))
            try:
                yield played
            finally:
                played.end()
    finally:
        shutil.rmtree(pair.home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def until(holds: Callable[[], bool], seconds: float, what: str, every: float = 0.05) -> float:
    """Wait until a condition is true, and return how long that took. Raises TimeoutError."""
    begun = time.monotonic()
    while not holds():
        if time.monotonic() - begun > seconds:
            raise TimeoutError(f"{what}: not within {seconds:.0f} s")
        time.sleep(every)
    return time.monotonic() - begun


def kill_one(pid: int) -> None:
    """Kill a process that one of our workers made."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def tree(pid: int) -> list[int]:
    """Return a process and all below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                found += tree(int(child))
    return found


def megabytes(pid: int) -> float:
    """Return the memory that one process holds (RSS)."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return 0.0
