"""Every address answers odd input with a page, never with an error of the server."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from partnership.tests.cast import Cast, slot, visit
from partnership.tests.test_doors import every_address
from talks.tests.bookings import confirmed, requested

NUL = "%00"
# As they stand in an address. A number that exists is always among them, so that views get beyond the look-up.
TEXTS = ("x", NUL, f"x{NUL}", "%ED%A0%80", "%EF%BB%BF", "..%2F", "%27%22%3E", "%F0%9F%8F%A0", "a" * 3000)
NUMBERS = ("0", "9223372036854775807", "9223372036854775808", "9" * 40)
VALUES = (
    "",
    "\x00",
    "x\x00y",
    "\ud800",
    "\ufeff",
    "-1",
    "9" * 30,
    "1e999",
    "nan",
    "²",
    "[" * 5000,
    "Å" * 5000,
    "2027-02-30",
)
NAMES = (
    "action", "area", "attendance", "code", "credential", "day", "days", "email", "format", "hold", "ids", "kind",
    "lang", "login", "name", "next", "page", "phone", "q", "show", "slot", "slots", "starts", "state", "street",
    "submission", "took_place", "who",
)  # fmt: skip
FORM = "application/x-www-form-urlencoded"
BODIES = (
    (b"[" * 100_000, "application/json"),
    (b"\xff\x00{", "application/json"),
    (b"--x", "multipart/form-data; boundary=x"),
)
PART = re.compile(r"<(?:(\w+):)?(\w+)>")


def addresses(where: str, known: int) -> Iterator[str]:
    """Yield an address with each odd value in the place of its parameters, first the one that exists."""
    kinds = [kind or "str" for kind, _name in PART.findall(where)]
    # Beside a text a number stays the known one.
    odd, keeps = (NUMBERS, ()) if set(kinds) == {"int"} else (TEXTS, ("int",))
    for value in (str(known), *odd) if kinds else ("",):
        yield "/" + PART.sub(lambda part, value=value: str(known) if part[1] in keeps else value, where)


def plain(where: str) -> str | None:
    """Return a pattern of `path` as it is; of `re_path` only what has no group."""
    where = where.replace("\\Z", "").rstrip("$")
    return None if "(" in where or "\\" in where else where


class Carefully:
    """A client whose requests are each undone: a failed one leaves the transaction of the test usable."""

    def __init__(self, client: Client) -> None:
        self.client = client
        client.raise_request_exception = False

    def get(self, *args, **kwargs) -> HttpResponseBase:
        return self._undone(self.client.get, *args, **kwargs)

    def post(self, *args, **kwargs) -> HttpResponseBase:
        return self._undone(self.client.post, *args, **kwargs)

    def _undone(self, ask: Callable[..., HttpResponseBase], *args, **kwargs) -> HttpResponseBase:
        with transaction.atomic():
            answer = ask(*args, **kwargs)
            transaction.set_rollback(True)
        return answer


def odd_requests(client: Carefully, address: str, turn: int) -> Iterator[tuple[str, HttpResponseBase]]:
    """Send one address some of the odd values, others at each turn."""
    for number in (turn, turn + 5):
        value = VALUES[number % len(VALUES)]
        words = urlencode(dict.fromkeys(NAMES, value.encode("utf-8", "surrogatepass")))
        yield f"GET {value!r:.20}", client.get(f"{address}?{words}")
        yield f"POST {value!r:.20}", client.post(address, data=words, content_type=FORM)
    body, kind = BODIES[turn % len(BODIES)]
    yield f"POST {body[:4]!r}", client.post(address, data=body, content_type=kind)
    yield "GET raw", client.get(f"{address}?q=%FF%FE&kind=%00&&=&%00=1&page=%D9%A1&next=%00//x")


@pytest.mark.slow
@pytest.mark.parametrize("name", [None, "karen", "anne"])
def test_no_odd_input_is_an_error_of_the_server(cast: Cast, name: str | None) -> None:
    known = confirmed(cast, slot(cast.speaker, days=30)).pk
    requested(cast, slot(cast.speaker, days=40))
    client = Carefully(visit(getattr(cast, name) if name else None))
    failed, tried = [], 0
    for turn, (found, _pattern) in enumerate(every_address()):
        where = plain(found)
        if where is None or where.startswith(("dev/", "da/me/erase", "accounts/logout", "readyz")):
            continue
        first, *odd = addresses(where, known)
        answers = [*odd_requests(client, first, turn), *(("GET", client.get(at)) for at in odd)]
        answers += [("POST", client.post(at)) for at in odd[turn % 3 :: 3]]
        tried += len(answers)
        failed += [(how, answer.request["PATH_INFO"][:60]) for how, answer in answers if answer.status_code >= 500]
    assert not failed, failed
    assert tried > 500
