"""A name that somebody types for a mailbox that is not theirs does not stick to its owner."""

import pytest

from neighbours.actions import joining
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.people.actions import forgetting
from partnership.people.actions.mailboxes import keep_typed_mailbox
from partnership.people.actions.protecting import protect
from partnership.people.models import User
from partnership.places.models import Household
from partnership.tests.cast import NOW, Cast, visit
from talks.actions import bookings
from talks.tests.bookings import unverified

pytestmark = pytest.mark.django_db
OWNER, STRANGER, MAILBOX = "Vera Rigtig", "Tosse Hansen", "vera@where.example"


def name() -> str:
    return User.objects.get(email=MAILBOX).name


def joined(cast: Cast, typed: str) -> Helper:
    return make.ask(cast.randers, make.home(cast.vorup), MAILBOX, name=typed)


def test_who_joins_has_the_name_of_their_own_form_after_a_strangers_talk(cast: Cast) -> None:
    unverified(cast, email=MAILBOX, name=STRANGER)
    helper = joined(cast, OWNER)
    page = visit(None).get(f"/da/neighbours/confirm/{make.token(helper)}/").content.decode()
    assert OWNER in page
    assert STRANGER not in page
    joining.confirm(helper=helper, now=clock.now())
    assert name() == OWNER


def test_a_chair_has_the_name_of_the_request_whose_link_is_used_after_a_strangers_join(cast: Cast) -> None:
    booking = unverified(cast, email=MAILBOX, name=OWNER)
    joined(cast, STRANGER)
    bookings.verify(booking=booking, now=NOW)
    assert name() == OWNER
    booking.refresh_from_db()
    assert booking.name == ""


def test_a_signed_slip_counts_for_a_mailbox_that_nobody_has_verified(cast: Cast) -> None:
    joined(cast, STRANGER)
    make.slip(cast.karen, make.home(cast.vorup, "21"), name=OWNER, email=MAILBOX)
    assert name() == OWNER


def test_later_forms_change_no_name_of_somebody_who_has_verified_the_mailbox(cast: Cast) -> None:
    bookings.verify(booking=unverified(cast, email=MAILBOX, name=OWNER), now=NOW)
    joining.confirm(helper=joined(cast, STRANGER), now=clock.now())
    assert name() == OWNER


def test_the_same_form_with_another_home_is_no_double_click(cast: Cast) -> None:
    first, second = make.home(cast.vorup, "21"), make.home(cast.vorup, "23")
    for home in (first, second, second):
        helper = make.ask(cast.randers, home, MAILBOX, submission=make.SUBMISSION)
    assert helper.household.address == second
    assert helper.person.messages.filter(kind="neighbours.confirm").count() == 2
    # The night deletes the home that was typed first, and no other.
    make.slip(cast.karen, make.home(cast.vorup, "25"))
    forgetting.run(now=clock.now())
    assert {home.address.number for home in Household.objects.all()} == {"23", "25"}


def test_a_strangers_form_renames_nobody_who_has_logged_in(cast: Cast) -> None:
    joined(cast, OWNER)
    User.objects.filter(email=MAILBOX).update(last_login=clock.now())
    make.ask(cast.randers, make.home(cast.vorup, "23"), MAILBOX, name=STRANGER)
    assert name() == OWNER


@pytest.mark.parametrize("known_by", ["a link", "staff who wrote the mailbox down", "a role"])
def test_a_strangers_form_neither_renames_nor_hides_whom_we_know_otherwise(cast: Cast, known_by: str) -> None:
    """Though a form made the person, the stranger's or their own, and they have never logged in."""
    person = joined(cast, OWNER).person
    if known_by == "a link":
        bookings.verify(booking=unverified(cast, email=MAILBOX, name=OWNER), now=NOW)
    elif known_by == "a role":
        person.roles.create(partnership=cast.randers, kind="coordinator")
    else:
        keep_typed_mailbox(person)
    make.ask(cast.randers, make.home(cast.vorup, "23"), MAILBOX, name=STRANGER, is_protected=True)
    person.refresh_from_db()
    assert (person.name, person.is_protected) == (OWNER, False)


@pytest.mark.parametrize("by_staff", [False, True])
def test_a_later_form_without_the_tick_shows_nobody_who_is_hidden_and_the_page_says_so(
    cast: Cast, by_staff: bool
) -> None:
    home = make.home(cast.vorup, "23")
    person = make.ask(cast.randers, home, MAILBOX, name=STRANGER, is_protected=not by_staff).person
    if by_staff:
        protect(person=person, by=cast.karen, now=NOW)
    helper = joined(cast, OWNER)
    page = visit(None).get(f"/en/neighbours/confirm/{make.token(helper)}/").content.decode()
    assert "Name and address protection" in page
    joining.confirm(helper=helper, now=clock.now())
    person.refresh_from_db()
    assert (person.name, person.is_protected) == (OWNER, True)
