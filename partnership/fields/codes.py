"""Codes of six digits: they can be read aloud, and typed on a telephone's number keys."""

import re
import secrets

DIGITS = 6


def new_code() -> str:
    """Return a code that nobody can guess."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def spaced(code: str) -> str:
    """Return a code as it is easiest to read: "123 456"."""
    return f"{code[: DIGITS // 2]} {code[DIGITS // 2 :]}"


def typed_code(text: str) -> str:
    """Return the code that somebody has typed, however they spaced it; empty if it is not a code."""
    digits = re.sub(r"\D", "", text)
    return digits if len(digits) == DIGITS else ""
