"""Rooms keep to the floors of the architecture, and each rule is shown to find a breach."""

import configparser
import re
from pathlib import Path

import pytest

from partnership.tests.house import (
    FLOORS,
    OUTSIDE,
    ROOT,
    drawers,
    floor_of,
    is_for_a_reader,
    module_name,
    modules,
    outside_imports,
    personal_reaches,
    refusals_caught,
    room_of,
    sources,
    upward_imports,
)
from partnership.tests.retained import personal_models

EVERY_SOURCE = {module_name(path): path for path in sorted(sources())}


def personal() -> set[str]:
    return {model.__name__ for model in personal_models()}


def test_every_module_of_the_product_stands_on_a_floor() -> None:
    assert [name for name in EVERY_SOURCE if floor_of(name) is None] == []
    assert len(EVERY_SOURCE) > 200


@pytest.mark.parametrize("module", ["bakery.models", "partnership.bakery.models", "partnership.odds", "odds"])
def test_a_module_without_a_floor_is_found(module: str) -> None:
    assert floor_of(module) is None


def test_a_new_folder_is_seen_and_tests_and_tools_are_left_out(tmp_path: Path) -> None:
    for name in ("bakery/models.py", "bakery/tests/test_bread.py", "devtools/mail.py", ".venv/six.py", "manage.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert {module_name(path, tmp_path) for path in sources(tmp_path)} == {"bakery.models", "manage"}


def test_every_room_on_the_floors_and_everything_outside_is_there() -> None:
    rooms = {room_of(name) for name in EVERY_SOURCE}
    assert rooms == {room for floor in FLOORS for room in floor}
    assert {module_name(path).split(".")[0] for path in modules()} >= set(OUTSIDE)


def test_the_types_of_every_room_are_checked() -> None:
    settings = configparser.ConfigParser()
    settings.read(ROOT / "mypy.ini")
    checked = set(re.split(r",\s*", settings["mypy"]["files"]))
    assert {path.relative_to(ROOT).parts[0] for path in sources()} <= checked


def test_a_room_imports_only_from_rooms_below_it() -> None:
    wrong = {name: upward_imports(name, path.read_text()) for name, path in EVERY_SOURCE.items()}
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("partnership.clock", "from partnership.places.models import Partnership"),
        ("partnership.registers", "from partnership.retention import Rule"),
        ("partnership.places.actions", "from partnership.people.models import User"),
        ("partnership.web.menus", "from partnership.people.access import has_role"),
        ("partnership.outbox.post", "import talks.models"),
        ("partnership.people.models", "from partnership import settings"),
        ("partnership.people.models", "from partnership import celery_app"),
        ("talks.actions", "from partnership.bakery.models import Bread"),
        ("talks.views", "from neighbours.models import Helper"),
        ("neighbours.models", "def late():\n    from dashboard import kpis"),
        ("dashboard.kpis", "from partnership.urls import urlpatterns"),
        ("partnership.health", "from demo.cast import cast_of"),
    ],
)
def test_an_import_that_goes_up_or_sideways_is_found(module: str, source: str) -> None:
    assert upward_imports(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("talks.views", "from partnership.outbox.post import post"),
        ("talks.views", "from talks.models import Booking"),
        ("partnership.urls", "from partnership import health, pages"),
        ("partnership.people.models", "from partnership import clock"),
        ("demo.talks", "from talks.models import Booking"),
    ],
)
def test_importing_from_below_and_from_ones_own_room_is_fine(module: str, source: str) -> None:
    assert upward_imports(module, source) == []


def test_the_product_imports_no_tools_and_no_tests() -> None:
    wrong = {name: outside_imports(name, path.read_text()) for name, path in EVERY_SOURCE.items()}
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("partnership.health", "from devtools import embedded"),
        ("partnership.settings", "from devtools import embedded\nif DEBUG:\n    pass"),
        ("talks.reminders", "def late():\n    import benchmarks.words"),
        ("demo.cast", "from partnership.tests.cast import assemble"),
    ],
)
def test_a_tool_or_a_test_in_the_product_is_found(module: str, source: str) -> None:
    assert outside_imports(module, source)


def test_the_demonstration_and_the_settings_of_development_may_use_the_tools() -> None:
    assert outside_imports("demo.views", "from devtools import mail") == []
    assert outside_imports("partnership.settings", "if DEBUG:\n    from devtools import embedded") == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert drawers(EVERY_SOURCE) == []
    assert drawers(["talks.utils", "talks.actions.common", "talks.actions.bookings"]) == [
        "talks.utils",
        "talks.actions.common",
    ]


# Modules that read tables and are not named as what acts, with what they read them for: none shows a row to a reader.
READ_FOR_NOBODY = {
    "dashboard.efforts": "numbers of a partnership",
    "entrance.accounts": "an email for who asks for a code",
    "entrance.codes": "whether a code may be sent",
    "entrance.own_codes.changing_email": "whose a mailbox is",
    "entrance.own_codes.ending": "the log-ins that a code began",
    "entrance.own_codes.finding": "to whom a code may be sent",
    "entrance.library_words": "the number of somebody's next key",
    "entrance.sessions": "the session of a browser",
    "neighbours.funnel": "numbers of a partnership",
    "neighbours.home_address": "the address of a letter",
    "partnership.outbox.counting": "numbers of messages",
    "partnership.outbox.digest": "a message to be sent",
    "partnership.outbox.posting": "a message to be sent",
    "partnership.outbox.staff.letter_batches": "making a batch of letters",
    "partnership.outbox.stop_links": "whose a link is",
    "partnership.outbox.suppression": "whether a mailbox is stopped",
    "partnership.people.mailboxes": "whether a mailbox was used",
    "partnership.paper.printed_codes": "whose a printed code is",
    "partnership.people.lookups": "writing the look-up log",
    "partnership.people.own.data": "what a person is given of their own",
    "partnership.people.own.sections": "what a person is given of their own",
    "talks.need": "which areas have an association",
}


def test_pages_reach_people_through_a_scope() -> None:
    pages = {name: path for name, path in EVERY_SOURCE.items() if is_for_a_reader(path.relative_to(ROOT))}
    wrong = {name: personal_reaches(path.read_text(), personal()) for name, path in pages.items()}
    found = {name: places for name, places in wrong.items() if places}
    assert {name: places for name, places in found.items() if name not in READ_FOR_NOBODY} == {}
    assert set(READ_FOR_NOBODY) - set(found) == set()
    assert len(pages) > 100


@pytest.mark.parametrize(
    ("source", "model"),
    [
        ("def page(request):\n    return Helper.objects.all()", "Helper"),
        ("def page(request):\n    return models.Feedback._default_manager.first()", "Feedback"),
        ("def page(request, pk):\n    return get_object_or_404(TalkWish, pk=pk)", "TalkWish"),
        ("def page(request, pk):\n    return shortcuts.get_list_or_404(SlotHold, pk=pk)", "SlotHold"),
        ("def page(request):\n    return fetch(CalendarFeed.objects, pk=1)", "CalendarFeed"),
    ],
)
def test_a_page_that_reads_the_table_itself_is_found(source: str, model: str) -> None:
    assert personal_reaches(source, personal()) == [f"{model}, line 2"]


PAGES = {"views", "own_page", "pages", "calendars", "templatetags", "admin", "refusal_views", "health", "staff"}


def test_pages_answer_a_refusal_in_one_way() -> None:
    pages = {name: path for name, path in EVERY_SOURCE.items() if PAGES & {path.stem, *path.parts}}
    wrong = {name: refusals_caught(path.read_text()) for name, path in pages.items()}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_a_page_that_catches_a_refusal_itself_is_found() -> None:
    assert refusals_caught("try:\n    act()\nexcept refusals.Refused as refusal:\n    pass") == ["line 3"]


def test_what_is_about_nobody_may_be_read_anywhere() -> None:
    assert {"AreaFact", "Article", "Goal"}.isdisjoint(personal())
    assert personal_reaches("Article.objects.all()", personal()) == []


@pytest.mark.parametrize(
    "path",
    [
        "talks/views/staff.py", "talks/own_page.py", "talks/templatetags/talks_words.py", "talks/printing.py",
        "neighbours/person_card.py", "partnership/people/staff/cards.py", "partnership/people/staff/searching.py",
        "dashboard/changes.py", "dashboard/staffing.py", "meetings/any_new_module.py",
    ],
)  # fmt: skip
def test_every_module_except_those_that_act_is_looked_at(path: str) -> None:
    assert is_for_a_reader(Path(path))
    assert not is_for_a_reader(Path("talks/scopes.py"))
