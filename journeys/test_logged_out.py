"""Somebody's log-in ends while they write: after logging in again they are back, with what they had written."""

import pytest

from journeys.portal import Portal
from journeys.reader import Seating
from journeys.second_factor import is_one_of_the_cast, types_the_code

CHAIRED = """SELECT c.organisation_id, p.id, p.email FROM people_organisationcontact c JOIN people_user p
    ON p.id = c.person_id WHERE c.role = 'chair' AND p.name LIKE 'Ruth%%'"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_was_written_is_back_after_logging_in_again(portal: Portal, seat: Seating, scripts: bool) -> None:
    ruth = seat(scripts=scripts)
    is_one_of_the_cast(ruth, "Ruth")
    number, person, email = portal.query(CHAIRED)[0]
    page = f"/talks/associations/{number}/deputy/"
    ruth.opens(page)
    name = ruth.page.locator("input[name=name]")
    name.fill("Dorte Dahl")
    portal.query("DELETE FROM entrance_browsersession WHERE person_id = %s", person)
    name.press("Enter")
    types_the_code(ruth, portal, email)
    ruth.page.wait_for_url(f"**{page}")
    if scripts:
        ruth.reads("What you had written is here again. It is not sent yet: look it through and send it.")
        assert name.input_value() == "Dorte Dahl"
    # Once only: the next time the page is as the portal knows it.
    ruth.opens("/me/")
    ruth.opens(page)
    assert name.input_value() == ""
