"""The services of deploy/systemd, started as they stand there."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from devtools.running import free_port
from partnership.outbox.tests.workers import kill, until
from partnership.tests.house import ROOT

WEB = (ROOT / "deploy" / "systemd" / "portal-web.service").read_text()
SECONDS = 60


def command(port: int) -> list[str]:
    """Return what the unit for the web process starts, with this environment's programs and `port`."""
    (line,) = [line.removeprefix("ExecStart=") for line in WEB.splitlines() if line.startswith("ExecStart=")]
    program, *arguments = line.split()
    arguments[arguments.index("--port") + 1] = str(port)
    return [str(Path(sys.executable).parent / Path(program).name), *arguments, "--log-level", "critical"]


def children(of: int) -> list[int]:
    """Return the processes that a process has started (Linux)."""
    return [int(pid) for pid in Path(f"/proc/{of}/task/{of}/children").read_text().split()]


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


@pytest.mark.slow
def test_a_web_worker_that_is_killed_is_replaced() -> None:
    port = free_port()
    web = subprocess.Popen(command(port), env=os.environ.copy(), cwd=ROOT, start_new_session=True)
    try:
        until(lambda: answers(port), SECONDS)
        before = children(web.pid)
        os.kill(before[0], signal.SIGKILL)
        until(lambda: len(set(children(web.pid)) - set(before)) == 1, SECONDS)
        until(lambda: all(answers(port) for _try in range(10)), SECONDS)
        assert web.poll() is None
    finally:
        kill(web)
