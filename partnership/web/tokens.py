"""Signed tokens, which nobody else can make: in links in emails, addresses of calendars and cookies. Each use has its
own salt, so a token of one use does not work for another. Never change a salt or a format: links in old emails must
still open.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.core.signing import BadSignature, Signer, TimestampSigner, b62_decode
from django.http import Http404


class LinkEnded(Http404):
    """A link of ours that no longer opens anything: it is too old, or what it was for is gone. Its page does not say
    which of them, but what to do.
    """


# A cookie is at most as long, and no link is. What is longer is no token, and need not be read.
LONGEST = 4096
_WITHOUT_ENDS = re.compile(r"[\w-](?:.*[\w-])?", re.DOTALL)


def repaired(token: str) -> str:
    """Return a token without what mail programs add: what is not of a token at its ends, line breaks and blanks in it,
    and a second coding of its signs. Empty for what is too long to be one.
    """
    if len(token) > LONGEST:
        return ""
    found = _WITHOUT_ENDS.search(re.sub(r"=?\s+", "", unquote(token)))
    return found[0] if found else ""


@dataclass(frozen=True)
class Tokens:
    """The tokens of one use. Each carries one value: a number, a text, or a list of them.

    With `is_timed` it also carries the time when it was made.
    """

    salt: str
    is_timed: bool = True

    def make(self, value: object) -> str:
        """Return the token of a value."""
        return self._signer.sign_object(value)

    def read(self, token: str, *, max_age: int | None = None) -> Any | None:
        """Return the value that a token carries; None for any other text or a token older than `max_age` seconds."""
        signer, token = self._signer, repaired(token)
        try:
            if isinstance(signer, TimestampSigner):
                return signer.unsign_object(token, max_age=max_age)
            return signer.unsign_object(token)
        except (BadSignature, ValueError):
            return None

    def made_at(self, token: str) -> dt.datetime:
        """Return when a token that `read` has accepted was made."""
        return dt.datetime.fromtimestamp(b62_decode(repaired(token).rsplit(":", 2)[-2]), dt.UTC)

    @property
    def _signer(self) -> Signer:
        return TimestampSigner(salt=self.salt) if self.is_timed else Signer(salt=self.salt)


@dataclass(frozen=True)
class TextTokens:
    """The tokens of one use that contain their text readably; it must have no dot: "7-1790000000.signature"."""

    salt: str

    def make(self, text: str) -> str:
        """Return the token of a text."""
        return Signer(salt=self.salt, sep=".").sign(text)

    def are_ours(self, token: str) -> bool:
        """Return whether we made a token."""
        try:
            Signer(salt=self.salt, sep=".").unsign(token)
        except BadSignature:
            return False
        return True
