"""What staff see of the evenings that they offer, or have offered."""

import re

import pytest
from django.utils import translation

from partnership import clock
from partnership.fields.printed_days import day_in_words
from partnership.tests.cast import Cast, person, slot, speaker, visit
from talks.actions import offers
from talks.tests.bookings import requested
from talks.tests.test_access import at

pytestmark = pytest.mark.django_db


def test_staff_choose_among_evenings_in_order_of_time_whoever_speaks(cast: Cast) -> None:
    booking = requested(cast)
    signe = speaker(person("Signe", cast.randers))
    later, first, between = slot(cast.speaker, days=32), slot(signe, days=30), slot(signe, days=31)
    page = visit(cast.karen).get(at("answer", booking.pk)).content.decode().partition("offer_slots")[2]
    positions = [page.index(f'value="{one.pk}"') for one in (first, between, later)]
    assert positions == sorted(positions)


def test_after_an_offer_staff_see_whose_evenings_they_are_and_until_when_they_are_kept(cast: Cast) -> None:
    signe = speaker(person("Signe", cast.randers))
    booking = offers.offer(booking=requested(cast), slots=[slot(signe, days=30)], by=cast.karen, now=clock.now())
    with translation.override("da"):
        until = day_in_words(booking.choose_by)
    page = visit(cast.karen).get(at("answer", booking.pk)).content.decode()
    assert f"Aftenerne er reserveret til og med {until}." in page
    assert re.search(r"<li>.*, Signe</li>", page)
