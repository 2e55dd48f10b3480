"""Signed tokens, which nobody else can make: in links in emails, addresses of calendars and cookies. Each use has its
own salt, so a token of one use does not work for another. Never change a salt or a format: links in old emails must
still open.
"""

from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer, TimestampSigner


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
        signer = self._signer
        try:
            if isinstance(signer, TimestampSigner):
                return signer.unsign_object(token, max_age=max_age)
            return signer.unsign_object(token)
        except (BadSignature, ValueError):
            return None

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
