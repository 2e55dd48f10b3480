"""One connection to the mail server, for a batch."""

import contextlib
import smtplib
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection

from partnership.outbox.channels.smtp.mime import PLAIN_ADDRESS, as_bytes

# The server accepts nothing more on this connection (RFC 5321).
CLOSING = 421


class HungUp(smtplib.SMTPResponseException):
    """The server closed the connection with a 421 before any part of the message was sent."""


class SmtpConnection:
    """Opened when the first message needs it, and again if the server closes it between two messages."""

    def __init__(self) -> None:
        self._backend: Any = get_connection(fail_silently=False)
        self._has_answered = False
        self.was_used = False

    def open(self) -> None:
        """Ensure that there is a connection. Raises OSError and the errors of smtplib."""
        self.was_used = True
        self._backend.open()

    def send(self, email: EmailMultiAlternatives) -> None:
        """Send one email; returning is the server's yes. Raises OSError and the errors of smtplib."""
        self.open()
        sender, to = email.from_email, email.to[0]
        is_smtp = isinstance(getattr(self._backend, "connection", None), smtplib.SMTP)
        if not (is_smtp and PLAIN_ADDRESS.fullmatch(sender) and PLAIN_ADDRESS.fullmatch(to)):
            # Django's backend encodes the addresses.
            self._backend.send_messages([email])
            return
        content = as_bytes(email)  # errors in it are found before the server is told of it
        try:
            _announce(self._backend.connection, sender, to)
        except (smtplib.SMTPServerDisconnected, HungUp):
            if not self._has_answered:
                raise
            # Many servers accept a limited number of messages on a connection, then close it: that says nothing about
            # this message, of which they have nothing yet.
            self.hang_up()
            self.open()
            _announce(self._backend.connection, sender, to)
        _give(self._backend.connection, content)
        self._has_answered = True

    def hang_up(self) -> None:
        """Close the connection."""
        self._has_answered = False
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self._backend.close()


def _announce(server: smtplib.SMTP, sender: str, to: str) -> None:
    """Send the envelope. Raises the errors of smtplib, and HungUp."""
    server.ehlo_or_helo_if_needed()
    refusal: smtplib.SMTPException
    code, said = server.mail(sender)
    refusal = smtplib.SMTPSenderRefused(code, said, sender)
    if code == 250:
        code, said = server.rcpt(to)
        refusal = smtplib.SMTPRecipientsRefused({to: (code, said)})
        if code in (250, 251):
            return
    _abandon(server, code)
    raise HungUp(code, said) if code == CLOSING else refusal


def _give(server: smtplib.SMTP, content: bytes) -> None:
    """Send the content; returning is the server's yes. Raises the errors of smtplib."""
    try:
        code, said = server.data(content)
        if code != 250:
            raise smtplib.SMTPDataError(code, said)
    except smtplib.SMTPDataError as error:
        _abandon(server, error.smtp_code)
        raise


def _abandon(server: smtplib.SMTP, code: int) -> None:
    """Make the connection ready for the next message, or close it if that is what the server is about to do."""
    if code == CLOSING:
        server.close()
    else:
        with contextlib.suppress(smtplib.SMTPServerDisconnected):
            server.rset()
