"""Codes of six digits, or more: they can be read aloud, and typed on a telephone's number keys."""

import re
import secrets

DIGITS = 6


def new_code(*, digits: int = DIGITS) -> str:
    """Return a code that nobody can guess."""
    return f"{secrets.randbelow(10**digits):0{digits}d}"


def spaced(code: str) -> str:
    """Return a code as it is easiest to read: "123 456"."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def typed_code(text: str, *, digits: int = DIGITS) -> str:
    """Return the code that somebody has typed, however they spaced it; empty if it is not a code."""
    typed = re.sub(r"\D", "", text)
    return typed if len(typed) == digits else ""
