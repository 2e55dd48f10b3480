"""The mailbox of somebody whom we do not know is stored only as long as something may still be sent to it."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from partnership import retention
from partnership.outbox import scopes
from partnership.outbox.erasing import delete_messages
from partnership.outbox.models import Message
from partnership.outbox.own_data import SECTIONS
from partnership.outbox.posting import withdraw
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.returns.bouncing import record_report
from partnership.outbox.returns.reports import read
from partnership.outbox.staff import actions
from partnership.outbox.suppression import digest_of, suppress
from partnership.outbox.tests.posted import post_one
from partnership.outbox.tests.returns import dsn_corpus as corpus
from partnership.outbox.tests.returns.test_bounces import HARD, is_stopped
from partnership.people.models import User
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, visit

MAILBOX = "dora@elsewhere.example"
HOUR = dt.timedelta(hours=1)


def is_sent(message: Message, cast: Cast) -> None:
    deliver(urgent=False, now=NOW)


def is_too_late(message: Message, cast: Cast) -> None:
    Message.objects.filter(pk=message.pk).update(expires_at=NOW)
    deliver(urgent=False, now=NOW)


def is_untrue(message: Message, cast: Cast) -> None:
    Message.objects.filter(pk=message.pk).update(about={"untrue": True})
    deliver(urgent=False, now=NOW)


def is_withdrawn(message: Message, cast: Cast) -> None:
    withdraw("test.1", now=NOW, reason="the talk was cancelled")


def is_withdrawn_by_staff(message: Message, cast: Cast) -> None:
    actions.withdraw_one(message=message, by=cast.karen, now=NOW)


def has_failed_and_is_withdrawn(message: Message, cast: Cast) -> None:
    fail(message)
    is_withdrawn(message, cast)


def has_failed_and_is_too_late(message: Message, cast: Cast) -> None:
    fail(message, expires_at=NOW)
    run_retention(NOW)


def has_failed_long_ago(message: Message, cast: Cast) -> None:
    fail(message)
    run_retention(NOW + dt.timedelta(days=30))


ENDS = [
    is_sent, is_too_late, is_untrue, is_withdrawn, is_withdrawn_by_staff, has_failed_and_is_withdrawn,
    has_failed_and_is_too_late, has_failed_long_ago,
]  # fmt: skip


def fail(message: Message, **more: object) -> None:
    Message.objects.filter(pk=message.pk).update(state="failed", ended_at=NOW, **more)


def run_retention(now: dt.datetime) -> None:
    for rule in retention.by_name():
        if rule.part == "outbox.Message.mailbox":
            rule.run(now)


@pytest.mark.parametrize("ends", ENDS, ids=[end.__name__ for end in ENDS])
def test_the_mailbox_is_emptied_when_the_message_has_ended(cast: Cast, sink, ends) -> None:
    message = post_one(cast.randers, MAILBOX)
    ends(message, cast)
    message.refresh_from_db()
    assert (message.mailbox, message.sent_to) == ("", digest_of(MAILBOX))
    page = visit(cast.karen).get(reverse("outbox:message", args=[message.pk])).content.decode()
    assert "dora" not in page
    assert "En adresse, som vi ikke længere gemmer" in page


def test_it_is_kept_while_staff_may_try_again(cast: Cast, sink) -> None:
    message = post_one(cast.randers, MAILBOX, expires_at=NOW + HOUR)
    fail(message)
    run_retention(NOW)
    actions.try_again(message=message, by=cast.karen, now=NOW)
    deliver(urgent=False, now=NOW)
    assert [mail.to for mail in sink.messages] == [[MAILBOX]]


def test_a_message_without_its_mailbox_is_not_tried_again(cast: Cast) -> None:
    message = post_one(cast.randers, MAILBOX)
    fail(message, mailbox="")
    with pytest.raises(Refused):
        actions.try_again(message=message, by=cast.karen, now=NOW)


def test_staff_still_find_the_messages_to_a_whole_mailbox(cast: Cast, sink) -> None:
    message = post_one(cast.randers, MAILBOX)
    is_sent(message, cast)
    assert list(scopes.to_reader(Message.objects.all(), "Dora@Elsewhere.example", cast.randers)) == [message]
    assert not scopes.to_reader(Message.objects.all(), "dora@other.example", cast.randers)


def test_own_data_and_erasing_still_find_them(cast: Cast, sink) -> None:
    message = post_one(cast.randers, MAILBOX)
    is_sent(message, cast)
    User.objects.filter(pk=cast.helle.pk).update(email=MAILBOX)
    EmailAddress.objects.create(user=cast.helle, email=MAILBOX, verified=True)
    cast.helle.refresh_from_db()
    (written,) = (section for section in SECTIONS if section.model is Message)
    assert message in written.rows(cast.helle)
    delete_messages(cast.helle, NOW)
    assert not Message.objects.filter(pk=message.pk).exists()


def test_a_bounce_of_it_still_counts(cast: Cast, sink, settings) -> None:
    settings.BOUNCE_ADDRESS = "bounces@portal.example"
    is_sent(post_one(cast.randers, MAILBOX), cast)
    (mail,) = sink.messages
    for report in read(corpus.postfix(HARD, MAILBOX, {"To": MAILBOX}, mail.sender)):
        record_report(report, now=NOW)
    assert is_stopped(MAILBOX)


def test_staff_can_allow_a_mailbox_again_that_is_stored_as_a_hash(cast: Cast, sink) -> None:
    message = post_one(cast.randers, MAILBOX)
    is_sent(message, cast)
    suppress(MAILBOX, reason="hard bounce 5.1.1", now=NOW)
    actions.lift(message=message, by=cast.karen, now=NOW)
    assert not is_stopped(MAILBOX)
