"""Somebody without email joins with a slip, gets a letter with a card, hands the card in, and is an active helper: all
of it typed by staff, without scripts.
"""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from journeys.inspection import faults_of
from journeys.letters import printed_batches
from journeys.portal import Portal
from journeys.reader import Reader, Seating
from journeys.second_factor import is_one_of_the_cast

HOMES = pytest.mark.parametrize(
    ("home", "language", "coordinator", "street", "postcode"),
    [
        ("randers", "da", "Karen Koch", "Eksempelvej", "8900"),
        ("kalmar", "sv", "Kerstin Kvist", "Exempelvägen", "39232"),
    ],
    ids=["Randers", "Kalmar"],
)
CARD = re.compile(r"\d{4} \d{4} [A-Z]\b")


def has_focus(staff: Reader, name: str) -> None:
    expect(staff.page.locator(f"[name={name}]")).to_be_focused()


def card_of(staff: Reader, name: str) -> str:
    """Print letters until that to somebody is among them, and read the number on the page after it."""
    for pages in printed_batches(staff):
        for letter, after in pairwise(pages):
            if name in letter and (found := CARD.search(after)):
                assert name not in after
                return found[0]
    raise AssertionError(f"no letter with a card to {name}")


@HOMES
def test_a_slip_leads_to_an_active_helper_by_letter_and_card(
    portal: Portal, seat: Seating, home: str, language: str, coordinator: str, street: str, postcode: str
) -> None:
    first, second = f"Kaj Kort-{home}", f"Karl Kort-{home}"
    staff = seat(home, language, scripts=False)
    is_one_of_the_cast(staff, coordinator)

    # Two slips of one pile: the second keeps the street.
    staff.opens("/staff/slips/")
    staff.writes("Name", first)
    staff.writes("Street and house number", f"{street} 5")
    staff.writes("Postcode", postcode)
    staff.page.locator("[name=consent]").check()
    staff.page.locator("[name=name]").press("Enter")
    staff.sees(f"{street} 5,")
    has_focus(staff, "name")
    staff.page.keyboard.type(second)
    address = staff.page.locator("[name=address]")
    expect(address).to_have_value(f"{street} ")
    address.press("End")
    staff.page.keyboard.type("7")
    staff.page.locator("[name=consent]").check()
    address.press("Enter")
    staff.sees(f"{street} 7,")

    # The letter, and the card.
    number = card_of(staff, first)
    staff.opens("/staff/pile/")
    has_focus(staff, "number")
    staff.page.keyboard.type(f"{number} 13")
    staff.page.keyboard.press("Enter")
    staff.sees(number)
    has_focus(staff, "number")
    staff.sees_no(first)
    assert done_by(portal, first) == ["agree_to_look_out", "greet_a_neighbour"]

    # Noted by mistake: undone, and typed again as a scanner sends it, without the boxes.
    staff.presses("Undo")
    staff.reads("Undone. You can type the card again.")
    assert done_by(portal, first) == []
    staff.page.locator("[name=number]").fill(number.replace(" ", ""))
    staff.page.keyboard.press("Enter")
    staff.reads("The number is read. Now type the ticked boxes, and press Enter.")
    has_focus(staff, "boxes")
    staff.page.keyboard.type("2")
    staff.page.keyboard.press("Enter")
    has_focus(staff, "number")
    assert done_by(portal, first) == ["check_own_home"]

    # The same card once more.
    staff.page.keyboard.type(f"{number} 1")
    staff.page.keyboard.press("Enter")
    expect(staff.page.get_by_role("alert")).to_be_visible()
    assert done_by(portal, first) == ["check_own_home"]
    assert staff.all_complaints() == []


def done_by(portal: Portal, name: str) -> list[str]:
    rows = portal.query(
        "SELECT a.kind FROM people_activity a JOIN people_user u ON u.id = a.person_id "
        "WHERE u.name = %s AND a.medium = 'paper' ORDER BY a.kind",
        name,
    )
    return [kind.removeprefix("neighbours.") for (kind,) in rows]


@HOMES
def test_the_pile_and_what_was_noted_are_accessible(
    portal: Portal, seat: Seating, home: str, language: str, coordinator: str, street: str, postcode: str
) -> None:
    name = f"Kis Kort-{home}"
    staff = seat(home, language)
    is_one_of_the_cast(staff, coordinator)
    staff.opens("/staff/slips/")
    staff.writes("Name", name)
    staff.writes("Street and house number", f"{street} 9")
    staff.writes("Postcode", postcode)
    staff.page.locator("[name=consent]").check()
    staff.presses("Save the slip")
    faults = faults_of(staff.page, f"slip-next-{home}")
    number = card_of(staff, name)
    staff.opens("/staff/pile/")
    staff.page.locator("[name=number]").fill(number)
    staff.page.keyboard.press("Enter")
    staff.reads("The number is read. Now type the ticked boxes, and press Enter.")
    faults += faults_of(staff.page, f"pile-boxes-{home}")
    staff.page.locator("[name=boxes]").fill("14")
    staff.page.keyboard.press("Enter")
    staff.sees(number)
    faults += faults_of(staff.page, f"pile-noted-{home}")
    assert faults == []
