"""The page of one helper, for staff of the partnership alone; and how they find it."""

import pytest

from neighbours.actions.correcting import Details, correct
from neighbours.actions.showing import set_shown_to_naboven
from neighbours.models import Helper, State
from neighbours.tests import builders as make
from partnership import clock
from partnership.people.models import Activity, Consent, User
from partnership.people.tests.looking_up import look_up, page_of
from partnership.refusals import Refused
from partnership.tests.cast import Cast, visit

LIST = "/en/staff/helpers/"
SEARCH = "/en/staff/people/"
BENTE = {"name": "Bente Bo", "phone": "87 65 43 21", "email": "b@x.example"}
OPEN, LOG_IN, NO = 200, 302, 403
WHO = {
    "nobody": LOG_IN, "helle": NO, "niels": NO, "ruth": NO, "frede": NO, "sven": NO, "palle": NO,
    "karen": OPEN, "anne": OPEN, "kerstin": LOG_IN, "gunnar": LOG_IN,
}  # fmt: skip


@pytest.fixture
def poul(cast: Cast) -> Helper:
    return make.slip(cast.karen, make.home(cast.vorup, "12B", "Åboulevarden"), name="Poul Ærø", phone="12 34 56 78")


@pytest.fixture
def page(poul: Helper) -> str:
    return f"{LIST}{poul.pk}/"


@pytest.mark.parametrize("ending", ["correct/", "leave/"])
def test_only_staff_of_the_partnership_open_the_page(cast: Cast, page: str, ending: str) -> None:
    assert set(WHO) == {"nobody", *cast.everyone()}
    found = {
        who: visit(getattr(cast, who, None), host="randers.localhost").get(page + ending).status_code for who in WHO
    }
    assert found == WHO
    assert visit(cast.karen, second_factor=False).get(page + ending).status_code == LOG_IN


@pytest.mark.parametrize(
    "ending", ["", "correct/", "leave/", "things/greet_a_neighbour/", "things/greet_a_neighbour/undo/"]
)
@pytest.mark.parametrize("who", [who for who, may in WHO.items() if may != OPEN])
def test_nobody_else_changes_anything(cast: Cast, poul: Helper, page: str, ending: str, who: str) -> None:
    browser = visit(getattr(cast, who, None), host="randers.localhost")
    assert browser.post(page + ending, {"name": "Hacket"}).status_code == WHO[who]
    poul.refresh_from_db()
    assert (poul.person.name, poul.state) == ("Poul Ærø", State.CONFIRMED)
    assert not Activity.objects.exists()


def test_staff_of_kalmar_do_not_open_a_helper_of_randers_under_their_own_host(cast: Cast, page: str) -> None:
    for ending in ("correct/", "leave/"):
        assert visit(cast.kerstin).get(page.replace("/en/", "/sv/") + ending).status_code == 404
    correct = f"{page.replace('/en/', '/sv/')}correct/"
    assert visit(cast.kerstin).post(correct, {"name": "Hacket"}).status_code == 404


def test_the_row_in_the_list_leads_to_the_page_and_a_naboven_gets_no_link(cast: Cast, poul: Helper) -> None:
    assert f'href="{page_of(poul.person)}"' in visit(cast.karen).get(LIST).content.decode()
    set_shown_to_naboven(helper=poul, yes=True, by=cast.karen, medium="phone", now=clock.now())
    seen = visit(cast.niels).get(LIST).content.decode()
    assert "Poul Ærø" in seen
    assert page_of(poul.person) not in seen


def test_an_older_link_to_a_helper_leads_to_the_page_of_the_person(cast: Cast, poul: Helper, page: str) -> None:
    assert visit(cast.karen).get(page).url == page_of(poul.person)
    assert visit(cast.niels).get(page).status_code == NO


def test_a_naboven_is_led_to_the_list_by_its_name_and_not_by_a_menu_for_staff(cast: Cast, poul: Helper) -> None:
    menus = [visit(who).get("/en/me/").content.decode().partition("</section>")[0] for who in (cast.niels, cast.karen)]
    assert ['id="staff-menu"' in menu for menu in menus] == [False, True]
    assert f'<a href="{LIST}">List of helpers</a>' in menus[0]


def test_the_page_says_who_where_and_how_reached(cast: Cast, poul: Helper) -> None:
    seen = look_up(visit(cast.karen), poul.person).replace("\xa0", " ")
    for known in ("Poul Ærø", "Åboulevarden 12B", "12 34 56 78", "By letter", "on paper", "Karen"):
        assert known in seen


def test_who_calls_to_stop_is_asked_about_first_and_then_has_left(cast: Cast, poul: Helper, page: str) -> None:
    browser = visit(cast.karen)
    assert "Poul Ærø" in browser.get(f"{page}leave/").content.decode()
    poul.refresh_from_db()
    assert poul.is_confirmed
    said = browser.post(f"{page}leave/", {"medium": "paper"}, follow=True).content.decode()
    assert "is no longer a neighbour helper" in said
    assert "Åboulevarden" not in said
    poul.refresh_from_db()
    assert (poul.state, poul.household, poul.steps.latest("pk").by) == (State.LEFT, None, cast.karen)
    assert not Consent.objects.live(poul.person, "neighbours.helper")
    assert browser.get(f"{page}leave/").url == page_of(poul.person)


@pytest.mark.parametrize(
    "wanted",
    ["poul", "POUL ÆRØ", "aeroe", "Ærø", "aaboulevarden", "Åboulevarden 12", "aaboulevarden 12 b", "Poul Åboul",
     "12345678", "+45 12 34 56 78", "3456"],
)  # fmt: skip
def test_staff_find_a_helper_by_what_they_know(cast: Cast, poul: Helper, wanted: str) -> None:
    make.slip(cast.karen, make.home(cast.vorup, "120", "Åvej"), **BENTE)
    seen = visit(cast.karen).post(SEARCH, {"q": wanted, "purpose": "call"}).content.decode()
    assert "Poul Ærø" in seen
    assert "Bente" not in seen


@pytest.mark.parametrize("wanted", ["b@x.example", "B@X", "bente", "åvej 120", "8765 4321", "+46 87 65 43 21"])
def test_an_email_address_is_found_too_and_a_number_is_not_a_part_of_another(cast, poul, wanted) -> None:
    make.slip(cast.karen, make.home(cast.vorup, "120", "Åvej"), **BENTE)
    seen = visit(cast.karen).post(SEARCH, {"q": wanted, "purpose": "call"}).content.decode()
    assert "Bente Bo" in seen
    assert "Poul Ærø" not in seen
    assert "Bente Bo" not in visit(cast.karen).post(SEARCH, {"q": "åvej 12", "purpose": "call"}).content.decode()


def test_nobody_is_found_in_another_partnership_and_nothing_typed_stands_in_an_address(cast: Cast, poul) -> None:
    make.helper(cast.gunnar, make.home(cast.malmen))
    assert "Gunnar" not in visit(cast.karen).post(SEARCH, {"q": "gunnar", "purpose": "call"}).content.decode()
    page = visit(cast.karen).post(SEARCH, {"q": "Findes Ikke", "purpose": "call"})
    assert page.status_code == 200
    assert "Nobody was found." in page.content.decode()
    assert 'value="Findes Ikke"' in page.content.decode()
    assert visit(cast.niels).post(SEARCH, {"q": "poul", "purpose": "call"}).status_code == NO


@pytest.mark.parametrize("q", ["", " ", "%", "æ" * 500, "(", "\\", "12", "@", "0000"])
def test_the_search_answers_anything(cast: Cast, poul: Helper, q: str) -> None:
    answer = visit(cast.karen).post(SEARCH, {"q": q, "purpose": "call", "x": "1"})
    assert answer.status_code == (200 if len(q.strip()) in range(1, 121) else 400)


def test_the_page_that_only_had_the_name_leads_on(cast: Cast) -> None:
    assert visit(cast.helle).get("/en/neighbours/name/").url == "/en/me/details/"


def test_a_coordinator_renames_nobody_who_has_a_role_or_has_not_confirmed(cast: Cast) -> None:
    typed_by_a_stranger = make.ask(cast.randers, make.home(cast.vorup), cast.anne.email)
    confirmed_since = make.helper(cast.niels, make.home(cast.vorup, "7"))
    for helper in (typed_by_a_stranger, confirmed_since):
        with pytest.raises(Refused):
            correct(helper=helper, details=renamed(helper, "Hacket"), by=cast.karen, now=clock.now())
    correct(helper=confirmed_since, details=renamed(confirmed_since, "Niels Næs"), by=cast.anne, now=clock.now())
    assert not User.objects.filter(name="Hacket").exists()


def renamed(helper: Helper, name: str) -> Details:
    person = helper.person
    return Details(name=name, email=person.email or "", phone=person.phone, address=helper.household.address)
