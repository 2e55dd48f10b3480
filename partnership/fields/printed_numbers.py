"""Numbers as the reader's language writes them."""

from django.utils.formats import get_format, number_format
from django.utils.safestring import SafeString


def grouped(number: int) -> SafeString:
    """Return a whole number as the reader's language groups it: 15.747, 15 747, 15,747. A template need not escape it,
    since it is made of digits.
    """
    digits = f"{number:,}"
    return SafeString(digits.replace(",", get_format("THOUSAND_SEPARATOR")) if "," in digits else digits)


def decimal(number: float) -> str:
    """Return a number with two decimals, as the reader's language writes it."""
    # Rounded here: number_format truncates, and 0.999 would become 0.99.
    return number_format(f"{number:.2f}", decimal_pos=2, use_l10n=True)
