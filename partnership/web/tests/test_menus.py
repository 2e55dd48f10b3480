"""The menus show what rooms have added, in order, to those who see it."""

from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from partnership.web import menus
from partnership.web.menus import MenuEntry, places_for

NOBODY = SimpleNamespace(path="/da/talks/book/")


def test_the_main_menu_is_in_order() -> None:
    names = [entry.url_name for entry in menus.main]
    assert names == ["neighbours:join", "talks:overview", "advice:library", "dashboard:progress", "people:me"]


def test_the_staff_menu_is_in_order() -> None:
    names = [entry.url_name for entry in menus.staff]
    assert names == ["dashboard:staff", "talks:queue", "neighbours:helpers", "neighbours:slip", "outbox:staff"]


def test_a_place_knows_its_address_and_whether_the_reader_is_there() -> None:
    places = {place.url: place.is_current for place in places_for(menus.main, NOBODY)}
    assert places["/da/talks/"] is True
    assert places["/da/advice/"] is False


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
    with menus.staff.only(*entries):
        staff, other = SimpleNamespace(path="/", is_staff=True), SimpleNamespace(path="/", is_staff=False)
        assert [place.label for place in places_for(menus.staff, other)] == ["Min side"]
        assert len(places_for(menus.staff, staff)) == 3
    assert asked == [other, staff]
