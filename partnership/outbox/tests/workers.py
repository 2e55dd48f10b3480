"""Starts real workers as processes on the test's database, for tests that kill them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from devtools.mail import Sink


def environment(sink: Sink) -> dict[str, str]:
    """Return the environment that a worker needs for the test's database and mail server."""
    where = connection.settings_dict
    place = f"host={quote(where['HOST'])}&port={where['PORT']}&user={where['USER']}"
    return {
        **os.environ,
        "DATABASE_URL": f"postgres:///{where['NAME']}?{place}",
        "REDIS_URL": settings.REDIS_URL,
        "EMAIL_URL": sink.url,
    }


def start_worker(sink: Sink) -> subprocess.Popen[bytes]:
    """Start a Celery worker of one process for all queues."""
    command = [sys.executable, "-m", "celery", "--app", "partnership", "--quiet", "worker", "--queues", "urgent,mail"]
    command += ["--concurrency", "1", "--loglevel", "error", "--hostname", f"test-{os.getpid()}@%h"]
    return subprocess.Popen(command, env=environment(sink), start_new_session=True)


def kill(worker: subprocess.Popen[bytes]) -> None:
    """Kill a worker and its child at once, like a power cut; both are in the session that we started."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(10)


def until(true: Callable[[], bool], seconds: float = 120) -> None:
    """Wait until `true()`; fail after `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.05)
