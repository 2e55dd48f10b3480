"""The pages with the button that confirms a mailbox show what the press stores: a stranger may have typed it."""

import re

import pytest

from partnership import clock
from partnership.people.actions.mailboxes import verify_mailbox
from partnership.people.models import Organisation, User
from partnership.tests.cast import NOW, Cast, visit
from talks.models import TalkWish
from talks.tests.bookings import unverified
from talks.tests.sent_links import path_of
from talks.tests.test_wishes import wished


def wish(cast: Cast, **typed: object) -> TalkWish:
    return wished(cast, verified=False, **typed)


BOTH = pytest.mark.parametrize(("make", "purpose"), [(unverified, "verify"), (wish, "verify_wish")])


def facts_on(page: str) -> dict[str, str]:
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL)
    return {name.strip(): value.replace("\N{NO-BREAK SPACE}", " ").strip() for name, value in found}


@BOTH
def test_the_page_shows_the_homes_and_the_number_that_the_press_stores(cast: Cast, make, purpose: str) -> None:
    path = path_of(make(cast, homes=4999, phone="20 30 40 50"), purpose)
    facts = facts_on(visit(None).get(path).content.decode())
    assert facts["Boliger"] == "4.999"
    assert facts["Dit telefonnummer"] == "20 30 40 50"
    visit(None).post(path)
    assert Organisation.objects.get(pk=cast.association.pk).homes == 4999


@BOTH
@pytest.mark.parametrize("is_verified", [True, False])
def test_the_page_shows_a_name_only_if_the_press_stores_it(cast: Cast, make, purpose: str, is_verified: bool) -> None:
    if is_verified:
        verify_mailbox(cast.ruth, NOW)
    path = path_of(make(cast, name="Somebody Else"), purpose)
    is_shown = "Somebody Else" in visit(None).get(path).content.decode()
    visit(None).post(path)
    assert (User.objects.get(pk=cast.ruth.pk).name == "Somebody Else") is is_shown is not is_verified


@BOTH
@pytest.mark.parametrize(("name", "gets_letters"), [("Bente Bro", False), ("Ruth", True)])
def test_no_letter_with_a_code_goes_at_once_to_a_name_that_a_press_changes(
    cast: Cast, make, purpose: str, name: str, gets_letters: bool
) -> None:
    visit(None).post(path_of(make(cast, name=name), purpose))
    ruth = User.objects.get(pk=cast.ruth.pk)
    assert ruth.name == name
    assert ruth.gets_letter_codes(clock.now()) is gets_letters
