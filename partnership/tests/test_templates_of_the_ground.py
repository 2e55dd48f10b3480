"""Templates keep to the floors too: they load no tags from above, and the ground's link up to a few pages only."""

import pytest

from partnership.tests.house import ROOT, links_up, module_name, names_up, room_of_template, sources, tags_from_above

LIBRARIES = {path.stem: module_name(path) for path in sources() if path.parent.name == "templatetags"}
TEMPLATES = {path: path.read_text() for path in sorted((ROOT / "templates").rglob("*.html"))}
FRONT_PAGE, OWN_PAGE = "dashboard:front", "people:me"
# Where staff begin their day, what somebody can do who has nothing here yet, how to see one's data without email, the
# own page and how to be reached, and for staff what came of the talks.
LEAD_UP = {
    "link_help.html": {OWN_PAGE},
    "mfa/index.html": {OWN_PAGE},
    "parts/back_to_my_page.html": {OWN_PAGE},
    "talks/queue.html": {"dashboard:after_talks"},
    "account/without_email.html": {"entrance:without_account"},
    "outbox/staff.html": {"dashboard:staff"},
    "people/me.html": {"dashboard:staff", "entrance:new_email", "neighbours:join", "outbox:reach"},
    "places/privacy_rights.html": {"entrance:without_account", "outbox:reach", "people:data"},
}


def test_a_template_loads_tags_of_its_own_room_and_of_those_below() -> None:
    found = {path.name: tags_from_above(room_of_template(path), text, LIBRARIES) for path, text in TEMPLATES.items()}
    assert {name: tags for name, tags in found.items() if tags} == {}
    assert {"portal", "outbox", "talks_words", "dashboard"} <= set(LIBRARIES)


def test_templates_link_up_to_the_front_page_and_to_a_few_pages_that_are_named_here() -> None:
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


def test_no_code_names_a_page_of_a_room_above() -> None:
    found = {name: names_up(name, path.read_text()) for path in sources() if (name := module_name(path))}
    assert {name: pages for name, pages in found.items() if pages} == {}


def test_a_page_of_a_room_above_is_found_in_code_but_not_in_a_docstring() -> None:
    source = '"""talks:book"""\nreverse("neighbours:streets"), redirect("people:me"), {"a": "talks:book"}'
    assert names_up("partnership.web.address_forms", source) == ["neighbours:streets", "people:me", "talks:book"]
    assert names_up("talks.views.own", source) == []


def test_tags_and_links_from_above_are_found() -> None:
    assert tags_from_above("partnership.people", "{% load i18n talks_words portal %}", LIBRARIES) == ["talks_words"]
    assert tags_from_above("neighbours", "{% load talks_words %}", LIBRARIES) == ["talks_words"]
    assert tags_from_above("dashboard", "{% load talks_words dashboard %}", LIBRARIES) == []
    assert links_up("partnership.web", "{% url 'talks:book' %}{% url \"people:me\" %}") == ["talks:book", "people:me"]
    assert links_up("talks", "{% url 'dashboard:front' %}{% url \"people:me\" %}") == ["dashboard:front"]
