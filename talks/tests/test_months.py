"""Free evenings stand by month, with a calendar whose days lead to them; no script is needed."""

import datetime as dt
import re

import pytest
from django.conf import settings

from partnership.tests.cast import Cast, slot, visit
from partnership.web.months import by_month
from talks.models import Slot


def shown(cast: Cast, language: str = "da", query: str = "") -> str:
    return visit(None).get(f"/{language}/talks/{query}").content.decode()


def months_offered(page: str) -> list[tuple[str, str]]:
    """Return each month that can be chosen and how many evenings it says are free, the chosen one with a star."""
    nav = page.partition('<nav class="months')[2].partition("</nav>")[0]
    links = re.findall(r'<a href="([^"]+)"([^>]*)>(.*?)</a>', nav, re.DOTALL)
    return [
        (address, " ".join(re.sub("<[^>]+>", " ", words).split()) + ("*" if "aria-current" in mark else ""))
        for address, mark, words in links
    ]


def three_months(cast: Cast) -> None:
    for days in (20, 21, 50, 85):  # 14 and 15 December, 13 January, 17 February
        slot(cast.speaker, days=days)


def test_one_month_is_shown_and_all_with_free_evenings_can_be_chosen(cast: Cast) -> None:
    three_months(cast)
    page = shown(cast)
    assert re.findall(r"<h3 id=\"month\">([^<]+)<", page) == ["December 2026"]
    assert page.count('<table class="month-days') == 1
    assert re.findall(r'id="day-([^"]+)"', page) == ["2026-12-14", "2026-12-15"]
    assert months_offered(page) == [
        ("?month=2026-12#evenings", "December 2026 2 ledige aftener*"),
        ("?month=2027-01#evenings", "Januar 2027 1 ledig aften"),
        ("?month=2027-02#evenings", "Februar 2027 1 ledig aften"),
    ]


def test_a_month_that_is_asked_for_is_shown_and_leads_on_to_the_next(cast: Cast) -> None:
    three_months(cast)
    page = shown(cast, query="?month=2027-01")
    assert re.findall(r'id="day-([^"]+)"', page) == ["2027-01-13"]
    assert [words for _address, words in months_offered(page)][1].endswith("*")
    below = page.partition('<div class="month-after no-print">')[2].partition("</section>")[0]
    assert 'href="?month=2027-02#evenings"' in below
    last = shown(cast, query="?month=2027-02").partition('<ul class="list-plain evenings">')[2]
    assert not re.search(r"\?month=\d", last)


@pytest.mark.parametrize("asked", ["2026-10", "2027-03", "2027-1", "2027-13", "x", "", "%00", "2027-01-13"])
def test_a_month_without_free_evenings_leads_to_the_first_that_has_some(cast: Cast, asked: str) -> None:
    three_months(cast)
    assert re.findall(r'id="day-([^"]+)"', shown(cast, query=f"?month={asked}")) == ["2026-12-14", "2026-12-15"]


def test_with_one_month_there_is_nothing_to_choose(cast: Cast) -> None:
    slot(cast.speaker)
    page = shown(cast)
    assert "?month=" not in page
    assert page.count('class="evening"') == 1


def test_a_month_ends_by_the_clocks_of_the_partnership(cast: Cast) -> None:
    """23.30 UTC on 31 December is the new year in Randers."""
    slot(cast.speaker, days=37, hour=22), slot(cast.speaker, days=37, hour=23)
    counted = Slot.objects.counted_by_month(cast.randers.zone)
    assert {first: Slot.objects.in_month(first, cast.randers.zone).count() for first in counted} == counted
    assert sum(counted.values()) == 2


def test_search_engines_find_one_page_for_all_months(cast: Cast) -> None:
    three_months(cast)
    address = f"http://randers.localhost:{settings.PUBLIC_PORT}/da/talks/"
    assert f'<link rel="canonical" href="{address}">' in shown(cast, query="?month=2027-01")


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


def on_paper(page: str) -> str:
    """Return what stands below the title of the list of evenings when it is printed, in one line."""
    kept = page.partition('<section aria-labelledby="evenings">')[2]
    kept = re.sub(r'<(nav|table|p|a)\b[^>]*class="[^"]*no-print[^"]*".*?</\1>', "", kept, flags=re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", kept.partition('<section aria-labelledby="open"')[0]).split())


@pytest.mark.parametrize("query", ["", "?month=2027-01"])
def test_a_printed_month_says_which_other_months_have_evenings_and_where(cast: Cast, query: str) -> None:
    three_months(cast)
    paper = on_paper(shown(cast, "en", query))
    others = "January 2027 (1), February 2027 (1)" if not query else "December 2026 (2), February 2027 (1)"
    assert others in paper
    assert "/en/talks/?month=all" in paper
    assert cast.randers.contact_name in paper


def test_one_list_has_the_evenings_of_all_months_for_paper(cast: Cast) -> None:
    three_months(cast)
    page = shown(cast, "en", "?month=all")
    paper = on_paper(page)
    assert [month for month in ("December 2026", "January 2027", "February 2027") if month in paper] == [
        "December 2026", "January 2027", "February 2027"
    ]  # fmt: skip
    assert page.count('class="evening"') == 4
    assert all(day in paper for day in ("14 December", "15 December", "13 January", "17 February"))
    assert page.count('href="/en/talks/book/?slot=') == 4
    assert 'href="?month=all#evenings"' in shown(cast, "en")


def test_with_one_month_paper_names_no_other(cast: Cast) -> None:
    slot(cast.speaker)
    assert "month=all" not in shown(cast, "en")
