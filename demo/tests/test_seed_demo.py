"""The demonstration as `make run` loads it."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from dashboard import follow_up
from dashboard.models import Goal
from demo.cast import CAST
from demo.hosts import HOSTS
from neighbours.models import Helper, ReplyCard
from partnership import clock
from partnership.holidays import is_holiday
from partnership.outbox.models import Message
from partnership.people.actions.erasing import erase
from partnership.people.models import Activity, Consent, ContactNote, Role, User
from partnership.places.address_lookup import look_up
from partnership.places.models import Address, Area, Partnership
from talks.models import Booking, BookingStep, Slot, Speaker

S = Booking.State

pytestmark = pytest.mark.django_db
COUNTED = (
    Partnership,
    Area,
    Address,
    User,
    Helper,
    Consent,
    Activity,
    Booking,
    Slot,
    Message,
    Goal,
    ContactNote,
    ReplyCard,
)


def counts() -> list[int]:
    return [model.objects.count() for model in COUNTED]


@pytest.fixture(scope="module")
def seeded(module_db: None) -> None:
    call_command("seed_demo")


def test_loading_it_twice_changes_nothing(seeded: None) -> None:
    before = counts()
    call_command("seed_demo")
    assert counts() == before


def test_loading_it_again_changes_nothing_after_helpers_were_changed_and_erased(seeded: None) -> None:
    with transaction.atomic():
        User.objects.filter(email="helper-000@randers.example").update(email="changed@randers.example")
        person = User.objects.get(email="helper-000@kalmar.example")
        erase(person=person, by=person, now=clock.now())
        before = counts()
        call_command("seed_demo")
        assert counts() == before
        transaction.set_rollback(True)


def test_there_are_as_many_helpers_as_the_demonstration_says(seeded: None) -> None:
    randers, kalmar = Partnership.objects.get(slug="randers"), Partnership.objects.get(slug="kalmar")
    helpers = Helper.objects.filter(partnership=randers)
    assert helpers.confirmed().count() == 473
    assert 300 <= helpers.active(clock.today()).count() <= 320
    assert Helper.objects.filter(partnership=kalmar).confirmed().count() == 63


def test_staff_have_noted_contacts_in_both_partnerships(seeded: None) -> None:
    for slug in HOSTS:
        notes = ContactNote.objects.filter(partnership__slug=slug)
        assert {note.code for note in notes} == {"called_us", "wrote", "no_answer"}
        assert all(note.person.partnership_id == note.partnership_id == note.by.partnership_id for note in notes)


def test_some_reply_cards_have_come_back_in_both_partnerships(seeded: None) -> None:
    for slug in ("randers", "kalmar"):
        cards = ReplyCard.objects.filter(helper__partnership__slug=slug)
        assert cards.filter(noted_at=None).exists()
        assert cards.exclude(noted_at=None).exists()
    assert ReplyCard.objects.get(asks_for_another=True).helper.partnership.slug == "randers"


def test_every_one_of_the_cast_is_there(seeded: None) -> None:
    emails = set(User.objects.values_list("email", flat=True))
    assert {character.email for character in CAST} <= emails


@pytest.mark.parametrize("slug", ["randers", "kalmar"])
def test_each_role_can_be_tried_in_both_partnerships(seeded: None, slug: str) -> None:
    roles = Role.objects.filter(partnership__slug=slug, user__email__in=[character.email for character in CAST])
    assert set(roles.values_list("kind", flat=True)) == set(Role.Kind)


def test_the_door_that_the_form_gives_as_an_example_is_found_in_a_swedish_house(seeded: None) -> None:
    kalmar = Partnership.objects.get(slug="kalmar")
    assert look_up(kalmar, "Mallgatan 5, lgh 1101", "39236").door.floor_door == "lgh 1101"


def test_no_place_of_a_swedish_talk_has_a_danish_name(seeded: None) -> None:
    places = Booking.objects.filter(partnership__slug="kalmar").values_list("place", flat=True)
    assert set(places) <= {host.place for host in HOSTS["kalmar"]} | {""}


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
    assert {S.REQUESTED, S.CONFIRMED, S.DECLINED, S.TOOK_PLACE} <= set(Booking.objects.values_list("state", flat=True))
    now = clock.now()
    for partnership in Partnership.objects.all():
        assert Slot.objects.filter(partnership=partnership).bookable(now).count() >= 4
    assert Slot.objects.filter(starts_at__gt=now + dt.timedelta(days=70)).count() == 0


@pytest.mark.parametrize(("slug", "fewest"), [("randers", 4), ("kalmar", 2)])
def test_several_speakers_give_different_talks(seeded: None, slug: str, fewest: int) -> None:
    speakers = Speaker.objects.filter(partnership__slug=slug)
    assert speakers.count() >= fewest
    assert len({tuple(one.formats) for one in speakers}) == speakers.count()
    assert all(one.slots.bookable(clock.now()).exists() for one in speakers)


def test_no_speaker_speaks_on_a_sunday_or_a_public_holiday(seeded: None) -> None:
    for one in (*Slot.objects.select_related("partnership"), *Booking.objects.select_related("partnership")):
        day = clock.local(one.starts_at, one.partnership.zone).date()
        assert day.weekday() != 6, one
        assert not is_holiday(one.partnership.country, day), one


def test_no_reason_tells_of_anybodys_health(seeded: None) -> None:
    assert not any("syg" in why for why in BookingStep.objects.values_list("why", flat=True))


@pytest.mark.parametrize("slug", ["randers", "kalmar"])
def test_no_made_up_talk_seems_to_do_harm(seeded: None, slug: str) -> None:
    """Nobody had fewer helpers join after a kind of talk than would have joined without it, beyond chance."""
    found = follow_up.follow_up_of(Partnership.objects.get(slug=slug), clock.today())
    rows = follow_up.by_format(found)
    assert rows
    assert [row for row in rows if row.joined < row.expected] == []
    worst = min(one.weeks[-1].per_1000 - one.weeks[-1].elsewhere_per_1000 for one in found if one.weeks[-1].is_over)
    assert worst > -0.5


@pytest.mark.parametrize("path", ["/da/", "/da/progress/", "/da/talks/", "/da/neighbours/join/", "/sv/", "/en/"])
def test_the_portal_shows_the_demonstration(seeded: None, path: str) -> None:
    assert Client(headers={"host": "randers.localhost"}).get(path).status_code == 200
