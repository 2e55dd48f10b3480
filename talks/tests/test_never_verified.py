"""What a stranger asks for with somebody's address is not theirs before they have used the link."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from partnership.people.actions import organisations
from partnership.people.mailboxes import typed_and_not_verified
from partnership.people.models import OrganisationContact
from partnership.people.scopes import organisations_in_view
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import bookings, wishes
from talks.links import link
from talks.models import TalkWish
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
