"""A citizen becomes a neighbour helper."""

import re

import pytest
from playwright.sync_api import expect

from journeys.portal import Portal
from journeys.reader import Reader, Seating
from journeys.second_factor import is_one_of_the_cast

HOMES = {
    ("randers", "da"): ("Eksempelvej 12", "8900"),
    ("kalmar", "sv"): ("Exempelvägen 12", "39232"),
}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize(("home", "language"), HOMES, ids=["Randers", "Kalmar"])
def test_a_citizen_becomes_a_helper_and_counts_as_active_after_a_first_activity(
    portal: Portal, seat: Seating, home: str, language: str, scripts: bool
) -> None:
    email = f"nina-{language}-{'scripts' if scripts else 'plain'}@nyhelper.example"
    before = active_helpers(seat(home, language))

    nina = seat(home, language, scripts=scripts)
    goes_from_the_front_page_to_the_form(nina)
    fills_in_the_form(nina, "Nina Nyboe", email, *HOMES[home, language])
    nina.stands_at("Check your inbox")
    nina.sees(email)

    message = portal.mailbox.received(email, nina.words("One more step, and you are a neighbour helper"))
    nina.goes_to(message.link("/confirm/"))
    nina.stands_at("One press, and you are a neighbour helper")
    assert active_helpers(seat(home, language)) == before, "following a link changes nothing"
    nina.presses("Yes, I will be a neighbour helper")

    nina.stands_at("My page")
    nina.reads("Welcome! You are now a neighbour helper.")
    portal.mailbox.received(email, nina.words("Welcome: you are a neighbour helper now"))
    assert active_helpers(seat(home, language)) == before, "signing up alone does not count"

    ticks_the_first_thing(nina)
    assert active_helpers(seat(home, language)) == before + 1


def test_a_home_with_several_doors_is_asked_about_and_nothing_typed_is_lost(seat: Seating) -> None:
    nina = seat(scripts=False)
    nina.opens("/neighbours/join/")
    fills_in_the_form(nina, "Nina Nyboe", "nina-doors@nyhelper.example", "Eksempelgården 3", "8900")
    nina.reads("There are several homes at this number. Choose the right one.")
    nina.page.get_by_role("radio").nth(1).check()
    nina.presses("Become a neighbour helper")
    nina.stands_at("Check your inbox")
    nina.sees("nina-doors@nyhelper.example")


def test_a_form_with_errors_says_what_to_do_and_keeps_what_was_typed(seat: Seating) -> None:
    nina = seat()
    nina.opens("/neighbours/join/")
    nina.writes("Your name", "Nina Nyboe")
    nina.writes("Street and house number", "Findesikkevej 1")
    nina.writes("Postcode", "8900")
    nina.presses("Become a neighbour helper")
    summary = nina.page.get_by_role("alert")
    expect(summary, "the summary of errors has the focus").to_be_focused()
    summary.get_by_role("link").first.click()
    assert nina.page.evaluate("document.activeElement.tagName") == "INPUT", "its links lead to the fields"
    assert nina.page.get_by_label(nina.words("Your name")).input_value() == "Nina Nyboe"


def goes_from_the_front_page_to_the_form(reader: Reader) -> None:
    reader.opens("/")
    reader.follows("Become a neighbour helper")
    reader.stands_at("Become a neighbour helper")


def fills_in_the_form(reader: Reader, name: str, email: str, road: str, postcode: str) -> None:
    reader.writes("Your name", name)
    reader.writes("Your email address", email)
    reader.writes("Street and house number", road)
    reader.writes("Postcode", postcode)
    reader.page.locator("[name=was_helper][value=no]").check()
    reader.page.locator("[name=consent]").check()
    reader.presses("Become a neighbour helper")


def ticks_the_first_thing(reader: Reader) -> None:
    reader.presses("I have done it")
    reader.reads("Well done. It is ticked for today.")


def active_helpers(reader: Reader) -> int:
    """Return the number on the public page for a new visitor."""
    reader.opens("/progress/")
    tile = reader.page.get_by_role("listitem").filter(has_text=reader.words("Active neighbour helpers"))
    number = re.match(r"[\d.\s  ]+", tile.locator(".tile-value").inner_text())
    assert number, "the tile begins with the count"
    return int(re.sub(r"\D", "", number[0]))


# The distances from a button's icon to the beginning of each line of its text.
GAPS = """button => {
  const words = [...button.childNodes].find(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim())
  const range = document.createRange()
  range.selectNodeContents(words)
  const sign = button.querySelector('svg').getBoundingClientRect().right
  return [...range.getClientRects()].map(line => Math.round(line.left - sign))
}"""


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_telephone_the_tick_is_next_to_its_words(seat: Seating, width: int) -> None:
    helle = seat(width=width)
    is_one_of_the_cast(helle, "Helle Holm")
    helle.opens("/me/")
    again = helle.page.get_by_role("button", name=helle.words("I have done it again")).first
    gaps = again.evaluate(GAPS)
    assert gaps
    assert max(gaps) <= 12, gaps
