"""A reader finds a piece of advice, reads it and prints it."""

import pytest
from playwright.sync_api import ViewportSize, expect

from journeys.reader import Reader, Seating

A4_PIXELS: ViewportSize = {"width": 794, "height": 1123}
# This compound is not in the library: it is found by its parts.
QUESTIONS = {
    ("randers", "da"): ("dørlås", "Lås på døre og vinduer"),
    ("kalmar", "sv"): ("dörrlås", "Lås på dörrar och fönster"),
    ("randers", "en"): ("door locks", "Locks on doors and windows"),
}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize(("home", "language"), QUESTIONS, ids=["Danish", "Swedish", "English"])
def test_a_reader_finds_advice_by_a_compound_word_and_prints_it(
    seat: Seating, home: str, language: str, scripts: bool
) -> None:
    question, title = QUESTIONS[home, language]
    reader = seat(home, language, scripts=scripts)

    reader.opens("/")
    reader.follows("Protect your home")
    reader.stands_at("Make your home harder to break into")
    searches_for(reader, question)
    reader.page.get_by_role("link", name=title).click()
    reader.stands_at(title)
    reader.reads("How sure are we?")

    leaves_only_the_article_on_paper(reader)
    assert prints_on_a4(reader)


def test_a_search_without_an_answer_shows_where_to_begin(seat: Seating) -> None:
    reader = seat()
    reader.opens("/advice/")
    searches_for(reader, "zzzyxq")
    reader.reads("We found no advice about “%(question)s”", question="zzzyxq")
    reader.page.get_by_role("main").get_by_role("link", name="Hvis du har haft indbrud").click()
    reader.stands_at("Hvis du har haft indbrud")


def test_a_personal_number_in_the_search_is_refused_and_not_repeated_to_any_cache(seat: Seating) -> None:
    reader = seat()
    reader.opens("/advice/search/?q=0101701234")
    assert reader.answered
    assert reader.answered.headers["cache-control"] == "no-store"
    reader.reads("This looks like a personal number. Please never write it here. Search with one or two words.")


def searches_for(reader: Reader, question: str) -> None:
    reader.writes("Search the advice", question)
    reader.presses("Search")


def leaves_only_the_article_on_paper(reader: Reader) -> None:
    """Check that the article is printed without menus, search and footer."""
    menus = reader.page.get_by_role("navigation")
    expect(menus).not_to_have_count(0)
    reader.page.emulate_media(media="print")
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    expect(menus).to_have_count(0)
    reader.page.emulate_media(media="screen")


def prints_on_a4(reader: Reader) -> bool:
    """Check that there is a PDF, and that no text runs over the edge of the paper."""
    page = reader.page
    was = page.viewport_size
    page.set_viewport_size(A4_PIXELS)
    page.emulate_media(media="print")
    fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    pdf = page.pdf(format="A4")
    page.emulate_media(media="screen")
    assert was
    page.set_viewport_size(was)
    return fits and pdf.startswith(b"%PDF")
