"""What a chair can do on their own pages, in each state of a talk, staff can do for one who calls: rule 7 of the field.

The test walks all states. It fails for anything on the chair's pages that is not in the table, or that the page for a
call does not have.
"""

import datetime as dt
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.urls import Resolver404, resolve

from partnership.people.tests.looking_up import look_up
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks import links
from talks.actions import bookings, closing, offers, wishes
from talks.models import Booking, TalkWish
from talks.tests.bookings import confirmed, requested
from talks.tests.test_wishes import wished

S = Booking.State
Case = Booking | TalkWish

# What stands on the chair's pages, what is the same on the page for a call, and by which task it is on their card. A
# button of a form that has several is named too.
SAME = {
    "choose": ("choose_for", "choose_for"),
    "move_own": ("move_for", "move_for"),
    "move_own take_back": ("take_back_for", "take_back_for"),
    "booking form": ("cancel_for", "cancel_for"),
    "place_facts": ("place_facts", "place_facts"),
    "feedback": ("feedback_for", "feedback_for"),
    "withdraw_wish form": ("withdraw_for form", "wish_call"),
    "overview": ("book_for", "book_for"),
    "wish": ("wish_for", "wish_for"),
    "poster": ("poster", ""),
    "leaflet": ("leaflet", ""),
}
# What needs no answer: the calendar and the public page are of no use without the internet.
ONLY_SEEN = {"booking", "calendar", "open", "deputy"}
# What each link in our emails does, done by staff. Some of them prove that a mailbox is the reader's.
BY_LINK = {
    "verify": "",
    "verify_wish": "",
    "become_deputy": "",
    "again": "wish_for",
    "again_by_mail": "wish_for",
    "accept": "choose_for",
    "feedback": "feedback_for",
    "cancel": "cancel_for",
    "change": "move_for",
    "confirm_association": "people:confirm_association",
}


class Found(HTMLParser):
    """Collects what the links and forms of a page's main part lead to, by the names of their URLs."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.names, self.form, self.is_main = path, set(), "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        self.is_main = self.is_main or tag == "main"
        if not self.is_main:
            return
        if tag == "a" and at.get("href"):
            self.add(at["href"])
        if tag == "form" and at.get("method") == "post":
            self.form = at.get("action") or self.path
        if tag == "button" and self.form:
            self.add(self.form, at.get("name") or "form")

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.is_main = False
        if tag == "form":
            self.form = ""

    def add(self, address: str, button: str = "") -> None:
        path = re.sub(r"^https?://[^/]+", "", address).partition("?")[0].partition("#")[0]
        try:
            found = resolve(path) if path else None
        except Resolver404:
            found = None
        if found and found.app_names == ["talks"]:
            self.names.add(f"{found.url_name} {button}".strip())


def on(html: str, path: str) -> set[str]:
    found = Found(path)
    found.feed(html)
    return found.names


def page_of(cast: Cast, name: str, path: str) -> set[str]:
    answer = visit(getattr(cast, name)).get(path)
    assert answer.status_code == 200, path
    return on(answer.content.decode(), path)


def offered(cast: Cast, talk: Booking, days: int = 60) -> Booking:
    return offers.offer(booking=talk, slots=[slot(cast.speaker, days=days)], by=cast.karen, now=NOW)


def offered_for_a_wish(cast: Cast) -> Booking:
    return wishes.offer(wish=wished(cast), slots=[slot(cast.speaker, days=60)], by=cast.karen, now=NOW)


def asked_to_move(cast: Cast) -> Booking:
    talk, signe = confirmed(cast), speaker(person("Signe", cast.randers))
    offers.ask_to_move(booking=talk, slot=slot(signe, days=60), by=cast.ruth, now=NOW)
    return talk


def over(cast: Cast) -> Booking:
    return confirmed(cast, slot(cast.speaker, days=-2), now=NOW - dt.timedelta(days=40))


def took_place(cast: Cast) -> Booking:
    return closing.close(booking=over(cast), took_place=True, attendance=9, by=cast.sven, now=NOW)


def did_not_take_place(cast: Cast) -> Booking:
    return closing.close(booking=over(cast), took_place=False, attendance=None, by=cast.sven, now=NOW)


def none_suited(cast: Cast) -> Booking:
    return offers.decline_offer(booking=offered(cast, confirmed(cast)), by=cast.ruth, now=NOW)


def declined(cast: Cast) -> Booking:
    return bookings.decline(booking=requested(cast), why="Desværre.", by=cast.karen, now=NOW)


def lapsed(cast: Cast) -> Booking:
    talk = requested(cast, now=NOW - dt.timedelta(days=20))
    bookings.lapse(booking=talk, now=NOW)
    talk.refresh_from_db()
    return talk


def offered_after_its_evening(cast: Cast) -> Booking:
    """The evening that was called off passes while the chair still chooses among others."""
    before = NOW - dt.timedelta(days=3)
    talk = confirmed(cast, slot(cast.speaker, days=-1), now=NOW - dt.timedelta(days=40))
    other = slot(cast.speaker, days=60)
    return offers.call_off(booking=talk, slots=[other], by=cast.karen, now=before)


# In each the chair has something to answer, or to ask for again. Staff write no request down that waits for an email.
STATES: dict[str, tuple[S | None, Callable[[Cast], Case]]] = {
    "requested": (S.REQUESTED, requested),
    "offered": (S.OFFERED, lambda cast: offered(cast, requested(cast))),
    "offered in place of what was agreed": (S.OFFERED, lambda cast: offered(cast, confirmed(cast))),
    "offered after its evening": (S.OFFERED, offered_after_its_evening),
    "offered for a wish": (S.OFFERED, offered_for_a_wish),
    "confirmed": (S.CONFIRMED, confirmed),
    "asked to move": (S.CONFIRMED, asked_to_move),
    "over": (S.CONFIRMED, over),
    "took place": (S.TOOK_PLACE, took_place),
    "did not take place": (S.DID_NOT_TAKE_PLACE, did_not_take_place),
    "declined": (S.DECLINED, declined),
    "not answered": (S.LAPSED, lapsed),
    "cancelled": (S.CANCELLED, lambda cast: bookings.cancel(booking=confirmed(cast), by=cast.ruth, now=NOW)),
    "none suited": (S.CANCELLED, none_suited),
    "wished": (None, wished),
}


def of_the_chair(cast: Cast, case: Case) -> set[str]:
    """Return what the chair's own pages offer: the own page, and the page of the talk."""
    if isinstance(case, TalkWish):
        return {name for name in page_of(cast, "ruth", "/en/me/") if "wish" in name}
    return page_of(cast, "ruth", f"/en/talks/bookings/{case.pk}/") | page_of(cast, "ruth", "/en/me/") - {"wish"}


def of_the_call(cast: Cast, case: Case) -> set[str]:
    kind = "wishes/" if isinstance(case, TalkWish) else ""
    return page_of(cast, "karen", f"/en/staff/talks/{kind}{case.pk}/call/")


def test_each_state_is_walked() -> None:
    assert {state for state, _make in STATES.values()} == {*S, None} - {S.UNVERIFIED}


@pytest.mark.parametrize("state", STATES)
def test_the_page_for_a_call_offers_all_that_the_chairs_page_offers(cast: Cast, state: str) -> None:
    expected, make = STATES[state]
    case = make(cast)
    assert getattr(case, "state", None) == expected
    own = of_the_chair(cast, case) - ONLY_SEEN
    assert own - {*SAME} == set(), "an answer of the chair that is not in the table"
    assert own
    call, card = of_the_call(cast, case), on(f"<main>{look_up(visit(cast.karen), cast.ruth)}", "/")
    assert {SAME[name][0] for name in own} - call == set(), "not on the page for a call"
    assert {SAME[name][1] for name in own} - {"", *card} == set(), "not among the tasks on the card"


@pytest.mark.parametrize("state", STATES)
def test_each_task_opens_and_nobody_does_it_for_their_own_association(cast: Cast, state: str) -> None:
    case = STATES[state][1](cast)
    kind = "wishes/" if isinstance(case, TalkWish) else ""
    html = visit(cast.karen).get(f"/en/staff/talks/{kind}{case.pk}/call/").content.decode()
    tasks = set(re.findall(rf'href="(/en/staff/talks/{kind}{case.pk}/call/[^"]+)"', html))
    for task in tasks:
        assert visit(cast.karen).get(task).status_code == 200, task
    deputise(case.association, cast.karen)
    for task in tasks:
        assert visit(cast.karen).get(task).status_code == 404, task


def test_each_link_in_an_email_has_its_task() -> None:
    assert {*BY_LINK} == {*links.DAYS}
    assert {name for name in BY_LINK.values() if name and ":" not in name} <= {same for same, _task in SAME.values()}
