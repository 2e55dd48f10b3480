"""One connection to the mail server, for a batch.

Where the server offers PIPELINING (RFC 2920; Postfix and Exim do), the content of one message and the envelope of the
next travel in one packet: one wait a message instead of four. A message is in the server's hands only when its content
is, and no content goes out before the server has answered the one before it.
"""

import contextlib
import smtplib
from dataclasses import dataclass
from functools import cached_property

from django.core.mail import EmailMultiAlternatives, get_connection

from partnership.outbox.channels.smtp.mime import PLAIN_ADDRESS, as_bytes

Reply = tuple[int, bytes]
# The server takes nothing more on this connection (RFC 5321).
CLOSING = 421


class NotOffered(Exception):
    """The line broke, or was closed with a 421, before anything of the message went over it."""


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
        """The mail as it goes over the line: ended with the lone dot, lines that begin with one doubled (RFC 5321)."""
        content = as_bytes(self.email)
        if content.startswith(b"."):
            content = b"." + content
        content = content.replace(b"\r\n.", b"\r\n..")
        return content + (b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n")

    @cached_property
    def is_plain(self) -> bool:
        """Say whether the envelope can be written as it stands; Django's backend encodes the others."""
        return bool(PLAIN_ADDRESS.fullmatch(self.sender) and PLAIN_ADDRESS.fullmatch(self.to))

    def write_out(self) -> None:
        """Make the content now. What is wrong with it is raised when it is asked for."""
        with contextlib.suppress(Exception):
            _ = self.content


class Line:
    """Opened when the first message needs it, and again after it broke."""

    def __init__(self) -> None:
        self._backend = get_connection(fail_silently=False)
        self._has_answered = False
        self._offered: Outgoing | None = None
        self.was_used = False

    def open(self) -> None:
        """See to it that there is a connection. Raises OSError and what smtplib raises."""
        self.was_used = True
        self._backend.open()

    def send(self, mail: Outgoing, then: Outgoing | None = None) -> None:
        """Hand over one mail; returning is the server's yes. Raises OSError and what smtplib raises.

        `then` is the mail that is likely to follow, whose envelope may go along; it need not follow.
        """
        if self._offered is not mail:
            self._drop_offer()
        self.open()
        server = self._server()
        if server is None or not mail.is_plain:
            self._backend.send_messages([mail.email])
            return
        _ = mail.content  # what cannot be written is found out before the server is told of it
        try:
            self._hand_over(server, mail, then)
        except NotOffered as broken:
            if not self._has_answered:
                raise (broken.__cause__ or broken) from None
            # Many servers take so and so many messages on one line, and hang up: that says nothing of this message.
            self.hang_up()
            self.open()
            try:
                self._hand_over(self._backend.connection, mail, then)
            except NotOffered as again:
                raise (again.__cause__ or again) from None

    def hang_up(self) -> None:
        """Close the connection. A mail whose envelope only was sent has not been given to anybody."""
        self._has_answered = False
        self._drop_offer()
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self._backend.close()

    def _server(self) -> smtplib.SMTP | None:
        server = getattr(self._backend, "connection", None)
        return server if isinstance(server, smtplib.SMTP) else None

    def _drop_offer(self) -> None:
        """Break the line where the server waits for a content that will not come: it would take QUIT for it."""
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
        """Return the answers to MAIL, RCPT and (where both were welcome, or all went in one packet) DATA."""
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
        """Send the content, and with it the envelope of the next; return the answer to the content."""
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
    """End an unwelcome message: a server that would take one from nobody or for nobody gets an empty one."""
    server.send(b".\r\n")
    return server.getreply()
