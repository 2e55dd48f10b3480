"""Who wishes for an evening that is free is told so, and takes along what they have typed; staff see who is free."""

import datetime as dt

import pytest

from partnership import clock
from partnership.tests.cast import Cast, slot, visit
from talks.models import Slot, TalkWish
from talks.tests.bookings import mail
from talks.tests.test_access import at
from talks.tests.test_pages import FREE, typed

SAYS_SO = "Den aften er ledig"


@pytest.fixture
def on(cast: Cast) -> Slot:
    return slot(cast.speaker, **FREE)


def wish(cast: Cast, on: Slot, *, hour: str = "", **more: object) -> dict[str, object]:
    """What is typed in the form, with the slot's day as the first one."""
    starts = clock.local(on.starts_at, cast.randers.zone)
    days = {"first": starts.date(), "second": starts.date() + dt.timedelta(days=1)}
    boxes = {f"{name}_{i}": part for name, day in days.items() for i, part in enumerate((day.day, day.month, day.year))}
    return {**typed(cast, slot=on.pk), **boxes, "from_hour": hour or f"{starts:%H:%M}", **more}


def test_a_wish_for_a_free_evening_leads_to_its_booking_with_all_that_was_typed(cast: Cast, on: Slot) -> None:
    page = visit(None).post(at("wish"), wish(cast, on))
    shown = page.content.decode()
    assert page.status_code == 200
    assert SAYS_SO in shown
    assert f'formaction="{at("book")}" name="another" value="{on.pk}"' in " ".join(shown.split())
    booking = visit(None).post(at("book"), {**wish(cast, on), "another": on.pk}).content.decode()
    assert f'name="slot" value="{on.pk}"' in booking
    assert 'value="Vorup Grundejerforening"' in booking
    assert not mail("verify_wish")


def test_whoever_wishes_all_the_same_may(cast: Cast, on: Slot) -> None:
    page = visit(None).post(at("wish"), wish(cast, on, anyway="1"))
    assert page.status_code == 302
    assert TalkWish.objects.count() == 1


@pytest.mark.parametrize("why", ["too early", "too far", "another talk"])
def test_an_evening_that_would_not_do_is_not_named(cast: Cast, on: Slot, why: str) -> None:
    more: dict[str, object] = {}
    if why == "too early":
        more = {"hour": "23:00"}
    elif why == "too far":
        cast.speaker.areas.set([cast.dronningborg])
    else:
        cast.speaker.formats = ["flats"]
        cast.speaker.save()
    assert visit(None).post(at("wish"), wish(cast, on, **more)).status_code == 302


def test_staff_see_who_is_free_on_a_wished_day(cast: Cast, on: Slot) -> None:
    visit(None).post(at("wish"), wish(cast, on, anyway="1"))
    made = TalkWish.objects.get()
    made.verified_at, made.answer_by = clock.now(), cast.randers.today()
    made.save()
    page = visit(cast.karen).get(at("answer_wish", made.pk)).content.decode()
    assert "Sven er ledig: " in page
