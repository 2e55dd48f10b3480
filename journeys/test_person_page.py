"""Somebody calls the coordinator: they are found, and what they ask for is done during the call."""

import pytest
from playwright.sync_api import expect

from journeys.inspection import faults_of
from journeys.portal import Portal
from journeys.reader import Reader, Seating
from journeys.second_factor import is_one_of_the_cast

HOMES = pytest.mark.parametrize(
    ("home", "language", "coordinator", "door"),
    [
        ("randers", "da", "Karen Koch", ("Eksempelvej 33", "8900")),
        ("kalmar", "sv", "Kerstin Kvist", ("Exempelvägen 13", "39232")),
    ],
    ids=["Randers", "Kalmar"],
)


def joins_by_telephone(staff: Reader, name: str, door: tuple[str, str]) -> None:
    staff.opens("/staff/slips/")
    staff.writes("Name", name)
    staff.writes("Telephone", "12 34 56 78" if staff.language == "da" else "0480-12 34 56")
    staff.writes("Street and house number", door[0])
    staff.writes("Postcode", door[1])
    staff.page.locator("[name=consent]").check()
    staff.presses("Save the slip")


def finds(staff: Reader, wanted: str) -> None:
    staff.opens("/staff/people/")
    staff.writes("Who are you looking for?", wanted)
    staff.page.locator("[name=purpose][value=call]").check()
    staff.presses("Find")


@HOMES
def test_somebody_who_calls_to_stop_has_stopped_when_they_hang_up(
    portal: Portal, seat: Seating, home: str, language: str, coordinator: str, door: tuple[str, str]
) -> None:
    name = f"Pia Opkald-{home}"
    staff = seat(home, language, scripts=False)
    is_one_of_the_cast(staff, coordinator)
    joins_by_telephone(staff, name, door)

    finds(staff, door[0])
    staff.page.get_by_role("rowheader", name=name).get_by_role("link").click()
    staff.sees(door[0])
    staff.reads("What is your name, and where do you live?")
    staff.follows("No longer wants to be a helper")
    expect(staff.page.locator("[name=medium][value=phone]")).to_be_checked()
    staff.presses("Yes, end the membership")
    staff.reads("%(name)s is no longer a neighbour helper. We have deleted the address.", name=name)
    staff.sees_no(f"{door[0]},")
    staff.writes("One line about it", "Flytter til en anden by")
    staff.presses("Note the contact")
    staff.reads("The contact is noted.")
    staff.sees("Flytter til en anden by")
    staff.presses("Noted by mistake? Delete it")
    staff.reads("The note is deleted.")
    assert staff.all_complaints() == []


@HOMES
def test_what_is_found_and_the_page_of_a_person_are_accessible(
    portal: Portal, seat: Seating, home: str, language: str, coordinator: str, door: tuple[str, str]
) -> None:
    staff = seat(home, language)
    is_one_of_the_cast(staff, coordinator)
    staff.opens("/staff/helpers/")
    staff.page.locator("main a[href*='/staff/people/']:visible").nth(1).click()
    staff.stands_at("Why do you open the page?")
    faults = faults_of(staff.page, f"person-why-{home}")
    # The page that is left has nothing to look at any more.
    staff.opens("/staff/people/")
    with staff.page.expect_navigation():
        staff.presses("Find")
    faults += faults_of(staff.page, f"people-with-errors-{home}")
    finds(staff, door[0].split()[0])
    found = staff.page.locator("main tbody th a").first
    found.wait_for()
    faults += faults_of(staff.page, f"people-found-{home}")
    with staff.page.expect_navigation():
        found.click()
    faults += faults_of(staff.page, f"person-{home}")
    assert faults == []
