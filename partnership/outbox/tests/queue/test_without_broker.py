"""Without a broker, messages are posted without delay, and `send_waiting` sends them."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from devtools.mail import Mail, Sink
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.posting import post
from partnership.outbox.tests.posted import post_one
from partnership.outbox.tests.workers import environment, until
from partnership.tests.cast import NOW, Cast, assemble

pytestmark = pytest.mark.slow

NOBODY_LISTENS = "redis://127.0.0.1:1/0"
LOOP = ["--loop", "--every", "0.2"]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


def post_notes(cast: Cast, *numbers: int) -> None:
    """Post messages of a kind that every process has words for."""
    with transaction.atomic():
        for number in numbers:
            post(
                kind="account.webauthn_added", partnership=cast.randers, to=f"reader{number}@randers.example",
                about={}, key=f"test.note.{number}", now=clock.now(),
            )  # fmt: skip


def command(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", "send_waiting", *arguments]


@contextlib.contextmanager
def sender(sink: Sink, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `send_waiting` without a broker; kill it if the test has not stopped it."""
    process = subprocess.Popen(command(*arguments), env=environment(sink) | {"REDIS_URL": NOBODY_LISTENS})
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


def states() -> list[str]:
    return sorted(Message.objects.values_list("state", flat=True))


def test_without_a_broker_one_call_sends_what_waits(cast: Cast, sink: Sink) -> None:
    post_notes(cast, 1, 2, 3)
    with sender(sink) as process:
        assert process.wait(60) == 0
    assert states() == ["sent"] * 3
    assert len(sink.messages) == 3


@pytest.mark.parametrize("told_by", [signal.SIGTERM, signal.SIGINT])
def test_the_loop_sends_what_comes_later_and_stops_when_told(cast: Cast, sink: Sink, told_by: int) -> None:
    with sender(sink, *LOOP) as process:
        for number in (1, 2):
            post_notes(cast, number)
            until(lambda number=number: len(sink.messages) == number)
        process.send_signal(told_by)
        assert process.wait(10) == 0
    assert states() == ["sent", "sent"]


def test_told_to_stop_in_the_middle_of_a_batch_it_ends_the_batch_and_holds_nothing(cast: Cast, sink: Sink) -> None:
    def slowly(mail: Mail) -> str:
        time.sleep(0.005)
        return "accept"

    sink.behaviour = slowly
    post_notes(cast, *range(120))
    with sender(sink, *LOOP) as process:
        until(lambda: len(sink.messages) >= 5)
        process.terminate()
        assert process.wait(30) == 0
    assert states() == ["queued"] * 20 + ["sent"] * 100
    assert len(sink.messages) == 100


def test_the_loop_outlives_a_database_that_hangs_up(cast: Cast, sink: Sink) -> None:
    with sender(sink, *LOOP) as process:
        post_notes(cast, 1)
        until(lambda: len(sink.messages) == 1)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert cursor.fetchone()[0] >= 1
        post_notes(cast, 2)
        until(lambda: len(sink.messages) == 2, seconds=30)
        assert process.poll() is None


def test_two_loops_share_the_work_and_send_nothing_twice(cast: Cast, sink: Sink) -> None:
    post_notes(cast, *range(250))
    with sender(sink, *LOOP), sender(sink, *LOOP):
        until(lambda: not Message.objects.open().exists())
    assert len({str(mail.message["Message-ID"]) for mail in sink.messages}) == len(sink.messages) == 250


def test_with_sending_off_it_sends_nothing_and_says_so(cast: Cast, sink: Sink, settings, capsys) -> None:
    settings.SENDING_ENABLED = False
    post_one(cast.randers, cast.helle)
    call_command("send_waiting")
    assert "off" in capsys.readouterr().out
    assert states() == ["queued"]
    assert not sink.messages


def test_what_is_not_due_yet_waits(cast: Cast, sink: Sink) -> None:
    post_one(cast.randers, cast.helle, due_at=clock.now().replace(year=clock.now().year + 1), now=NOW)
    call_command("send_waiting")
    assert states() == ["queued"]


@pytest.mark.parametrize("every", ["0", "-1", "nan", "soon"])
def test_a_pause_that_is_none_is_refused(every: str) -> None:
    with pytest.raises(CommandError):
        call_command("send_waiting", "--loop", "--every", every)


# A separate process, like the web's. It prints how long posting two messages took, and how long the process took to
# end.
CITIZEN = """
import time, django
django.setup()
from partnership import celery, clock
from django.db import transaction
from partnership.outbox.posting import _caller, post
from partnership.places.models import Partnership
here = Partnership.objects.get(slug="randers")
started = time.monotonic()
for kind in ("account.webauthn_added", "account.unknown_account"):
    with transaction.atomic():
        post(kind=kind, partnership=here, to="x@randers.example", about={}, key=kind, now=clock.now())
print(time.monotonic() - started)
_caller.shutdown()
print(time.monotonic() - started)
"""


@pytest.mark.parametrize("broker", ["refuses", "never answers"])
def test_a_broker_that_is_away_neither_fails_nor_holds_up_the_citizen(cast: Cast, sink: Sink, broker: str) -> None:
    with socket.socket() as hole:
        hole.bind(("127.0.0.1", 0))
        hole.listen()
        url = NOBODY_LISTENS if broker == "refuses" else f"redis://127.0.0.1:{hole.getsockname()[1]}/0"
        around = environment(sink) | {"REDIS_URL": url, "DJANGO_SETTINGS_MODULE": "partnership.settings"}
        done = subprocess.run([sys.executable, "-c", CITIZEN], env=around, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    waited, ended = map(float, done.stdout.split())
    assert waited < 1.5  # the broker's client alone takes four seconds to give up twice
    assert ended < 8
    assert done.stderr.count("No broker to wake") == 2
    assert states() == ["queued", "queued"]
