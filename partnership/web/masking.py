"""Keeps tokens of links out of our logs: who reads a log must not be able to open them. And what a row holds that the
database refused: names and addresses.
"""

import logging
import re
from functools import cache

from partnership.registers import Register

# The parts of a line or an address in which a token may stand, and the beginning of each after "=".
_PART = re.compile(r"(?<=[/\s\"'=])[^/\s\"'?]+")
_COLON = re.compile(r":|%(?:25)*3A", re.IGNORECASE)
_NUMBER_AND_TIME = re.compile(r"\d-\d")
# PostgreSQL's words about a refused row, whose texts may have lines: to the next error of a traceback, or to the end.
_OF_A_ROW = re.compile(r"\b(DETAIL|CONTEXT): .*?(?=\n\n(?:The above exception was|During handling of)|\Z)", re.DOTALL)
SHORTEST_SIGNATURE = 16
MASK = "[masked]"
# What stands before the token of a room's links, without the language. Not read from the routes: a line must be masked
# also while they cannot be loaded.
links: Register[str] = Register("links with a token")


def masked(text: str) -> str:
    """Return the text with a mask in the place of each token, and of what PostgreSQL shows of a row."""
    text = _OF_A_ROW.sub(rf"\1: {MASK}", text)
    return _PART.sub(_mask, _after_link(tuple(links)).sub(rf"\1{MASK}", text))


@cache
def _after_link(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    """Match to the end of the line: Django logs a path decoded, and a damaged token may have blanks and slashes."""
    links = "|".join(map(re.escape, beginnings)) or "(?!)"
    return re.compile(rf"((?:/[a-z]{{2}}|://[^/\s]+|(?<![\w.-]))/(?:{links})/).+", re.IGNORECASE)


def _mask(part: re.Match[str]) -> str:
    return MASK if _looks_like_token(part[0]) else part[0]


def _looks_like_token(part: str) -> bool:
    """Return whether a part has a colon and a signature behind it, or a person's number, a time and a signature behind
    a dot, however it was damaged on its way. Everybody can send parts of any length: each is read once.
    """
    colon = _COLON.search(part, 1)
    if colon and len(part) - colon.end() >= SHORTEST_SIGNATURE:
        return True
    numbers = _NUMBER_AND_TIME.search(part)
    dot = part.find(".", numbers.end()) if numbers else -1
    return dot >= 0 and len(part) - dot > SHORTEST_SIGNATURE


def is_token(text: str) -> bool:
    """Return whether a text may be a token, as far as its shape says."""
    return any(_looks_like_token(part) for part in _PART.findall(f"/{text}"))


class ClientErrors(logging.Filter):
    """Makes one warning of what a client did wrong, whatever it was: strangers could bury errors of ours in tracebacks
    of theirs, and fill the disk.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", 500)
        if record.name.startswith("django.security.") or (record.name == "django.request" and status < 500):
            record.exc_info = record.exc_text = record.stack_info = None
            if record.levelno > logging.WARNING:
                record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        return True


class MaskingFormatter(logging.Formatter):
    """Masks whole entries: messages, what was added to them, and tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
