"""The mail server's answer decides when to try again."""

import datetime as dt

import pytest

from devtools.mail import Sink
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.queue.retrying import GREYLISTED, MAILBOX_FULL, RETRIES, wait_after
from partnership.outbox.tests.posted import post_one
from partnership.tests.cast import NOW, Cast


@pytest.mark.parametrize(
    ("code", "said", "waits"),
    [
        (450, "Not yet", GREYLISTED),
        (451, "4.7.1 Greylisted, see you in five minutes", GREYLISTED),
        (452, "Mailbox full", MAILBOX_FULL),
        (552, "5.2.2 Over quota", MAILBOX_FULL),
        (450, "4.2.2 Mailbox full", MAILBOX_FULL),
        (452, "4.3.1 Insufficient system storage", RETRIES),
        (454, "TLS not available", RETRIES),
        (550, "5.1.1 No such user", ()),
        (552, "5.3.4 Message too big", ()),
        (554, "5.7.1 We do not like you", ()),
    ],
)
def test_each_answer_has_its_own_waits(code: int, said: str, waits: tuple[dt.timedelta, ...]) -> None:
    assert [wait_after(code, said, attempts) for attempts in range(len(waits))] == list(waits)
    assert wait_after(code, said, len(waits)) is None


def test_the_waits_grow() -> None:
    for waits in (RETRIES, GREYLISTED, MAILBOX_FULL):
        assert list(waits) == sorted(waits)


@pytest.mark.parametrize(
    ("answer", "wait"),
    [("451 4.7.1 Greylisted", GREYLISTED[0]), ("452 4.2.2 Full", MAILBOX_FULL[0]), ("432 Busy", RETRIES[0])],
)
def test_the_row_says_when_and_why(cast: Cast, sink: Sink, answer: str, wait: dt.timedelta) -> None:
    message = post_one(cast.randers, cast.helle)
    sink.behaviour = answer
    deliver(urgent=False, now=NOW)
    message.refresh_from_db()
    assert (message.state, message.try_at, message.attempts) == ("retry", NOW + wait, 1)
    assert message.reason == answer


def test_what_would_come_too_late_ends_as_expired_when_its_time_is_over(cast: Cast, sink: Sink) -> None:
    ends = NOW + dt.timedelta(minutes=2)
    message = post_one(cast.randers, cast.helle, expires_at=ends)
    sink.behaviour = "451 Later"
    deliver(urgent=False, now=NOW)
    deliver(urgent=False, now=ends)
    message.refresh_from_db()
    assert (message.state, sink.attempts) == ("expired", 1)
