"""A large mailing to one domain is spread over the minutes; codes and other domains do not wait for it."""

import datetime as dt

import pytest
from django.conf import LazySettings

from devtools.mail import Sink
from partnership.outbox.models import Message, Pace
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.tests.posted import post_one
from partnership.people.actions.forgetting import run
from partnership.tests.cast import NOW, Cast

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def three_a_minute(settings: LazySettings) -> None:
    settings.MAIL_PER_DOMAIN_A_MINUTE = 3


def test_each_minute_takes_its_share_and_all_arrive(cast: Cast, sink: Sink, three_a_minute: None) -> None:
    for number in range(8):
        post_one(cast.randers, cast.helle, f"test.{number}")
    arrived = []
    for minute in range(3):
        while deliver(urgent=False, now=NOW + minute * MINUTE):
            pass
        waiting = Message.objects.filter(state="retry").values_list("reason", flat=True)
        assert all(reason.startswith("many to one domain") for reason in waiting)
        arrived.append(len(sink.messages))
    assert arrived == [3, 6, 8]
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_other_domains_and_codes_do_not_wait(cast: Cast, sink: Sink, three_a_minute: None) -> None:
    for number in range(5):
        post_one(cast.randers, cast.helle, f"test.{number}")
    post_one(cast.kalmar, cast.gunnar, "test.kalmar")
    post_one(cast.randers, cast.helle, "account.x", "account.login_code", about={"code": "123456"})
    deliver(urgent=False, now=NOW)
    assert sorted({mail.to[0] for mail in sink.messages}) == [cast.gunnar.email, cast.helle.email]
    assert len(sink.messages) == 3 + 1 + 1


def test_old_counts_are_deleted_at_night(cast: Cast, sink: Sink) -> None:
    post_one(cast.randers, cast.helle)
    deliver(urgent=False, now=NOW)
    assert "outbox.Pace" not in run(now=NOW).removed
    assert run(now=NOW + 2 * dt.timedelta(hours=1)).removed["outbox.Pace"] == 1
    assert not Pace.objects.exists()
