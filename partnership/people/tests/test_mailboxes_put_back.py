"""A mailbox that staff put back is its owner's again, whatever was typed with it in forms that anybody can send."""

from collections.abc import Callable

import pytest

from entrance.tests.own_codes.test_mailboxes_held_back import TAKEN, corrected, known_since
from neighbours.actions import joining
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.people.actions.mailboxes import keep_typed_mailbox
from partnership.people.mailboxes import is_verified
from partnership.people.models import Role, User
from partnership.refusals import Refused
from partnership.tests.cast import Cast, visit
from talks.actions import bookings, wishes
from talks.tests.bookings import unverified
from talks.tests.sent_links import path_of
from talks.tests.test_wishes import wished

HELLE = "helle@randers.example"


def joins(cast: Cast) -> Helper:
    make.ask(cast.randers, make.home(cast.vorup, "13"), email=HELLE)
    return Helper.objects.get(person__email=HELLE)


def asks(cast: Cast) -> object:
    return unverified(cast, now=clock.now(), email=HELLE, name="Nogen", association="Nygaard")


def wishes_for_days(cast: Cast) -> object:
    return wished(cast, verified=False, now=clock.now(), email=HELLE, name="Nogen", association="Nygaard")


def all_of_them(cast: Cast) -> None:
    for form in (joins, asks, wishes_for_days):
        form(cast)


@pytest.fixture
def helle(cast: Cast) -> User:
    """A helper whose mailbox staff have just mistyped."""
    make.helper(cast.helle, make.home(cast.vorup))
    helle = known_since(cast.helle)
    corrected(cast, helle, by=cast.anne, email=TAKEN)
    return helle


@pytest.mark.parametrize("form", [joins, asks, wishes_for_days, all_of_them])
def test_what_was_typed_in_a_form_gives_way(cast: Cast, helle: User, form: Callable[[Cast], object]) -> None:
    form(cast)
    typed = User.objects.get(email=HELLE)
    corrected(cast, helle, by=cast.anne, email=HELLE)
    helle.refresh_from_db()
    typed.refresh_from_db()
    assert (helle.email, helle.has_open_mailbox, is_verified(helle)) == (HELLE, True, True)
    assert (typed.email, typed.is_duplicate) == (None, False)


def test_the_links_of_the_form_open_nothing_more(cast: Cast, helle: User) -> None:
    link, talk = f"/da/neighbours/confirm/{make.token(joins(cast))}/", asks(cast)
    other = path_of(talk, "verify")
    corrected(cast, helle, by=cast.anne, email=HELLE)
    assert {visit(None).post(page).status_code for page in (link, other)} <= {404, 410}
    helle.refresh_from_db()
    assert helle.name == "Helle"


SAID_MORE: dict[str, Callable[[Cast], object]] = {
    "helper": lambda cast: joining.confirm(helper=joins(cast), now=clock.now()),
    "request": lambda cast: bookings.verify(booking=asks(cast), now=clock.now()),
    "wish": lambda cast: wishes.verify_wish(wish=wishes_for_days(cast), now=clock.now()),
    "written down by staff": lambda cast: keep_typed_mailbox(joins(cast).person),
    "logged in": lambda cast: User.objects.filter(pk=joins(cast).person_id).update(last_login=clock.now()),
    "role": lambda cast: Role.objects.create(
        user=joins(cast).person, partnership=cast.randers, kind=Role.Kind.NABOVEN, area=cast.vorup
    ),
}


@pytest.mark.parametrize("say", SAID_MORE)
def test_whoever_has_used_a_link_or_is_known_otherwise_keeps_it(cast: Cast, helle: User, say: str) -> None:
    SAID_MORE[say](cast)
    with pytest.raises(Refused) as refused:
        corrected(cast, helle, by=cast.anne, email=HELLE)
    assert refused.value.reason == "mailbox_taken"
    assert User.objects.get(email=HELLE) != helle


def test_a_mailbox_that_was_never_theirs_is_not_taken_from_a_form(cast: Cast, helle: User) -> None:
    make.ask(cast.randers, make.home(cast.vorup, "13"), email="vera@randers.example")
    with pytest.raises(Refused) as refused:
        corrected(cast, helle, by=cast.anne, email="vera@randers.example")
    assert refused.value.reason == "mailbox_taken"
