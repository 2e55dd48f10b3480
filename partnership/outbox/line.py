"""One connection to the mail server, for a batch.

Where the server offers PIPELINING (RFC 2920; Postfix and Exim do), sender, recipient and the wish to send travel in one
packet: two waits a message instead of four.
"""

import contextlib
import smtplib

from django.core.mail import EmailMultiAlternatives, get_connection

from partnership.outbox.mime import PLAIN_ADDRESS, as_bytes
from partnership.outbox.retrying import SERVER_CLOSES as CLOSING


class NotOffered(Exception):
    """The line broke, or was closed with a 421, before anything of the message went over it."""


class Line:
    """Opened when the first message needs it, and again after it broke."""

    def __init__(self) -> None:
        self._backend = get_connection(fail_silently=False)
        self._has_sent = False
        self.was_used = False

    def open(self) -> None:
        """See to it that there is a connection. Raises OSError and what smtplib raises."""
        self.was_used = True
        self._backend.open()

    def send(self, letter: EmailMultiAlternatives) -> None:
        """Hand over one message; returning is the server's yes. Raises OSError and what smtplib raises."""
        if not (PLAIN_ADDRESS.fullmatch(letter.from_email) and PLAIN_ADDRESS.fullmatch(letter.to[0])):
            self._backend.send_messages([letter])
            return
        try:
            self._hand_over(letter)
        except NotOffered as broken:
            if not self._has_sent:
                raise (broken.__cause__ or broken) from None
            # Many servers take so and so many messages on one line, and hang up: that says nothing of this message.
            self.hang_up()
            self.open()
            try:
                self._hand_over(letter)
            except NotOffered as again:
                raise (again.__cause__ or again) from None
        self._has_sent = True

    def _hand_over(self, letter: EmailMultiAlternatives) -> None:
        server = getattr(self._backend, "connection", None)
        if isinstance(server, smtplib.SMTP):
            hand_over(server, letter.from_email, letter.to[0], as_bytes(letter))
        else:
            self._backend.send_messages([letter])

    def hang_up(self) -> None:
        self._has_sent = False
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self._backend.close()


def hand_over(server: smtplib.SMTP, sender: str, to: str, content: bytes) -> None:
    """Say one message to a server that has been greeted. Raises NotOffered, or what smtplib raises for a refusal."""
    try:
        server.ehlo_or_helo_if_needed()
        replies = _offer(server, sender, to)
        for code, said in replies:
            if code == CLOSING:
                raise smtplib.SMTPResponseException(code, said)
    except (OSError, smtplib.SMTPException) as error:
        server.close()
        raise NotOffered from error
    mail, rcpt, *data = replies
    is_welcome = mail[0] == 250 and rcpt[0] in (250, 251)
    answer = data[0] if data else (0, b"")
    if answer[0] == 354:
        # A server that would take a message from nobody or for nobody gets an empty one.
        server.send(_dotted(content) if is_welcome else b".\r\n")
        answer = server.getreply()
        if is_welcome and answer[0] == 250:
            return
    if answer[0] == CLOSING:
        server.close()
        raise smtplib.SMTPDataError(*answer)
    server.rset()
    if mail[0] != 250:
        raise smtplib.SMTPSenderRefused(*mail, sender)
    if rcpt[0] not in (250, 251):
        raise smtplib.SMTPRecipientsRefused({to: rcpt})
    raise smtplib.SMTPDataError(*answer)


def _offer(server: smtplib.SMTP, sender: str, to: str) -> list[tuple[int, bytes]]:
    """Return the answers to MAIL, RCPT and (where both were welcome, or all went in one packet) DATA."""
    if server.has_extn("pipelining"):
        server.send(f"MAIL FROM:<{sender}>\r\nRCPT TO:<{to}>\r\nDATA\r\n".encode("ascii"))
        return [server.getreply(), server.getreply(), server.getreply()]
    mail = server.mail(sender)
    rcpt = server.rcpt(to) if mail[0] == 250 else (0, b"")
    return [mail, rcpt, server.docmd("DATA")] if rcpt[0] in (250, 251) else [mail, rcpt]


def _dotted(content: bytes) -> bytes:
    """End a message with the lone dot, and double those that begin a line of it (RFC 5321, 4.5.2)."""
    if content.startswith(b"."):
        content = b"." + content
    content = content.replace(b"\r\n.", b"\r\n..")
    return content + (b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n")
