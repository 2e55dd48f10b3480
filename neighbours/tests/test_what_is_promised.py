"""What the pages say about counts and about the Naboven is so."""

import pytest

from neighbours import scopes
from neighbours.actions import leaving, ticking
from neighbours.first_things import FIRST_THINGS
from neighbours.tests import builders as make
from partnership import clock
from partnership.people.models import Role
from partnership.tests.cast import Cast, visit

CALLS_A_NABOVEN = "har en Naboven. Vil du gerne tale med"


@pytest.fixture
def helle(cast: Cast):
    return make.helper(cast.helle, make.home(cast.vorup))


def test_whoever_stops_is_told_that_they_no_longer_count_and_does_not(cast: Cast, helle) -> None:
    ticking.tick(person=cast.helle, thing=FIRST_THINGS[0], now=clock.now())
    today = cast.randers.today()
    assert scopes.active_count(cast.randers, today) == 1
    own = visit(cast.helle).get("/da/neighbours/leave/").content.decode()
    of_staff = visit(cast.karen).get(f"/da/staff/helpers/{helle.pk}/leave/").content.decode()
    assert "Du tæller ikke længere med" in own
    assert "tæller ikke længere med" in of_staff
    leaving.leave(helper=helle, by=cast.helle, now=clock.now())
    assert scopes.active_count(cast.randers, today) == 0


def test_a_helper_is_told_how_to_reach_a_naboven_only_where_there_is_one(cast: Cast, helle) -> None:
    Role.objects.filter(kind=Role.Kind.NABOVEN).delete()
    assert CALLS_A_NABOVEN not in visit(cast.helle).get("/da/me/").content.decode()
    Role.objects.create(user=cast.niels, partnership=cast.randers, kind=Role.Kind.NABOVEN, area=cast.vorup)
    page = visit(cast.helle).get("/da/me/").content.decode()
    assert CALLS_A_NABOVEN in page
    assert "Niels" not in page


def test_what_a_helper_sees_of_others_is_named_where_they_join(cast: Cast) -> None:
    page = visit(None).get("/da/neighbours/").content.decode()
    assert "Nabohjælpere på din vej" not in page
    assert "Hvor mange der har tilmeldt sig i området, når der er mindst tre." in page


def test_a_helper_whom_letters_reach_has_a_way_in_the_list(cast: Cast) -> None:
    make.slip(cast.karen, make.home(cast.vorup), phone="")
    assert ">med brev</td>" in visit(cast.karen).get("/da/staff/helpers/").content.decode()


def test_a_helper_who_opens_the_form_to_join_is_told_that_they_are_one_already(cast: Cast) -> None:
    told = "Du er allerede nabohjælper."
    assert told not in visit(cast.helle).get("/da/neighbours/join/").content.decode()
    make.helper(cast.helle, make.home(cast.vorup))
    assert told in visit(cast.helle).get("/da/neighbours/join/").content.decode()
    assert told not in visit(None).get("/da/neighbours/join/").content.decode()


def test_where_there_is_one_way_to_reach_somebody_the_page_says_how_to_get_letters(cast: Cast) -> None:
    says = "Vil du hellere have breve?"
    assert says in visit(cast.ruth).get("/da/me/messages/").content.decode()
    make.helper(cast.helle, make.home(cast.vorup))
    assert says not in visit(cast.helle).get("/da/me/messages/").content.decode()
