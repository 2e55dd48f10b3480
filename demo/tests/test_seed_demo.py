"""The demonstration as `make run` loads it."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client

from dashboard.models import Goal
from demo.cast import CAST
from neighbours.models import Helper
from partnership import clock
from partnership.outbox.models import Message
from partnership.people.models import Activity, Consent, User
from partnership.places.models import Address, Area, Partnership
from talks.models import Booking, Slot

pytestmark = pytest.mark.django_db
COUNTED = (Partnership, Area, Address, User, Helper, Consent, Activity, Booking, Slot, Message, Goal)


def counts() -> list[int]:
    return [model.objects.count() for model in COUNTED]


@pytest.fixture(scope="module")
def seeded(module_db: None) -> None:
    call_command("seed_demo")


def test_loading_it_twice_changes_nothing(seeded: None) -> None:
    before = counts()
    call_command("seed_demo")
    assert counts() == before


def test_there_are_as_many_helpers_as_the_demonstration_says(seeded: None) -> None:
    randers, kalmar = Partnership.objects.get(slug="randers"), Partnership.objects.get(slug="kalmar")
    helpers = Helper.objects.filter(partnership=randers)
    assert helpers.confirmed().count() == 472
    assert 300 <= helpers.active(clock.today()).count() <= 320
    assert Helper.objects.filter(partnership=kalmar).confirmed().count() == 61


def test_every_one_of_the_cast_is_there(seeded: None) -> None:
    emails = set(User.objects.values_list("email", flat=True))
    assert {character.email for character in CAST} <= emails


def test_nobody_has_an_address_that_email_could_reach(seeded: None) -> None:
    assert not User.objects.filter(email__isnull=False).exclude(email__endswith=".example").exists()
    assert all(Partnership.objects.values_list("is_demonstration", flat=True))


def test_every_area_has_homes_on_made_up_streets_only(seeded: None) -> None:
    assert not Area.objects.filter(addresses__isnull=True).exists()
    streets = set(Address.objects.values_list("street", flat=True).distinct())
    assert {"Eksempelvej", "Eksempelgården", "Exempelvägen"} <= streets
    assert all(street.startswith(("E", "Prøv", "Prov", "Mønster", "Mönster", "Mall", "Model", "Skabelon", "Øvelse"))
               for street in streets)  # fmt: skip
    assert Address.objects.filter(street="Eksempelvej", postcode="8900", town="Randers C").count() == 46


def test_no_two_homes_share_one_address(seeded: None) -> None:
    labels = [address.label for address in Address.objects.all()]
    assert len(labels) == len(set(labels))


def test_no_activity_is_in_the_future_or_before_joining(seeded: None) -> None:
    assert not Activity.objects.filter(day__gt=clock.today()).exists()
    for helper in Helper.objects.select_related("person").prefetch_related("person__activities"):
        joined = clock.local(helper.confirmed_at).date()
        assert all(activity.day >= joined for activity in helper.person.activities.all())


def test_talks_stand_in_every_state_and_slots_are_free(seeded: None) -> None:
    assert {"requested", "confirmed", "declined", "held"} <= set(Booking.objects.values_list("state", flat=True))
    now = clock.now()
    for partnership in Partnership.objects.all():
        assert Slot.objects.filter(partnership=partnership).bookable(now).count() >= 4
    assert Slot.objects.filter(starts_at__gt=now + dt.timedelta(days=70)).count() == 0


@pytest.mark.parametrize("path", ["/da/", "/da/progress/", "/da/talks/", "/da/neighbours/join/", "/sv/", "/en/"])
def test_the_portal_shows_the_demonstration(seeded: None, path: str) -> None:
    assert Client(headers={"host": "randers.localhost"}).get(path).status_code == 200
