"""A name has a letter that can be seen, and is no link; every form that asks for one says so."""

from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver

from partnership.fields.names import (
    NAME_RULES,
    PLACE_RULES,
    inert,
    looks_like_link,
    no_formula,
    no_long_number,
    no_number_to_call,
    unlinked,
    visible_letter,
)
from partnership.web.forms import PortalForm

LINKS = [
    "evil.shop", "EVIL.Shop", "evil\u3002com", "evil\uff0ecom", "evil\uff61com", "evil.\u200bshop", "x.com", "nr.tk",
    "Nr.Tk", "Nr.Shop", "Nr.Hald.dk", "a.b.co", "\u0442\u0435\u0441\u0442.\u0440\u0444", "evil.xn--p1ai",
    "write to x@evil.tk", "x\uff20evil", "https://1.2.3.4", "bo-trygt.dk/log-ind", "Vundet! www.x.example",
    "Se A.Bar", "dr.Cfd/login", "gl.Tech/x", "Gl.Hald/x", "A.P.Bar", "2.th/x", "1.2.3.4/login", "1.2.3.4",
    "tel:+4512345678", "mailto:x", "javascript:alert(1)", "http:evil", "evil[.]com",
    "http\u2236\u2215\u2215evil", "http\uff1a\u2044\u2044evil", "https\ua789//evil", "evil\ua4f8com", "evil\u06d4com",
    "evil .dk", "evil . dk", "Vundet! Se evil .shop", "evil. dk", "evil.भारत",
    "evil.ভারত", "evil.இந்தியா", "evil.ไทย", "evil .भारत",
]  # fmt: skip
NO_LINKS = [
    "A.P. Møllers Vej 3", "A.P.Møllers Vej", "Nr.Hald", "E/F Sct.Peders", "st. th.", "Storegade 4, 1.tv", "Kl.19",
    "Kl. 19.30", "J.-P. Øst", "Grundejerforeningen af 1.5.1972", "Blok 4 (opg. B)", "S:t Olof",
    "BRF S:ta Maria", "HSB:s lokal", "Kl:19", "Sal: festsalen",
    "Vestergade 3. th", "Vestergade 3. st", "Fælleshuset. Gul dør", "Nr .Hald", "Gl. Estrup", "Sct. Peders", "Sdr. Bar",
    "Punkt 4", "Blok 4 . Nord", "Ved kirken. Bus 12",
]  # fmt: skip
FORMULAS = ["=1+1", "+45 Vera", "-Vera", "@vera", " =1", "\u200b=1", "\uff1d1", "\u2212Vera", "\u2013Vera"]
UNSEEN = [
    "\u200b", "\ufeff", "\U000e0041\U000e0042", "\u0301" * 40, "a" + "\u0301" * 40, "\u3164\u115f", "\u2800", "12",
    "...",
]  # fmt: skip
SEEN = ["Ø", "Vera", "Blok 42", "Nguyễn", "e\u0302\u0301", "ईश्वर", "นที่นี้", "محمّد", "李"]


@pytest.mark.parametrize("text", LINKS)
def test_a_link_is_seen_and_taken_apart(text: str) -> None:
    assert looks_like_link(text)
    assert text not in unlinked(text)


@pytest.mark.parametrize("text", ["evil dot dk", "evil punktum dk", "Vundet! evil  Dot  Shop"])
def test_a_dot_in_words_is_a_link_to_those_who_read_it(text: str) -> None:
    assert looks_like_link(text)


@pytest.mark.parametrize("text", NO_LINKS)
def test_a_dot_is_no_link(text: str) -> None:
    assert unlinked(text) == text


@pytest.mark.parametrize("text", FORMULAS)
def test_a_name_is_nothing_that_a_spreadsheet_works_out(text: str) -> None:
    with pytest.raises(ValidationError):
        no_formula(text)
    for name in ("Vera", "4. sal", "Ø-foreningen", "(Nord)", "E/F Øst + Vest"):
        no_formula(name)


NUMBERS = [
    "Ring 12345678", "Ring 20 30 40 50", "Vera 2030 4050", "Vera 20-30-40-50", "20.30.40.50 Vera", "20/30/40/50",
    "20,30,40,50",
    "Vera +45 20304050", "Vera 0045 2030", "0480-123 45", "070 - 123 45 67", "(0480) 12 34 5", "20 · 30 · 40 · 50",
    "２０ ３０ ４０ ５０", "②⓪ 30 40 50 60", "2030-4050", "20_30_40_50", "+46 (0)70 12",
]  # fmt: skip
NO_NUMBERS = [
    "Vera", "Blok 42", "Grundejerforeningen af 1972", "E/F Vestergade 100-102", "Foreningen 1998-2010", "1.5.1972",
    "Vestergade 12-14, 8900 Randers", "Vestergade 10, 12, 14 og 16", "Matrikel 12 a", "Haven 1914 – 1989",
]  # fmt: skip


@pytest.mark.parametrize("rule", [no_long_number, no_number_to_call])
@pytest.mark.parametrize("text", NUMBERS)
def test_neither_a_name_nor_a_place_is_a_number_to_call(text: str, rule: Callable[[object], None]) -> None:
    with pytest.raises(ValidationError):
        rule(text)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_houses_years_and_postcodes_are_no_numbers_to_call(text: str) -> None:
    no_long_number(text)
    no_number_to_call(text)


@pytest.mark.parametrize(
    "text",
    ["Storgatan 12, 392 32 Kalmar", "Storgatan 12, 39232 Kalmar", "Storgatan 12 392 32 Kalmar", "Vej 12 8900 Randers"],
)
def test_a_place_may_have_its_postcode(text: str) -> None:
    no_number_to_call(text)


@pytest.mark.parametrize("text", ["=1+1", "+45", "-x", "@x"])
def test_a_cell_is_nothing_that_a_spreadsheet_works_out(text: str) -> None:
    assert inert(text) == f"'{text}"
    assert inert("Vorup") == "Vorup"


@pytest.mark.parametrize(("text", "is_name"), [*((one, False) for one in UNSEEN), *((one, True) for one in SEEN)])
def test_a_name_has_a_letter_that_can_be_seen(text: str, is_name: bool) -> None:
    try:
        visible_letter(text)
    except ValidationError:
        assert not is_name
    else:
        assert is_name


def forms_of(form: type[PortalForm]) -> Iterator[type[PortalForm]]:
    yield form
    for narrower in form.__subclasses__():
        yield from forms_of(narrower)


def test_every_form_that_asks_for_a_name_or_a_place_keeps_to_it() -> None:
    assert get_resolver().url_patterns, "the routes import the views, and these the forms"
    asked = {
        f"{form.__name__}.{name}": field
        for form in forms_of(PortalForm)
        for name, field in form.base_fields.items()
        if name in ("name", "association", "place") and "tests" not in form.__module__
    }
    assert len(asked) > 8
    without = [
        name
        for name, field in asked.items()
        for rule in (PLACE_RULES if name.endswith(".place") else NAME_RULES)
        if rule not in field.validators
    ]
    assert without == []
