"""Each page of the portal is a stop, so that its accessibility is tested, or is on a list that says why not."""

import inspect
import re
from collections.abc import Iterator

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils import translation

from journeys.stops import BEFORE_THE_STAGE, ON_THE_STAGE

# Where the links lead that the stops take from emails.
OF_LINKS = {
    "confirm": "neighbours:confirm", "used": "neighbours:confirm", "verify": "talks:verify",
    "verified": "talks:verify", "cancel": "talks:cancel", "cancelled": "talks:cancel", "change": "talks:change",
    "choose": "talks:accept", "wish": "talks:verify_wish", "wished": "talks:verify_wish",
    "association": "talks:confirm_association", "feedback": "talks:feedback",
}  # fmt: skip
# The pages of other people, or not pages.
NOT_OURS = ("admin", "account_", "mfa_", "anymail", "demo:")
NOT_PAGES = {
    "calendar_feed", "dashboard:figures", "dashboard:figures_for_excel", "dashboard:share_picture", "manifest",
    "neighbours:list_faulty", "neighbours:list_sample", "neighbours:printed_card",
    "neighbours:name", "outbox:message_html", "people:download", "street", "street_in_emails", "was",
    "talks:add_pattern", "talks:calendar", "talks:leaflet", "talks:poster", "talks:stay_away",
}  # fmt: skip
# Nobody has made a stop of these yet. This list only becomes shorter. Two need text messages, and one a code that was
# sent before: journeys/test_own_data.py looks at it.
WITHOUT_A_STOP = {
    "entrance:by_text", "entrance:new_email_code", "entrance:text_code",
    "neighbours:helper", "neighbours:invite_sheet", "neighbours:invite_sheet_for",
    "neighbours:stickers", "neighbours:new_link", "neighbours:streets",
    "outbox:batch_check", "outbox:handle", "outbox:letters", "outbox:message", "outbox:number", "outbox:reach",
    "outbox:staff", "outbox:stop", "outbox:tests", "people:confirm_association", "people:erase_for", "people:erased",
    "people:note", "people:protection_of",
    "second_factor_invitation", "talks:become_deputy", "talks:choose", "talks:close_own", "talks:move_own",
}  # fmt: skip


def named(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield the URLs that have a name, with it."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from named(one, f"{one.namespace}:" if one.namespace else space)
        elif one.name:
            yield f"{space}{one.name}", one


def takes_only_posts(pattern: URLPattern) -> bool:
    view = inspect.unwrap(pattern.callback)
    return inspect.isfunction(view) and "@require_POST" in inspect.getsource(view)


def pages() -> set[str]:
    found = {name for name, pattern in named(get_resolver()) if not takes_only_posts(pattern)}
    return {name for name in found - NOT_PAGES if not name.startswith(NOT_OURS)}


def name_of(path: str) -> str:
    """Return the name of the URL that a stop's path leads to."""
    if link := re.fullmatch(r"\{(\w+)\}", path):
        return OF_LINKS[link[1]]
    path = re.sub(r"\{\w+\}", "1", path.partition("?")[0])
    try:
        return resolve(f"/da{path}").view_name
    except Resolver404:
        return resolve(path).view_name


def without_a_stop(wanted: set[str]) -> set[str]:
    """Return those that no stop leads to. Pages under /dev/ are there only while DEBUG."""
    stops = [stop for stop in (*BEFORE_THE_STAGE, *ON_THE_STAGE) if not stop.path.startswith("/dev/")]
    with translation.override("da"):
        return wanted - {name_of(stop.path) for stop in stops}


def test_each_page_is_a_stop_unless_it_is_on_the_list() -> None:
    assert without_a_stop(pages()) == WITHOUT_A_STOP


def test_a_page_without_a_stop_is_found() -> None:
    """The control."""
    assert without_a_stop({"kits:overview", "talks:book"}) == {"kits:overview"}
