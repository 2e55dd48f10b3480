"""A batch on one connection: what breaks it, what is looked at again, and what is noted when."""

import datetime as dt
import socketserver
import threading
from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from partnership.devmail import Sink
from partnership.outbox import claiming, noting
from partnership.outbox.claiming import FRESH, claim, load
from partnership.outbox.deliver import deliver
from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.outbox.tests.posted import promise
from partnership.tests.cast import NOW, Cast


class Sparing(socketserver.StreamRequestHandler):
    """A server that offers PIPELINING and takes two messages on a line; then it says 421."""

    def handle(self) -> None:
        self.server.lines += 1
        self._say("220 here")
        taken = 0
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                self._say("250-here\r\n250 PIPELINING")
            elif verb == b"MAIL" and taken == 2:
                self._say("421 Enough on this line")
                return
            elif verb == b"DATA":
                self._say("354 go")
                content = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    content += part
                self.server.taken.append(content)
                taken += 1
                self._say("250 OK")
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 OK")

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@pytest.fixture
def sparing(settings: LazySettings) -> Iterator[socketserver.ThreadingTCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sparing) as server:
        server.taken, server.lines, server.daemon_threads = [], 0, True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        server.shutdown()


def test_a_server_that_takes_few_on_a_line_gets_several_lines(
    cast: Cast, sparing: socketserver.ThreadingTCPServer
) -> None:
    for number in range(5):
        promise(cast.randers, cast.helle, f"test.{number}")
    deliver(urgent=False, now=NOW)
    assert (len(sparing.taken), sparing.lines) == (5, 3)
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_each_message_is_noted_before_the_next_is_spoken(cast: Cast, sink: Sink) -> None:
    """The server never has more than one message that is not noted: seen from inside the server's answer."""
    under_way, settled = [], []
    settle = noting.Notes.settle

    def seen(notes: noting.Notes) -> None:
        settle(notes)
        settled.append(len(sink.messages))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(noting.Notes, "settle", seen)
        sink.behaviour = lambda mail: under_way.append(len(sink.messages) - max(settled, default=0)) or "accept"
        for number in range(4):
            promise(cast.randers, cast.helle, f"test.{number}")
        deliver(urgent=False, now=NOW)
    assert under_way == [0, 0, 0, 0]


def test_what_was_looked_up_a_second_ago_is_looked_up_again(
    cast: Cast, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody is erased while her message lies in a worker's batch."""
    for number, person in enumerate([cast.helle, cast.frede, cast.ruth]):
        promise(cast.randers, person, f"test.{number}")
    ticks = iter(range(100))
    monkeypatch.setattr("partnership.clock.now", lambda: NOW + next(ticks) * FRESH * 0.7)
    sink.behaviour = lambda mail: "accept"
    write = kind("test.answer").write

    def erased_meanwhile(message: Message) -> object:
        Message.objects.filter(key="test.2").delete()
        return write(message)

    monkeypatch.setitem(kind.__globals__["_kinds"], "test.answer", _with(kind("test.answer"), erased_meanwhile))
    deliver(urgent=False)
    assert cast.ruth.email not in [mail.to[0] for mail in sink.messages]
    assert len(sink.messages) == 2


def _with(one: object, write: object) -> object:
    return type(one)(**{**vars(one), "write": write})


def test_a_claim_that_was_taken_over_is_not_ours_any_more(cast: Cast) -> None:
    promise(cast.randers, cast.helle)
    (late,) = claim(urgent=False, batch=10, now=NOW)
    (new,) = claim(urgent=False, batch=10, now=NOW + claiming.LEASE + dt.timedelta(seconds=1))
    assert load([late.pk], late.claimed_until) == []
    assert load([new.pk], new.claimed_until) == [new]


def test_a_kind_that_cannot_prepare_holds_up_nobody(cast: Cast, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(messages: object) -> None:
        raise LookupError("the room is closed")

    one = kind("test.answer")
    monkeypatch.setitem(kind.__globals__["_kinds"], "test.answer", type(one)(**{**vars(one), "prepare": broken}))
    promise(cast.randers, cast.helle)
    deliver(urgent=False, now=NOW)
    assert len(sink.messages) == 1
