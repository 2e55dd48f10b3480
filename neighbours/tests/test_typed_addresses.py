"""Staff save an address that the register does not know; nobody else is offered it, and the register takes it over."""

import pytest

from neighbours.actions.leaving import leave
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.people.tests.looking_up import look_up
from partnership.places.actions.addresses import write_addresses
from partnership.places.models import Address
from partnership.places.readers.addresses import AddressRow
from partnership.tests.cast import Cast, visit

SLIPS = "/en/staff/slips/"


@pytest.fixture(autouse=True)
def register(cast: Cast) -> None:
    make.home(cast.vorup, "12")


def slip(cast: Cast, **more: object):
    form = {"medium": "paper", "name": "Poul Papir", "email": "", "phone": "", "language": "da"}
    return visit(cast.karen).post(SLIPS, make.typed(**(form | {"address": "Nyvej 3b, 1. tv"} | more)))


def test_the_slip_of_an_unknown_address_asks_for_the_local_area_and_saves_it_as_typed(cast: Cast) -> None:
    page = slip(cast).content.decode()
    assert "If it is right, choose the local area too." in page
    assert "or write to" not in page
    assert 'name="area"' in page
    assert slip(cast, area=cast.dronningborg.pk).status_code == 302
    home = Helper.objects.get().household
    assert (home.address.label, home.area) == ("Nyvej 3B, 1. tv, 8900 Randers C", cast.dronningborg)
    shown = look_up(visit(cast.karen), Helper.objects.get().person)
    assert "Typed by staff, not in the register" in shown


def test_a_known_road_is_spelt_as_in_the_register(cast: Cast) -> None:
    slip(cast, address="eksempel vej 99", area=cast.vorup.pk)
    assert Helper.objects.get().household.address.line == "Eksempelvej 99"


def test_the_second_helper_at_a_typed_address_is_in_the_same_household(cast: Cast) -> None:
    slip(cast, area=cast.vorup.pk)
    assert slip(cast, name="Pia Papir").status_code == 302
    assert Helper.objects.values("household").distinct().count() == 1


def test_a_citizen_is_not_offered_an_address_that_staff_typed(cast: Cast) -> None:
    """It would tell them that a helper lives there."""
    slip(cast, area=cast.vorup.pk)
    assert visit(None).post("/en/neighbours/join/", make.typed(address="Nyvej 3b, 1. tv")).status_code == 200
    assert visit(None).get("/en/neighbours/streets/?q=nyv").json() == {"streets": []}


def test_an_address_that_is_too_long_is_not_saved_and_asked_for_again(cast: Cast) -> None:
    page = slip(cast, address="Nyvej 3, " + "p" * 30, area=cast.vorup.pk)
    assert (page.status_code, Helper.objects.exists()) == (200, False)


@pytest.mark.parametrize("where", ["kalmar", "none"])
def test_an_area_of_another_partnership_or_none_saves_nothing(cast: Cast, where: str) -> None:
    slip(cast, area=cast.malmen.pk if where == "kalmar" else "x")
    assert not Helper.objects.exists()
    assert not Address.objects.filter(street="Nyvej").exists()


def test_staff_are_warned_of_a_postcode_without_homes_and_can_go_on(cast: Cast) -> None:
    page = slip(cast, postcode="9999").content.decode()
    assert "has no homes in" in page
    assert 'name="town"' in page
    assert "has no homes in" in slip(cast, postcode="9999", area=cast.vorup.pk).content.decode()
    assert slip(cast, postcode="9999", area=cast.vorup.pk, town=" Nyby ").status_code == 302
    assert Helper.objects.get().household.address.label == "Nyvej 3B, 1. tv, 9999 Nyby"


def test_a_town_that_must_not_be_stored_is_refused(cast: Cast) -> None:
    assert slip(cast, postcode="9999", area=cast.vorup.pk, town="010190-1234").status_code == 200
    assert not Helper.objects.exists()


def test_a_citizen_is_refused_a_postcode_without_homes(cast: Cast) -> None:
    page = visit(None).post("/en/neighbours/join/", make.typed(postcode="9999", town="Nyby", area=cast.vorup.pk))
    assert 'name="town"' not in page.content.decode()


def test_a_helper_is_moved_to_an_address_that_the_register_does_not_know(cast: Cast) -> None:
    helper = make.slip(cast.karen, Address.objects.get())
    page = f"/en/staff/helpers/{helper.pk}/correct/"
    form = {"name": "Poul Papir", "phone": "12 34 56 78", "email": "", "postcode": "8900", "address": "Nyvej 3"}
    form["medium"] = "person"
    assert 'name="area"' in visit(cast.karen).post(page, form).content.decode()
    visit(cast.karen).post(page, form | {"area": cast.vorup.pk})
    helper.refresh_from_db()
    assert helper.household.address.label == "Nyvej 3, 8900 Randers C"


@pytest.mark.parametrize("is_whole", [True, False], ids=["whole", "part"])
def test_the_register_takes_a_typed_address_over_when_it_brings_the_same(cast: Cast, is_whole: bool) -> None:
    slip(cast, area=cast.vorup.pk)
    known = Address.objects.get(street="Eksempelvej")
    rows = [
        AddressRow(1, known.register_id, "Eksempelvej", "12", "", "8900", "Randers C", area_code="8100"),
        AddressRow(2, "dar-1", "Nyvej", "3B", "1. tv", "8900", "Randers C", area_code="8100"),
    ]
    write_addresses(partnership=cast.randers, rows=rows[:1], is_whole=is_whole)
    assert Address.objects.for_staff().filter(street="Nyvej").count() == 1
    write_addresses(partnership=cast.randers, rows=rows, is_whole=is_whole)
    assert Helper.objects.get().household.address.register_id == "dar-1"
    assert [one.register_id for one in Address.objects.for_staff().filter(street="Nyvej")] == ["dar-1"]


def test_a_typed_address_goes_with_the_last_helper_there(cast: Cast) -> None:
    slip(cast, area=cast.vorup.pk)
    leave(helper=Helper.objects.get(), by=cast.karen, now=clock.now())
    assert not Address.objects.filter(street="Nyvej").exists()


def test_examples_are_of_the_readers_country(cast: Cast) -> None:
    page = visit(None, host="kalmar.localhost")
    typed = make.typed(address="Storgatan", postcode="39232", email="x", phone="1", name="19811218-9876")
    pages = [page.post("/en/neighbours/join/", typed), page.get("/en/neighbours/slip/")]
    read = "".join(one.content.decode().partition("<main")[2].partition("</main")[0] for one in pages)
    assert [danish for danish in ("CPR number.", "Eksempelvej", "example.dk", "12 34 56 78") if danish in read] == []
