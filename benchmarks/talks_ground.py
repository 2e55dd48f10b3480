"""What the benchmarks of talks share: a separate database, and a section for their results."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import psycopg

from benchmarks import results

ROOT = Path(__file__).resolve().parent.parent


def own_database(part: str = "") -> str:
    """Make a new database on the server of DATABASE_URL, migrate it, and make Django use it; one for each part."""
    address, mark, query = os.environ["DATABASE_URL"].partition("?")  # the query may hold a socket's path
    server, _slash, name = address.rpartition("/")
    name = f"{name}_{Path(sys.argv[0]).stem}{part}"
    with psycopg.connect(f"{server}/postgres{mark}{query}", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    os.environ["DATABASE_URL"] = f"{server}/{name}{mark}{query}"
    os.environ["FORMS_AN_HOUR"] = "0"  # the crowd comes from one IP address
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
    return os.environ["DATABASE_URL"]


def percentile(values: list[float], share: float) -> float:
    """Return the value below which this share of all values lies; no interpolation."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def write_section(name: str, title: str, lines: list[str]) -> None:
    """Write a section of RESULTS.md, with the day and the machine's load."""
    stamp = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d")
    measured = f"Measured {stamp} on {os.cpu_count()} shared cores, load average {os.getloadavg()[0]:.0f} at the end."
    results.write(name, "\n".join([f"## {title}", "", measured, "", *lines]))
