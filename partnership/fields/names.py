"""What a name is: it has a letter that can be seen, and it is no link. Our emails repeat names, and mail programs make
links of what looks like one.
"""

import re
import unicodedata
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from written.cleaning import cleaned, composed

# More marks than any language puts on one letter.
_HEAP_OF_MARKS = re.compile("M{5}")

# A dot between two words is a web address, but for these: "Nr.Hald", "Sct.Peders", "A.P.Møllers", "2.th".
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SHORTENED = re.compile(r"[^\W\d_]|nr|sct|skt|st|gl|ndr|sdr|chr|dr|kl|vor", re.IGNORECASE)
_FLOOR = re.compile(r"\d{1,2}|st|kl", re.IGNORECASE)
_DOORS = {"th", "tv", "mf", "sal"}
_ENDS = frozenset(
    """com net org info biz xyz top site online app shop store club live link click web blog page dev cloud world group
    team news email mail life space website today win vip icu fun pro art one kim""".split()  # noqa: SIM905
)


def visible_letter(value: object) -> None:
    """Refuse a name without a letter that can be seen, and one under a heap of marks."""
    kinds = "".join(unicodedata.category(one)[0] for one in cleaned(str(value)))
    if "L" not in kinds or _HEAP_OF_MARKS.search(kinds):
        raise ValidationError(_("Write it with letters that can be seen."), code="no_letter")


def no_web_address(value: object) -> None:
    """Refuse a name or a place that a mail program would make a link of."""
    if looks_like_link(str(value)):
        raise ValidationError(
            _("Write it without a web address. If it is not one, put a space after the dot."), code="web_address"
        )


def looks_like_link(text: str) -> bool:
    """Return whether a text holds a web address or an email address, also with dots of other scripts."""
    plain = composed(cleaned(text, lines=True), "NFKC").replace("\N{IDEOGRAPHIC FULL STOP}", ".")
    if "@" in plain or "://" in plain:
        return True
    return any(_is_dotted(before, after) for before, after in pairwise(plain.split(".")))


def _is_dotted(before: str, after: str) -> bool:
    """Return whether a dot between two texts joins two words to what may be a web address."""
    word, letters = re.split(r"[^\w-]", before)[-1], _LETTERS.match(after)
    return bool(word and word[-1].isalnum() and letters) and not _is_shortened(word, letters[0] if letters else "")


def _is_shortened(before: str, after: str) -> bool:
    if _FLOOR.fullmatch(before) and after.lower() in _DOORS:
        return True
    is_word = len(after) > 2 and after[0].isupper() and after.lower() not in _ENDS
    return is_word and bool(_SHORTENED.fullmatch(before))


def unlinked(text: str) -> str:
    """Return a text of which mail programs make no link: what looks like one gets invisible joints."""
    return re.sub(r"([.@:。．｡․﹒＠﹫])", "\\1\N{WORD JOINER}", text) if looks_like_link(text) else text


NAME_RULES = (no_web_address, visible_letter)
