"""Posting a message makes a row in the transaction of its cause."""

import pytest
from django.db import transaction

from partnership.outbox.models import Message
from partnership.outbox.posting import post, withdraw
from partnership.outbox.tests.posted import post_one
from partnership.tests.cast import NOW, Cast, assemble


def test_the_same_key_again_changes_nothing(cast: Cast) -> None:
    first = post_one(cast.randers, cast.helle)
    post_one(cast.randers, cast.karen)
    assert Message.objects.get() == first
    assert Message.objects.get().recipient == cast.helle


def test_a_promise_falls_with_the_change_that_it_tells_of(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post_one(cast.randers, cast.helle)
        1 / 0  # noqa: B018
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_posted_outside_a_transaction() -> None:
    cast = assemble()
    with pytest.raises(RuntimeError, match="transaction"):
        post(kind="test.answer", partnership=cast.randers, to=cast.helle, about={}, key="x", now=NOW)


def test_a_kind_without_words_cannot_be_posted(cast: Cast) -> None:
    with pytest.raises(KeyError), transaction.atomic():
        post_one(cast.randers, cast.helle, kind="test.unheard_of")


def test_withdrawing_takes_back_what_waits_and_leaves_what_is_sent(cast: Cast) -> None:
    waiting = post_one(cast.randers, cast.helle, "case.1.a")
    sent = post_one(cast.randers, cast.helle, "case.1.b")
    other = post_one(cast.randers, cast.helle, "case.2.a")
    Message.objects.filter(pk=sent.pk).update(state="sent", ended_at=NOW)
    assert withdraw("case.1.", now=NOW, reason="moved") == 1
    assert {one.key: one.state for one in Message.objects.all()} == {
        waiting.key: "withdrawn",
        sent.key: "sent",
        other.key: "queued",
    }
