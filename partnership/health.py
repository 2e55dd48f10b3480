"""Health checks: is the process alive, and could it serve a citizen now?"""

from typing import Any

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from partnership import clock
from partnership.outbox.post import oldest_turn, oldest_waiting_letter

LATE_SECONDS = 300


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """200 with each part's state; 503 if the database is down or not migrated, or a message is five minutes late."""
    parts: dict[str, Any] = {"database": _database(), "broker": _broker()}
    if parts["database"] == "ok":
        parts |= {"migrations": _migrations(), "oldest_unsent_seconds": _oldest_unsent(), "letters": _letters()}
    # Without a broker the portal still takes bookings, so that is only a warning. If portal-sender runs, it sends what
    # is due; if not, messages wait, and their lateness below becomes the failure.
    late = parts.get("oldest_unsent_seconds", 0)
    ready = parts["database"] == "ok" and parts["migrations"] == "ok" and late <= LATE_SECONDS
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "no answer"
    return "ok"


def _broker() -> str:
    try:
        client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1, retry=None)
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
