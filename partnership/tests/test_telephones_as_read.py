"""A telephone number stands in groups, "31 41 59 26", on every page and in every message, however it was typed."""

import re
from html import unescape

import pytest

from partnership.people.models import User
from partnership.people.tests.looking_up import look_up
from partnership.places.models import Partnership
from partnership.tests.cast import visit
from partnership.tests.test_protected_people import PHONE, Scene, messages, scene, shown, texts

__all__ = ["scene", "shown"]

OURS, OF_OTHERS = "86424242", "31415927"
IN_GROUPS = {PHONE: "31 41 59 26", OURS: "86 42 42 42", OF_OTHERS: "31 41 59 27"}
# The file of one's own data has each number as it is stored; the administration edits it.
AS_STORED = re.compile(r"/da/me/data/download/|/admin/")


@pytest.fixture
def typed_without_blanks(shown: Scene) -> Scene:
    """Let nobody have typed a blank in a number, nor the partnership in its own."""
    User.objects.exclude(pk=shown.hidden.pk).update(phone=OF_OTHERS)
    Partnership.objects.update(contact_phone=OURS)
    for one in (shown.cast.randers, *filter(None, shown.people.values())):
        one.refresh_from_db()
    return shown


def words_of(page: str) -> str:
    """Return what is read on a page: its text, without attributes, and with ordinary blanks."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", " ", page)).replace("\N{NO-BREAK SPACE}", " ")


def in_one_piece(text: str) -> set[str]:
    return {number for number in IN_GROUPS if number in text}


@pytest.mark.parametrize("who", ["omar", "hidden", "anne"])
def test_no_message_has_a_number_in_one_piece(typed_without_blanks: Scene, who: str) -> None:
    scene = typed_without_blanks
    reader = scene.hidden if who == "hidden" else scene.people[who]
    said = {name: text.replace("\\xa0", " ") for name, text in messages(scene, reader)}
    assert {name: in_one_piece(text) for name, text in said.items() if in_one_piece(text)} == {}
    read = " ".join(said.values())
    assert IN_GROUPS[OURS] in read
    assert IN_GROUPS[PHONE] in read


@pytest.mark.slow
@pytest.mark.parametrize("who", ["nobody", "hidden", "omar", "anne"])
def test_no_page_has_a_number_in_one_piece(typed_without_blanks: Scene, who: str) -> None:
    scene = typed_without_blanks
    browser = visit(scene.hidden if who == "hidden" else scene.people[who])
    if who == "anne":
        look_up(browser, scene.hidden, "da")
    pages = {where: words_of(text) for where, text in texts(browser, scene) if not AS_STORED.match(where)}
    assert {where: in_one_piece(text) for where, text in pages.items() if in_one_piece(text)} == {}
    assert IN_GROUPS[OURS] in " ".join(pages.values())
    if who != "nobody":
        assert IN_GROUPS[PHONE] in " ".join(pages.values())


def test_the_search_and_the_own_data_have_it_in_groups(typed_without_blanks: Scene) -> None:
    scene = typed_without_blanks
    asked = {"q": scene.hidden.name, "purpose": "call"}
    User.objects.filter(pk=scene.hidden.pk).update(email=None)
    pages = [
        visit(scene.cast.karen).post("/da/staff/people/", asked).content.decode(),
        visit(scene.hidden).get("/da/me/data/").content.decode(),
    ]
    for page in map(words_of, pages):
        assert IN_GROUPS[PHONE] in page
        assert in_one_piece(page) == set()
