"""One spelling of every text: what cannot be seen does not matter.

- Letters with marks are one character each (NFC). More than thirty marks on one letter are no writing; the rest is left
  out, also because normalising takes the square of their number.
- What has no width of its own is left out: format characters, tags, variation selectors, Hangul fillers. A joiner stays
  between two emoji, which it makes one sign.
- Every blank is an ordinary one, and so is every dash in a line. In a text of several lines a dash between words is
  typography and stays; only a hyphen that looks like an ordinary one becomes one.
- Digits and Latin letters of full width, and the digits of other scripts, are ordinary ones.
"""

import re
import unicodedata

MOST_MARKS = 30  # as in Unicode's Stream-Safe Text Format
MOST_REMEMBERED = 10_000  # more than the characters of all alphabets; fewer than everything that can be sent

_EMOJI = "\u00a9\u00ae\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff"
_JOINER = re.compile(f"(?<=[{_EMOJI}])\ufe0f?\u200d(?=[{_EMOJI}])")
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
_LOOK_LIKE_A_HYPHEN = "\u2010\u2011\ufe63"
_OTHER_DASHES = "\u2212\u2043\u02d7"
_BLANKS = re.compile("[ \t]+")


class _Signs(dict):
    """A table for `str.translate`, which remembers the characters that it was asked for."""

    def __init__(self, *, lines: bool) -> None:
        super().__init__()
        self.lines = lines

    def __missing__(self, point: int) -> str:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[point] = sign = self._plain(chr(point))
        return sign

    def _plain(self, sign: str) -> str:
        category = unicodedata.category(sign)
        if category == "Cf" or _INVISIBLE.match(sign):
            return ""
        if "\uff01" <= sign <= "\uff5e":
            return self._plain(chr(ord(sign) - 0xFEE0))
        if category == "Nd":
            return str(unicodedata.decimal(sign))
        if category == "Zs" or sign == "\u2800":
            return " "
        if category in ("Zl", "Zp"):
            return "\n" if self.lines else " "
        return "-" if sign in _LOOK_LIKE_A_HYPHEN or (not self.lines and is_dash(sign)) else sign


def is_dash(sign: str) -> bool:
    """Return whether a character is a dash of any length, or looks like one."""
    return unicodedata.category(sign) == "Pd" or sign in _OTHER_DASHES


_IN_A_LINE, _IN_LINES = _Signs(lines=False), _Signs(lines=True)


def cleaned(text: str, *, lines: bool = False) -> str:
    """Return the one spelling of a text. A single line also loses blanks at its ends, and of several in a row
    keeps one; control characters stay, for a field to refuse.
    """
    if not text.isascii():
        text = composed(_visible(text, _IN_LINES if lines else _IN_A_LINE))
    return text if lines else _BLANKS.sub(" ", text).strip(" ")


def composed(text: str, form: str = "NFC") -> str:
    """Return the text normalised, in a time that grows with its length."""
    return text if text.isascii() else unicodedata.normalize(form, _with_fewer_marks(text))  # type: ignore[arg-type]


def _visible(text: str, signs: _Signs) -> str:
    return "\u200d".join(part.translate(signs) for part in _JOINER.split(text))


def _with_fewer_marks(text: str) -> str:
    if not any(map(unicodedata.combining, set(text))):
        return text
    kept, marks = [], 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
