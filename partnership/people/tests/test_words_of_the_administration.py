"""The administration says what to write and what is wrong, in the field where it is, and nothing that is not true."""

import datetime as dt

import pytest
from django.test import Client

from partnership.people.models import Organisation, Role
from partnership.people.tests.test_administration import PEOPLE, saved
from partnership.tests.cast import Cast, person, visit, with_role
from talks.models import Speaker

pytestmark = pytest.mark.django_db
ASSOCIATION, SPEAKER = "/admin/people/organisation/add/", "/admin/talks/speaker/add/"


@pytest.fixture
def anne(cast: Cast) -> Client:
    return visit(cast.anne)


def association(cast: Cast, **changes: object) -> dict[str, object]:
    typed = {"partnership": cast.randers.pk, "area": cast.vorup.pk, "name": "Nyvang", "kind": "homeowners", "homes": 40}
    chair = {"contacts-TOTAL_FORMS": 1, "contacts-INITIAL_FORMS": 0, "contacts-0-role": "chair"}
    return typed | chair | {"contacts-0-person": cast.helle.pk} | changes


def test_an_association_is_confirmed_on_no_day_to_come(cast: Cast, anne: Client) -> None:
    tomorrow = cast.randers.today() + dt.timedelta(days=1)
    page = anne.post(ASSOCIATION, association(cast, confirmed_on=tomorrow.isoformat())).content.decode()
    assert "Den dag er ikke kommet endnu." in page
    assert anne.post(ASSOCIATION, association(cast, confirmed_on=cast.randers.today().isoformat())).status_code == 302


def test_what_an_association_needs_is_said_at_its_fields(cast: Cast, anne: Client) -> None:
    page = anne.post(ASSOCIATION, association(cast, area="", homes="")).content.decode()
    assert "Vælg foreningens lokalområde." in page
    assert "Skriv, hvor mange boliger foreningen har." in page
    assert "En forening har ét." in page
    landlord = association(cast, kind="landlord", area="", homes="", **{"contacts-TOTAL_FORMS": 0})
    assert anne.post(ASSOCIATION, landlord).status_code == 302
    assert Organisation.objects.filter(kind="landlord", area=None).exists()


def test_a_radius_is_counted_from_somewhere(cast: Cast, anne: Client) -> None:
    typed = {"partnership": cast.randers.pk, "person": cast.helle.pk, "formats": ["burglary"], "is_active": "on"}
    page = anne.post(SPEAKER, typed | {"radius_km": "10"}).content.decode()
    assert "Vælg, hvor foredragsholderen kører fra" in page
    assert anne.post(SPEAKER, typed | {"radius_km": "10", "home_area": cast.vorup.pk}).status_code == 302
    assert Speaker.objects.filter(person=cast.helle).exists()


@pytest.mark.parametrize("typed", ["Frida", "999999"])
def test_who_types_a_name_for_a_number_reads_where_to_choose(cast: Cast, anne: Client, typed: str) -> None:
    said = "Tryk på luppen, og vælg dér."
    page = anne.get(SPEAKER).content.decode()
    assert page.count(said) == 1
    page = anne.post(SPEAKER, {"person": typed, "partnership": cast.randers.pk}).content.decode()
    assert "Dette felt er påkrævet" not in page
    assert page.count(said) == 2
    assert said in anne.post(ASSOCIATION, association(cast, **{"contacts-0-person": typed})).content.decode()


def test_two_hints_of_a_field_are_two_sentences(anne: Client) -> None:
    page = anne.get(SPEAKER).content.decode()
    assert "overalt. Hold" in page
    assert "overalt Hold" not in page


@pytest.mark.parametrize(("language", "words"), [("sv", "Valda %s"), ("da", "Valgte %s"), ("en", "Chosen %s")])
def test_the_heading_over_what_is_chosen_says_so(anne: Client, language: str, words: str) -> None:
    assert words in anne.get(f"/admin/jsi18n/?lang={language}").content.decode()


def test_what_is_saved_is_said_plainly(cast: Cast, anne: Client) -> None:
    typed = saved(person("Frida", cast.randers), email="f@randers.example", _continue="1")
    page = anne.post(f"{PEOPLE}add/", typed, follow=True).content.decode()
    assert "Du kan rette mere herunder." in page
    assert "den/det" not in page


def test_staff_see_their_menu_when_its_pages_are_open_to_them(cast: Cast) -> None:
    menu = "/da/staff/talks/"
    page = visit(cast.karen, second_factor=False).get("/accounts/2fa/invitation/").content.decode()
    assert "Logget ind som Karen" in page
    assert menu not in page
    assert menu in visit(cast.karen).get("/da/me/").content.decode()
    nora = with_role("Nora", cast.randers, Role.Kind.NABOVEN, cast.vorup)
    assert "/da/staff/helpers/" in visit(nora, second_factor=False).get("/da/me/").content.decode()
