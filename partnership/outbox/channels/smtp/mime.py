"""Converts an email to bytes. The usual kind, text and HTML, is put together here, since with Python's generator a
reminder takes 1.5 times as much processor time (benchmarks/rent.py); an email with an attachment uses the generator.
"""

import binascii
import hashlib
import re
from email.charset import BASE64, Charset
from email.header import Header
from email.utils import formatdate
from functools import lru_cache
from typing import Any

from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.core.mail.message import sanitize_address

_CHARSET = "utf-8"
# Choosing the shorter of two encodings, Python takes longer for a subject than for all the rest.
_BASE64 = Charset(_CHARSET)
_BASE64.header_encoding = BASE64
PLAIN_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", re.ASCII)


def as_bytes(email: EmailMultiAlternatives) -> bytes:
    """Return the email as it is sent, with CRLF. Raises BadHeaderError for a header of two lines."""
    alternatives = email.alternatives
    if email.attachments or len(alternatives) != 1 or alternatives[0][1] != "text/html" or email.cc or email.bcc:
        return _in_python_s_way(email)
    message_id = email.extra_headers.get("Message-ID", "")
    # No line of quoted-printable text begins like this: "=" comes only before two hexadecimal digits or at the end.
    boundary = f"=_{hashlib.sha256(message_id.encode()).hexdigest()[:32]}"
    headers = {
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{boundary}"',
        "Subject": _words(email.subject),
        "From": _address(email.extra_headers.get("From", email.from_email)),
        "To": ", ".join(_address(one) for one in email.to),
        "Date": formatdate(),
    }
    if email.reply_to:
        headers["Reply-To"] = ", ".join(_address(one) for one in email.reply_to)
    headers |= {name: _words(value) for name, value in email.extra_headers.items() if name not in headers}
    head = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in headers.items())
    parts = b"".join(
        f'--{boundary}\r\nContent-Type: {kind}; charset="{_CHARSET}"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
        + _quoted(str(content))
        + b"\r\n"
        for kind, content in (("text/plain", email.body), ("text/html", alternatives[0][0]))
    )
    return head.encode("ascii") + b"\r\n" + parts + f"--{boundary}--\r\n".encode()


def _in_python_s_way(email: EmailMultiAlternatives) -> bytes:
    message: Any = email.message()  # Django's own, whose as_bytes() takes a line ending
    if not email.subject.isascii():
        # Django's policy begins a long header on the second line, and it is then read with a leading blank.
        message.replace_header("Subject", _header(str(email.subject)))
    return message.as_bytes(linesep="\r\n")


def _one_line(value: str) -> str:
    # A folded header continues with a blank; any other line break would begin a new header.
    if "\r" in value or "\n" in value.replace("\n ", " "):
        raise BadHeaderError(f"A header must not have two lines: {value[:60]!r}")
    return value.replace("\n", "\r\n")


def _words(value: object) -> str:
    value = str(value)
    if "\r" in value or "\n" in value:
        raise BadHeaderError(f"A header must not have two lines: {value[:60]!r}")
    return value if value.isascii() else _encoded_words(value)


@lru_cache(maxsize=256)  # a notice has the same subject for everybody
def _encoded_words(value: str) -> str:
    return _header(value).encode()


def _header(value: str) -> Header:
    """Return a header's value, folded to fit after the longest of our headers' names."""
    return Header(value, _BASE64, maxlinelen=75, header_name="Subject")


def _address(address: str) -> str:
    return address if PLAIN_ADDRESS.fullmatch(address) else _encoded_address(address)


@lru_cache(maxsize=64)
def _encoded_address(address: str) -> str:
    if "\r" in address or "\n" in address:
        raise BadHeaderError("An address must not have two lines.")
    return sanitize_address(address, _CHARSET)


def _quoted(text: str) -> bytes:
    """Return `text` as quoted-printable: seven bits and short lines, so that no server rewrites it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return binascii.b2a_qp(lines.encode(_CHARSET, "surrogateescape"), istext=True)
