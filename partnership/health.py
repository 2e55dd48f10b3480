"""Health checks: is the process alive, and could it serve a citizen now?"""

import threading
import time
from typing import Any

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from partnership import clock
from partnership.outbox.post import oldest_turn, oldest_waiting_letter

LATE_SECONDS = 300
# For each of what the database and the broker are asked.
LIMIT_SECONDS = 2
# What was found longer ago is no answer any more.
OLD_SECONDS = 60
Found = tuple[dict[str, Any], float]


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """200 with each part's state; 503 if the database is down or not migrated, or a message is five minutes late.

    Anybody can ask, so a process looks at most once every `READY_SECONDS`, and answers in between what it found last.
    `seconds_old` says how long ago that was: long while a look waits for a database that does not answer.
    """
    state, found_at = _looking.newest()
    old = int(time.monotonic() - found_at)
    ready = bool(state["ready"]) and old <= OLD_SECONDS
    return JsonResponse(state | {"ready": ready, "seconds_old": old}, status=200 if ready else 503)


class _Looking:
    """What was found last, and a lock for the one thread that looks again."""

    def __init__(self) -> None:
        self.found: Found | None = None
        self.lock = threading.Lock()

    def newest(self) -> Found:
        found, now = self.found, time.monotonic()
        if found and now - found[1] < settings.READY_SECONDS:
            return found
        # The others have an answer already, unless the process has just begun.
        if not self.lock.acquire(timeout=0 if found else LIMIT_SECONDS):
            return self.found or ({"ready": False, "database": "no answer yet"}, now)
        try:
            self.found = (_state(), time.monotonic())
            return self.found
        finally:
            self.lock.release()


_looking = _Looking()


def _state() -> dict[str, Any]:
    parts: dict[str, Any] = {"broker": _broker()}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{LIMIT_SECONDS}s'")
            parts |= {"migrations": _migrations(), "oldest_unsent_seconds": _oldest_unsent(), "letters": _letters()}
            parts["database"] = "ok"
    except DatabaseError:
        parts["database"] = "no answer"
    # Without a broker the portal still takes bookings, so that is only a warning. If portal-sender runs, it sends what
    # is due; if not, messages wait, and their lateness below becomes the failure.
    is_late = parts.get("oldest_unsent_seconds", 0) > LATE_SECONDS
    return {"ready": parts["database"] == "ok" and parts["migrations"] == "ok" and not is_late, **parts}


def _broker() -> str:
    try:
        limits = {"socket_timeout": LIMIT_SECONDS, "socket_connect_timeout": LIMIT_SECONDS}
        client = redis.Redis.from_url(settings.REDIS_URL, retry=None, **limits)
        client.ping()
    except redis.RedisError:
        return "no answer"
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "ok" if not waiting else f"{len(waiting)} not applied"


def _oldest_unsent() -> int:
    now = clock.now()
    oldest = oldest_turn(now)
    return int((now - oldest).total_seconds()) if oldest else 0


def _letters() -> str:
    """Say how long the oldest letter has waited to be printed. A warning only: the server is not at fault."""
    now = clock.now()
    oldest = oldest_waiting_letter(now)
    return f"the oldest has waited {(now - oldest).days} days to be printed and posted" if oldest else "ok"
