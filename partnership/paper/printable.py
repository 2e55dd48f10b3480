"""Which characters can be printed: our fonts have none for emoji or Chinese, and people do write them in names. One
such character makes typst refuse a whole batch of letters, since a PDF/UA file must not contain unreadable text.
"""

import unicodedata
from functools import lru_cache

from typst import TypstError

from partnership.paper.typesetting import FAMILIES, typeset
from written.cleaning import composed

_ONE_SIGN = f'#set document(title: "sign")\n#set text(font: {FAMILIES})\n#sys.inputs.sign'.encode()


def printable(value: object) -> object:
    """Return texts, and lists and dicts of them, with "?" for unprintable letters, without other such signs."""
    if isinstance(value, dict):
        return {name: printable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [printable(one) for one in value]
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    # A byte order mark is printed alone but not in a heading; no sign without width is wanted.
    visible = [one for one in composed(text) if unicodedata.category(one) != "Cf"]
    shown = "".join(one if can_be_printed(one) else "?" if one.isalpha() else "" for one in visible)
    # An empty heading is refused.
    return shown if shown == text else shown.strip() or "?"


@lru_cache(maxsize=10_000)
def can_be_printed(sign: str) -> bool:
    """Ask typst itself, with the fonts that letters and posters use. A character costs some milliseconds, once."""
    if sign == "\n" or (sign.isascii() and sign.isprintable()):
        return True
    try:
        typeset(_ONE_SIGN, {"sign": sign})
    except TypstError:
        return False
    return True
