"""Errors are reported without anything that a person typed: real processes, the real package, a real server."""

import contextlib
import os
import secrets
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection

from devtools.mail import Sink
from devtools.running import free_port
from partnership.celery import app
from partnership.error_reporting import without_personal_data
from partnership.outbox.tests.workers import environment, kill, until
from partnership.tests import cast as people
from partnership.tests.cast import Cast, visit
from partnership.tests.house import ROOT
from partnership.tests.reports import ReportServer

TYPED = {
    "name": "Kanariella",
    "address": "Papegojestraede",
    "email": "ella.kvist@mail.example",
    "phone": "21436587",
    "cpr": "010190-1234",
}
TOKEN, QUERY, AGENT = "hemmeligt-token", "spoergsmaal", "Gammeldansk-browser"
ROUTE = "en/talks/verify/<str:token>/"
# How a page fails, its language, and the response; the last fails before the page is known.
PAGES = [
    ("value", "en", 500),
    ("database", "en", 500),
    ("log", "en", 200),
    ("sentence", "en", 200),
    ("early value", "sv", 500),
]
QUEUE = f"failing-{os.getpid()}"
SECONDS = 60


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as server:
        yield server


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = people.assemble()
    people.User.objects.create_user(TYPED["email"], TYPED["name"], partnership=cast.randers)
    return cast


@contextlib.contextmanager
def running(around: dict[str, str], *command: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", *command], env=around, cwd=ROOT, start_new_session=True)
    try:
        yield
    finally:
        kill(process)


@contextlib.contextmanager
def web(around: dict[str, str]) -> Iterator[str]:
    """Run the web process, and yield where it answers."""
    port = free_port()
    server = ("granian", "--interface", "wsgi", "--port", str(port), "--workers", "1", "--log-level", "critical")
    with running(around, *server, "partnership.wsgi:application"):
        until(lambda: asked(f"http://127.0.0.1:{port}/healthz") == 200, SECONDS)
        yield f"http://127.0.0.1:{port}"


def asked(url: str, data: dict[str, str] | None = None, **headers: str) -> int:
    """Return the status of a page, or 0 without an answer."""
    body = urlencode(data).encode() if data else None
    request = urllib.request.Request(url, body, {"Host": "randers.localhost", **headers})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def everything_fails(cast: Cast, sink: Sink, server: ReportServer, **settings: str) -> str:
    """Make pages, tasks and `send_waiting` fail, wait for their reports, and return the session's key."""
    around = environment(sink) | {"DJANGO_SETTINGS_MODULE": "partnership.tests.failing_settings"} | settings
    session, csrf = visit(cast.helle).cookies["sessionid"].value, secrets.token_hex(16)
    headers = {"Cookie": f"sessionid={session}; csrftoken={csrf}", "User-Agent": AGENT}
    with web(around) as place:
        for how, language, status in PAGES:
            page = f"{place}/{language}/talks/verify/{TOKEN}/?q={QUERY}"
            form = TYPED | {"csrfmiddlewaretoken": csrf}
            assert asked(page, form, **headers, **{"X-Fail": how}) == status
        until(lambda: len(server.events) == 5, SECONDS)
    with running(
        around, "celery", "--app", "partnership", "--quiet", "worker", "--queues", QUEUE, "--concurrency", "1"
    ):
        for how in ("value", "database", "log"):
            app.send_task("tests.fail", kwargs={"how": how, **TYPED}, queue=QUEUE)
        until(lambda: len(server.events) == 8, SECONDS)
    # A database without tables: an unexpected error.
    empty = around | {"DATABASE_URL": around["DATABASE_URL"].replace(connection.settings_dict["NAME"], "postgres")}
    command = [sys.executable, "manage.py", "send_waiting"]
    assert subprocess.run(command, env=empty, cwd=ROOT, capture_output=True, check=False).returncode == 1
    until(lambda: len(server.events) == 9, SECONDS)
    return session


def place_of(event: dict[str, Any]) -> tuple[str, str, str]:
    """Return what was running, the type of its exception, and the function that raised it."""
    if "exception" not in event:
        return event.get("transaction", ""), "", event["message"].rpartition(",")[0]
    error = event["exception"]["values"][-1]
    ours = [frame for frame in error["stacktrace"]["frames"] if frame["in_app"]]
    return event.get("transaction", ""), error["type"], f"{ours[-1]['module']}.{ours[-1]['function']}"


def what_must_not_be_told(session: str) -> list[str]:
    return [*TYPED.values(), TOKEN, QUERY, AGENT, session, "randers.localhost"]


def test_an_event_is_rebuilt_from_the_named_parts() -> None:
    """Additions by other versions of the package are not sent, even inside known parts."""
    frame = {"module": "talks.views", "function": "book", "filename": "talks/views.py", "lineno": 7, "in_app": True}
    told = {"vars": {"name": "Kanariella"}, "context_line": "Kanariella", "value": "Kanariella", "new": "Kanariella"}
    error = {
        "type": "ValueError",
        "module": "talks",
        "stacktrace": {"frames": [frame | told]},
        "mechanism": told,
    } | told
    known = {"event_id": "1", "level": "error", "transaction": "/Kanariella", "transaction_info": {"source": "url"}}
    gathered = dict.fromkeys(["user", "request", "breadcrumbs", "extra", "contexts", "tags", "logentry", "new"], told)
    sent = without_personal_data(known | gathered | {"exception": {"values": [error]}}, {})
    assert sent == {
        "event_id": "1",
        "level": "error",
        "exception": {
            "values": [
                {"type": "ValueError", "module": "talks", "mechanism": {}, "stacktrace": {"frames": [frame]}},
            ],
        },
        "tags": {},
    }


@pytest.mark.slow
def test_what_failed_is_reported_and_nothing_that_anyone_typed(cast: Cast, sink: Sink) -> None:
    with ReportServer() as server:
        session = everything_fails(cast, sink, server, SENTRY_DSN=server.dsn)
    assert [told for told in what_must_not_be_told(session) if told in server.text] == []
    assert {kind for kind, _content in server.items} == {"event"}
    failing, saving = "partnership.tests.failing", "partnership.people.models.people"
    assert [place_of(event) for event in server.events] == [
        (ROUTE, "LookupError", f"{failing}.fail"),
        (ROUTE, "IntegrityError", f"{saving}.create_user"),
        (ROUTE, "ValueError", f"{failing}.fail"),
        (ROUTE, "", f"Logged by {failing}, fail"),
        ("before any page", "LookupError", f"{failing}.fail"),
        ("tests.fail", "LookupError", f"{failing}.fail"),
        ("tests.fail", "IntegrityError", f"{saving}.create_user"),
        ("tests.fail", "ValueError", f"{failing}.fail"),
        ("", "ProgrammingError", "partnership.outbox.queue.breaker.ask"),
    ]
    assert server.events[1]["tags"] == {"constraint": "people_user_email_key"}


@pytest.mark.slow
def test_without_the_filter_all_of_it_would_be_told(cast: Cast, sink: Sink) -> None:
    with ReportServer() as server:
        session = everything_fails(cast, sink, server, UNFILTERED_DSN=server.dsn)
    assert [told for told in what_must_not_be_told(session) if told not in server.text] == []
