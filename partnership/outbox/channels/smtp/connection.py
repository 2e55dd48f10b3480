"""One connection to the mail server, for a batch.

If the server offers PIPELINING (RFC 2920; Postfix and Exim do), the content of one message and the envelope of the next
are sent in one packet: one round trip for each message instead of four. The server has a message only when it has its
content, and no content is sent before the server has answered the one before it.
"""

import contextlib
import smtplib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection

from partnership.outbox.channels.smtp.mime import PLAIN_ADDRESS, as_bytes

Reply = tuple[int, bytes]
# The server accepts nothing more on this connection (RFC 5321).
CLOSING = 421


class NotOffered(Exception):
    """The connection broke, or was closed with a 421, before any part of the message was sent."""


@dataclass(frozen=True, eq=False)
class Outgoing:
    """An email and its envelope."""

    email: EmailMultiAlternatives

    @property
    def sender(self) -> str:
        return self.email.from_email

    @property
    def to(self) -> str:
        return self.email.to[0]

    @cached_property
    def content(self) -> bytes:
        """The email as it is sent: ended by a line with a dot, dots at the beginning of lines doubled (RFC 5321)."""
        content = as_bytes(self.email)
        if content.startswith(b"."):
            content = b"." + content
        content = content.replace(b"\r\n.", b"\r\n..")
        return content + (b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n")

    @cached_property
    def is_plain(self) -> bool:
        """Return whether the envelope needs no encoding; Django's backend handles the others."""
        return bool(PLAIN_ADDRESS.fullmatch(self.sender) and PLAIN_ADDRESS.fullmatch(self.to))

    def write_out(self) -> None:
        """Make the content now. Errors in it are raised when `content` is read."""
        with contextlib.suppress(Exception):
            _ = self.content


class Line:
    """A connection that is opened for the first message, and again after it broke."""

    def __init__(self) -> None:
        self._backend: Any = get_connection(fail_silently=False)
        self._has_answered = False
        self._offered: Outgoing | None = None
        self.was_used = False

    def open(self) -> None:
        """Open the connection if it is not open. Raises OSError and smtplib's errors."""
        self.was_used = True
        self._backend.open()

    def send(self, mail: Outgoing, then: Outgoing | None = None) -> None:
        """Send one email; it is accepted if this returns. Raises OSError and smtplib's errors.

        `then` is the email that is likely to follow: its envelope may be sent along, but it need not be sent.
        """
        if self._offered is not mail:
            self._drop_offer()
        self.open()
        server = self._server()
        if server is None or not mail.is_plain:
            self._backend.send_messages([mail.email])
            return
        _ = mail.content  # errors in the content are found before the server hears of the message
        try:
            self._hand_over(server, mail, then)
        except NotOffered as broken:
            if not self._has_answered:
                raise (broken.__cause__ or broken) from None
            # Many servers close a connection after a number of messages, which says nothing about this message.
            self.hang_up()
            self.open()
            try:
                self._hand_over(self._backend.connection, mail, then)
            except NotOffered as again:
                raise (again.__cause__ or again) from None

    def hang_up(self) -> None:
        """Close the connection. An email of which only the envelope was sent has not been delivered."""
        self._has_answered = False
        self._drop_offer()
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self._backend.close()

    def _server(self) -> smtplib.SMTP | None:
        server = getattr(self._backend, "connection", None)
        return server if isinstance(server, smtplib.SMTP) else None

    def _drop_offer(self) -> None:
        """Drop the connection if the server waits for content that will not come: it would read QUIT as content."""
        server = self._server()
        if self._offered and server:
            server.close()
            self._backend.connection = None
        self._offered = None

    def _hand_over(self, server: smtplib.SMTP, mail: Outgoing, then: Outgoing | None) -> None:
        mail_from, rcpt_to, *data = self._answers_to_envelope(server, mail)
        is_welcome = mail_from[0] == 250 and rcpt_to[0] in (250, 251)
        answer = data[0] if data else (0, b"")
        if answer[0] == 354:
            answer = self._give(server, mail, then) if is_welcome else _give_nothing(server)
            if is_welcome and answer[0] == 250:
                return
        if answer[0] == CLOSING:
            self._offered = None
            server.close()
            raise smtplib.SMTPDataError(*answer)
        if not self._offered:
            server.rset()
        if mail_from[0] != 250:
            raise smtplib.SMTPSenderRefused(*mail_from, mail.sender)
        if rcpt_to[0] not in (250, 251):
            raise smtplib.SMTPRecipientsRefused({mail.to: rcpt_to})
        raise smtplib.SMTPDataError(*answer)

    def _answers_to_envelope(self, server: smtplib.SMTP, mail: Outgoing) -> list[Reply]:
        """Return the answers to MAIL, RCPT and (if both were accepted, or all were sent in one packet) DATA."""
        try:
            server.ehlo_or_helo_if_needed()
            replies = self._offer(server, mail)
            for code, said in replies:
                if code == CLOSING:
                    raise smtplib.SMTPResponseException(code, said)
        except (OSError, smtplib.SMTPException) as error:
            self._offered = None
            server.close()
            raise NotOffered from error
        return replies

    def _offer(self, server: smtplib.SMTP, mail: Outgoing) -> list[Reply]:
        if server.has_extn("pipelining"):
            if self._offered is None:
                server.send(_envelope(mail))
            self._offered = None
            return [server.getreply(), server.getreply(), server.getreply()]
        mail_from = server.mail(mail.sender)
        rcpt_to = server.rcpt(mail.to) if mail_from[0] == 250 else (0, b"")
        return [mail_from, rcpt_to, server.docmd("DATA")] if rcpt_to[0] in (250, 251) else [mail_from, rcpt_to]

    def _give(self, server: smtplib.SMTP, mail: Outgoing, then: Outgoing | None) -> Reply:
        """Send the content together with the envelope of the next email; return the answer to the content."""
        if then is not None and then.is_plain and server.has_extn("pipelining"):
            self._offered = then
            server.send(mail.content + _envelope(then))
        else:
            server.send(mail.content)
        if then is not None and then.is_plain:
            then.write_out()  # while the server thinks
        answer = server.getreply()
        self._has_answered = True
        return answer


def _envelope(mail: Outgoing) -> bytes:
    return f"MAIL FROM:<{mail.sender}>\r\nRCPT TO:<{mail.to}>\r\nDATA\r\n".encode("ascii")


def _give_nothing(server: smtplib.SMTP) -> Reply:
    """End a message whose sender or recipient was refused: if the server accepted DATA all the same, send empty
    content.
    """
    server.send(b".\r\n")
    return server.getreply()
