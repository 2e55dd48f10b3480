"""Codes of six digits, or more: they can be read aloud, and typed on a telephone's number keys. Those that staff type
in a pile end with a letter that tells a slip of the finger.
"""

import re
import secrets

DIGITS = 6
# Their number is a prime, so that one wrong digit, or two that have changed places, always have another letter. Those
# that look like a digit are left out.
CHECK_LETTERS = "ACDEFHJKLMNPRTUVWXY"


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


def check_letter(digits: str) -> str:
    """Return the letter that stands after digits."""
    return CHECK_LETTERS[int(digits) % len(CHECK_LETTERS)]


def is_right(digits: str, letter: str) -> bool:
    """Return whether a letter is that of the digits before it, in either case."""
    return check_letter(digits) == letter.upper()
