"""Unusual characters in names, on paper."""

import pytest
import typst

from partnership.outbox.channels.letters import letters_pdf
from partnership.paper.printable import printable
from partnership.tests.cast import Cast
from talks import printing
from talks.tests.bookings import confirmed

# An emoji, Chinese, runes, a joined family emoji, half a character, and an escape.
ODD = [
    "🏠", "🏠 Huset", "漢字", "ᚠ", "👨\u200d👩\u200d👧 Hansen", "A\ufffe", "A\x1b[0m",
    "\ufeff", "  ", "\u00a0", "\u200b\u2060", "\u3164", "\u2800", "\U000e0041", "\u0301" * 40,
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "printed"),
    [("🏠 Huset på Åvej", "Huset på Åvej"), ("漢字", "??"), ("Ж – Łódź\nعلي", "Ж – Łódź\nعلي"), (" plain ", " plain ")],
)
def test_what_the_fonts_have_stays_and_of_the_rest_letters_leave_a_mark(written: str, printed: str) -> None:
    assert printable(written) == printed
    assert printable({"a": [written, 1, None]}) == {"a": [printed, 1, None]}


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ODD)
def test_a_name_that_cannot_be_printed_spoils_neither_a_pile_of_letters_nor_a_poster(cast: Cast, odd: str) -> None:
    facts = ["partnership", "mark", "sender", "date", "subject", "greeting", "closing"]
    lists = {name: [odd] for name in ("contact", "address", "paragraphs", "remarks")}
    letter = dict.fromkeys(facts, odd) | lists | {"position": 1, "language": "da", "facts": [[odd, odd]]}
    letter |= {"action": None, "card": None}
    assert letters_pdf([letter], cast.randers, 1).startswith(b"%PDF-")
    booking = confirmed(cast)
    booking.association.name = booking.place = odd
    for sheet in ("poster", "leaflet"):
        assert printing.draw(booking, sheet).startswith(b"%PDF-")


def test_typst_would_refuse_it() -> None:
    with pytest.raises(typst.TypstError):
        typst.compile('#set document(title: "t")\n🏠'.encode(), pdf_standards="ua-1", ignore_system_fonts=True)
