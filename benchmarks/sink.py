"""A mail server that counts, in a separate process, fast enough not to limit the measurements.

`python -m benchmarks.sink` prints two ports: one speaks SMTP, the other takes lines of JSON: `{"do": "count"}`,
`"messages"` (each Message-ID with the times when it was accepted), `"forget"`, and `{"do": "behave", "as": …}` with
"accept", "hang" (no answer after the data), "later" (a fifth get a 451), "drop" (250, then the connection breaks) or
"away" (every connection breaks at once). 127.0.0.1 only; nothing is sent on.
"""

import asyncio
import contextlib
import itertools
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

HOST = "127.0.0.1"
MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]+)>", re.I | re.M)
READY = b"250-sink\r\n250-8BITMIME\r\n250 SIZE 33554432\r\n"
EMPTY_ANSWERS = {b"MAIL": b"250 OK\r\n", b"RCPT": b"250 OK\r\n", b"RSET": b"250 OK\r\n", b"NOOP": b"250 OK\r\n"}


class Received:
    def __init__(self) -> None:
        self.behaviour = "accept"
        self.accepted: dict[str, list[float]] = {}
        self.first = self.last = 0.0
        self.count = 0
        self.turn = itertools.count(1)

    def take(self, content: bytes) -> None:
        now = time.time()
        self.first = self.first or now
        self.last = now
        self.count += 1
        found = MESSAGE_ID.search(content)
        name = found.group(1).decode() if found else f"none-{self.count}"
        self.accepted.setdefault(name, []).append(now)


class Smtp(asyncio.Protocol):
    def __init__(self, received: Received) -> None:
        self.received, self.buffer, self.in_data, self.hangs = received, b"", False, False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        if self.received.behaviour == "away":
            transport.abort()
            return
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        # A server answers in order: without an answer to this there is none to what was sent with it either.
        while self.buffer and not self.hangs:
            if self.in_data:
                content, end, rest = self.buffer.partition(b"\r\n.\r\n")
                if not end:
                    if not self.buffer.startswith(b".\r\n"):
                        return
                    rest = self.buffer[3:]
                self.buffer, self.in_data = rest, False
                self._message(content)
            else:
                line, end, rest = self.buffer.partition(b"\r\n")
                if not end:
                    return
                self.buffer = rest
                self._command(line)

    def _command(self, line: bytes) -> None:
        verb = line[:4].upper()
        if verb in (b"EHLO", b"HELO"):
            self.transport.write(READY)
        elif verb == b"DATA":
            self.in_data = True
            self.transport.write(b"354 Go ahead\r\n")
        elif verb == b"QUIT":
            self.transport.write(b"221 Bye\r\n")
            self.transport.close()
        else:
            self.transport.write(EMPTY_ANSWERS.get(verb, b"502 Not here\r\n"))

    def _message(self, content: bytes) -> None:
        told = self.received.behaviour
        if told == "hang":
            self.hangs = True
            return
        if told == "later" and next(self.received.turn) % 5 == 0:
            self.transport.write(b"451 4.7.1 Greylisted\r\n")
            return
        self.received.take(content)
        self.transport.write(b"250 OK\r\n")
        if told == "drop":
            self.transport.close()


async def _control(received: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        await _answer(received, reader, writer)


async def _answer(received: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while line := await reader.readline():
        wish = json.loads(line)
        answer: object = "ok"
        match wish["do"]:
            case "count":
                answer = {"count": received.count, "first": received.first, "last": received.last}
            case "messages":
                answer = received.accepted
            case "forget":
                received.accepted, received.count, received.first, received.last = {}, 0, 0.0, 0.0
            case "behave":
                received.behaviour = wish["as"]
        writer.write(json.dumps(answer).encode() + b"\n")
        await writer.drain()


async def _serve() -> None:
    received = Received()
    loop = asyncio.get_running_loop()
    smtp = await loop.create_server(lambda: Smtp(received), HOST, 0)
    control = await asyncio.start_server(lambda *streams: _control(received, *streams), HOST, 0, limit=2**26)
    print(json.dumps([server.sockets[0].getsockname()[1] for server in (smtp, control)]), flush=True)
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()


class Sink:
    """The client of the control connection."""

    def __init__(self, port: int, control: int) -> None:
        self.port = port
        self._line = socket.create_connection((HOST, control)).makefile("rwb")

    def _ask(self, **wish: str) -> object:
        self._line.write(json.dumps(wish).encode() + b"\n")
        self._line.flush()
        return json.loads(self._line.readline())

    def count(self) -> int:
        return self._ask(do="count")["count"]

    def rate(self) -> float:
        """Return messages a second, from the first to the last."""
        seen = self._ask(do="count")
        return (seen["count"] - 1) / max(seen["last"] - seen["first"], 1e-9)

    def messages(self) -> dict[str, list[float]]:
        return self._ask(do="messages")

    def forget(self) -> None:
        self._ask(do="forget")

    def behave(self, how: str) -> None:
        self._ask(do="behave", **{"as": how})


@contextlib.contextmanager
def running() -> Iterator[Sink]:
    """Run the server in a separate process and yield its control."""
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.sink"], stdout=subprocess.PIPE)
    try:
        yield Sink(*json.loads(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    asyncio.run(_serve())
