"""The coordinator brings in a list from a meeting, looks through it, adds it, and takes it back."""

import pytest

from journeys.doing import has_a_list_read
from journeys.portal import Portal
from journeys.reader import Reader, Seating
from journeys.second_factor import is_one_of_the_cast

SOURCE = "Møde i hallen 2. november"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@SCRIPTS
@pytest.mark.parametrize(
    ("home", "language", "coordinator", "doors"),
    [
        ("randers", "da", "Karen Koch", ("Eksempelvej 24;8900", "Eksempelvej 26;8900")),
        ("kalmar", "sv", "Kerstin Kvist", ("Exempelvägen 14;392 32", "Exempelvägen 16;39232")),
    ],
    ids=["Randers", "Kalmar"],
)
def test_a_list_is_looked_through_added_heard_of_and_taken_back(
    portal: Portal, seat: Seating, home: str, language: str, coordinator: str, doors: tuple[str, str], scripts: bool
) -> None:
    how = "scripts" if scripts else "plain"
    email = f"lone-{how}@{home}-liste.example"
    staff = seat(home, language, scripts=scripts)
    is_one_of_the_cast(staff, coordinator)

    staff.opens("/staff/helpers/")
    staff.follows("Import a list")
    staff.stands_at("Import a list of helpers")
    said_yes = f"{SOURCE};2026-11-02;on paper"
    has_a_list_read(
        staff,
        f"Lone Lund-{how};{email};;{doors[0]};{said_yes}",
        f"Bo Bech-{how};;;{doors[1]};{said_yes}",
        f"Nils Nord;nils@@nowhere;;{doors[1]};{said_yes}",
    )

    staff.stands_at("Look through the list")
    staff.sees(f"Lone Lund-{how}")
    staff.sees("Nils Nord")
    staff.reads("An email address has only one @. Take the other one out.")
    adds(staff)

    message = portal.mailbox.received(email, staff.words("Welcome as a neighbour helper"))
    assert SOURCE in " ".join(message.mail.text.split())
    assert "Lone" not in message.mail.text

    staff.follows("Take the list back")
    staff.stands_at("Take the list back?")
    staff.presses("Yes, delete them again")
    staff.reads("Deleted again")
    told = portal.mailbox.received(email, staff.words("We wrote you down by mistake"))
    assert "Lone" not in told.mail.text
    staff.opens("/staff/helpers/")
    staff.sees_no(f"Lone Lund-{how}")


def adds(staff: Reader) -> None:
    staff.page.locator("[name=consent]").check()
    staff.page.locator(".form-card [type=submit]").click()
    staff.reads("Helpers added")
