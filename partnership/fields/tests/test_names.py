"""A name has a letter that can be seen, and is no link; every form that asks for one says so."""

from collections.abc import Iterator

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
]  # fmt: skip
NO_LINKS = [
    "A.P. Møllers Vej 3", "A.P.Møllers Vej", "Nr.Hald", "E/F Sct.Peders", "st. th.", "Storegade 4, 1.tv", "Kl.19",
    "Kl. 19.30", "J.-P. Øst", "Grundejerforeningen af 1.5.1972", "Blok 4 (opg. B)", "S:t Olof",
    "BRF S:ta Maria", "HSB:s lokal", "Kl:19", "Sal: festsalen",
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


@pytest.mark.parametrize("text", NO_LINKS)
def test_a_dot_is_no_link(text: str) -> None:
    assert unlinked(text) == text


@pytest.mark.parametrize("text", FORMULAS)
def test_a_name_is_nothing_that_a_spreadsheet_works_out(text: str) -> None:
    with pytest.raises(ValidationError):
        no_formula(text)
    for name in ("Vera", "4. sal", "Ø-foreningen", "(Nord)", "E/F Øst + Vest"):
        no_formula(name)


def test_a_name_is_no_number_to_call() -> None:
    with pytest.raises(ValidationError):
        no_long_number("Ring 12345678")
    for name in ("Vera", "Blok 42", "Grundejerforeningen af 1972"):
        no_long_number(name)


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
