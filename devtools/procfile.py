"""Run the lines of a Procfile side by side in one terminal; when one ends, all end."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

GRACE_SECONDS = 10
LOOK_SECONDS = 0.1

Running = Mapping[str, subprocess.Popen[str]]


def read(file: Path) -> dict[str, str]:
    """Return the commands of a Procfile (`name: command`, for a shell) by their names."""
    lines = (line.partition(":") for line in file.read_text().splitlines() if line and not line.startswith("#"))
    return {name: command.strip() for name, _colon, command in lines}


def run(commands: Mapping[str, str], environment: Mapping[str, str], folder: Path) -> int:
    """Start all and show their output; when one ends, end the others and return its exit code. An exception ends them
    too, for instance one from a signal handler of the caller.
    """
    running: dict[str, subprocess.Popen[str]] = {}
    terminal = Terminal(max(map(len, commands)))
    try:
        for name, command in commands.items():
            running[name] = process = _start(command, environment, folder)
            threading.Thread(target=terminal.show, args=(name, process), daemon=True).start()
        while all(process.poll() is None for process in running.values()):
            time.sleep(LOOK_SECONDS)
        name, code = next((name, process.returncode) for name, process in running.items() if process.poll() is not None)
        terminal.write(name, f"ended with {code}: stopping the others")
        return code if code >= 0 else 128 - code
    finally:
        _end(running.values())


class Terminal:
    """The output of all processes line by line, with the time and the name of the process."""

    def __init__(self, width: int) -> None:
        self._width, self._one_at_a_time = width, threading.Lock()

    def show(self, name: str, process: subprocess.Popen[str]) -> None:
        """Write a process's output until it and its children have ended."""
        assert process.stdout is not None
        for line in process.stdout:
            self.write(name, line.rstrip("\n"))

    def write(self, name: str, line: str) -> None:
        # If the terminal is closed, the processes continue.
        with self._one_at_a_time, contextlib.suppress(OSError):
            sys.stdout.write(f"{time.strftime('%H:%M:%S')} {name:<{self._width}} | {line}\n")
            sys.stdout.flush()


def _start(command: str, environment: Mapping[str, str], folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["/bin/sh", "-c", command],
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,  # we handle Ctrl-C, and end each with its children
    )


def _end(processes: Iterable[subprocess.Popen[str]]) -> None:
    """Ask all to end; kill those that do not in time, and children that outlive their parent."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(deadline - time.monotonic(), 0))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
