"""Whoever moves a talk, or answers for it, reads in which language it could be given then, as at booking."""

import re

import pytest
from django.test import Client

from partnership.people.models import User
from partnership.tests.cast import NOW, Cast, person, slot, visit
from talks.actions import offers
from talks.models import Booking, Slot, Speaker
from talks.tests.bookings import confirmed, requested
from talks.tests.test_access import at
from talks.tests.test_wishes import wished
from talks.tests.test_words import said

LOST = "in Danish"


@pytest.fixture(autouse=True)
def yrsa(cast: Cast) -> Speaker:
    """The talk's own speaker gives it in English too; Yrsa in the partnership's language alone."""
    Speaker.objects.filter(pk=cast.speaker.pk).update(languages=["da", "en"])
    cast.speaker.refresh_from_db()
    User.objects.update(language="en")
    for one in cast.everyone().values():
        one.refresh_from_db()
    yrsa = person("Yrsa", cast.randers)
    return Speaker.objects.create(partnership=cast.randers, person=yrsa, formats=cast.speaker.formats)


def english(browser: Client, address: str) -> str:
    page = browser.get(address.replace("/da/", "/en/", 1)).content.decode()
    return " ".join(page.replace('<span class="nowrap">', "").replace("</span>", "").split())


@pytest.fixture
def talk(cast: Cast) -> Booking:
    return confirmed(cast, slot(cast.speaker, days=30))


@pytest.fixture
def evening(yrsa: Speaker) -> Slot:
    return slot(yrsa, days=40)


def test_the_chair_reads_it_before_moving(cast: Cast, talk: Booking, evening: Slot) -> None:
    slot(cast.speaker, days=42)
    page = english(visit(cast.ruth), at("move_own", talk.pk))
    assert f"{LOST} – we ask another speaker first" in page
    assert "in Danish or English" in page


def test_of_a_talk_that_was_to_be_in_danish_alone_nothing_is_lost(cast: Cast, talk: Booking, evening: Slot) -> None:
    Speaker.objects.update(languages=[])
    User.objects.update(language="da")
    page = visit(cast.ruth).get(at("move_own", talk.pk)).content.decode()
    assert "på dansk" not in page


def test_danish_readers_read_it_too_where_the_talk_could_be_in_english(
    cast: Cast, talk: Booking, evening: Slot
) -> None:
    User.objects.update(language="da")
    assert "på dansk – vi spørger" in visit(cast.ruth).get(at("move_own", talk.pk)).content.decode()


def test_staff_and_chair_read_it_of_the_evening_that_is_asked_for(cast: Cast, talk: Booking, evening: Slot) -> None:
    offers.ask_to_move(booking=talk, slot=evening, by=cast.ruth, now=NOW)
    karen = visit(cast.karen)
    assert f", {LOST}" in english(karen, at("answer", talk.pk)).partition("Asks to move to")[2].partition("</h2>")[0]
    assert f", {LOST}" in english(karen, at("queue")).partition('id="moves"')[2]
    assert f", {LOST}" in english(visit(cast.ruth), at("move_own", talk.pk)).partition("<main")[2]
    assert any(f", {LOST}" in told for _label, told in said("asked_to_move", cast.karen).facts)
    assert f", {LOST}" in said("move_received", cast.ruth).paragraphs[0]


def test_staff_read_it_of_all_evenings_to_offer_and_the_chair_of_those_offered(
    cast: Cast, talk: Booking, evening: Slot
) -> None:
    karen = visit(cast.karen)
    assert f"{evening.speaker}, {LOST}" in english(karen, at("answer", talk.pk))
    assert f"{evening.speaker}, {LOST}" in english(karen, at("call_off", talk.pk))
    offers.offer(booking=talk, slots=[evening], by=cast.karen, now=NOW)
    assert f", {LOST}" in english(visit(cast.ruth), at("choose", talk.pk))
    assert any(f", {LOST}" in value for _label, value in said("offered", cast.ruth).facts)
    assert f", {LOST}" in english(karen, at("answer", talk.pk))
    assert f", {LOST}" in english(karen, at("call", talk.pk))


def test_staff_read_it_of_who_could_meet_a_wish(cast: Cast, evening: Slot) -> None:
    wish = wished(cast)
    page = english(visit(cast.karen), at("answer_wish", wish.pk))
    assert f"{evening.speaker}, {LOST}<" in page


def test_a_chair_who_reads_another_language_is_thought_of(cast: Cast) -> None:
    """The one who answers reads the partnership's own."""
    Speaker.objects.update(languages=[])
    User.objects.filter(pk=cast.karen.pk).update(language="da")
    asked = requested(cast, slot(cast.speaker, days=30))
    slot(cast.speaker, days=44)
    assert ", på dansk" in visit(cast.karen).get(at("answer", asked.pk)).content.decode()


def test_the_chair_finds_the_way_back_from_moving(cast: Cast, talk: Booking, evening: Slot) -> None:
    page = english(visit(cast.ruth), at("move_own", talk.pk))
    assert f'<p class="back"><a href="/en{at("booking", talk.pk)[3:]}">' in page


def test_evenings_to_offer_are_in_order_of_time(cast: Cast, talk: Booking, evening: Slot) -> None:
    cast.speaker.substitutes.add(evening.speaker)
    for days in (24, 35, 38, 41, 44, 47, 50, 53):
        slot(cast.speaker, days=days)
    page = english(visit(cast.karen), at("answer", talk.pk))
    listed = [
        int(found) for found in re.findall(r'name="slots" value="(\d+)"', page.replace('class="form-checkbox" ', ""))
    ]
    in_order = Slot.objects.filter(pk__in=listed).order_by("starts_at").values_list("pk", flat=True)
    assert listed == list(in_order)
    assert len(listed) > 7
