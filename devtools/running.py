"""What `make run` and `make test` do once the packages are installed.

`python -m devtools.running portal` starts the services that have no URL, brings the database up to date, loads the
demonstration, and runs the Procfile. `python -m devtools.running tests [pytest's arguments]` runs every test, and
`python -m devtools.running with COMMAND` any command with the services running. Everything that was started is stopped
again, however this ends; after a SIGKILL, by the next run.
"""

import contextlib
import fcntl
import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from devtools import browsers, embedded, mail, procfile

HOST = "127.0.0.1"
MARK = "PORTAL_RUN"
USAGE_ERROR, NOTHING_COLLECTED = 4, 5
# The groups of tests, by pytest's marks. The tests of a file share a worker and its fixtures.
LOTS = {
    "fast tests": "not browser and not slow and not proof",
    "slow tests": "slow and not browser",
    "journeys in a browser": "browser",
}
BOTH_CORES = ["-n", "2", "--dist", "loadfile"]
PATIENCE = 5


def portal() -> int:
    """Run the portal until Ctrl-C. Return 0 after a Ctrl-C, and not 0 when something could not start."""
    port = _number("PORT", 8000)
    mark = f"{embedded.data_folder()}:{port}"
    with _only_run(port) as alone:
        if alone:
            _end_processes_of(mark)
        if not alone or not _free(port):
            print(f"Port {port} is taken: choose another one, for example `make run PORT={port + 1}`.", file=sys.stderr)
            return 1
        _end_when_told()
        try:
            with _services() as environment, _mailbox() as address:
                environment |= {"PORT": str(port), MARK: mark, **address}
                # In a new session, so that we handle Ctrl-C and end it.
                prepare = [sys.executable, "-m", "devtools.preparing"]
                subprocess.run(prepare, env=environment, check=True, start_new_session=True)
                print(_welcome(port), flush=True)
                return _run_procfile(environment)
        except subprocess.CalledProcessError as failed:
            print("The database could not be prepared: see the lines above.", file=sys.stderr)
            return failed.returncode if failed.returncode > 0 else 1
        finally:
            _end_processes_of(mark)


def tests(arguments: list[str]) -> int:
    """Run the fast tests, the slow ones and those in a browser, one group after the other, and print the results. If
    the arguments begin with a path, `talks` or `talks/tests/test_pages.py`, only the first group with tests there is
    run: for a room the fast ones. Without a browser the others are run, and the result is a failure that says what to
    install.
    """
    places = list(itertools.takewhile(lambda argument: not argument.startswith("-"), arguments))
    # Tests that run on both cores would only say that there were none.
    if unknown := [place for place in places if not Path(place.partition("::")[0]).exists()]:
        print(f"There is no {unknown[0]}.", file=sys.stderr)
        return USAGE_ERROR
    os.environ.setdefault("PORTAL_DATA", str(embedded.PROJECT / ".data" / "test"))
    _end_when_told()
    outcomes: dict[str, int] = {}
    with _services(are_forgetful=True) as environment:
        # Otherwise each worker, and each process that a test starts, compiles the portal again.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for name, which in LOTS.items():
            needs_browser = which == "browser"
            if needs_browser and not browsers.find_or_install():
                print(browsers.MISSING, file=sys.stderr)
                outcomes[name] = 1
                break
            where = ["journeys"] if needs_browser and not places else []
            code = _pytest([*BOTH_CORES, "-m", which, *where, *arguments], environment)
            if not arguments or code != NOTHING_COLLECTED:  # chosen tests may all be in one group
                outcomes[name] = code
            if places and outcomes:
                break
    print("; ".join(f"{name}: {'passed' if code == 0 else 'FAILED'}" for name, code in outcomes.items()))
    return max(outcomes.values(), default=NOTHING_COLLECTED)


def with_services(command: list[str]) -> int:
    """Run one command while the services run, for example `python manage.py shell`."""
    _end_when_told()
    with _services() as environment:
        return subprocess.run(command, env=environment, check=False).returncode


def _pytest(arguments: list[str], environment: dict[str, str]) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment, check=False).returncode


@contextlib.contextmanager
def _services(*, are_forgetful: bool = False) -> Iterator[dict[str, str]]:
    """Yield the environment for the portal's processes, with embedded services if no URL is set. Forgetful ones are
    faster, and may lose everything in a power cut.
    """
    environment = dict(os.environ)
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', '')}"
    environment["PORTAL_DATA"] = str(embedded.data_folder())
    environment["PYTHONUNBUFFERED"] = "1"
    if environment.get("DATABASE_URL") and environment.get("REDIS_URL"):
        embedded.data_folder().mkdir(parents=True, exist_ok=True)
        yield environment
        return
    database, redis = embedded.urls()
    environment["DATABASE_URL"] = environment.get("DATABASE_URL") or database
    environment["REDIS_URL"] = environment.get("REDIS_URL") or redis
    with embedded.Pair(embedded.data_folder(), is_forgetful=are_forgetful).running():
        yield environment


def _run_procfile(environment: dict[str, str]) -> int:
    commands = procfile.read(embedded.PROJECT / "Procfile")
    try:
        return procfile.run(commands, environment, embedded.PROJECT)
    except SystemExit:  # being told to stop is not a failure
        return 0


@contextlib.contextmanager
def _mailbox() -> Iterator[dict[str, str]]:
    """Serve the local mailbox if EMAIL_URL is not set: at the usual port, or at any free one. Yield the address."""
    if os.environ.get("EMAIL_URL"):
        yield {}
        return
    port = _number("MAIL_PORT", mail.PORT)
    with mail.mailbox(port if _free(port) else 0) as port:
        yield {"EMAIL_URL": f"smtp://{HOST}:{port}"}


def _welcome(port: int) -> str:
    lines = [f"  {name:<8} http://{name.lower()}.localhost:{port}/" for name in ("Randers", "Kalmar")]
    lines.append(f"  the cast http://randers.localhost:{port}/dev/")
    if not os.environ.get("EMAIL_URL"):
        lines.append(f"  its mail http://randers.localhost:{port}/dev/mail/")
    return "\n".join(["", "The portal is starting. Ctrl-C stops it.", *lines, ""])


def _number(name: str, default: int) -> int:
    given = os.environ.get(name) or str(default)
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise embedded.Unusable(f"{name} must be a number from 1 to 65535, not {given!r}.")
    return int(given)


def free_port() -> int:
    """Return the number of a free port."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port still in TIME_WAIT is free
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _end_when_told() -> None:
    """Turn the first termination signal into an exception, so that every block is left; ignore further ones."""
    # SIGINT too: a shell starts background processes with it ignored, and that is inherited.
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def end(number: int, _frame: object) -> None:
        for one in signals:
            signal.signal(one, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for number in signals:
        signal.signal(number, end)


@contextlib.contextmanager
def _only_run(port: int) -> Iterator[bool]:
    """Yield whether no other run of this checkout uses this port; the kernel releases the lock of a killed one."""
    embedded.data_folder().mkdir(parents=True, exist_ok=True)
    with (embedded.data_folder() / f"run-{port}.lock").open("a+b") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def _end_processes_of(mark: str) -> None:
    """End the processes that a run left behind: only those with this run's mark in their environment."""
    left = _marked(mark)
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        deadline = time.monotonic() + PATIENCE
        while (left := _marked(mark)) and time.monotonic() < deadline:
            time.sleep(0.1)
        if not left:
            return


def _marked(mark: str) -> list[int]:
    """Return the processes with this mark, from /proc; none without /proc (macOS)."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if wanted in entry.read_bytes().split(b"\0") and int(entry.parent.name) != os.getpid():
                found.append(int(entry.parent.name))
    return found


def main(arguments: list[str]) -> int:
    """Run the command that the Makefile gives."""
    try:
        match arguments:
            case ["portal"]:
                return portal()
            case ["tests", *rest]:
                return tests(rest)
            case ["with", _, *_]:
                return with_services(arguments[1:])
    except embedded.Unusable as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print("python -m devtools.running portal | tests [pytest's arguments] | with COMMAND", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
