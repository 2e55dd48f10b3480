"""A batch on one connection: what breaks it, what is checked again, and when results are recorded."""

import datetime as dt
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import LazySettings
from django.db import connection, transaction

from devtools.mail import Sink
from devtools.sms import GLANCE
from partnership.outbox.kinds import kinds
from partnership.outbox.models import Message
from partnership.outbox.queue import claiming, recording
from partnership.outbox.queue.claiming import FRESH, claim, load
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.tests.posted import post_one
from partnership.tests.cast import NOW, Cast


class Talking(socketserver.StreamRequestHandler):
    """A server that says 421 after `limit` messages, and refuses whom and what it is told to."""

    def handle(self) -> None:
        self.server.lines += 1
        self._say("220 here")
        taken, to = 0, ""
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                self._say("250 here")
            elif verb == b"MAIL" and taken == self.server.limit:
                self._say("421 Enough on this line")
                return
            elif verb == b"RCPT":
                to = line.decode().partition("<")[2].partition(">")[0]
                self._say("550 5.1.1 No such user" if to in self.server.unknown else "250 OK")
            elif verb == b"DATA" and to in self.server.unknown:
                self._say("554 No valid recipients")
            elif verb == b"DATA":
                self._say("354 go")
                content = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    if not part:
                        return  # the connection broke in the middle: nothing was delivered
                    content += part
                if self.server.hangs.wait(0):
                    self.server.over.wait(10)  # it reads and answers nothing more
                    return
                self._say(self._take(to, content))
                taken += 1
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 OK")

    def _take(self, to: str, content: bytes) -> str:
        if to in self.server.refused:
            return "552 5.3.4 Too large for me"
        self.server.taken.append((to, content))
        self.server.on_content()
        return "250 OK"

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@pytest.fixture
def server(settings: LazySettings) -> Iterator[socketserver.ThreadingTCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talking) as server:
        server.taken, server.lines, server.daemon_threads, server.limit = [], 0, True, 1000
        server.unknown, server.refused, server.on_content = set(), set(), lambda: None
        server.hangs, server.over = threading.Event(), threading.Event()
        threading.Thread(target=server.serve_forever, args=(GLANCE,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        server.over.set()
        server.shutdown()


def post_to_all(cast: Cast) -> list[str]:
    """Post one message to each of four, and return their addresses in turn."""
    people = [cast.helle, cast.frede, cast.ruth, cast.niels]
    for number, person in enumerate(people):
        post_one(cast.randers, person, f"test.{number}")
    return [person.email for person in people]


def test_a_server_that_takes_few_on_a_line_gets_several_lines(
    cast: Cast, server: socketserver.ThreadingTCPServer
) -> None:
    server.limit = 2
    for number in range(5):
        post_one(cast.randers, cast.helle, f"test.{number}")
    deliver(urgent=False, now=NOW)
    assert (len(server.taken), server.lines) == (5, 3)
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_all_go_over_one_line_in_their_turn(cast: Cast, server: socketserver.ThreadingTCPServer) -> None:
    wanted = post_to_all(cast)
    deliver(urgent=False, now=NOW)
    assert ([to for to, _content in server.taken], server.lines) == (wanted, 1)


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("what", ["unknown", "refused"])
def test_a_refusal_is_the_refused_ones_alone(
    cast: Cast, server: socketserver.ThreadingTCPServer, what: str, number: int
) -> None:
    """The connection is good for the messages after it."""
    addresses = post_to_all(cast)
    getattr(server, what).add(addresses[number])
    deliver(urgent=False, now=NOW)
    assert [to for to, _content in server.taken] == [to for to in addresses if to != addresses[number]]
    assert server.lines == 1
    states = dict(Message.objects.values_list("recipient__email", "state"))
    assert states == {to: "failed" if to == addresses[number] else "sent" for to in addresses}


def test_a_server_that_falls_silent_has_taken_nothing(
    cast: Cast, server: socketserver.ThreadingTCPServer, settings: LazySettings
) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    server.hangs.set()
    post_to_all(cast)
    deliver(urgent=False, now=NOW)
    assert sorted(Message.objects.values_list("state", "attempts")) == [("retry", 0)] * 3 + [("retry", 1)]


def test_each_message_is_noted_before_the_next_is_spoken(cast: Cast, sink: Sink) -> None:
    """The server never has more than one unrecorded message, observed while the server answers."""
    under_way, settled = [], []
    finish = recording.Records.finish

    def seen(records: recording.Records) -> None:
        finish(records)
        settled.append(len(sink.messages))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recording.Records, "finish", seen)
        sink.behaviour = lambda mail: under_way.append(len(sink.messages) - max(settled, default=0)) or "accept"
        for number in range(4):
            post_one(cast.randers, cast.helle, f"test.{number}")
        deliver(urgent=False, now=NOW)
    assert under_way == [0, 0, 0, 0]


def test_what_was_looked_up_a_second_ago_is_looked_up_again(
    cast: Cast, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody is erased while a message to them is in a worker's batch."""
    for number, person in enumerate([cast.helle, cast.frede, cast.ruth]):
        post_one(cast.randers, person, f"test.{number}")
    ticks = iter(range(100))
    monkeypatch.setattr("partnership.clock.now", lambda: NOW + next(ticks) * FRESH * 0.7)
    sink.behaviour = lambda mail: "accept"
    write = kinds["test.answer"].write

    def erased_meanwhile(message: Message) -> object:
        Message.objects.filter(key="test.2").delete()
        return write(message)

    with kinds.only(replace(kinds["test.answer"], write=erased_meanwhile)):
        deliver(urgent=False)
    assert cast.ruth.email not in [mail.to[0] for mail in sink.messages]
    assert len(sink.messages) == 2


def test_a_claim_that_was_taken_over_is_not_ours_any_more(cast: Cast) -> None:
    post_one(cast.randers, cast.helle)
    (late,) = claim(urgent=False, batch=10, now=NOW)
    (new,) = claim(urgent=False, batch=10, now=NOW + claiming.LEASE + dt.timedelta(seconds=1))
    assert load([late.pk], late.claimed_until) == []
    assert load([new.pk], new.claimed_until) == [new]


def test_a_kind_that_cannot_prepare_holds_up_nobody(cast: Cast, sink: Sink) -> None:
    def broken(messages: object) -> None:
        raise LookupError("the room is closed")

    with kinds.only(replace(kinds["test.answer"], prepare=broken)):
        post_one(cast.randers, cast.helle)
        deliver(urgent=False, now=NOW)
    assert len(sink.messages) == 1


def test_words_whose_query_takes_too_long_hold_up_nobody(cast: Cast, sink: Sink) -> None:
    write = kinds["test.answer"].write

    def slow(message: Message) -> object:
        if message.key == "test.1":
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = '20ms'")
                cursor.execute("SELECT pg_sleep(5)")
        return write(message)

    with kinds.only(replace(kinds["test.answer"], write=slow)):
        post_to_all(cast)
        deliver(urgent=False, now=NOW)
    assert len(sink.messages) == 3
    assert list(Message.objects.order_by("key").values_list("state", "attempts")) == [
        ("sent", 1), ("retry", 1), ("sent", 1), ("sent", 1)
    ]  # fmt: skip
