"""One worker finds a mail server down, all of them wait, and one tries it again."""

import datetime as dt

import pytest
from django.conf import LazySettings

from devtools.mail import Sink
from partnership.outbox.models import MailServer, Message
from partnership.outbox.queue import breaker
from partnership.outbox.queue.breaker import BROKEN_LINES, WAITS, Permit
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.tests.posted import post_one
from partnership.tests.cast import NOW, Cast, visit

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def down(cast: Cast, settings: LazySettings) -> Cast:
    """Three messages, and no server to take them."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for number in range(3):
        post_one(cast.randers, cast.helle, f"test.{number}")
    deliver(urgent=False, now=NOW)
    return cast


def test_messages_wait_without_losing_an_attempt_or_their_turn(down: Cast) -> None:
    assert set(Message.objects.values_list("state", "attempts", "try_at")) == {("retry", 0, NOW)}
    assert any("mail server" in reason for reason in Message.objects.values_list("reason", flat=True))
    assert MailServer.objects.get().down_since == NOW


def test_nobody_tries_until_the_wait_is_over(down: Cast) -> None:
    assert deliver(urgent=False, now=NOW + WAITS[0] / 2) == 0
    assert deliver(urgent=True, now=NOW + WAITS[0] / 2) == 0
    assert MailServer.objects.get().failures == 1


def test_then_one_tries_with_one_message(down: Cast) -> None:
    later = NOW + WAITS[0]
    assert breaker.ask(later) is Permit.PROBE
    assert breaker.ask(later) is Permit.WAIT


def test_the_waits_grow_to_a_minute(down: Cast) -> None:
    now = NOW
    for wait in (*WAITS, WAITS[-1]):
        now += wait
        assert deliver(urgent=False, now=now) == 1
    assert MailServer.objects.get().probe_at == now + MINUTE


def test_a_probe_that_had_nothing_to_send_is_given_back(down: Cast) -> None:
    Message.objects.update(state="withdrawn", ended_at=NOW)
    assert deliver(urgent=False, now=NOW + MINUTE) == 0
    assert breaker.ask(NOW + MINUTE) is Permit.PROBE


def test_when_the_server_is_back_all_is_sent(down: Cast, settings: LazySettings) -> None:
    with Sink(port=0) as sink:
        settings.EMAIL_PORT = sink.port
        MailServer.objects.update(name=breaker.server_name())
        assert deliver(urgent=False, now=NOW + MINUTE) == 1
        assert deliver(urgent=False, now=NOW + MINUTE) == 2
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert MailServer.objects.get().probe_at is None


def test_a_line_that_breaks_in_a_message_is_the_servers_fault_only_the_third_time(cast: Cast, sink: Sink) -> None:
    for number in range(5):
        post_one(cast.randers, cast.helle, f"test.{number}")
    sink.behaviour = "drop"
    for _time in range(BROKEN_LINES):
        assert breaker.ask(NOW) is Permit.SEND
        deliver(urgent=False, now=NOW)
    assert breaker.ask(NOW) is Permit.WAIT


def test_the_alarm_rings_while_the_server_is_down(down: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for minute, status in [(4, 200), (6, 503)]:
        now = NOW + minute * MINUTE
        deliver(urgent=False, now=now)
        monkeypatch.setattr("partnership.clock.now", lambda now=now: now)
        answer = visit(None).get("/readyz")
        assert (answer.status_code, answer.json()["oldest_unsent_seconds"]) == (status, minute * 60)


def test_the_alarm_does_not_ring_for_somebody_elses_full_mailbox(
    cast: Cast, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    post_one(cast.randers, cast.helle)
    sink.behaviour = "452 4.2.2 Full"
    deliver(urgent=False, now=NOW)
    monkeypatch.setattr("partnership.clock.now", lambda: NOW + 10 * MINUTE)
    assert visit(None).get("/readyz").status_code == 200


def test_a_message_that_was_put_off_does_not_hide_one_that_is_late(
    cast: Cast, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    post_one(cast.randers, cast.helle, "test.put_off")
    sink.behaviour = "452 4.2.2 Full"
    deliver(urgent=False, now=NOW)
    post_one(cast.randers, cast.helle, "test.forgotten", now=NOW + MINUTE)
    monkeypatch.setattr("partnership.clock.now", lambda: NOW + 10 * MINUTE)
    answer = visit(None).get("/readyz")
    assert (answer.status_code, answer.json()["oldest_unsent_seconds"]) == (503, 9 * 60)
