"""Staff who speak for the association that asks are shown who answers, in place of forms that would refuse them."""

import re

import pytest

from partnership.people.models import OrganisationContact
from partnership.people.tests.looking_up import look_up
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import offers
from talks.models import Booking
from talks.tests.bookings import confirmed, requested
from talks.tests.test_for_callers import wished

SENTENCE = "You speak for this association, so somebody else among the staff answers."


def speaks(cast: Cast, association) -> None:
    OrganisationContact.objects.create(organisation=association, person=cast.karen, role="deputy")


def offered(cast: Cast) -> Booking:
    talk = confirmed(cast)
    return offers.offer(booking=talk, slots=[slot(cast.speaker, days=50)], by=cast.karen, now=NOW)


def forms(page: str) -> list[str]:
    return re.findall(r'<form[^>]*action="(/en/staff/talks/[^"]+)"', page)


@pytest.mark.parametrize("make", [requested, confirmed, offered])
def test_no_form_that_would_refuse_is_shown(cast: Cast, make) -> None:
    talk = make(cast)
    page = visit(cast.karen).get(f"/en/staff/talks/{talk.pk}/").content.decode()
    assert forms(page)
    assert SENTENCE not in page
    speaks(cast, talk.association)
    page = visit(cast.karen).get(f"/en/staff/talks/{talk.pk}/").content.decode()
    assert SENTENCE in page
    assert forms(page) == []
    assert f"/en/staff/talks/{talk.pk}/call/" not in page
    assert f"/en/talks/bookings/{talk.pk}/" in page


def test_nor_for_wished_days(cast: Cast) -> None:
    wish = wished(cast, cast.ruth)
    assert forms(visit(cast.karen).get(f"/en/staff/talks/wishes/{wish.pk}/").content.decode())
    speaks(cast, wish.association)
    page = visit(cast.karen).get(f"/en/staff/talks/wishes/{wish.pk}/").content.decode()
    assert SENTENCE in page
    assert forms(page) == []


def test_nor_on_the_page_of_the_chair(cast: Cast) -> None:
    talk = confirmed(cast)
    chair = talk.association.chair
    assert f"/en/staff/talks/{talk.pk}/call/" in look_up(visit(cast.karen), chair)
    speaks(cast, talk.association)
    page = look_up(visit(cast.karen), chair)
    assert talk.association.title in page
    assert f"/en/staff/talks/{talk.pk}/call/" not in page
