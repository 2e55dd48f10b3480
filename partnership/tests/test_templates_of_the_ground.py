"""Templates keep to the floors too: they load no tags from above, and the ground's link up to a few pages only."""

import pytest

from partnership.tests.house import ROOT, links_up, module_name, room_of_template, sources, tags_from_above

LIBRARIES = {path.stem: module_name(path) for path in sources() if path.parent.name == "templatetags"}
TEMPLATES = {path: path.read_text() for path in sorted((ROOT / "templates").rglob("*.html"))}
FRONT_PAGE = "dashboard:front"
# Where staff begin their day, what somebody can do who has nothing here yet, and how to see one's data without email.
LEAD_UP = {
    "account/without_email.html": {"entrance:without_account"},
    "outbox/staff.html": {"dashboard:staff"},
    "people/me.html": {"dashboard:staff", "entrance:new_email", "neighbours:join"},
    "places/privacy_rights.html": {"entrance:without_account"},
}


def test_a_template_loads_tags_of_its_own_room_and_of_those_below() -> None:
    found = {path.name: tags_from_above(room_of_template(path), text, LIBRARIES) for path, text in TEMPLATES.items()}
    assert {name: tags for name, tags in found.items() if tags} == {}
    assert {"portal", "outbox", "talks_words", "dashboard"} <= set(LIBRARIES)


def test_templates_of_the_ground_link_to_the_front_page_and_to_a_few_pages_that_are_named_here() -> None:
    found = {
        path.relative_to(ROOT / "templates").as_posix(): set(links_up(room_of_template(path), text)) - {FRONT_PAGE}
        for path, text in TEMPLATES.items()
    }
    assert {name: pages for name, pages in found.items() if pages} == LEAD_UP


@pytest.mark.parametrize(
    ("folder", "room"),
    [("people", "partnership.people"), ("talks", "talks"), ("mfa", "partnership.web"), ("404.html", "partnership.web")],
)
def test_a_template_belongs_to_the_room_of_its_folder(folder: str, room: str) -> None:
    assert room_of_template(ROOT / "templates" / folder) == room


def test_tags_and_links_from_above_are_found() -> None:
    assert tags_from_above("partnership.people", "{% load i18n talks_words portal %}", LIBRARIES) == ["talks_words"]
    assert tags_from_above("neighbours", "{% load talks_words %}", LIBRARIES) == ["talks_words"]
    assert tags_from_above("dashboard", "{% load talks_words dashboard %}", LIBRARIES) == []
    assert links_up("partnership.web", "{% url 'talks:book' %}{% url \"people:me\" %}") == ["talks:book"]
