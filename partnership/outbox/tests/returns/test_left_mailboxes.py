"""A report counts against the mailbox that the message was sent to, also when its reader has another one by then."""

import dataclasses

import pytest

from partnership.outbox.models import Bounce, Message
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.returns.bouncing import record_report
from partnership.outbox.returns.reports import read
from partnership.outbox.tests.posted import post_one
from partnership.outbox.tests.returns import dsn_corpus as corpus
from partnership.outbox.tests.returns.test_bounces import HARD, SOFT, is_stopped
from partnership.people.actions.mailboxes import change_mailbox
from partnership.people.models import User
from partnership.tests.cast import NOW, Cast

OLD, NEW = "misread@randers.example", "right@randers.example"


@pytest.fixture
def back_to(cast: Cast, settings, sink) -> str:
    """Return where reports come back to for a message that was sent to a mailbox that its reader has left since."""
    settings.BOUNCE_ADDRESS = "bounces@portal.example"
    User.objects.filter(pk=cast.helle.pk).update(email=OLD)
    post_one(cast.randers, cast.helle, kind="account.login_code", about={"code": "123456"})
    deliver(urgent=False, now=NOW)
    (mail,) = sink.messages
    change_mailbox(person=cast.helle, to=NEW, now=NOW)
    return mail.sender


def noted(raw: bytes, **changes: object) -> list[str]:
    return [record_report(dataclasses.replace(report, **changes), now=NOW).kind for report in read(raw)]


def test_a_late_bounce_stops_the_misread_mailbox_and_not_the_corrected_one(back_to: str) -> None:
    assert noted(corpus.postfix(HARD, OLD, {"To": OLD}, back_to)) == ["hard"]
    assert (is_stopped(OLD), is_stopped(NEW)) == (True, False)


def test_a_complaint_by_whoever_reads_the_old_mailbox_does_not_silence_the_new_one(back_to: str) -> None:
    assert noted(corpus.complaint(OLD, {"To": OLD}, back_to)) == ["complaint"]
    assert (is_stopped(OLD), is_stopped(NEW)) == (True, False)


@pytest.mark.parametrize("named", [NEW, "someone@else.example"])
def test_a_report_about_another_mailbox_than_the_message_was_sent_to_is_ignored(back_to: str, named: str) -> None:
    assert noted(corpus.postfix(HARD, named, {"To": named}, back_to)) == [""]
    assert noted(corpus.complaint(named, {"To": named}, back_to)) == [""]
    assert not Bounce.objects.exists()


def test_a_report_that_names_no_mailbox_counts_against_the_one_it_was_sent_to(back_to: str) -> None:
    unnamed: tuple[str, ...] = ()
    assert noted(corpus.postfix(HARD, OLD, {}, back_to), recipients=unnamed) == ["hard"]
    assert (is_stopped(OLD), is_stopped(NEW)) == (True, False)


def test_soft_bounces_of_the_old_mailbox_do_not_add_up_with_those_of_the_new_one(back_to: str) -> None:
    assert noted(corpus.postfix(SOFT, OLD, {"To": OLD}, back_to)) == ["soft"]
    assert Bounce.objects.get().digest == Message.objects.filter(kind="account.login_code").get().sent_to


def test_of_a_message_from_before_that_was_stored_only_the_present_mailbox_counts(back_to: str) -> None:
    Message.objects.update(sent_to="")
    assert noted(corpus.postfix(HARD, OLD, {"To": OLD}, back_to)) == [""]
    assert noted(corpus.postfix(HARD, OLD, {}, back_to), recipients=()) == [""]
    assert noted(corpus.postfix(HARD, NEW, {"To": NEW}, back_to)) == ["hard"]
    assert is_stopped(NEW)
