"""Memory used by `make run`, process by process, without database and broker.

    .venv/bin/python -m benchmarks.memory [--no-file]

Starts the portal on a free port with a separate data folder, reads some pages, and waits until the demonstration's
emails are sent. Then it adds up the proportional set size (PSS), in which shared memory is divided among its processes.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks import results
from benchmarks.pages import PAGES, ROOT, get
from benchmarks.stage import tree, until
from devtools.embedded import Pair
from devtools.running import free_port

AT_MOST = 400
START_SECONDS, MAIL_SECONDS = 180, 90
MAILS = 15


@contextmanager
def portal(folder: Path, port: int) -> Iterator[int]:
    """Run the portal as `make run` does, and yield the id of its first process."""
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    environment |= {"PORT": str(port), "PORTAL_DATA": str(folder)}
    command = [sys.executable, "-m", "devtools.running", "portal"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        until(lambda: answers(port), START_SECONDS, "the portal's first answer", every=0.5)
        yield process.pid
    finally:
        process.terminate()
        process.wait(60)


def answers(port: int) -> bool:
    """Return whether the portal on this port answers."""
    with suppress(OSError):
        return get(port, "/healthz") > 0
    return False


def megabytes(pid: int) -> float:
    """Return the PSS of a process in MiB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def called(pid: int) -> str:
    """Return a process's command, short enough for a table."""
    words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return " ".join(Path(word).name for word in words if word)[:70]


def report(measured: list[tuple[str, float]]) -> str:
    """Return the table of every process and their sum."""
    total = sum(number for _name, number in measured)
    rows = [[f"`{name}`", f"{number:.0f}"] for name, number in measured]
    rows.append([f"all, of at most {AT_MOST}", f"**{total:.0f}**"])
    return (
        f"## Memory of `make run`\n\n`.venv/bin/python -m benchmarks.memory`, {results.machine()}. After {len(PAGES)} "
        f"pages and {MAILS} mails or more; without PostgreSQL and Valkey; proportional set size.\n\n"
        + results.table(["process", "MiB"], rows)
    )


def main() -> int:
    """Measure, print and store the table; return 1 if it is more than was promised."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--no-file", action="store_true", help="do not write RESULTS.md")
    asked = parser.parse_args()
    folder, port = Path(tempfile.mkdtemp(prefix="portal-bench-", dir="/var/tmp")), free_port()
    folder.chmod(0o755)
    try:
        with portal(folder, port) as first:
            for page in PAGES:
                get(port, page)
            until(lambda: len(list((folder / "mail").glob("*.eml"))) >= MAILS, MAIL_SECONDS, "the demonstration's mail")
            measured = [(called(pid), megabytes(pid)) for pid in tree(first)]
    finally:
        shutil.rmtree(Pair(folder).home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
    text = report(measured)
    print(text)
    if not asked.no_file:
        results.write("memory", text)
    return 0 if sum(number for _name, number in measured) <= AT_MOST else 1


if __name__ == "__main__":
    sys.exit(main())
