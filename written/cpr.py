"""Finds what looks like a Danish CPR number or a Swedish personnummer in a text.

In doubt a text is refused: we never need the number, and a stored one is hard to remove. Modulus 11 is not used, since
CPR numbers without it have been issued since 2007. A Swedish number always has a valid check digit, which is checked
only for ten digits in a row, or digits that could be a time: one in nine of these looks like a date of birth by chance.

Known limits: outside Danish texts ten unbroken digits from 070, 072, 073, 076 or 079 are taken for a Swedish mobile
number unless a word before them speaks of a person's number; everywhere ten unbroken digits after a word such as
"order number" are taken for that.
"""

import datetime as dt
import re

from written.cleaning import cleaned, composed, is_dash

_DASH = r"[ ]{0,2}-{1,2}[ ]{0,2}"
# Not inside a longer number, and not the middle of one that is written in parts (2026-010190-1234).
_START, _END = r"(?<!\d)(?<!\d-)", r"(?!\d)(?!-\d)(?![.,]\d)"

_SIX_AND_FOUR = re.compile(rf"{_START}(\d{{6}})(?:{_DASH}|[ ]{{0,2}}\+[ ]{{0,2}})(\d{{4}}){_END}")
_SIX_SPACE_FOUR = re.compile(rf"{_START}(?<!\d )(\d{{6}})[ ]{{1,2}}(\d{{4}}){_END}")
_TEN = re.compile(rf"{_START}(\d{{6}})(\d{{4}}){_END}")
_EIGHT_AND_FOUR = re.compile(rf"{_START}(\d{{8}})(?:{_DASH}|[ ]{{0,2}}\+[ ]{{0,2}}|[ ]?)(\d{{4}}){_END}")
# 01.01.90-1234, 01 01 90 1234. A dotted date with a space before four digits is a date and an hour.
_IN_PARTS = re.compile(
    rf"{_START}(?<!\d )(\d\d)(?:([ ])|[./-])(\d\d)(?(2)[ ]|[./-])(\d\d)(?(2)(?:{_DASH}|[ ])|{_DASH})(\d{{4}}){_END}"
)

_PERSON_WORD = re.compile(r"(cpr|person|pnr|fødsel|födelse)\D{0,20}$", re.IGNORECASE)
_OTHER_WORD = re.compile(
    r"(\bp[- ]?(nr|nummer|number)|ordre?|order|faktura|invoice|kunde?|konto|beställning|bestilling|produktionsenhed)"
    r"[a-zåäöæø]{0,3}[- ]?(nr|nummer|number|no)?[.:#]{0,2} ?$",
    re.IGNORECASE,
)
_SWEDISH_MOBILE = ("070", "072", "073", "076", "079")
# A full year after this is rather a case or a time (202611221930) than a birthday; then the check digit decides.
_LAST_YEAR_TAKEN_ON_SIGHT = 2010


def find_cpr(text: str, *, phone_field: bool = False, danish: bool = False) -> str | None:
    """Return the first thing in `text` that looks like a person's number, or None.

    In a `phone_field` ten unbroken digits from 0 are a Swedish telephone number, whatever day they could be; in a
    `danish` text 0707614285 is read as a birthday (7 July) and not as a Swedish mobile. The result contains the number,
    with plain digits and dashes: never log or store it.
    """
    plain = _plain(text)
    for pattern, is_one in (
        (_SIX_AND_FOUR, lambda m: _a_day(m[1], replaced=True) or _a_swedish_day(m[1])),
        (_SIX_SPACE_FOUR, lambda m: _a_day(m[1]) or _swedish_and_checked(m[1] + m[2])),
        (_IN_PARTS, lambda m: _a_day(m[1] + m[3] + m[4])),
        (_EIGHT_AND_FOUR, _a_full_year),
        (_TEN, lambda m: _ten_digits(m, plain, phone_field, danish)),
    ):
        for match in pattern.finditer(plain):
            if is_one(match):
                return match[0]
    return None


def _plain(text: str) -> str:
    """Return the text cleaned, with circled and raised digits as ordinary ones, and one kind of dash and blank."""
    plain = composed(cleaned(text, lines=True), "NFKC").replace("\t", " ")
    return plain if plain.isascii() else "".join("-" if is_dash(one) else one for one in plain)


def _ten_digits(match: re.Match, plain: str, phone_field: bool, danish: bool) -> bool:
    digits, before = match[0], plain[max(0, match.start() - 40) : match.start()]
    about_a_person = _PERSON_WORD.search(before)
    if phone_field and digits.startswith("0"):
        return False
    if digits.startswith(_SWEDISH_MOBILE) and not (about_a_person or danish):
        return False
    if not about_a_person and (_OTHER_WORD.search(before) or re.search(r"[A-Z]{2}$", before)):
        return False  # an order, an account (IBAN), a parcel
    return _a_day(match[1]) or (not before.endswith("+") and _swedish_and_checked(digits))


def _a_full_year(match: re.Match) -> bool:
    """YYYYMMDD-NNNN as in Sweden, or DDMMYYYY-NNNN as some Danes write."""
    eight, whole = match[1], match[0]
    in_two = not whole.isdecimal() and " " not in whole.strip("-+ ")
    if _exists(eight[:4], eight[4:6], eight[6:], coordinated=True) and eight[:2] in ("19", "20"):
        return int(eight[:4]) <= _LAST_YEAR_TAKEN_ON_SIGHT or (in_two and _check_digit_holds(eight[2:] + match[2]))
    return in_two and 1900 <= int(eight[4:]) <= _LAST_YEAR_TAKEN_ON_SIGHT and _exists(eight[4:], eight[2:4], eight[:2])


def _swedish_and_checked(ten: str) -> bool:
    return _a_swedish_day(ten[:6]) and _check_digit_holds(ten)


def _a_day(six: str, *, replaced: bool = False) -> bool:
    """DDMMYY; a `replaced` number, given in a hospital, has 60 added to its day."""
    return _exists("20" + six[4:], six[2:4], six[:2], coordinated=replaced)


def _a_swedish_day(six: str) -> bool:
    """YYMMDD; a samordningsnummer has 60 added to its day."""
    return _exists("20" + six[:2], six[2:4], six[4:], coordinated=True)


def _exists(year: str, month: str, day: str, *, coordinated: bool = False) -> bool:
    number = int(day) - 60 if coordinated and int(day) > 60 else int(day)
    try:
        dt.date(int(year), int(month), number)
    except ValueError:
        return False
    return True


def _check_digit_holds(ten: str) -> bool:
    doubled = [int(digit) * (2 - index % 2) for index, digit in enumerate(ten)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
