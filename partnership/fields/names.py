"""What a name is: it has a letter that can be seen, and it is no link and no number to call. Our emails repeat names,
and mail programs make links of what looks like one.
"""

import re
import unicodedata
from functools import cache
from importlib import resources
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from written.cleaning import cleaned, composed

# More marks than any language puts on one letter.
_HEAP_OF_MARKS = re.compile("M{5}")

# A dot between two words is a web address, except for these: "Nr.Hald", "Sct.Peders", "A.P.Møllers", "2.th".
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SHORTENED = re.compile(r"[^\W\d_]|nr|sct|skt|st|gl|ndr|sdr|chr|dr|kl|vor", re.IGNORECASE)
_FLOOR = re.compile(r"\d{1,2}|st|kl", re.IGNORECASE)
_DOORS = {"th", "tv", "mf", "sal"}
# What looks like the three signs of a web address, beside what NFKC makes of them.
_ALIKE = {
    ".": "\u3002\uff61\ua4f8\u06d4\u0701\u0702",
    ":": "\u2236\ua789\u02d0\u02f8\u0589\u05c3",
    "/": "\u2215\u2044\u29f8\u2571\u27cb",
}
_AS_ONE = str.maketrans({sign: plain for plain, signs in _ALIKE.items() for sign in signs})
_NUMBERS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)")
# "tel:+45 12", "http:evil"; but not "S:t Olof", "HSB:s" and "Kl:19". No scheme is longer; without a bound, a text of
# many dots would be searched from each of them to its end.
_SCHEME = re.compile(r"(?<!\w)(?:mailto:\S|[^\W\d_][\w+.-]{1,20}:(?!\w{1,3}(?!\w))\S)", re.IGNORECASE)
# "evil[.]com", which people are asked to put together themselves.
_BRACKETED = re.compile(r"[\[({<]\s*(?:\.|dot|punktum|punkt)\s*[\])}>]", re.IGNORECASE)
# "evil .dk" and "evil dot dk", which mail programs leave alone and people understand.
_APART = re.compile(r"\w{3}\s+(?:\.\s*|(?:dot|punktum|punkt|prick)\s+)([^\W\d_]{2,})", re.IGNORECASE)
_AT_THE_END = re.compile(r"(?<!\w)([^\W\d_]{3,})\.\s+([^\W\d_A-Z]{2,})\s*(?:$|/)")
_LONG_NUMBER = re.compile(r"\d{5}")
# "100-102" and "1998-2010" are houses and years; "20 30 40 50", "2030/4050" and "20,30,40,50" are numbers to call.
_RANGE = re.compile(r"(?<![\d.-])([1-9]\d{0,3}) ?- ?(\d{1,4})(?![\d.-])")
_WIDEST_RANGE = 200
_GROUPS = re.compile(r"\d(?:(?:[^\w,;]{1,3}|[,;_])?\d)*")
_ABROAD = re.compile(r"(?<!\w)(?:\+|00)\s*\(?\d[\d\s().-]{4}")
_JOINTS = re.compile(f"([.@:\uff0e\u2024\ufe52\uff20\ufe6b\uff1a\ufe55\ufe13{_ALIKE['.']}{_ALIKE[':']}])")


def visible_letter(value: object) -> None:
    """Refuse a name without a letter that can be seen, and one under a heap of marks."""
    kinds = "".join(unicodedata.category(one)[0] for one in cleaned(str(value)))
    if "L" not in kinds or _HEAP_OF_MARKS.search(kinds):
        raise ValidationError(_("Enter it in ordinary letters. Some of these signs are invisible."), code="no_letter")


def no_formula(value: object) -> None:
    """Refuse a name that a spreadsheet would work out."""
    if cleaned(str(value)).startswith(("=", "+", "-", "@")):
        raise ValidationError(_("Begin with a letter or a number."), code="formula")


def no_web_address(value: object) -> None:
    """Refuse a name or a place that a mail program would make a link of."""
    if looks_like_link(str(value)):
        raise ValidationError(
            _("Enter it without a web address. If it is not one, put a space after the dot or colon."),
            code="web_address",
        )


def no_long_number(value: object) -> None:
    """Refuse a name with five digits in a row, or seven in groups, such as a telephone number to call."""
    text = composed(cleaned(str(value)), "NFKC")
    if _LONG_NUMBER.search(text) or _ABROAD.search(text) or _most_digits(text) > 6:
        raise ValidationError(_("Enter the name only, without a number."), code="number")


def no_number_to_call(value: object) -> None:
    """Refuse a place with a telephone number; a house's number may stand before a postcode, which has five digits in
    Sweden.
    """
    text = composed(cleaned(str(value)), "NFKC")
    if _ABROAD.search(text) or _most_digits(text) > 7:
        raise ValidationError(
            _("Enter it without a telephone number. If it is a postcode, put a comma before it."), code="number"
        )


def _most_digits(text: str) -> int:
    """Return how many digits the longest number has, whatever stands between its groups."""
    text = _RANGE.sub(lambda pair: pair[1] if 0 < int(pair[2]) - int(pair[1]) <= _WIDEST_RANGE else pair[0], text)
    return max((sum(map(str.isdecimal, number)) for number in _GROUPS.findall(text)), default=0)


def inert(text: str) -> str:
    """Return a text as a cell of a table, with a mark before it if a spreadsheet would work it out."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def looks_like_link(text: str) -> bool:
    """Return whether a text holds a web address or a mailbox, also with dots of other scripts."""
    plain = composed(cleaned(text, lines=True), "NFKC").translate(_AS_ONE)
    plain = _without_marks(plain)
    if "@" in plain or "://" in plain or any(one.search(plain) for one in (_NUMBERS, _SCHEME, _BRACKETED)):
        return True
    if any(_is_dotted(before, after) for before, after in pairwise(plain.split("."))):
        return True
    last = _AT_THE_END.search(plain)
    is_at_the_end = last is not None and last[2] in _ends() and not _SHORTENED.fullmatch(last[1])
    return is_at_the_end or any(after.lower() in _ends() for after in _APART.findall(plain))


def _is_dotted(before: str, after: str) -> bool:
    """Return whether a dot between two texts joins two words to what may be a web address."""
    word, letters = re.split(r"[^\w-]", before)[-1], _LETTERS.match(after)
    if not word or not word[-1].isalnum() or not letters:
        return False
    return after[letters.end() :].startswith(("/", ":")) or not _is_shortened(word, letters[0])


def _is_shortened(before: str, after: str) -> bool:
    if _FLOOR.fullmatch(before) and after.lower() in _DOORS:
        return True
    is_word = len(after) > 2 and after[0].isupper() and after.lower() not in _ends()
    return is_word and bool(_SHORTENED.fullmatch(before))


@cache
def _ends() -> frozenset[str]:
    """Return every end of a web address, such as "bar", from the list that comes with the library for passkeys."""
    lines = resources.files("fido2").joinpath("public_suffix_list.dat").read_text("utf-8").split("\n")
    return frozenset(end for line in lines if (end := _without_marks(line)).isalpha())


def _without_marks(text: str) -> str:
    """Return a text without the vowels that are marks in some scripts, which would part the letters of a word."""
    return "".join(sign for sign in text if not unicodedata.category(sign).startswith("M"))


def unlinked(text: str) -> str:
    """Return a text of which mail programs make no link: what looks like one gets invisible joints."""
    return _JOINTS.sub("\\1\N{WORD JOINER}", text) if looks_like_link(text) else text


# A place may be told with its postcode, which has five digits in Sweden.
PLACE_RULES = (no_web_address, no_formula, visible_letter, no_number_to_call)
NAME_RULES = (no_web_address, no_formula, visible_letter, no_long_number)
