"""The stored reason why a message was not sent does not contain the address."""

import pytest

from partnership.outbox.models import MailServer, Message
from partnership.outbox.queue import breaker
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.reasons import as_kept
from partnership.outbox.tests.posted import post_one
from partnership.tests.cast import NOW, Cast, visit


@pytest.mark.parametrize(
    "said, kept",
    [
        ("550 5.1.1 <helle@randers.example>: Recipient address rejected", "550 5.1.1 <…>: Recipient address rejected"),
        ("450 helle.h+x@randers.example, try later", "450 …, try later"),
        ('550 "Helle H"@randers.example unknown', "550 … unknown"),
        ("KeyError: 'hellæ@randers.example'", "KeyError: '…'"),
        ("550 mailbox=helle@[192.0.2.1] gone", "550 … gone"),
        ("400 Bad number +4512345678", "400 Bad number …"),
        (
            "451 4.7.1 Greylisted, see 5.7.1 and 2026-11-24T09:00",
            "451 4.7.1 Greylisted, see 5.7.1 and 2026-11-24T09:00",
        ),
        ("letter, batch 12", "letter, batch 12"),
    ],
)
def test_an_address_or_a_number_is_left_out(said: str, kept: str) -> None:
    assert as_kept(said) == kept


def test_an_address_that_begins_where_the_column_ends_is_left_out_too() -> None:
    assert as_kept("x" * 195 + " helle@randers.example") == "x" * 195 + " …"
    assert len(as_kept("x" * 300)) == 200


@pytest.mark.parametrize("answer, state", [("550 5.1.1 <{}> unknown", "failed"), ("450 4.2.1 <{}> later", "retry")])
def test_what_a_mail_server_repeats_is_not_kept(cast: Cast, sink, answer: str, state: str) -> None:
    post_one(cast.randers, cast.helle)
    sink.behaviour = answer.format(cast.helle.email)
    deliver(urgent=False, now=NOW)
    message = Message.objects.get()
    assert message.state == state
    assert message.reason == answer.format("…")
    assert cast.helle.email not in visit(cast.anne).get("/admin/outbox/message/").content.decode()


def test_nor_by_the_row_of_the_mail_server(db: None) -> None:
    breaker.failed(NOW, "the connection broke: helle@randers.example", in_the_middle=True)
    assert MailServer.objects.get().reason == "the connection broke: …"
