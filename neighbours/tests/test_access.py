"""Who may open which page, and what they see there."""

import re

import pytest

from neighbours import scopes
from neighbours.actions.ticking import tick
from neighbours.first_things import FIRST_THINGS
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.people.models import User
from partnership.tests.cast import person, visit

OPEN, LOG_IN, NO, OFF, NOT_SO = 200, 302, 403, 302, 405
PEOPLE = ("nobody", "helle", "frede", "niels", "ruth", "karen", "anne", "palle", "kerstin")
EVERYONE = dict.fromkeys(PEOPLE, OPEN)
OTHERS = ("helle", "frede", "niels", "ruth", "palle")
STAFF_ONLY = {"nobody": LOG_IN, "karen": OPEN, "anne": OPEN, **dict.fromkeys(OTHERS, NO)}
TABLE = {
    "/da/neighbours/": EVERYONE,
    "/da/neighbours/join/": EVERYONE,
    "/da/neighbours/join/sent/": EVERYONE,
    "/da/neighbours/slip/": EVERYONE,
    "/da/neighbours/streets/?q=ek": EVERYONE,
    "/da/neighbours/leave/": {"nobody": LOG_IN, "helle": OPEN, "frede": OFF, "kerstin": LOG_IN},
    "/da/neighbours/address/": {"nobody": LOG_IN, "helle": OPEN, "frede": OFF, "kerstin": LOG_IN},
    "/da/neighbours/invite/": {"nobody": LOG_IN, "helle": OPEN, "frede": OFF, "karen": OFF, "kerstin": LOG_IN},
    "/da/neighbours/invite/cards.pdf": {"nobody": LOG_IN, "helle": OPEN, "frede": OFF, "karen": OFF},
    "/da/neighbours/stickers.pdf": EVERYONE,
    "/da/neighbours/name/": {"nobody": LOG_IN, "helle": OFF, "frede": OFF, "kerstin": LOG_IN},
    "/da/neighbours/things/greet_a_neighbour/": {"helle": NOT_SO},
    "/da/neighbours/things/greet_a_neighbour/undo/": {"nobody": LOG_IN, "helle": NOT_SO},
    "/da/staff/slips/": STAFF_ONLY | {"kerstin": LOG_IN},
    "/da/staff/helpers/": STAFF_ONLY | {"niels": OPEN, "kerstin": LOG_IN},
}


@pytest.mark.parametrize("page", TABLE)
def test_each_page_is_open_to_the_right_people(cast, page):
    make.helper(cast.helle, make.home(cast.vorup))
    found = {}
    for who in TABLE[page]:
        # Always under Randers' host name, where Kerstin of Kalmar is anonymous.
        browser = visit(None if who == "nobody" else getattr(cast, who), host="randers.localhost")
        found[who] = browser.get(page).status_code
    assert found == TABLE[page]


@pytest.mark.parametrize("page", ["/da/staff/slips/", "/da/staff/helpers/"])
def test_staff_without_their_second_factor_see_nothing(cast, page):
    assert visit(cast.karen, second_factor=False).get(page).status_code == 302


@pytest.mark.parametrize("page", ["/da/neighbours/", "/da/neighbours/slip/"])
def test_pages_without_a_form_can_be_held_by_any_cache(cast, page):
    answer = visit(None).get(page)
    assert not answer.cookies
    assert "public" in answer.headers["Cache-Control"]
    assert answer.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert visit(cast.helle).get(page).content == answer.content


@pytest.fixture
def helpers(cast):
    """Return helpers in both areas of Randers, one who waits, and one in Kalmar."""
    helle = make.helper(cast.helle, make.home(cast.vorup), shown=True)
    frede = make.helper(cast.frede, make.home(cast.dronningborg, "7", "Fredensvej"))
    waiting = make.ask(cast.randers, make.home(cast.vorup, "14"))
    gunnar = make.helper(cast.gunnar, make.home(cast.malmen, "3", "Exempelvägen"))
    return {"helle": helle, "frede": frede, "waiting": waiting, "gunnar": gunnar}


@pytest.mark.parametrize(
    "who, seen",
    [
        ("karen", {"helle", "frede", "waiting"}),
        ("anne", {"helle", "frede", "waiting"}),
        ("niels", {"helle"}),
        ("palle", set()),
        ("helle", set()),
        ("ruth", set()),
        ("kerstin", set()),
    ],
)
def test_each_sees_only_the_helpers_they_may_see(cast, helpers, who, seen):
    found = scopes.helpers_in_view(getattr(cast, who), cast.randers)
    assert set(found) == {helpers[name] for name in seen}


def test_staff_of_kalmar_see_only_kalmar(cast, helpers):
    assert set(scopes.helpers_in_view(cast.kerstin, cast.kalmar)) == {helpers["gunnar"]}
    page = visit(cast.kerstin).get("/sv/staff/helpers/").content.decode()
    assert "Gunnar" in page
    assert not any(name in page for name in ("Helle", "Frede", "Vera"))


def test_a_naboven_reads_names_and_first_things_but_no_address(cast, helpers):
    tick(person=cast.helle, thing=FIRST_THINGS[0], now=clock.now())
    page = visit(cast.niels).get("/en/staff/helpers/?state=pending").content.decode()
    assert "Helle" in page
    assert "Greet a neighbour" in page
    for hidden in ("Eksempelvej", cast.helle.email, "Frede", "Vera"):
        assert hidden not in page


def test_a_coordinator_filters_by_area_and_state(cast, helpers):
    browser = visit(cast.karen)
    page = browser.get(f"/en/staff/helpers/?area={cast.dronningborg.pk}").content.decode()
    assert "Fredensvej 7" in page
    assert "Helle" not in page
    page = browser.get("/en/staff/helpers/?state=pending").content.decode()
    assert "Vera Vestergaard" in page
    assert "Helle" not in page


def test_an_area_of_another_partnership_is_no_filter(cast, helpers):
    page = visit(cast.karen).get(f"/en/staff/helpers/?area={cast.malmen.pk}").content.decode()
    assert "Gunnar" not in page


def test_a_long_list_comes_in_pages(cast):
    door = make.home(cast.vorup)
    for number in range(51):
        make.slip(cast.karen, door, name=f"Poul {number:02}")
    browser, address = visit(cast.karen), "/en/staff/helpers/"
    first = browser.get(address).content.decode()
    assert "Poul 50" not in first
    assert "51 on the list" in " ".join(first.split())
    last = browser.get(address + re.search(r'href="([^"]*)">Next page', first)[1]).content.decode()
    assert ("Poul 49" in last, "Poul 50" in last, "Next page" in last) == (False, True, False)
    again = browser.get(address + re.search(r'href="([^"]*)">Previous page', last)[1]).content.decode()
    assert ("Poul 00" in again, "Poul 50" in again, "Previous page" in again) == (True, False, False)


def test_pages_of_a_filtered_list_stay_filtered_and_a_page_after_nobody_is_the_first(cast):
    for number in range(51):
        make.slip(cast.karen, make.home(cast.vorup, str(number + 20)), name=f"Poul {number:02}")
    browser, area = visit(cast.karen), f"/en/staff/helpers/?area={cast.vorup.pk}&state=confirmed"
    page = browser.get(area).content.decode()
    assert f"?area={cast.vorup.pk}&amp;state=confirmed&amp;after=" in page
    for number in ("0", "999999999", "x", "9" * 40, "-1"):
        assert "Poul 00" in browser.get(f"{area}&after={number}").content.decode()


def test_the_administration_shows_a_partnership_only_its_own(cast, helpers):
    User.objects.filter(pk=cast.karen.pk).update(is_superuser=True)
    page = visit(cast.karen).get("/admin/neighbours/helper/").content.decode()
    assert "Helle" in page
    assert "Gunnar" not in page
    assert visit(cast.karen).get(f"/admin/neighbours/helper/{helpers['gunnar'].pk}/change/").status_code == 302
    assert visit(cast.karen).get(f"/admin/neighbours/helper/{helpers['helle'].pk}/change/").status_code == 200


def test_the_administration_ends_a_place_by_the_same_action(cast, helpers):
    User.objects.filter(pk=cast.karen.pk).update(is_superuser=True)
    chosen = {"action": "end", "_selected_action": [helpers["helle"].pk, helpers["gunnar"].pk]}
    visit(cast.karen).post("/admin/neighbours/helper/", chosen)
    assert Helper.objects.get(pk=helpers["helle"].pk).state == "left"
    assert Helper.objects.get(pk=helpers["gunnar"].pk).state == "confirmed"


@pytest.mark.parametrize(("number", "said"), [(2, "fewer than 3 active"), (3, "Vorup: 3 active neighbour helpers")])
def test_a_naboven_reads_how_many_are_active_in_the_area_and_a_next_task(cast, number, said):
    home = make.home(cast.vorup)
    for name in ("Ida", "Jens", "Kaj")[:number]:
        joined = person(name, cast.randers)
        make.helper(joined, home)
        tick(person=joined, thing=FIRST_THINGS[0], now=clock.now())
    make.helper(cast.frede, make.home(cast.vorup, number="8"))
    page = visit(cast.niels).get("/en/staff/helpers/").content.decode()
    assert said in page
    assert 'href="/en/neighbours/slip/"' in page.partition("naboven-next")[2].partition("</section>")[0]
    assert "naboven-next" not in visit(cast.karen).get("/en/staff/helpers/").content.decode()
