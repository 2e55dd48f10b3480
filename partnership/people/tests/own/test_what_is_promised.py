"""What the page of privacy says about seeing, correcting and deleting one's data is so."""

import pytest

from entrance.own_codes.finding import ONE_LETTER_IN
from partnership.paper.printed_codes import LASTS
from partnership.people.lookups import record
from partnership.people.retention import LOG_KEPT, LOOK_UPS_KEPT, NOTES_KEPT
from partnership.tests.cast import NOW, Cast, visit

YEAR = 365


def said(page: str, language: str = "en", who=None) -> str:
    return " ".join(visit(who).get(f"/{language}{page}").content.decode().split())


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_it_leads_to_the_pages_where_each_right_is_used(cast: Cast, language: str) -> None:
    for page in ("me/data/", "me/without-account/"):
        assert f'href="/{language}/{page}"' in said("/privacy/", language)
        assert visit(cast.helle).get(f"/{language}/{page}").status_code == 200


def test_its_limits_are_those_that_the_code_keeps(cast: Cast) -> None:
    page = said("/privacy/")
    assert f"{LASTS.days} days, or until you delete your data." in page
    assert (LOOK_UPS_KEPT.days, NOTES_KEPT.days, LOG_KEPT.days) == (2 * YEAR, YEAR, YEAR)
    assert "What administrators have changed: one year." in page
    assert f"{LASTS.days} days" in said("/me/without-account/letter/asked/")
    assert ONE_LETTER_IN.days == 7
    assert "again within a week" in said("/me/without-account/letter/asked/")


def test_who_has_been_looked_up_reads_it_as_the_page_says(cast: Cast) -> None:
    assert "So that you and the administrators can see whether somebody looks without a reason." in said("/privacy/")
    record(cast.karen, [cast.helle], purpose="call", seen_on="page", now=NOW)
    page = said("/me/data/", who=cast.helle)
    assert "Who has looked you up" in page
    # Of a letter with a code own data have no look-up (test_who_lives_where.py).
    assert "it is noted here, but not when they see to a letter with a code." in page


def test_the_cookies_are_those_that_it_counts(cast: Cast) -> None:
    """A session begins where a code is asked for, too."""
    browser = visit(None)
    browser.post("/en/me/without-account/code/", {"code": "1" * 12})
    assert set(browser.cookies) <= {"csrftoken"}
    browser.post("/accounts/login/code/", {"email": "nobody@nowhere.example"})
    assert "sessionid" in browser.cookies
    assert "Set when you ask for a code or log in" in said("/privacy/")
