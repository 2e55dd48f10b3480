"""What cannot be seen does not matter."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from written.cleaning import MOST_MARKS, cleaned, composed

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Vestergade 12\u200b", "Vestergade 12"),
        ("\ufeff\u00a0\u2003\u3164\u2800\u200b", ""),
        ("\u202a12\u00a034\u201156\u200978\u202c", "12 34-56 78"),
        (unicodedata.normalize("NFD", "Åse Æblegård"), "Åse Æblegård"),
        ("Å\u00adse\U000e0041\U000e0042\ufe0f\u034f\u115f", "Åse"),
        ("１２，３４　Ａｂ", "12,34 Ab"),
        ("\u0661\u0662 \u096a", "12 4"),
        ("a\u2013b\u2014c\u2212d\u2010e", "a-b-c-d-e"),
        (" Bodil \t\u2028 Berg ", "Bodil Berg"),
        ("a\u200db", "ab"),
        (f"Hej {FAMILY}!", f"Hej {FAMILY}!"),
        ("\u2764\ufe0f\u200d\U0001f525 \u2600\ufe0f", "\u2764\u200d\U0001f525 \u2600"),
        ("x\x00y", "x\x00y"),  # a field refuses it
    ],
)
def test_a_line_has_one_spelling(typed: str, read: str) -> None:
    assert cleaned(typed) == read


def test_a_text_keeps_its_lines_and_its_typography() -> None:
    assert cleaned("Kl.\u00a019\u201321\u200b –\r\n  to  linjer\u2029tre\u2011fire", lines=True) == (
        "Kl. 19\u201321 –\r\n  to  linjer\ntre-fire"
    )


@given(st.text(), st.booleans())
def test_cleaning_twice_changes_nothing_and_leaves_nothing_invisible(text: str, lines: bool) -> None:
    once = cleaned(text, lines=lines)
    assert cleaned(once, lines=lines) == once == unicodedata.normalize("NFC", once)
    assert not {unicodedata.category(sign) for sign in once.replace("\u200d", "")} & {"Cf", "Zl", "Zp"}
    assert {sign for sign in once if unicodedata.category(sign) == "Zs"} <= {" "}


def test_no_more_marks_stand_on_a_letter_than_writing_has() -> None:
    assert len(composed("x" + "\u0316\u0301" * 4000 + "y")) <= MOST_MARKS + 2
