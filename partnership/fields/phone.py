"""Telephone numbers as people write them, and as a telephone or a text gateway dials them.

A number is stored as it was written, so that its owner recognises it. It is read each time that it is dialled or
compared, under the numbering plan of the country that it is written in.
"""

import re

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberFormat, PhoneNumberType, ValidationResult

from written.cleaning import cleaned

# Where partnerships are: "DK" and "SE" are also what the numbering plans are called.
COUNTRIES = ("DK", "SE")
SHORTEST = 8
# The longest spelling of a number: digits, and what people put between them.
LONGEST = 40
# Which of somebody's telephones it is: "(hem)", "(mobil)". It is kept with the number, and not dialled.
_WHICH = re.compile(
    r"\(\s*(?:hem(?:ma)?|hjem(?:me)?|home|jobb?|arbete?|arbejde|arb|work|mob(?:ile?)?|fastnet|private?)\.?\s*\)",
    re.I,
)
# What is pasted before a number: "tel:", "Tlf.", "Mobil:".
_CALLED = re.compile(
    r"(?:tel|tlf|telefon(?:nr)?|telephone|phone|mob|mobil(?:nr)?|mobile)(?:[.:]+ *| +)(?=[+(\d])", re.I
)
_WRITTEN = re.compile(r"[+\d\s()./\-]+")

# A Danish number does not tell whether it is a mobile. A series that is not in the plan yet may be new.
_NO_TEXTS = {
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.TOLL_FREE,
}


def e164(written: str, country: str) -> str:
    """Return a number as it is dialled from anywhere, +4512345678, or an empty text if it is not a number.

    Without a country code it is a number of `country` ("DK"). Only its length is checked, since new series are issued
    all the time.
    """
    number = _read(written, country)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else ""


def pasted(text: str) -> str:
    """Return a number as it was written, without what is pasted with it: "tel:" before it, a full stop after it."""
    return _CALLED.sub("", text.strip(" \t\r\n.,;"), count=1)


def _read(written: str, country: str) -> phonenumbers.PhoneNumber | None:
    if len(written) > LONGEST:
        return None
    # The zero that is dialled only within a country. Danish numbers have none, but people write it all the same.
    written = _WHICH.sub("", cleaned(written)).replace("(0)", "").strip()
    if _digits(written) < SHORTEST or not _WRITTEN.fullmatch(written):
        return None
    try:
        number = phonenumbers.parse(written, country)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return None
    # A zero after the country's code would be a second spelling of the same telephone, which a STOP would miss. A few
    # countries have it in their numbers.
    if number.italian_leading_zero and not phonenumbers.is_valid_number(number):
        return None
    return number


def may_get_texts(dialled: str) -> bool:
    """Return whether texts may be sent to +4512345678: not if the plan says that it is a landline or costs extra."""
    return bool(dialled) and phonenumbers.number_type(phonenumbers.parse(dialled)) not in _NO_TEXTS


def link(written: str, country: str) -> tuple[str, str]:
    """Return the address of a link that calls a number (tel:+4512345678), and the number in groups, as it is written in
    its country. A short number (114 14) stays as it is.
    """
    number = _read(written, country)
    if not number:
        return f"tel:{written.replace(' ', '')}", written
    is_home = phonenumbers.region_code_for_country_code(number.country_code or 0) == country
    way = PhoneNumberFormat.NATIONAL if is_home else PhoneNumberFormat.INTERNATIONAL
    shown = phonenumbers.format_number(number, way)
    # A series that is not in the plan comes without groups.
    in_groups = written if shown.isdigit() else shown
    return f"tel:{phonenumbers.format_number(number, PhoneNumberFormat.E164)}", in_groups


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


class PhoneField(forms.CharField):
    """A telephone number as it was written, of one of these countries or with another's code before it."""

    widget = forms.TelInput
    countries: tuple[str, ...] = COUNTRIES
    default_error_messages = {
        "invalid": _("Enter a telephone number with at least 8 digits."),
        "unknown": _(
            "We cannot dial this number. Correct it. If it is from another country, begin with + and the country’s "
            "code, for example +46 70 123 45 67."
        ),
    }

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"max_length": 30, **kwargs})

    def run_validators(self, value: str) -> None:
        super().run_validators(value)  # check for a CPR number first, since its message is the more useful one
        if not value or any(e164(value, country) for country in self.countries):
            return
        code = "unknown" if _digits(value) >= SHORTEST and not any(map(str.isalpha, value)) else "invalid"
        raise ValidationError(self.error_messages[code], code=code)
