"""What paper can show: our fonts have no sign for a small picture or for Chinese, and people do write them in names.

typst refuses a whole pile of letters for one such sign, since a PDF/UA file must not hold text that cannot be read.
"""

from functools import lru_cache

from typst import TypstError

from partnership.paper.typesetting import typeset

_ONE_SIGN = b'#set document(title: "sign")\n#set text(font: "Libertinus Serif")\n#sys.inputs.sign'


def printable(value: object) -> object:
    """Return texts, and lists and dicts of them, with "?" for each letter that cannot be printed and no other sign."""
    if isinstance(value, dict):
        return {name: printable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [printable(one) for one in value]
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    shown = "".join(one if can_be_printed(one) else "?" if one.isalpha() else "" for one in text)
    # Nothing at all is refused as a heading.
    return shown if shown == text else shown.strip() or "?"


@lru_cache(maxsize=10_000)
def can_be_printed(sign: str) -> bool:
    """Ask typst itself, with its own fonts, as the letters and posters do. A sign costs some milliseconds, once."""
    if sign == "\n" or (sign.isascii() and sign.isprintable()):
        return True
    try:
        typeset(_ONE_SIGN, {"sign": sign})
    except TypstError:
        return False
    return True
