"""The administration deletes nothing that people wait for: who has a talk or a wish hears of its end from an action."""

import datetime as dt
import uuid

import pytest
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from neighbours.models import Helper
from neighbours.tests.builders import helper
from partnership.people.models import Organisation, User
from partnership.people.tests.looking_up import open_in_administration
from partnership.places.tests.builders import an_address
from partnership.tests.cast import NOW, Cast, association, person, slot, visit
from partnership.tests.rolling_back import rolled_back
from talks.actions import offers, wishes
from talks.models import Booking, Slot, SlotHold, Speaker, TalkWish
from talks.tests.bookings import confirmed, requested, talk_request

AWAITED: list[type[Model]] = [Booking, TalkWish, SlotHold, Slot, Speaker, Organisation, Helper]
# People are erased from their own page by an action, which refuses or tells those who wait.
DELETED = [model for model in admin.site._registry if model is not User]


@pytest.fixture
def awaited(cast: Cast) -> Cast:
    """Let people wait for a talk, for its confirmation, for evenings to choose from, and for an answer to a wish."""
    confirmed(cast)
    requested(cast, slot(cast.speaker, days=30))
    offered = requested(cast, slot(cast.speaker, days=40))
    offers.offer(booking=offered, slots=[slot(cast.speaker, days=50)], by=cast.karen, now=NOW)
    wish = wishes.wish_for_days(
        partnership=cast.randers, asked=talk_request(cast, association="Haven", email="hans@randers.example"),
        days=[NOW.date() + dt.timedelta(days=one) for one in (60, 61)], from_hour=dt.time(19),
        submission=uuid.uuid4(), language="da", now=NOW,
    )  # fmt: skip
    wishes.verify_wish(wish=wish, now=NOW)
    helper(cast.helle, an_address(cast.vorup))
    return cast


def who_may_most(cast: Cast) -> list[User]:
    return [cast.anne, person("Root", cast.randers, is_superuser=True)]


def what_is_awaited() -> set[tuple[str, int]]:
    return {(model._meta.label, pk) for model in AWAITED for pk in model._default_manager.values_list("pk", flat=True)}


@pytest.mark.parametrize("model", DELETED, ids=lambda model: model._meta.label)
def test_what_people_wait_for_is_not_deleted_from_its_page_or_from_the_list(awaited: Cast, model: type[Model]) -> None:
    before, rows = what_is_awaited(), [str(pk) for pk in model._default_manager.values_list("pk", flat=True)]
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    for who in who_may_most(awaited):
        browser = visit(who)
        for pk in rows:
            with rolled_back():
                browser.post(reverse(f"{base}_delete", args=[pk]), {"post": "yes"})
                assert what_is_awaited() == before
        with rolled_back():
            chosen = {"action": "delete_selected", "_selected_action": rows, "post": "yes"}
            browser.post(reverse(f"{base}_changelist"), chosen)
            assert what_is_awaited() == before


def test_an_association_without_a_talk_or_a_wish_can_be_deleted(cast: Cast) -> None:
    empty = association(cast.vorup, cast.frede, "Tastefejl")
    anne, _root = who_may_most(cast)
    visit(anne).post(reverse("admin:people_organisation_delete", args=[empty.pk]), {"post": "yes"})
    assert not Organisation.objects.filter(pk=empty.pk).exists()


def test_no_list_of_the_administration_offers_to_delete_many_at_once(awaited: Cast) -> None:
    for who in who_may_most(awaited):
        for model in admin.site._registry:
            base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            assert "delete_selected" not in visit(who).get(reverse(f"{base}_changelist")).content.decode()


def test_a_talk_and_an_evening_lead_from_the_administration_to_the_page_where_they_are_changed(awaited: Cast) -> None:
    anne, _root = who_may_most(awaited)
    talk = Booking.objects.earliest("pk")
    page = open_in_administration(visit(anne), reverse("admin:talks_booking_change", args=[talk.pk]))
    assert f'href="{reverse("talks:answer", args=[talk.pk])}"' in page
    assert 'name="place"' not in page
    evening = Slot.objects.earliest("pk")
    page = open_in_administration(visit(anne), reverse("admin:talks_slot_change", args=[evening.pk]))
    assert f'href="{reverse("talks:slots")}"' in page
    assert 'name="starts_at' not in page


def test_who_gives_a_talk_is_not_changed_in_the_administration(awaited: Cast) -> None:
    anne, _root = who_may_most(awaited)
    typed = {"partnership": awaited.randers.pk, "person": awaited.helle.pk, "is_active": "on", "formats": ["burglary"]}
    visit(anne).post(reverse("admin:talks_speaker_change", args=[awaited.speaker.pk]), typed)
    assert Speaker.objects.get().person == awaited.sven
