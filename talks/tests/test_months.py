"""Free evenings stand by month, with a calendar whose days lead to them; no script is needed."""

import datetime as dt
import re

import pytest

from partnership.tests.cast import Cast, slot, visit
from talks.calendars.months import by_month

PAGE = "/da/talks/"


def shown(cast: Cast, language: str = "da") -> str:
    return visit(None).get(f"/{language}/talks/").content.decode()


def test_each_month_with_a_free_evening_has_a_heading_and_a_calendar(cast: Cast) -> None:
    for days in (20, 21, 50):  # 14 and 15 December, 13 January
        slot(cast.speaker, days=days)
    page = shown(cast)
    assert re.findall(r"<h3 id=\"month-[^>]+>([^<]+)<", page) == ["December 2026", "Januar 2027"]
    assert page.count('<table class="month-days') == 2


def test_a_day_of_the_calendar_leads_to_its_evenings_and_other_days_lead_nowhere(cast: Cast) -> None:
    slot(cast.speaker), slot(cast.speaker, hour=10)
    page = shown(cast)
    table = page.partition("<table")[2].partition("</table>")[0]
    assert re.findall(r'href="([^"]+)"', table) == ["#day-2026-12-14"]
    assert page.count('id="day-2026-12-14"') == 1
    assert "2 ledige aftener" in table


@pytest.mark.parametrize(("language", "first"), [("da", "mandag"), ("sv", "måndag"), ("en", "Monday")])
def test_weeks_begin_on_monday_in_each_language(cast: Cast, language: str, first: str) -> None:
    slot(cast.speaker)
    head = shown(cast, language).partition("<thead>")[2].partition("</thead>")[0]
    assert re.findall(r'sr-only">([^<]+)<', head)[0].lower() == first.lower()
    assert head.count('scope="col"') == 7


def test_a_month_has_each_of_its_days_once(cast: Cast) -> None:
    (month,) = by_month([slot(cast.speaker)], cast.randers.zone)
    days = [day.on for week in month.weeks for day in week if day.on]
    assert days == [dt.date(2026, 12, number) for number in range(1, 32)]
    assert {len(week) for week in month.weeks} == {7}
    assert [day.on for week in month.weeks for day in week if day.free] == [dt.date(2026, 12, 14)]


def test_a_slot_is_on_its_local_day(cast: Cast) -> None:
    """23.30 UTC on 31 December is the new year in Randers."""
    late = slot(cast.speaker, days=37, hour=23)
    assert [month.first for month in by_month([late], cast.randers.zone)] == [dt.date(2027, 1, 1)]


def test_the_speakers_own_list_has_months_too(cast: Cast) -> None:
    for days in (20, 50):
        slot(cast.speaker, days=days)
    page = visit(cast.sven).get("/da/talks/evenings/").content.decode()
    assert re.findall(r'<h2 class="h3">(\w+ 20\d\d)</h2>', page) == ["December 2026", "Januar 2027"]


@pytest.mark.parametrize(("name", "reads"), [("karen", True), ("sven", False)])
def test_staff_read_whose_evening_it_is_even_if_there_is_one_speaker(cast: Cast, name: str, reads: bool) -> None:
    slot(cast.speaker)
    page = visit(getattr(cast, name)).get("/da/talks/evenings/").content.decode()
    evening = page.partition('class="evening"')[2].partition("</li>")[0]
    assert ("Sven" in evening) is reads
