"""Who wishes for an evening that is free is told so, and takes along what they have typed; staff see who is free."""

import datetime as dt
import re

import pytest

from partnership import clock
from partnership.tests.cast import Cast, slot, visit
from talks.actions import wishes
from talks.models import Booking, Slot, TalkWish
from talks.tests.bookings import confirmed, mail
from talks.tests.test_access import at
from talks.tests.test_pages import FREE, typed
from talks.views import wishes as views

SAYS_SO = "Den aften er ledig"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def on(cast: Cast) -> Slot:
    return slot(cast.speaker, **FREE)


def longer(cast: Cast) -> Slot:
    """A free evening of four hours."""
    on = slot(cast.speaker, **FREE)
    on.ends_at = on.starts_at + 4 * HOUR
    on.save()
    return on


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


def chosen_in(page: str) -> list[str]:
    """What is chosen beforehand in the lists and among the buttons of a page, without "Choose"."""
    return [value for value in re.findall(r'value="([^"]*)"[^>]*\s(?:selected|checked)', page) if value]


def verified(cast: Cast, on: Slot, hour: str = "") -> TalkWish:
    """A wish for the slot's day, which waits for the answer of staff."""
    visit(None).post(at("wish"), wish(cast, on, hour=hour, anyway="1"))
    made = TalkWish.objects.get()
    made.verified_at, made.answer_by = clock.now(), cast.randers.today()
    made.save()
    return made


def test_an_evening_that_begins_before_the_wished_hour_and_lasts_long_enough_is_named(cast: Cast) -> None:
    on = longer(cast)
    hour = f"{clock.local(on.starts_at + HOUR, cast.randers.zone):%H:%M}"
    assert SAYS_SO in visit(None).post(at("wish"), wish(cast, on, hour=hour)).content.decode()
    made = verified(cast, on, hour)
    assert "Sven er ledig: " in visit(cast.karen).get(at("answer_wish", made.pk)).content.decode()
    day = made.wished_days[0]
    talk = wishes.accept(wish=made, speaker=cast.speaker, day=day, by=cast.karen, now=clock.now())
    assert talk.starts_at == on.starts_at + HOUR


def test_all_evenings_on_a_wished_day_can_be_offered_however_many_there_are(
    cast: Cast, on: Slot, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot(cast.speaker, days=FREE["days"] - 1)
    made = verified(cast, on, "23:00")
    monkeypatch.setattr(views, "SLOTS_SHOWN", 1)
    page = visit(cast.karen).get(at("answer_wish", made.pk)).content.decode()
    assert f'name="slots" value="{on.pk}"' in " ".join(page.split())


def test_neither_speaker_nor_day_is_chosen_before_staff_choose(cast: Cast, on: Slot) -> None:
    made = verified(cast, on)
    page = visit(cast.karen).get(at("answer_wish", made.pk)).content.decode()
    assert not chosen_in(page)
    answer = visit(cast.karen).post(at("accept_wish", made.pk), {})
    assert answer.status_code == 400
    assert "Vælg den foredragsholder, der har sagt ja." in answer.content.decode()
    assert not Booking.objects.exists()


def test_nothing_is_chosen_beforehand_on_the_forms_of_days_and_hours(cast: Cast) -> None:
    booking = confirmed(cast)
    slot(cast.speaker, days=40)
    assert not chosen_in(visit(cast.karen).get(at("answer", booking.pk)).content.decode())
    assert 'value="19.00"' not in visit(None).get(at("wish")).content.decode()
    slots = visit(cast.sven).get(at("slots")).content.decode()
    assert '<option value="" selected' in slots
    assert '<option value="0" selected' not in slots


def test_staff_see_who_is_free_on_a_wished_day(cast: Cast, on: Slot) -> None:
    made = verified(cast, on)
    page = visit(cast.karen).get(at("answer_wish", made.pk)).content.decode()
    assert "Sven er ledig: " in page
