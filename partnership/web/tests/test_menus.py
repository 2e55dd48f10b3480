"""The menus show what rooms have added, in order, to those who see it."""

from types import SimpleNamespace

import pytest
from django.utils.translation import gettext_lazy as _

from partnership.registers import Register
from partnership.web import menus
from partnership.web.menus import MenuEntry, items_for

NOBODY = SimpleNamespace(path="/da/talks/book/")


@pytest.mark.parametrize(
    ("menu", "in_order"),
    [
        (menus.main, ["neighbours:overview", "talks:overview", "advice:library", "dashboard:progress", "people:me"]),
        (menus.staff, ["dashboard:staff", "talks:queue", "neighbours:helpers", "neighbours:slip", "outbox:staff"]),
    ],
)
def test_a_menu_is_in_order_wherever_new_rooms_stand_in_it(menu: Register[MenuEntry], in_order: list[str]) -> None:
    assert [entry.url_name for entry in menu if entry.url_name in in_order] == in_order


def test_a_place_knows_its_address_and_whether_the_reader_is_there() -> None:
    entries = {entry.url: entry.is_current for entry in items_for(menus.main, NOBODY)}
    assert entries["/da/talks/"] is True
    assert entries["/da/advice/"] is False


def test_an_entry_is_shown_to_those_who_see_it_and_a_question_that_entries_share_is_asked_once() -> None:
    asked = []

    def is_staff(request: SimpleNamespace) -> bool:
        asked.append(request)
        return request.is_staff

    entries = [
        MenuEntry(_("Talks"), "talks:queue", is_staff),
        MenuEntry(_("Messages"), "outbox:staff", is_staff),
        MenuEntry(_("My page"), "people:me"),
    ]
    with menus.staff.only(*entries), menus.closed.only():
        staff, other = SimpleNamespace(path="/", is_staff=True), SimpleNamespace(path="/", is_staff=False)
        assert [place.label for place in items_for(menus.staff, other)] == ["Min side"]
        assert len(items_for(menus.staff, staff)) == 3
    assert asked == [other, staff]
