"""The whole portal, started as `make run` starts it and stopped in every way that a terminal can."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from devtools import embedded, running
from devtools.embedded import PROJECT, Pair

START_SECONDS, STOP_SECONDS = 180, 40
pytestmark = pytest.mark.slow


class Portal:
    """A portal on the embedded services, with its own data."""

    def __init__(self, data: Path) -> None:
        self.port = running.free_port()
        self.data, self.pair, self.mark = data, Pair(data), f"{data}:{self.port}"
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, after: Collection[int] = ()) -> subprocess.Popen[bytes]:
        """Start it, and wait until it answers and the processes `after` are gone."""
        environment = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
        environment |= {"PORT": str(self.port), "PORTAL_DATA": str(self.data)}
        command = [sys.executable, "-m", "devtools.running", "portal"]
        process = subprocess.Popen(command, cwd=PROJECT, env=environment, start_new_session=True)
        self.started.append(process)
        deadline = time.monotonic() + START_SECONDS
        while not self.answers() or set(after) & set(running._marked(self.mark)):
            assert process.poll() is None, "it ended by itself"
            assert time.monotonic() < deadline, "it does not answer"
            time.sleep(0.2)
        return process

    def answers(self) -> bool:
        with contextlib.suppress(OSError):
            with urllib.request.urlopen(f"http://{running.HOST}:{self.port}/readyz", timeout=5) as answer:
                return answer.status == 200
        return False

    def left(self) -> list[object]:
        """Return its processes that still run."""
        return [
            *running._marked(self.mark),
            *(embedded._working_in(self.pair.cluster) or []),
            *(["valkey"] if self.pair._valkey_says(b"PING") else []),
        ]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    portal = Portal(tmp_path_factory.mktemp("portal"))
    yield portal
    for process in portal.started:
        process.kill()
        process.wait()
    running._end_processes_of(portal.mark)
    portal.pair.stop()


@pytest.mark.parametrize("presses", [1, 3], ids=["once", "thrice"])
def test_ctrl_c_stops_everything_and_is_no_failure(portal: Portal, presses: int) -> None:
    process = portal.start()
    assert len(portal.left()) > 4, "web, worker, beat, PostgreSQL and Valkey"
    for _press in range(presses):
        os.killpg(process.pid, signal.SIGINT)  # a terminal sends the signal to all processes in it
        time.sleep(0.2)
    assert process.wait(STOP_SECONDS) == 0
    assert portal.left() == []


def test_a_killed_run_is_cleared_away_by_the_next_and_sigterm_stops_that(portal: Portal) -> None:
    killed = portal.start()
    killed.kill()
    killed.wait()
    left = set(running._marked(portal.mark))
    assert left
    process = portal.start(after=left)
    process.terminate()
    assert process.wait(STOP_SECONDS) == 0
    assert portal.left() == []
