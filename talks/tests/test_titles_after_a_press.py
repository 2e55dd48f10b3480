"""The title of a page that a link opens no longer asks for what is done."""

import re

from partnership.tests.cast import Cast, visit
from talks.tests.bookings import unverified
from talks.tests.sent_links import path_of


def title(page: bytes) -> str:
    found = re.search(r"<title>(.*?)</title>", page.decode(), re.S)
    return " ".join(found[1].split()) if found else ""


def test_the_title_changes_once_a_request_is_confirmed(cast: Cast) -> None:
    booking = unverified(cast)
    path = path_of(booking, "verify")
    assert title(visit(None).get(path).content).startswith("Bekræft din anmodning")
    assert title(visit(None).post(path).content).startswith("Din anmodning")
