"""Keeps tokens of links out of our logs: who reads a log must not be able to open them."""

import logging
import re

# A part of a path with a colon and a signature behind it, or with a person's number, a time and a signature, however it
# was damaged on its way.
TOKEN = re.compile(
    r"(?<=[/\s\"'=])(?:[^/\s\"'?:]+?(?::|%(?:25)*3A)|[^/\s\"'?]*?\d-\d[^/\s\"'?]*?\.)[^/\s\"'?]{16,}", re.IGNORECASE
)
MASK = "[masked]"
# What stands before the token of a link, after the language if there is one; a test compares it with the routes.
LINKS = "calendar|stop|neighbours/confirm|talks/(?:association|cancel|change|choose|deputy|feedback|verify|wish/verify)"
# To the end of the line: Django logs a path decoded, and blanks or slashes may stand in a damaged token.
_AFTER_LINK = re.compile(rf"((?:/[a-z]{{2}}|://[^/\s]+|(?<![\w.-]))/(?:{LINKS})/).+", re.IGNORECASE)
_LINK = re.compile(rf"(?:/[a-z]{{2}})?/(?:{LINKS})/", re.IGNORECASE)


def masked(text: str) -> str:
    """Return the text with a mask in the place of each token."""
    return TOKEN.sub(MASK, _AFTER_LINK.sub(rf"\1{MASK}", text))


def is_of_link(path: str) -> bool:
    """Return whether a path, with or without a route, begins as those of links with a token do."""
    return bool(_LINK.match(path))


def is_token(text: str) -> bool:
    """Return whether a text may be a token, as far as its shape says."""
    return bool(TOKEN.search(f"/{text}"))


class MaskingFormatter(logging.Formatter):
    """Masks whole lines: messages, what was added to them, and tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
