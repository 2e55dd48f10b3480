"""Who is Naboven reads it on their own page, with the way to the helpers of the area, and nothing about another."""

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext

from neighbours.actions.showing import set_shown_to_naboven
from neighbours.tests import builders as make
from partnership.people.models import Role
from partnership.tests.cast import NOW, Cast, visit

LIST = 'href="/en/staff/helpers/"'


def own_page(cast: Cast, name: str) -> str:
    return visit(getattr(cast, name)).get("/en/me/").content.decode().partition("<main")[2]


@pytest.mark.parametrize(("name", "is_naboven"), [("niels", True), ("helle", False), ("karen", False), ("ruth", False)])
def test_who_is_naboven_and_nobody_else_has_the_card_with_the_area_and_the_list(
    cast: Cast, name: str, is_naboven: bool
) -> None:
    page = own_page(cast, name)
    assert ("You are a local contact person" in page) is is_naboven
    assert (LIST in page) is is_naboven
    assert (f"Your local area: {cast.vorup}." in page) is is_naboven


def test_the_only_naboven_of_an_area_is_not_asked_whether_the_naboven_may_see_them(cast: Cast) -> None:
    make.helper(cast.niels, make.home(cast.vorup))
    assert "The local contact person of your area" not in own_page(cast, "niels")


def test_a_naboven_of_another_area_or_beside_another_is_asked_like_everybody(cast: Cast) -> None:
    make.helper(cast.niels, make.home(cast.dronningborg))
    assert "Show my name and my ticks if the area gets one" in own_page(cast, "niels")
    make.helper(cast.helle, make.home(cast.vorup))
    Role.objects.create(user=cast.helle, partnership=cast.randers, area=cast.vorup, kind=Role.Kind.NABOVEN)
    assert "The local contact person of your area" in own_page(cast, "helle")


@pytest.mark.parametrize("yes", [True, False])
def test_an_area_without_a_naboven_is_not_said_to_have_one(cast: Cast, yes: bool) -> None:
    helper = make.helper(cast.helle, make.home(cast.dronningborg))
    set_shown_to_naboven(helper=helper, yes=yes, by=cast.helle, now=NOW)
    page = own_page(cast, "helle")
    assert "Your area has no local contact person now." in page
    assert "The local contact person of your area" not in page


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_link_to_the_list_is_not_called_as_the_public_subject_is(cast: Cast, language: str) -> None:
    bar, _main, _page = visit(cast.niels).get(f"/{language}/me/").content.decode().partition("<main")
    label = re.search(rf'href="/{language}/staff/helpers/"[^>]*>([^<]+)<', bar)[1].strip()
    public = re.search(rf'href="/{language}/neighbours/"[^>]*>([^<]+)<', bar)[1].strip()
    with translation.override(language):
        assert label not in (public, gettext("Neighbour helpers"))
