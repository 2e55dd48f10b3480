"""The local mailbox: a mail server for development and tests. `make run` and `python -m devtools.mail` serve it in a
thread: received emails are stored as files in `.data/mail/`, which `/dev/mail/` shows. `Sink` is the same server inside
a test: it counts, and refuses, hangs or drops the connection when told to. Neither sends anything on.
"""

import asyncio
import datetime as dt
import itertools
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from devtools import embedded

HOST = "127.0.0.1"
PORT = 1025
KEPT = 2_000
LARGEST = 32 * 1024 * 1024
ACCEPTED = "250 OK"
counter = itertools.count()


@dataclass(frozen=True)
class Mail:
    """One received email: its envelope and the parsed message. `to` comes from the envelope, so it includes Bcc."""

    name: str
    sender: str
    to: list[str]
    received_at: dt.datetime
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def attachments(self) -> list[tuple[str, str, bytes]]:
        """File name, type and content of everything that is not a body."""
        bodies = [self.message.get_body(("plain",)), self.message.get_body(("html",))]
        leaves = [part for part in self.message.walk() if not part.is_multipart() and part not in bodies]
        return [(part.get_filename() or "", part.get_content_type(), _content(part)) for part in leaves]

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""


def folder() -> Path:
    """Return the folder of the local mailbox's files."""
    return embedded.data_folder() / "mail"


def messages(place: Path | None = None) -> list[Mail]:
    """Return the emails in the local mailbox, the newest first."""
    return [mail for path in _files(place or folder()) if (mail := _read(path))]


def message(name: str, place: Path | None = None) -> Mail | None:
    """Return one message by its name, or None; only names that the mailbox gives are looked up."""
    return next((_read(path) for path in _files(place or folder()) if path.stem == name), None)


def store(content: bytes, sender: str, to: list[str], place: Path | None = None) -> Path:
    """Store one message as a file, atomically, and delete the oldest beyond the newest 2,000."""
    place = place or folder()
    place.mkdir(parents=True, exist_ok=True)
    name = f"{time.time_ns():020}-{os.getpid()}-{next(counter)}"
    envelope = b"".join(b"X-Envelope-%s: %s\r\n" % line for line in [(b"From", _bytes(sender)), *_envelope_to(to)])
    unfinished = place / f"{name}.part"
    unfinished.write_bytes(envelope + content)
    unfinished.replace(place / f"{name}.eml")
    for path in _files(place)[KEPT:]:
        path.unlink(missing_ok=True)
    return place / f"{name}.eml"


def _envelope_to(to: list[str]) -> list[tuple[bytes, bytes]]:
    return [(b"To", _bytes(address)) for address in to]


def _bytes(address: str) -> bytes:
    return " ".join(address.split()).encode("utf-8", "surrogateescape")


def _files(place: Path) -> list[Path]:
    return sorted(place.glob("*.eml"), reverse=True)


def _read(path: Path) -> Mail | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:  # deleted since the folder was listed
        return None
    parsed = _parsed(content)
    to = [str(address) for address in parsed.get_all("X-Envelope-To", [])]
    received = dt.datetime.fromtimestamp(int(path.stem.split("-")[0]) / 1e9, dt.UTC)
    return Mail(path.stem, str(parsed["X-Envelope-From"] or ""), to, received, parsed)


def _parsed(content: bytes) -> EmailMessage:
    parsed = message_from_bytes(content, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


@dataclass
class Sink:
    """A counting mail server inside the test: `with Sink() as sink: sink.port, sink.messages`.

    `behaviour` says how the next messages are answered: "accept"; a refusal such as "451 Later" or "550 No";
    "hang" (no answer until the sink closes); "drop" (counted, but the connection breaks before the answer); "drop after
    250". A list answers message by message, its last entry all that follow; a function gets the Mail.
    """

    behaviour: str | list[str] | Callable[[Mail], str] = "accept"
    messages: list[Mail] = field(default_factory=list)  # accepted ones, also if the answer was lost
    attempts: int = 0
    port: int = 0

    def __enter__(self) -> Self:
        self._running = _serving(self, HOST, self.port)
        self.port = self._running.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.__exit__(None, None, None)

    @property
    def url(self) -> str:
        return f"smtp://{HOST}:{self.port}"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mail = _mail(envelope)
        told = self._told(mail)
        self.attempts += 1
        if told == "hang":
            await asyncio.Event().wait()
        if told[:1].isdigit() and not told.startswith("2"):
            return told
        self.messages.append(mail)
        if told == "drop after 250":
            await server.push(ACCEPTED)
        if told.startswith("drop") and server.transport:
            server.transport.close()
        return ACCEPTED

    def _told(self, mail: Mail) -> str:
        if callable(self.behaviour):
            return self.behaviour(mail)
        if isinstance(self.behaviour, str):
            return self.behaviour
        return self.behaviour.pop(0) if len(self.behaviour) > 1 else self.behaviour[0]


class Mailbox:
    """Stores received messages as files."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        store(envelope.original_content or b"", envelope.mail_from or "", envelope.rcpt_tos)
        return ACCEPTED


def _mail(envelope: Envelope) -> Mail:
    content = _parsed(envelope.original_content or b"")
    return Mail("", envelope.mail_from or "", list(envelope.rcpt_tos), dt.datetime.now(dt.UTC), content)


@contextmanager
def _serving(handler: object, host: str, port: int) -> Iterator[int]:
    """Serve in a new thread and yield the port; the system chooses one for 0."""
    loop = asyncio.new_event_loop()
    listening = loop.run_until_complete(_listen(loop, handler, host, port))
    thread = threading.Thread(target=loop.run_forever, name="mail", daemon=True)
    thread.start()
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_hang_up(listening), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _listen(loop: asyncio.AbstractEventLoop, handler: object, host: str, port: int) -> asyncio.Server:
    return await loop.create_server(lambda: SMTP(handler, enable_SMTPUTF8=True, data_size_limit=LARGEST), host, port)


async def _hang_up(listening: asyncio.Server) -> None:
    listening.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def mailbox(port: int) -> AbstractContextManager[int]:
    """Serve the local mailbox inside the block, in a thread; yields its port; the system chooses one for 0."""
    return _serving(Mailbox(), HOST, port)


def main() -> int:
    """Serve the local mailbox until told to stop, on MAIL_PORT."""
    port = int(os.environ.get("MAIL_PORT") or PORT)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        with mailbox(port), suppress(SystemExit):
            print(f"Mail to {HOST}:{port} is kept in {folder()}", flush=True)
            threading.Event().wait()
    except OSError:
        print(f"Port {port} is taken: choose another one with MAIL_PORT=.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
