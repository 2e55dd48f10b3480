"""What belongs to another association, speaker or partnership is not there: each view that takes an id or a token."""

import datetime as dt

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from partnership.tests.cast import NOW, Cast, association, evening, person, speaker, visit
from talks import letters, urls
from talks.actions import offers, patterns
from talks.models import WeeklyPattern
from talks.tests.bookings import confirmed, requested
from talks.tests.test_offers import offered
from talks.tests.test_wishes import wished

# Each address with an id, and which of Ruth's and Sven's things its id names.
NAMED = {
    "booking": "talk",
    "move_own": "talk",
    "choose": "offer",
    "ill": "talk",
    "close_own": "talk",
    "poster": "talk",
    "leaflet": "talk",
    "deputy": "association",
    "withdraw_evening": "evening",
    "end_pattern": "pattern",
    "come_back": "away",
    "answer": "request",
    "confirm": "request",
    "decline": "request",
    "offer": "request",
    "move": "talk",
    "staff_cancel": "request",
    "close": "talk",
    "agree_to_move": "move",
    "refuse_to_move": "move",
    "answer_wish": "wish",
    "meet_wish": "wish",
    "decline_wish": "wish",
}
TOKENS = ("verify", "cancel", "change", "accept", "verify_wish", "confirm_association", "feedback")
STRANGERS = ("frede", "otto", "signe", "helle", "palle", "kerstin", "gunnar")
TYPED = {"why": "x", "held": "yes", "attendance": "9", "name": "X", "email": "x@randers.example", "evenings": []}


@pytest.fixture
def things(cast: Cast) -> dict[str, int]:
    """Ruth's talk, request, offer, wish and move, and Sven's evening, pattern and days away."""
    talk = confirmed(cast)
    offer, _evenings = offered(cast, requested(cast, evening(cast.speaker, days=21)))
    request = requested(cast, evening(cast.speaker, days=22))
    weekly = WeeklyPattern(
        speaker=cast.speaker, weekday=3, starts=dt.time(12), ends=dt.time(14), first_on=dt.date(2027, 2, 1)
    )
    patterns.add_pattern(pattern=weekly, by=cast.sven, now=NOW)
    away = patterns.stay_away(
        speaker=cast.speaker, first_on=dt.date(2027, 3, 1), last_on=dt.date(2027, 3, 2), by=cast.sven, now=NOW
    )
    signe = speaker(person("Signe", cast.randers))
    move = offers.ask_to_move(booking=talk, evening=evening(signe, days=60), by=cast.ruth, now=NOW)
    free = evening(cast.speaker, days=70)
    association(cast.dronningborg, person("Otto", cast.randers), "Ottos forening")
    wish = wished(cast)
    return {
        "talk": talk.pk,
        "offer": offer.pk,
        "request": request.pk,
        "pattern": weekly.pk,
        "away": away.pk,
        "move": move.pk,
        "evening": free.pk,
        "association": cast.association.pk,
        "wish": wish.pk,
    }


def everything() -> dict[str, list]:
    """Return all rows of the room and of the outbox, so that a change anywhere shows."""
    models = [*apps.get_app_config("talks").get_models(), apps.get_model("outbox", "Message")]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def who(cast: Cast, name: str) -> object:
    return getattr(cast, name, None) or type(cast.ruth).objects.get(email=f"{name}@randers.example")


def test_every_address_with_an_id_or_a_token_is_in_the_table() -> None:
    with_id = {one.name for one in urls.urlpatterns if "<int:" in str(one.pattern)}
    with_token = {one.name for one in urls.urlpatterns if "<str:token>" in str(one.pattern)}
    assert with_id == set(NAMED)
    assert with_token == set(TOKENS)


@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_reads_and_changes_nothing(cast: Cast, things: dict[str, int], name: str) -> None:
    client = visit(who(cast, name), host="randers.localhost")
    before = everything()
    for address, thing in NAMED.items():
        with translation.override("da"):
            path = reverse(f"talks:{address}", args=[things[thing]])
        for response in (client.get(path), client.post(path, TYPED)):
            # 302: someone at home in Kalmar is nobody here, and is sent to log in. 405: there is only a POST.
            assert response.status_code in (302, 403, 404, 405), (address, name, response.status_code)
            assert response.status_code != 302 or response.url.startswith("/accounts/"), (address, name)
            assert b"Vorup" not in response.content, (address, name)
    assert everything() == before


@pytest.mark.parametrize("name", ["kerstin", "gunnar"])
def test_under_their_own_name_another_partnerships_people_find_none_of_it(
    cast: Cast, things: dict[str, int], name: str
) -> None:
    client = visit(who(cast, name))
    before = everything()
    for address, thing in NAMED.items():
        with translation.override("sv"):
            path = reverse(f"talks:{address}", args=[things[thing]])
        for response in (client.get(path), client.post(path, TYPED)):
            assert response.status_code in (403, 404, 405), (address, name, response.status_code)
    assert everything() == before


def test_a_token_for_one_thing_opens_nothing_else(cast: Cast, things: dict[str, int]) -> None:
    talk = type(cast.association.bookings.get(pk=things["talk"])).objects.get(pk=things["talk"])
    before = everything()
    for made_for in TOKENS:
        token = letters.link(talk, made_for).rstrip("/").rpartition("/")[2]
        for used_for in TOKENS:
            if used_for == made_for:
                continue
            with translation.override("da"):
                path = reverse(f"talks:{used_for}", args=[token])
            assert visit(None).post(path, TYPED).status_code == 404, (made_for, used_for)
    assert everything() == before
