"""A form's number is drawn by a browser: the same at two partnerships is a form at each, and touches nothing there."""

import datetime as dt
import uuid

import pytest

from partnership.people.models import Organisation
from partnership.tests.cast import NOW, Cast, slot, speaker
from talks.actions import bookings, replacing, wishes
from talks.models import Booking, SlotHold, TalkWish
from talks.tests.bookings import talk_request

FORM = uuid.UUID("5b0c1c4e-0000-4000-8000-00000000000b")


def asked_at(cast: Cast, slug: str, **more: object) -> dict[str, object]:
    here, area = (cast.randers, cast.vorup) if slug == "randers" else (cast.kalmar, cast.malmen)
    typed = talk_request(cast, email=f"new@{slug}.example", area=area, association=f"Board of {slug}", **more)
    return {"partnership": here, "asked": typed, "submission": FORM, "language": "da", "now": NOW}


@pytest.fixture
def slots(cast: Cast) -> dict[str, object]:
    return {"randers": slot(cast.speaker), "kalmar": slot(speaker(cast.kerstin))}


def test_a_request_is_made_at_each(cast: Cast, slots: dict[str, object]) -> None:
    for slug, one in slots.items():
        bookings.request_talk(slot=one, **asked_at(cast, slug))
    assert {one.partnership for one in Booking.objects.filter(submission=FORM)} == {cast.randers, cast.kalmar}


def test_a_wish_is_made_at_each(cast: Cast, slots: dict[str, object]) -> None:
    for slug in slots:
        days = [dt.date(2027, 2, 9), dt.date(2027, 2, 10)]
        wishes.wish_for_days(days=days, from_hour=dt.time(19), **asked_at(cast, slug))
    assert {one.partnership for one in TalkWish.objects.filter(submission=FORM)} == {cast.randers, cast.kalmar}


def test_a_slot_is_held_at_each_for_a_request_that_is_not_taken(cast: Cast, slots: dict[str, object]) -> None:
    others = {"randers": "gunnar@kalmar.example", "kalmar": "ruth@randers.example"}
    for slug, one in slots.items():
        asked = asked_at(cast, slug)
        asked["asked"] = talk_request(cast, email=others[slug], area=asked["asked"].area)
        assert bookings.request_talk(slot=one, **asked) is None
    assert SlotHold.objects.filter(submission=FORM).count() == 2


def test_a_form_that_is_replaced_here_forgets_no_association_there(cast: Cast, slots: dict[str, object]) -> None:
    for slug, one in slots.items():
        bookings.request_talk(slot=one, **asked_at(cast, slug))
    Booking.objects.filter(partnership=cast.kalmar).delete()
    again = asked_at(cast, "randers") | {"submission": uuid.uuid4()}
    again["asked"] = talk_request(cast, email="right@randers.example", association="Board of randers")
    replacing.replace_request(replaces=FORM, slot=slots["randers"], **again)
    assert Organisation.objects.filter(partnership=cast.kalmar, name="Board of kalmar").exists()
