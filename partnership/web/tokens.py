"""What we sign so that nobody else can make it: links in mail, addresses of calendars, cookies.

Each use has a salt of its own, and opens nothing of another. Salts and formats outlive code: a link that lies in
somebody's mailbox must still open.
"""

from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer, TimestampSigner


@dataclass(frozen=True)
class Tokens:
    """The tokens of one use, each of which carries one value: numbers, texts, and lists of them.

    One that `is_timed` carries the moment it was made, too.
    """

    salt: str
    is_timed: bool = True

    def make(self, value: object) -> str:
        """Return the token of a value."""
        return self._signer.sign_object(value)

    def read(self, token: str, *, max_age: int | None = None) -> Any | None:
        """Return the value that a token carries; None for any other text, and one older than `max_age` seconds."""
        how_old = {"max_age": max_age} if self.is_timed else {}
        try:
            return self._signer.unsign_object(token, **how_old)
        except (BadSignature, ValueError):
            return None

    @property
    def _signer(self) -> Signer:
        return TimestampSigner(salt=self.salt) if self.is_timed else Signer(salt=self.salt)


@dataclass(frozen=True)
class TextTokens:
    """The tokens of one use that show their text, which has no dot in it: "7-1790000000.signature"."""

    salt: str

    def make(self, text: str) -> str:
        """Return the token of a text."""
        return Signer(salt=self.salt, sep=".").sign(text)

    def are_ours(self, token: str) -> bool:
        """Say whether we made a token."""
        try:
            Signer(salt=self.salt, sep=".").unsign(token)
        except BadSignature:
            return False
        return True
