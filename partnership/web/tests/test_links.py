"""Links from emails: repaired where they can be, with a page that helps where not; and in no log."""

import datetime as dt
import logging
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import get_resolver

from entrance.owners import READS_MAIL
from neighbours.tests import builders
from partnership import clock
from partnership.fields.unbroken import unbroken
from partnership.outbox import stop_links
from partnership.people.links import digest_of
from partnership.tests.cast import Cast, visit
from partnership.tests.costs import grows_too_fast
from partnership.web.link_help import routes
from partnership.web.masking import MASK, MaskingFormatter, is_token, masked
from partnership.web.masking import links as links_with_a_token
from partnership.web.tokens import LONGEST, TextTokens, Tokens, repaired
from talks import links
from talks.actions.deputies import ask_deputy
from talks.models import DeputyInvitation
from talks.tests.bookings import confirmed
from talks.tests.sent_links import path_of, token_of
from talks.tests.test_wishes import wished

pytestmark = pytest.mark.django_db
ROUTES = [route for route, one in routes(get_resolver()) if "token" in one.pattern.converters]
TOKEN = Tokens("talks.letters").make([7, "verify", 0])
TOKENS = (TOKEN, TextTokens("x").make("7-1790000000"), Tokens("talks.calendar", is_timed=False).make([7, "nonce"]))
PHONE = unbroken("12 34 56 78")
DAMAGE = {
    "a full stop": lambda token: f"{token}.", "a bracket": lambda token: f"{token})",
    "a hard blank": lambda token: f"{token}%C2%A0",
    "quotes": lambda token: f"%22{token}%22", "a soft break": lambda token: f"{token[:9]}=%0A{token[9:]}",
    "a blank": lambda token: f"{token[:9]}%20{token[9:]}", "twice coded": lambda token: quote(quote(token)),
}  # fmt: skip
BROKEN = {
    "cut": lambda token: token[:-3], "cut to its first sign": lambda token: token[:1], "capitals": str.upper,
    "small letters": str.lower, "NUL": lambda token: f"{token}%00", "a part": lambda token: token.partition(":")[2],
    "another": lambda _token: "nonsense", "long": lambda token: token * 40, "bytes": lambda token: f"%FF{token}",
}  # fmt: skip


def address(route: str, token: str) -> str:
    home = "" if route.startswith("calendar/") else "da/"
    return "/" + home + re.sub(r"<\w+:token>", token.replace("\\", ""), route)


def main_of(answer: HttpResponse) -> str:
    """Return the page without its header and footer, which always hold the number."""
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("path", ["/Accounts/Login/Code/", "/da/accounts/login/code/", "/accounts/login/%20code/"])
@pytest.mark.parametrize("spoil", [str, str.upper, "%20{}".format, "{}.".format])
def test_a_link_with_its_token_in_the_query_is_helped_too(cast: Cast, path: str, spoil: Callable[[str], str]) -> None:
    answer = visit(None).get(f"{path}?own={spoil(READS_MAIL.make(digest_of(cast.ruth)))}")
    assert answer.status_code == 404
    assert PHONE in main_of(answer)
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert PHONE not in main_of(visit(None).get(f"{path}?own=x"))


def test_the_routes_are_found() -> None:
    assert {"stop/<str:token>/", "calendar/<str:token>.ics", "neighbours/confirm/<str:token>/"} <= set(ROUTES)
    assert len(ROUTES) >= 11


@pytest.mark.parametrize("route", ROUTES)
def test_a_damaged_link_is_answered_with_help_and_the_telephone_number(cast: Cast, route: str) -> None:
    reader, bare = visit(None), []
    at = address(route, TOKEN)
    damaged = [address(route, spoil(TOKEN)) for spoil in (*BROKEN.values(), *DAMAGE.values())]
    damaged += [f"{at}.", f"{at}%20", f"{at})", at.rstrip("/") + ")", at.upper(), address(route, "").replace("//", "/")]
    for path in damaged:
        for ask in (reader.get, reader.post):
            answer = ask(path, follow=True)
            if answer.status_code == 405:
                continue  # a button's own address, which stands in no email
            if answer.status_code not in (404, 410) or PHONE not in main_of(answer):
                bare.append((path, answer.status_code))
    assert bare == []


@pytest.mark.parametrize("how", DAMAGE)
def test_what_mail_programs_add_does_not_matter(cast: Cast, how: str) -> None:
    booking, helper = confirmed(cast), builders.ask(cast.randers, builders.home(cast.vorup))
    of_talk = token_of(booking, "cancel")
    of_stop = stop_links.TOKENS.make([cast.helle.pk, "notices"])
    for path, token in (("talks/cancel", of_talk), ("stop", of_stop), ("neighbours/confirm", builders.token(helper))):
        assert visit(None).get(f"/da/{path}/{DAMAGE[how](token)}/").status_code == 200, path


def invitation(cast: Cast) -> DeputyInvitation:
    asked = {"name": "Frede", "email": cast.frede.email}
    ask_deputy(association=cast.association, by=cast.ruth, now=clock.now(), **asked)
    return DeputyInvitation.objects.get()


# Two stand in the address of a form, and have no page of their own.
@pytest.mark.parametrize("purpose", [purpose for purpose in links.DAYS if purpose not in ("again", "again_by_mail")])
def test_a_link_about_a_talk_grows_too_old_and_says_what_to_do(
    cast: Cast, purpose: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = {
        "verify_wish": lambda: wished(cast, verified=False),
        "confirm_association": lambda: cast.association,
        "become_deputy": lambda: invitation(cast),
    }.get(purpose, lambda: confirmed(cast))()
    page = path_of(about, purpose, version=getattr(about, "version", 0))
    now = clock.now()
    days = dt.timedelta(days=links.DAYS[purpose])
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + days - dt.timedelta(hours=1))
    assert visit(None).get(page).status_code != 410
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + days + dt.timedelta(hours=1))
    answer = visit(None).get(page)
    assert answer.status_code == 410
    assert PHONE in main_of(answer)
    assert "for gammelt" in main_of(answer)


def ended(cast: Cast) -> dict[str, str]:
    """Return for each route the token of a link that we have made and that opens nothing any more."""
    talks = {
        one.pattern._route: links.TOKENS.make([10**6, one.name, 0])
        for _route, one in routes(get_resolver())
        if one.name in links.DAYS and "<str:token>" in str(one.pattern)
    }
    others = {
        "stop/<str:token>/": stop_links.TOKENS.make([10**6, "notices"]),
        "calendar/<str:token>.ics": Tokens("talks.calendar", is_timed=False).make([10**6, "nonce"]),
    }
    return talks | others


def test_a_link_that_has_ended_is_answered_alike_on_every_route(cast: Cast) -> None:
    """The one kind with its own words is that of helpers, whose token holds the address (neighbours' own tests)."""
    tokens = ended(cast)
    assert {route for route in ROUTES if not route.startswith("neighbours/confirm/")} == set(tokens)
    for route, token in tokens.items():
        answer = visit(None).get(address(route, token))
        assert (answer.status_code, answer.headers["Cache-Control"]) == (410, "no-store, private"), route
        assert PHONE in main_of(answer), route
        other_host = visit(None, host="kalmar.localhost").get(address(route, token).replace("/da/", "/sv/"))
        assert other_host.status_code == 410, route


def test_an_ordinary_page_that_is_not_there_is_as_before(cast: Cast) -> None:
    assert PHONE not in main_of(visit(None).get("/da/nothing/"))


# -- Logs -------------------------------------------------------------------------------------------------------------


def secret(token: str) -> str:
    return token[-30:-8]


@pytest.mark.parametrize("token", TOKENS, ids=["timed", "text", "plain"])
@pytest.mark.parametrize("how", [*DAMAGE, "cut", "capitals"])
def test_no_line_of_ours_holds_a_token(token: str, how: str) -> None:
    spoilt = ({**DAMAGE, **BROKEN}[how])(token)
    for line in (
        f"Not Found: /da/talks/verify/{spoilt}/",
        f"/accounts/login/?next=/da/stop/{spoilt}/ 404",
        f"'{spoilt}'",
    ):
        assert secret(spoilt) not in masked(line)
    assert masked(f"Not Found: /da/x/{token}/") == f"Not Found: /da/x/{MASK}/"


@pytest.mark.parametrize("route", ROUTES)
def test_no_line_holds_anything_after_the_beginning_of_a_link(route: str) -> None:
    """Django logs a path decoded."""
    before = address(route, "").partition("//")[0].removesuffix(".ics").rstrip("/")
    for token in TOKENS:
        for spoilt in (f"{token[:9]} {token[9:]}", token.replace(":", "&#58;").replace(".", "&#46;"), f"x/{token}"):
            for odd in (
                spoilt,
                spoilt.replace(token[-12:], f"/{token[-12:]}"),
                f'"{spoilt}',
                f"?{spoilt}",
                token[-20:],
            ):
                line = masked(f"WARNING Not Found: {before}/{odd}/")
                assert line == f"WARNING Not Found: {before}/{MASK}"
                assert masked(f"https://x.example{before}/{odd}").endswith(f"{before}/{MASK}")


def test_a_room_says_where_its_tokens_stand() -> None:
    line, damaged = "Not Found: /da/meetings/answer/", "7 verify"
    assert masked(f"{line}{damaged}/") == f"{line}{damaged}/", "the control: nobody has said so"
    with links_with_a_token.only("meetings/answer"):
        assert masked(f"{line}{damaged}/") == f"{line}{MASK}"
    with links_with_a_token.only():
        assert masked(f"{line}{TOKEN}/") == f"{line}{MASK}/", "whole tokens are known by their shape"


def test_other_lines_stay_as_they_are() -> None:
    trace = 'File "/srv/portal/.venv/lib/python3.11/site-packages/django/core/handlers/exception.py", line 55, in inner'
    error = "django.core.exceptions.FieldDoesNotExist: User has no field named ''"
    for line in (
        trace,
        error,
        "Not Found: /da/advice/how-to-lock-the-doors-and-windows/",
        "12:30:01 INFO x sent 3 messages",
    ):
        assert masked(line) == line


def test_the_line_of_a_page_that_is_missing_is_masked(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    formatter = MaskingFormatter("{message}", style="{")
    with caplog.at_level(logging.INFO):
        visit(None).get(f"/da/talks/verify/{TOKEN}/x")
    assert any(TOKEN in record.getMessage() for record in caplog.records), "the control: Django says it"
    assert all(secret(TOKEN) not in formatter.format(record) for record in caplog.records)
    assert [name for name, one in settings.LOGGING["formatters"].items() if "Masking" not in one["()"]] == []


def nginx(uri: str) -> str:
    """Return what nginx logs of an address, by the map in its file."""
    text = (Path(settings.BASE_DIR) / "deploy" / "nginx.conf").read_text()
    for modifier, pattern, kept in re.findall(r'"~(\*?)(\^.*)" "\$(\w+)', text):
        found = re.search(pattern.replace("(?<", "(?P<"), uri, re.IGNORECASE if modifier else 0)
        if found:
            return found[kept]
    raise AssertionError


@pytest.mark.parametrize("route", ROUTES)
def test_nginx_logs_no_token(route: str) -> None:
    for token in TOKENS:
        for spoil in (
            str, quote, lambda token: f"{token[:9]}%20{token[9:]}", lambda token: token.replace(":", "&%2358;"),
            lambda token: f"x/{token}", lambda token: token[-20:], DAMAGE["twice coded"],
            DAMAGE["a full stop"], DAMAGE["a soft break"], BROKEN["cut"],
        ):  # fmt: skip
            at = address(route, spoil(token))
            assert nginx(f"{at}?next={at}") == at[: at.index(spoil(token))]
    assert nginx(f"/accounts/login/?next=/da/stop/{TOKEN}/") == "/accounts/login/"
    assert nginx("/da/advice/how-to-lock-the-doors-and-windows/?q=x") == "/da/advice/how-to-lock-the-doors-and-windows/"


@pytest.mark.parametrize("unit", ["=1-1", "a:", "%25", "!!!!a", "1-1.", "://", "/da/stop/", " =", "a=", "\u200b"])
@pytest.mark.parametrize("read", [masked, is_token, repaired, Tokens("x").read])
def test_reading_what_anybody_can_send_costs_no_more_than_its_length(read: Callable, unit: str) -> None:
    assert not grows_too_fast(read, unit, lengths=(5_000, 40_000))


def test_what_is_longer_than_any_token_is_none() -> None:
    assert Tokens("x").read("a" * LONGEST) is None
    assert repaired("a" * (LONGEST + 1)) == ""
