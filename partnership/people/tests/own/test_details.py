"""People change their own name, number and the way that we reach them; helpers leave a step, as when staff do it."""

import pytest

from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership.people.models import User
from partnership.places.models import Household
from partnership.tests.cast import Cast, visit

DETAILS, ADDRESS = "/en/me/details/", "/en/neighbours/address/"


@pytest.fixture
def helle(cast: Cast) -> Helper:
    return make.helper(cast.helle, make.home(cast.vorup))


def newest(helper: Helper) -> tuple:
    step = helper.steps.latest("pk")
    return step.by_id, step.medium, sorted(step.changed or {})


def test_a_helper_changes_name_and_number_and_it_is_a_step(cast: Cast, helle: Helper) -> None:
    browser = visit(cast.helle)
    assert f'href="{DETAILS}"' in browser.get("/en/me/").content.decode()
    said = browser.post(DETAILS, {"name": "Helle Høj", "phone": "20 30 40 50"}, follow=True)
    assert said.redirect_chain == [("/en/me/", 302)]
    assert "Helle Høj" in said.content.decode()
    person = User.objects.get(pk=cast.helle.pk)
    assert (person.name, person.phone, person.verified_phone) == ("Helle Høj", "20 30 40 50", "")
    assert newest(helle) == (cast.helle.pk, "web", ["name", "phone"])


def test_nothing_new_is_no_step(cast: Cast, helle: Helper) -> None:
    before = helle.steps.count()
    said = visit(cast.helle).post(DETAILS, {"name": cast.helle.name, "phone": ""}, follow=True).content.decode()
    assert "Nothing is changed." in said
    assert helle.steps.count() == before


def test_a_chair_who_is_no_helper_changes_both_too(cast: Cast) -> None:
    visit(cast.ruth).post(DETAILS, {"name": "Ruth Ravn", "phone": "20 30 40 51"})
    person = User.objects.get(pk=cast.ruth.pk)
    assert (person.name, person.phone) == ("Ruth Ravn", "20 30 40 51")


@pytest.mark.parametrize("typed", [{"name": ""}, {"name": "010190-1234"}, {"phone": "12"}])
def test_what_cannot_be_right_comes_back(cast: Cast, helle: Helper, typed: dict) -> None:
    answer = visit(cast.helle).post(DETAILS, {"name": "Helle", "phone": ""} | typed)
    assert answer.status_code == 400
    assert User.objects.get(pk=cast.helle.pk).name == "Helle"


def test_a_number_that_is_verified_stays_so_in_another_spelling_and_another_number_does_not(cast: Cast) -> None:
    User.objects.filter(pk=cast.helle.pk).update(phone="20 30 40 50", verified_phone="20 30 40 50", channel="sms")
    visit(cast.helle).post(DETAILS, {"name": "Helle", "phone": "20304050"})
    assert User.objects.get(pk=cast.helle.pk).reached_by == "sms"
    visit(cast.helle).post(DETAILS, {"name": "Helle", "phone": "20 30 40 51"})
    assert User.objects.get(pk=cast.helle.pk).reached_by == "mail"


def test_the_way_that_somebody_chooses_is_a_step_too(cast: Cast, helle: Helper) -> None:
    visit(cast.helle).post("/en/me/messages/", {"channel": "letter", "language": "da"})
    assert User.objects.get(pk=cast.helle.pk).reached_by == "letter"
    assert newest(helle) == (cast.helle.pk, "web", ["way"])
    before = helle.steps.count()
    visit(cast.helle).post("/en/me/messages/", {"channel": "letter", "language": "sv"})
    assert helle.steps.count() == before


def test_a_helper_who_has_moved_writes_the_new_address(cast: Cast, helle: Helper) -> None:
    make.home(cast.dronningborg, "7", "Nyvej")
    before = helle.household
    browser = visit(cast.helle)
    assert f'href="{ADDRESS}"' in browser.get("/en/me/").content.decode()
    assert 'value="Eksempelvej 12"' in browser.get(ADDRESS).content.decode()
    said = browser.post(ADDRESS, {"address": "Nyvej 7", "postcode": "8900"}, follow=True)
    assert "The address is saved." in said.content.decode()
    helle.refresh_from_db()
    assert (helle.household.address.street, helle.household.area) == ("Nyvej", cast.dronningborg)
    assert not Household.objects.filter(pk=before.pk).exists()
    assert newest(helle) == (cast.helle.pk, "web", ["address"])


def test_an_unknown_address_is_asked_about_and_a_closed_one_that_is_not_changed_stays(
    cast: Cast, helle: Helper
) -> None:
    browser, before = visit(cast.helle), helle.steps.count()
    assert browser.post(ADDRESS, {"address": "Findes Ikke 3", "postcode": "8900"}).status_code == 400
    cast.randers.addresses.update(is_closed=True)
    said = browser.post(ADDRESS, {"address": "Eksempelvej 12", "postcode": "8900"}, follow=True).content.decode()
    assert "Nothing is changed." in said
    assert helle.steps.count() == before


@pytest.mark.parametrize("who", ["ruth", "frede"])
def test_who_is_no_helper_has_no_address_to_change(cast: Cast, who: str) -> None:
    assert visit(getattr(cast, who)).get(ADDRESS).url == "/en/me/"


def test_who_has_not_used_the_link_yet_changes_no_address(cast: Cast) -> None:
    waiting = make.ask(cast.randers, make.home(cast.vorup), cast.helle.email)
    assert visit(waiting.person).post(ADDRESS, {"address": "Eksempelvej 12", "postcode": "8900"}).url == "/en/me/"


@pytest.mark.parametrize(("name", "is_said"), [("ruth", True), ("sven", True), ("helle", False), ("frede", False)])
def test_only_who_speaks_for_others_reads_that_chair_and_speaker_see_the_number(
    cast: Cast, name: str, is_said: bool
) -> None:
    browser = visit(getattr(cast, name))
    User.objects.filter(partnership=cast.randers).update(phone="20 11 22 33")
    for page in ("/en/me/details/", "/en/me/messages/"):
        answer = browser.get(page)
        assert answer.status_code == 200
        assert ("chair and speaker" in answer.content.decode()) is is_said, page


def test_nothing_is_promised_before_it_is_saved(cast: Cast) -> None:
    assert "from now on" not in visit(cast.helle).get("/en/me/details/").content.decode()
