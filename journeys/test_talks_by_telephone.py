"""A woman of 78 without email calls the coordinator: the board's talk is booked, moved and cancelled during calls."""

import pytest
from playwright.sync_api import expect

from journeys.inspection import faults_of
from journeys.portal import Portal
from journeys.reader import Reader, Seating
from journeys.second_factor import is_one_of_the_cast
from journeys.test_person_page import finds

HOMES = pytest.mark.parametrize(
    ("home", "language", "coordinator", "door", "phone"),
    [
        ("randers", "da", "Karen Koch", ("Eksempelvej 31", "8900"), "12 34 56 90"),
        ("kalmar", "sv", "Kerstin Kvist", ("Exempelvägen 11", "39232"), "0480-12 34 90"),
    ],
    ids=["Randers", "Kalmar"],
)


def is_written_down(staff: Reader, name: str, door: tuple[str, str], phone: str) -> None:
    finds(staff, name)
    staff.reads("Nobody was found. Try a part of the name, or the street and the house number.")
    staff.follows("Write them down")
    staff.stands_at("Write down a caller")
    staff.writes("Name", name)
    staff.writes("Telephone", phone)
    staff.writes("Street and house number", door[0])
    staff.writes("Postcode", door[1])
    staff.page.locator("[name=heard]").check()
    staff.presses("Write them down")
    staff.reads("%(name)s is written down.", name=name)


def fills_in_the_talk(staff: Reader, association: str) -> None:
    page = staff.page
    anywhere = page.locator("label[for^=id_slot]").filter(has_not_text=staff.words("Only for associations in:"))
    anywhere = anywhere.filter(has_not_text=staff.words("Online for all associations; at your place only in:"))
    anywhere.first.click()
    page.locator("[name=format]").first.check()
    page.locator("[name=association]").fill(association)
    page.locator("[name=kind]").select_option("homeowners")
    page.locator("[name=homes]").fill("48")
    page.locator("[name=area]").select_option(index=1)
    page.locator("[name=place]").fill("Fælleshuset")
    for name in ("is_accessible", "has_projector", "is_public"):
        page.locator(f"[name={name}]").last.check()
    expect(page.locator("[name=medium][value=phone]")).to_be_checked()


@HOMES
def test_a_talk_is_booked_moved_and_cancelled_by_telephone(
    portal: Portal, seat: Seating, home: str, language: str, coordinator: str, door: tuple[str, str], phone: str
) -> None:
    name, association = f"Gerda Opkald-{home}", f"Foreningen Opkald-{home}"
    staff = seat(home, language)
    is_one_of_the_cast(staff, coordinator)
    is_written_down(staff, name, door, phone)

    staff.follows("Book a talk for this caller")
    fills_in_the_talk(staff, association)
    staff.presses("Ask for this evening for the caller")
    staff.reads("Say this before you hang up")
    staff.reads("You get a letter that says the same.")
    assert faults_of(staff.page, f"telephone-call-{home}") == []
    staff.presses("Confirm the talk")
    staff.follows("Move it for the caller")
    staff.page.locator("[name=slot]").last.check()
    staff.page.locator("[name=medium][value=phone]").check()
    assert faults_of(staff.page, f"telephone-move-{home}") == []
    staff.presses("Move the talk for the caller")
    staff.reads("Say this before you hang up")

    staff.follows("Cancel it for the caller")
    staff.page.locator("[name=medium][value=phone]").check()
    assert faults_of(staff.page, f"telephone-cancel-{home}") == []
    staff.presses("Yes, cancel it for the caller")
    staff.reads("This talk is cancelled by the association.")
    staff.follows("See all about this talk")
    staff.sees(association)
    assert staff.all_complaints() == []


@HOMES
def test_the_page_to_write_down_a_caller_is_accessible(
    portal: Portal, seat: Seating, home: str, language: str, coordinator: str, door: tuple[str, str], phone: str
) -> None:
    staff = seat(home, language)
    is_one_of_the_cast(staff, coordinator)
    staff.opens("/staff/people/new/")
    faults = faults_of(staff.page, f"write-down-{home}")
    staff.presses("Write them down")
    assert faults + faults_of(staff.page, f"write-down-with-errors-{home}") == []
