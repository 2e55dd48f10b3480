"""One name is written in several ways, and each use folds it as it needs."""

import pytest

from advice.spelling import BARE_FORM, LONG_FORM
from partnership.places.naming import place_slug
from written.streets import plain


@pytest.mark.parametrize(
    ("written", "as_a_street", "in_a_page_s_address"),
    [
        ("Åboulevarden", "aaboulevarden", "aaboulevarden"),
        ("Gl. Hadsundvej", "gammel hadsundvej", "gl-hadsundvej"),
        ("Sønder Allé", "soender alle", "soender-alle"),
        ("Müllers Straße", "mullers strasse", "myllers-strae"),
        ("Östergårdsväg", "oestergaardsvaeg", "oestergaardsvaeg"),
        ("Ñandú Å", "nandu aa", "nandu-aa"),
    ],
)
def test_a_place(written: str, as_a_street: str, in_a_page_s_address: str) -> None:
    assert (plain(written), place_slug(written)) == (as_a_street, in_a_page_s_address)


@pytest.mark.parametrize(
    ("written", "spelt_out", "bare"),
    [
        ("dørlås", "doerlaas", "dorlas"),
        ("idé", "ide", "ide"),
        ("müsli", "muesli", "musli"),
        ("sälja", "saelja", "salja"),
        ("lock", "lock", "lock"),
    ],
)
def test_a_word_that_is_searched_for(written: str, spelt_out: str, bare: str) -> None:
    assert (written.translate(LONG_FORM), written.translate(BARE_FORM)) == (spelt_out, bare)
