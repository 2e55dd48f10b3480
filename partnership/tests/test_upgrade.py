"""An upgrade loses nothing: the database of the last landed version, and its links, under today's code.

`make landed` writes both (docs/upgrades.md). Each test gets its own copy of the migrated database.
"""

import datetime as dt
import io
import json
import lzma
import os
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from devtools.landed import DUMP, HOST, LINKS, TASKS, opened
from devtools.mail import Sink
from neighbours.models import Helper
from partnership.celery import app
from partnership.outbox.channels.email import message_id
from partnership.outbox.models import Message, Suppression
from partnership.outbox.post import post
from partnership.outbox.suppression import digest_of
from partnership.tests.databases import database
from partnership.web.tokens import Tokens
from talks import links
from talks.messages import posting, posting_wishes
from talks.models import Booking, TalkWish

# In one group of one worker, so that the dump is migrated once.
pytestmark = pytest.mark.slow

LANDED = json.loads(LINKS.read_text())
AT = dt.datetime.fromisoformat(LANDED["at"])
# Renamed tables: {"old": "new"}. Empty it when the dump is renewed.
MOVED: dict[str, str] = {}
# Tables to which migrations add rows. Empty it when the dump is renewed.
ADDED_TO: set[str] = set()
# What today's code promises beside what the dump's did. Empty it when the dump is renewed.
PROMISED_SINCE: set[str] = set()
# Tables that every migration adds to, and those that may be lost at any time.
NOT_COUNTED = {"django_migrations", "django_content_type", "auth_permission", "cache"}
Rows = dict[str, int]


def load_dump() -> None:
    given = connection.get_connection_params()
    where = {name: given[name] for name in ("dbname", "host", "port", "user", "password") if name in given}
    with psycopg.connect(**where) as line:
        line.execute(lzma.decompress(DUMP.read_bytes()))


def rows() -> Rows:
    """Return how many rows each table has."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - NOT_COUNTED
        counted = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counted[table] = cursor.fetchone()[0]
    return counted


def changed(before: Rows, after: Rows) -> dict[str, tuple[int, int | None]]:
    """Return the tables whose rows are not as many as before, or that are gone without a new name in MOVED."""
    found = {table: (count, after.get(MOVED.get(table, table))) for table, count in before.items()}
    return {
        table: (then, now)
        for table, (then, now) in found.items()
        if then != now and not (table in ADDED_TO and now is not None and now > then)
    }


@dataclass(frozen=True)
class Landed:
    """What existed before today's migrations, and the name of the migrated database."""

    name: str
    rows: Rows
    migrations: set[tuple[str, str]]


@pytest.fixture(scope="module")
def migrated(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Landed]:
    """Migrate the dump, once for all tests."""
    name = f"test_landed{os.environ.get('PYTEST_XDIST_WORKER', '')}"
    with django_db_blocker.unblock(), database(name):
        load_dump()
        before = Landed(name, rows(), set(MigrationRecorder(connection).applied_migrations()))
        call_command("migrate", interactive=False, verbosity=0)
        connection.close()  # a database with connections cannot be copied
        yield before


@pytest.fixture
def landed(migrated: Landed, monkeypatch: pytest.MonkeyPatch) -> Iterator[Landed]:
    """Use a copy of the migrated database, with the clock at the time of the dump."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    with database(f"{migrated.name}_copy", template=migrated.name):
        yield migrated


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Sink]:
    with Sink() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        yield server


def plan_again() -> set[str]:
    """Run again everything that posts messages; return the keys of the new ones."""
    known = set(Message.objects.values_list("key", flat=True))
    app.loader.import_default_modules()
    for task in (*TASKS, "outbox.sweep"):
        app.tasks[task]()
    with transaction.atomic():
        for booking in Booking.objects.filter(state=Booking.State.CONFIRMED):
            posting.tell_confirmed(booking, AT)
        for booking in Booking.objects.filter(state=Booking.State.REQUESTED):
            posting.tell_requested(booking, AT)
        for wish in TalkWish.objects.waiting():
            posting_wishes.tell_requested_wish(wish, AT)
    return set(Message.objects.values_list("key", flat=True)) - known


def send_what_is_due(sink: Sink) -> list[str]:
    """Send what is due, and return the subjects of what arrived."""
    call_command("send_waiting", stdout=io.StringIO())
    return [mail.subject for mail in sink.messages]


def test_the_dump_was_made_with_the_key_of_these_tests(settings: LazySettings) -> None:
    assert LANDED["secret_key"] == settings.SECRET_KEY, "these tests read its links: run them without SECRET_KEY"


# -- Rows -------------------------------------------------------------------------------------------------------------


def test_no_row_is_lost(landed: Landed) -> None:
    assert changed(landed.rows, rows()) == {}


def test_a_lost_row_would_be_seen(landed: Landed) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM talks_calendarfeed WHERE kind = 'speaker'")
    assert changed(landed.rows, rows()) == {"talks_calendarfeed": (2, 1)}


def test_every_helper_has_an_invitation(landed: Landed) -> None:
    codes = list(Helper.objects.confirmed().values_list("invitation", flat=True))
    assert all(codes)
    assert len(set(codes)) == len(codes) > 0


def test_the_migrations_lead_back_without_losing_a_row(landed: Landed) -> None:
    executor = MigrationExecutor(connection)
    graph, replacements = executor.loader.graph, executor.loader.replacements
    had = {
        node
        for node in graph.node_map
        if node in landed.migrations or (node in replacements and set(replacements[node].replaces) <= landed.migrations)
    }
    newest = [
        node
        for node in had
        if not any(child.key in had and child.key[0] == node[0] for child in graph.node_map[node].children)
    ]
    new_rooms = {room for room, _name in executor.loader.applied_migrations} - {room for room, _name in newest}
    executor.migrate([*newest, *((room, None) for room in new_rooms)])
    assert set(MigrationRecorder(connection).applied_migrations()) == landed.migrations | had
    assert rows() == landed.rows


# -- Messages ---------------------------------------------------------------------------------------------------------


def test_planning_again_posts_nothing_and_sending_again_sends_nothing(landed: Landed, sink: Sink) -> None:
    assert plan_again() == PROMISED_SINCE
    Message.objects.filter(key__in=PROMISED_SINCE).delete()
    assert send_what_is_due(sink) == []


def test_a_key_of_another_form_would_be_seen(landed: Landed, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "key_of", lambda booking: f"booking.{booking.pk}")
    monkeypatch.setattr(posting_wishes, "post", lambda key, **said: post(key=key.removeprefix("talks."), **said))
    assert {key.partition(".")[0] for key in plan_again()} == {"booking", "wish", "association", "outbox"}
    assert send_what_is_due(sink) != []


def test_what_waited_is_said_in_its_hour_and_nothing_is_said_twice(
    landed: Landed, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No message has lost its text, its case or its reader, and each email keeps its Message-ID."""
    assert sent_by_email() == set(LANDED["message_ids"])
    waiting = list(Message.objects.filter(state__in=Message.TO_SEND))
    assert {message.kind for message in waiting} > {"talks.reminder_1day", "talks.thanks"}
    for hour in sorted({message.due_at for message in waiting}):
        monkeypatch.setattr("django.utils.timezone.now", lambda hour=hour: hour)
        send_what_is_due(sink)
    unsaid = Message.objects.filter(state__in=[*Message.TO_SEND, Message.State.FAILED])
    assert not unsaid.filter(pk__in=[message.pk for message in waiting])
    said = [str(mail.message["Message-ID"]) for mail in sink.messages]
    assert len(said) == len(set(said)) > 0
    assert not set(said) & set(LANDED["message_ids"])


def sent_by_email() -> set[str]:
    sent = Message.objects.filter(state=Message.State.SENT, reason="").select_related("partnership")
    return {message_id(message) for message in sent}


def test_an_address_that_gets_no_email_gets_none(landed: Landed) -> None:
    assert Suppression.objects.filter(digest=digest_of(LANDED["no_mail_to"])).exists()


# -- Links ------------------------------------------------------------------------------------------------------------


def test_old_links_open(landed: Landed) -> None:
    assert open_all() == LANDED["links"]


def test_a_changed_salt_would_be_seen(landed: Landed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "TOKENS", Tokens("talks.links"))
    dead = [link["address"] for link in open_all() if link not in LANDED["links"]]
    assert len(dead) == sum("/talks/" in link["address"] for link in LANDED["links"])


def open_all() -> list[dict[str, object]]:
    return [opened(link["address"], link["says"]) for link in LANDED["links"]]


def test_who_was_logged_in_still_is(landed: Landed, settings: LazySettings) -> None:
    browser = Client(HTTP_HOST=HOST)
    browser.cookies[settings.SESSION_COOKIE_NAME] = LANDED["session"]
    assert browser.get("/da/me/").status_code == 200
