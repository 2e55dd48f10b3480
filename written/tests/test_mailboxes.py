"""One mailbox has one spelling, and people see it as they know it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from written.mailboxes import canonical, readable, without_tag, wrong_letters

KNOWN, SENT = "bo@æblegård.example", "bo@xn--blegrd-luad.example"


@pytest.mark.parametrize(
    "typed",
    [
        KNOWN,
        SENT,
        SENT.upper(),
        unicodedata.normalize("NFD", KNOWN),
        f"{KNOWN}\u200b",
        "\ufeff B\u00adO@ÆBLEGÅRD.example.\u00a0".replace(" B", "B"),
        "ｂｏ＠æblegård．example",
        "bo@æblegård。example",
        "bo@\u202aæblegård.example\u202c",
    ],
)
def test_every_spelling_of_a_mailbox_is_one(typed: str) -> None:
    assert canonical(typed) == SENT
    assert readable(canonical(typed)) == KNOWN


@pytest.mark.parametrize(
    ("typed", "is_"),
    [
        ("", ""),
        ("Vera@Example.DK", "vera@example.dk"),
        ("vera+1@example.dk", "vera+1@example.dk"),
        ("pér@example.dk", "pér@example.dk"),
        ("a@straße.example", "a@xn--strae-oqa.example"),
        ("a@xn--abc-.example", "a@xn--abc-.example"),  # nobody could have made it
        ("a@\U0001f4a9.example", "a@\U0001f4a9.example"),
        ("+4512345678", "+4512345678"),
        ("x" * 5000 + "@æ.dk", "x" * 5000 + "@æ.dk"),
    ],
)
def test_other_addresses_and_what_is_none(typed: str, is_: str) -> None:
    assert canonical(typed) == is_


@given(st.text() | st.builds("{}@{}".format, st.text(), st.text("aæÅ\u0301ß.-x\u200b。n")))
def test_the_one_spelling_is_its_own(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert canonical(readable(once)) == once


def test_what_may_not_stand_before_the_at_is_named() -> None:
    assert wrong_letters('p ér"é@example.dk') == [" ", "é", '"']


@pytest.mark.parametrize("typed", ["v.e.ra@gmail.com", "Vera+x@GoogleMail.com", "vera@gmail.com"])
def test_dots_lead_to_the_same_mailbox_where_they_do_not_count(typed: str) -> None:
    assert without_tag(typed) == "vera@gmail.com"
    assert without_tag("v.era@example.dk") == "v.era@example.dk"


@pytest.mark.parametrize("typed", ["vera+1@example.dk", "VERA+a+b@example.dk", "vera@example.dk"])
def test_a_tag_leads_to_the_same_mailbox(typed: str) -> None:
    assert without_tag(typed) == "vera@example.dk"
