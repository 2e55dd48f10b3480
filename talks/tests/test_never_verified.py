"""What a stranger asks for with somebody's address is not theirs before they have used the link."""

import datetime as dt
import json
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from partnership.people.actions import erasing, forgetting, organisations
from partnership.people.actions.mailboxes import keep_typed_mailbox
from partnership.people.mailboxes import typed_and_not_verified
from partnership.people.models import Organisation, OrganisationContact, User
from partnership.people.own.readable import for_machines
from partnership.people.rules import does_something_for_others
from partnership.people.scopes import organisations_in_view, organisations_of
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import bookings, wishes
from talks.links import link
from talks.models import DeputyInvitation, TalkWish
from talks.tests.bookings import unverified
from talks.tests.test_wishes import wished

pytestmark = pytest.mark.django_db


def unverified_wish(cast: Cast, **changes: object) -> TalkWish:
    return wished(cast, verified=False, **changes)


def test_a_request_stands_on_the_own_page_once_its_link_is_used(cast: Cast) -> None:
    booking = unverified(cast)
    page = reverse("talks:booking", args=[booking.pk]).partition("/talks/")[2]
    assert f"/talks/{page}" not in visit(cast.ruth).get("/da/me/").content.decode()
    bookings.verify(booking=booking, now=NOW)
    assert f"/talks/{page}" in visit(cast.ruth).get("/da/me/").content.decode()


@pytest.mark.parametrize("asks", [unverified, unverified_wish])
def test_an_association_of_such_a_request_is_not_yet_the_owners(cast: Cast, asks) -> None:
    asked = asks(cast, association="Foreningen X")
    assert asked.association not in organisations_in_view(cast.ruth, cast.randers)
    if asks is unverified_wish:
        wishes.verify_wish(wish=asked, now=NOW)
    else:
        bookings.verify(booking=asked, now=NOW)
    assert asked.association in organisations_in_view(cast.ruth, cast.randers)


@pytest.mark.parametrize("asks", [unverified, unverified_wish])
def test_an_old_link_of_a_former_chair_shows_nothing_of_the_new_chairs_mailbox(cast: Cast, asks) -> None:
    case = (
        asks(cast, phone="12 34 56 78")
        if asks is unverified_wish
        else asks(cast, slot(cast.speaker), phone="12 34 56 78")
    )
    opens = link(case, "verify_wish" if asks is unverified_wish else "verify", cast.ruth)
    organisations.name_deputy(organisation=case.association, name="Frede", email=cast.frede.email, by=cast.ruth)
    OrganisationContact.objects.filter(organisation=case.association).delete()
    for person, role in ((cast.frede, "chair"), (cast.ruth, "deputy")):
        OrganisationContact.objects.create(organisation=case.association, person=person, role=role)
        person.emailaddress_set.create(email=person.email, verified=False, primary=True)
    visit(None).post(urlsplit(opens).path)
    assert list(typed_and_not_verified().values_list("user", flat=True)) == [cast.frede.pk]
    cast.frede.refresh_from_db()
    assert cast.frede.phone == ""


def test_an_association_of_another_partnership_is_in_nobodys_view_here(cast: Cast) -> None:
    deputise(cast.kalmar_association, cast.ruth)
    assert list(organisations_in_view(cast.ruth, cast.randers)) == [cast.association]


@pytest.mark.parametrize("asks", [unverified, unverified_wish])
def test_what_a_stranger_asks_for_makes_nobody_a_chair(cast: Cast, asks) -> None:
    asked = asks(cast, association="Foreningen X", email=cast.helle.email)
    assert not does_something_for_others(cast.helle)
    assert not organisations_of(cast.helle, cast.karen, cast.randers)
    assert asked.association not in Organisation.objects.unconfirmed(cast.randers, NOW.year + 1)
    bookings.verify(booking=asked, now=NOW) if asks is unverified else wishes.verify_wish(wish=asked, now=NOW)
    assert does_something_for_others(cast.helle)
    assert list(organisations_of(cast.helle, cast.karen, cast.randers)) == [asked.association]


@pytest.mark.parametrize("asks", [unverified, unverified_wish])
def test_the_night_deletes_it_also_of_somebody_who_has_logged_in(cast: Cast, asks) -> None:
    User.objects.filter(pk=cast.helle.pk).update(last_login=NOW)
    asked = asks(cast, association="Foreningen X", email=cast.helle.email)
    forgetting.run(now=NOW + dt.timedelta(days=60))
    assert not Organisation.objects.filter(pk=asked.association_id).exists()


def test_a_mailbox_that_nobody_has_used_neither_reads_nor_deletes_what_its_owner_was_asked(cast: Cast) -> None:
    typed = User.objects.create_user("stig@randers.example", "Aksel", partnership=cast.randers, language="da")
    keep_typed_mailbox(typed)
    asked = DeputyInvitation.objects.create(
        association=cast.association, asked_by=cast.ruth, asked_at=NOW, name="Stig", email="stig@randers.example"
    )
    booking = unverified(
        cast, association="Stigs Forening", email="stig@randers.example", name="Stig", phone="12345678"
    )
    given = json.dumps(for_machines(typed), default=str)
    assert "Stig" not in given.replace("stig@", "")
    assert booking.place not in given
    erasing.erase(person=typed, by=typed, now=NOW)
    assert DeputyInvitation.objects.filter(pk=asked.pk).exists()
