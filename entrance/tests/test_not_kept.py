"""No browser and no cache keeps what only somebody logged in, or with a link from an email, may see."""

import re
from urllib.parse import quote

import pytest
from django.urls import reverse

from neighbours.tests import builders
from partnership.fields.unbroken import unbroken
from partnership.tests.cast import Cast, visit
from partnership.tests.test_open_urls import every_address
from talks import links
from talks.tests.bookings import confirmed
from talks.tests.sent_links import path_of

pytestmark = pytest.mark.django_db
NOT_KEPT = "no-store, private"


@pytest.mark.slow
def test_no_answer_to_somebody_logged_in_is_kept(cast: Cast) -> None:
    """Every address, of the administration too, with an answer of any status."""
    anne, booking = visit(cast.anne), confirmed(cast)
    anne.raise_request_exception = False
    kept, tried = [], 0
    for where, _pattern in every_address():
        where = re.sub(r"<(int:)?\w+_?id>|<int:\w+>|<path:\w+>", str(booking.pk), where)
        where = re.sub(r"<\w+:\w+>", "x", where).replace("\\Z", "")
        if re.search(r"[<(\\]", where) or where.startswith(("dev/", "accounts/logout", "da/me/erase", "readyz")):
            continue
        tried += 1
        if anne.get(f"/{where}").headers.get("Cache-Control") != NOT_KEPT:
            kept.append(where)
    assert kept == []
    assert tried > 120


def test_no_page_behind_a_link_is_kept(cast: Cast) -> None:
    path = path_of(confirmed(cast), "cancel")
    for where in (path, reverse("talks:cancel", args=["nonsense"])):
        assert visit(None).get(where).headers["Cache-Control"] == NOT_KEPT
        assert visit(None).post(where).headers["Cache-Control"] == NOT_KEPT


@pytest.mark.parametrize("purpose", ["again", "cancel"])
def test_no_page_with_a_token_in_its_query_is_kept(cast: Cast, purpose: str) -> None:
    token = links.TOKENS.make([confirmed(cast).pk, purpose, 0])
    for where in ("/da/talks/wish/", "/da/talks/", "/da/", "/da/nothing/", "/accounts/login/"):
        for value in (token, f"{token}.", quote(token), f"{token[:9]} {token[9:]}", f"/da/talks/cancel/{token}/"):
            for name in ("again", "next", "x"):
                answer = visit(None).get(where, {name: value})
                said = answer.headers["Cache-Control"].split(", ")  # some pages say more
                assert set(NOT_KEPT.split(", ")) <= set(said), (where, value)


def test_no_path_that_leads_on_to_a_link_is_kept(cast: Cast) -> None:
    for where in ("talks/cancel", "stop", "neighbours/confirm"):
        answer = visit(None).get(f"/da/{where}/{links.TOKENS.make([1, 'cancel', 0])}")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (301, NOT_KEPT)


def test_no_page_of_a_misspelt_link_is_kept_and_it_helps(cast: Cast) -> None:
    """The damage may be anywhere: before the token, in it, or behind it."""
    for token in (
        links.TOKENS.make([1, "cancel", 0]),
        builders.token(builders.helper(cast.helle, builders.home(cast.vorup))),
    ):
        for where in ("da/talks/cancle", "dk/talks/cancel", "talk/cancel", "da/talks/calendar", "x", "da/stop"):
            for ending in ("", "/", ".ics", "/x/", ")"):
                for ask in (visit(None).get, visit(None).post):
                    answer = ask(f"/{where}/{token}{ending}", follow=True)
                    assert answer.headers["Cache-Control"] == NOT_KEPT, (where, ending)
                    if answer.status_code not in (200, 403, 405):
                        page = answer.content.decode().partition("<main")[2]
                        assert answer.status_code == 404, (where, ending)
                        assert unbroken(cast.randers.contact_phone) in page, (where, ending)


def test_the_answer_that_signs_somebody_out_is_not_kept(cast: Cast) -> None:
    assert visit(cast.ruth).post("/accounts/logout/").headers["Cache-Control"] == NOT_KEPT


def test_what_a_stranger_reads_may_be_kept(cast: Cast) -> None:
    assert "public" in visit(None).get("/da/neighbours/").headers["Cache-Control"]
