"""Keeps tokens of links out of our logs: who reads a log must not be able to open them."""

import logging
import re

# A part of a path with a colon and a signature behind it, or with a person's number, a time and a signature, however it
# was damaged on its way.
TOKEN = re.compile(
    r"(?<=[/\s\"'=])(?:[^/\s\"'?:]+?(?::|%(?:25)*3A)|[^/\s\"'?]*?\d-\d[^/\s\"'?]*?\.)[^/\s\"'?]{16,}", re.IGNORECASE
)
MASK = "[masked]"


def masked(text: str) -> str:
    """Return the text with a mask in the place of each token."""
    return TOKEN.sub(MASK, text)


class MaskingFormatter(logging.Formatter):
    """Masks whole lines: messages, what was added to them, and tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
