"""People see, download, correct and erase what we know about them, with an email address or without."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from journeys.inspection import faults_of
from journeys.letters import printed_batches
from journeys.portal import Portal
from journeys.reader import Reader, Seating
from journeys.second_factor import is_one_of_the_cast, signs_in_with_a_code

HOMES = pytest.mark.parametrize(
    ("home", "language", "coordinator", "door"),
    [
        ("randers", "da", "Karen Koch", ("Eksempelvej 37", "8900")),
        ("kalmar", "sv", "Kerstin Kvist", ("Exempelvägen 17", "39232")),
    ],
    ids=["Randers", "Kalmar"],
)


def becomes_a_helper(portal: Portal, reader: Reader, name: str, email: str, door: tuple[str, str]) -> None:
    reader.opens("/neighbours/join/")
    reader.writes("Your name", name)
    reader.writes("Your email address", email)
    reader.writes("Street and house number", door[0])
    reader.writes("Postcode", door[1])
    reader.page.locator("[name=was_helper][value=no]").check()
    reader.page.locator("[name=consent]").check()
    reader.presses("Become a neighbour helper")
    message = portal.mailbox.received(email, reader.words("One more step, and you are a neighbour helper"))
    reader.goes_to(message.link("/confirm/"))
    reader.presses("Yes, I will be a neighbour helper")
    reader.stands_at("My page")


def code_to(portal: Portal, reader: Reader, email: str) -> str:
    subject = reader.words("%(code)s is your code").replace("%(code)s", "").strip()
    return portal.mailbox.received(email, subject).code


@HOMES
def test_a_helper_is_looked_up_and_reads_by_whom_and_downloads_everything(
    portal: Portal, seat: Seating, home: str, language: str, coordinator: str, door: tuple[str, str]
) -> None:
    name, email = f"Dora Download-{home}", f"dora-{home}@nyhelper.example"
    dora = seat(home, language, scripts=False)
    becomes_a_helper(portal, dora, name, email, door)
    staff = seat(home, language, scripts=False)
    is_one_of_the_cast(staff, coordinator)
    staff.opens("/staff/people/")
    staff.writes("Who are you looking for?", name)
    staff.page.locator("[name=purpose][value=call]").check()
    staff.presses("Find")

    dora.opens("/me/")
    dora.follows("What we know about you, and who has looked")
    dora.stands_at("What we know about you")
    dora.reads("Who has looked you up")
    dora.reads("You called")
    dora.sees(door[0])
    dora.sees_no(coordinator)
    with dora.page.expect_download() as got:
        dora.follows("Download everything")
    packed = zipfile.ZipFile(io.BytesIO(Path(got.value.path()).read_bytes()))
    page, data = packed.read("index.html").decode(), json.loads(packed.read("data.json"))
    assert name in page
    assert dora.words("Who has looked you up") in page
    assert coordinator not in page
    assert data["data"]["people.User"][0]["email"] == email


@HOMES
def test_a_helper_moves_to_another_mailbox_and_another_home(
    portal: Portal, seat: Seating, home: str, language: str, coordinator: str, door: tuple[str, str]
) -> None:
    name, old, new = f"Mads Mail-{home}", f"mads-{home}@nyhelper.example", f"mads-{home}@nymail.example"
    mads = seat(home, language, scripts=False)
    becomes_a_helper(portal, mads, name, old, door)
    mads.follows("Change the email address")
    mads.writes("Your new email address", new)
    mads.presses("Send me a code")
    mads.stands_at("Enter the code from the email")
    mads.writes("The six digits in the message", code_to(portal, mads, new))
    mads.presses("Continue")
    mads.stands_at("My page")
    mads.sees(new)
    portal.mailbox.received(old, mads.words("We no longer use this email address"))

    street, number = door[0].rsplit(" ", 1)
    elsewhere = f"{street} {int(number) + 2}"
    mads.follows("Change the address")
    mads.writes("Street and house number", elsewhere)
    mads.presses("Save the address")
    mads.reads("The address is saved.")
    mads.sees(elsewhere)

    again = seat(home, language, scripts=False)
    signs_in_with_a_code(again, portal, new)
    again.stands_at("My page")
    again.sees(elsewhere)


@HOMES
def test_somebody_without_email_erases_everything_by_the_code_of_a_letter(
    portal: Portal, seat: Seating, home: str, language: str, coordinator: str, door: tuple[str, str]
) -> None:
    name = f"Birthe Brev-{home}"
    staff = seat(home, language, scripts=False)
    is_one_of_the_cast(staff, coordinator)
    staff.opens("/staff/slips/")
    staff.writes("Name", name)
    staff.writes("Street and house number", door[0])
    staff.writes("Postcode", door[1])
    staff.page.locator("[name=consent]").check()
    staff.presses("Save the slip")

    birthe = seat(home, language, scripts=False)
    birthe.opens("/privacy/")
    birthe.follows("Do it with a code by letter, if you have no email address")
    birthe.stands_at("See what we know about you")
    birthe.follows("A code by letter")
    birthe.writes("Your name", name)
    birthe.writes("Street and house number", door[0])
    birthe.writes("Postcode", door[1])
    birthe.presses("Send me a letter")
    birthe.stands_at("Look in your letter box in the coming days")
    code = letter_to(staff, name)

    birthe.follows("Here you type the code when it comes")
    birthe.stands_at("Type the code from the letter")
    birthe.writes("The twelve digits in the letter", code)
    birthe.presses("See what you know about me")
    birthe.stands_at("My page")
    birthe.sees(door[0])
    birthe.follows("Delete everything about me")
    birthe.presses("Delete everything about me")
    birthe.stands_at("Everything about you is deleted")
    assert portal.query("SELECT id FROM people_user WHERE name = %s", name) == []


def letter_to(staff: Reader, name: str) -> str:
    """Let staff print batches until the letter with somebody's code is among them, and read the code."""
    for pages in printed_batches(staff):
        for text in pages:
            if name in text and (found := re.search(r"\d{4}\s\d{4}\s\d{4}", text)):
                return found[0]
    raise AssertionError(f"no letter with a code to {name}")


@HOMES
def test_every_page_on_the_way_is_accessible(
    portal: Portal, seat: Seating, home: str, language: str, coordinator: str, door: tuple[str, str]
) -> None:
    reader = seat(home, language)
    faults = []
    for page in ("", "letter/", "letter/asked/", "code/"):
        reader.opens(f"/me/without-account/{page}")
        faults += faults_of(reader.page, f"without-account-{page.replace('/', '')}-{home}")
        if page in ("letter/", "code/"):
            reader.page.locator("main form [type=submit]").first.click()
            expect(reader.page.get_by_role("alert")).to_be_visible()
            faults += faults_of(reader.page, f"without-account-{page.replace('/', '')}-with-errors-{home}")
    becomes_a_helper(portal, reader, f"Aksel Axe-{home}", f"aksel-{home}@nyhelper.example", door)
    for page in ("/me/", "/me/data/", "/me/details/", "/neighbours/address/", "/me/email/"):
        reader.opens(page)
        faults += faults_of(reader.page, f"own{page.replace('/', '-')}{home}")
    reader.writes("Your new email address", f"aksel-{home}@nymail.example")
    reader.presses("Send me a code")
    faults += faults_of(reader.page, f"own-email-code-{home}")
    assert faults == []
