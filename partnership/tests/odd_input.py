"""Odd input for every address of the URL configuration.

Each address is opened once by the first person who may, and the test notes which names its view reads from the query
and from forms. Then every odd value stands in each part of the path, in the query and in the form, where the
address reads one, and in the actions of the administration's lists. What a request writes is undone.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponseBase, QueryDict
from django.test import Client

from neighbours.tests import builders
from partnership import clock
from partnership.outbox import stop_links
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.staff.letter_batches import make_batch
from partnership.outbox.tests.posted import post_one
from partnership.people.links import make
from partnership.tests.cast import Cast, person, slot, visit
from partnership.tests.test_open_urls import every_address
from talks import links
from talks.actions import calendars
from talks.calendars import feeds
from talks.tests.bookings import confirmed, requested
from talks.tests.test_wishes import wished

NUL = "%00"
# As they stand in an address.
TEXTS = ("x", NUL, f"x{NUL}", "%ED%A0%80", "%EF%BB%BF", "..%2F", "%27%22%3E", "%F0%9F%8F%A0", "a" * 3000)
NUMBERS = ("0", "9223372036854775807", "9223372036854775808", "9" * 40)
VALUES = (
    "", "\x00", "x\x00y", "\ud800", "\ufeff", "-1", "9" * 18, "9" * 30, "9" * 5000, "1e999", "nan", "²",
    "[" * 1500, "Å" * 1500, "2027-02-30",
)  # fmt: skip
FORM = "application/x-www-form-urlencoded"
BODIES = (
    (b"[" * 100_000, "application/json"),
    (b"\xff\x00{", "application/json"),
    (b"--x", "multipart/form-data; boundary=x"),
)
RAW = "q=%FF%FE&kind=%00&&=&%00=1&page=%D9%A1&next=%00//x"
# A part of a `path`, or a group of a `re_path`.
PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>|\((?:\?P<named>)?(?:\?P<\w+>)?(?P<choice>[^()]*)\)")


@dataclass
class Address:
    """An address of the URL configuration, with parts to fill in, and what stands in them usually."""

    where: str
    known: dict[str, str] = field(default_factory=dict)
    # Of a list of the administration: what can be done with its chosen rows.
    actions: tuple[str, ...] = ()

    def filled(self, odd: str | None = None, number: str | None = None) -> str:
        """Return the address with `odd` in place of its texts and `number` of its numbers, else what is known."""
        where = re.sub(r"\\Z|\$$", "", self.where)
        return "/" + PART.sub(lambda part: self._part(part, odd, number), where)

    def _part(self, part: re.Match[str], odd: str | None, number: str | None) -> str:
        if part["kind"] == "int":
            return number or self.known.get("int", "1")
        if odd is not None:
            return odd
        if part["choice"]:
            return part["choice"].split("|")[0] if "|" in part["choice"] else "x"
        return self.known.get(part["name"], "x")

    def odd_paths(self) -> Iterator[str]:
        kinds = {part["kind"] or "text" for part in PART.finditer(self.where)}
        yield from (self.filled(number=number) for number in (NUMBERS if "int" in kinds else ()))
        yield from (self.filled(odd) for odd in ((*TEXTS, *NUMBERS) if kinds - {"int"} else ()))


@contextmanager
def noted_names() -> Iterator[set[str]]:
    """Yield a set that fills with the names which are read from queries and forms."""
    names: set[str] = set()

    def noting(read):
        def noted(self, name, *more):
            if isinstance(name, str):
                names.add(name)
            return read(self, name, *more)

        return noted

    reads = {name: noting(getattr(QueryDict, name)) for name in ("get", "getlist", "__getitem__", "__contains__")}
    with patch.multiple(QueryDict, **reads):
        yield names


class Carefully:
    """A client whose requests are each undone, with what they did to its cookies."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.cookies = client.cookies.output(header="", sep=";")
        client.raise_request_exception = False

    def ask(self, method: str, *args, **kwargs) -> HttpResponseBase:
        with transaction.atomic():
            answer = getattr(self.client, method)(*args, **kwargs)
            transaction.set_rollback(True)
        self.client.cookies.clear()
        self.client.cookies.load(self.cookies)
        return answer


def answers(client: Carefully, address: Address) -> Iterator[tuple[str, HttpResponseBase]]:
    """Yield the answer to each odd request."""
    here = address.filled()
    with noted_names() as asked:
        read = client.ask("get", here)
        yield "GET", read
    if is_only_for_post := read.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        asked.clear()
    with noted_names() as sent:
        written = client.ask("post", here, data=urlencode({"x": "y"}), content_type=FORM)
        yield "POST", written
    yield "GET raw", client.ask("get", f"{here}?{RAW}")
    for body, kind in BODIES if written.status_code != HTTPStatus.METHOD_NOT_ALLOWED else ():
        yield f"POST {body[:4]!r}", client.ask("post", here, data=body, content_type=kind)
    for value in VALUES:
        odd = value.encode("utf-8", "surrogatepass")
        if asked:
            yield f"GET {value!r:.20}", client.ask("get", f"{here}?{urlencode(dict.fromkeys(asked, odd))}")
        if sent - {"csrfmiddlewaretoken"}:
            words = urlencode(dict.fromkeys(sent, odd))
            yield f"POST {value!r:.20}", client.ask("post", here, data=words, content_type=FORM)
    for action in address.actions:
        for chosen in (address.known["object_id"], *VALUES):
            words = {
                "action": action,
                "index": "0",
                "_selected_action": chosen,
                "select_across": chosen,
                "post": chosen,
            }
            odd_words = urlencode({name: one.encode("utf-8", "surrogatepass") for name, one in words.items()})
            yield f"POST {action} {chosen!r:.20}", client.ask("post", here, data=odd_words, content_type=FORM)
    for path in address.odd_paths():
        yield "path", client.ask("post" if is_only_for_post else "get", path)


def addresses(cast: Cast) -> list[Address]:
    """Return every address, with rows and tokens that exist, so that views get beyond the look-up."""
    booking = confirmed(cast, slot(cast.speaker, days=30))
    waiting = requested(cast, slot(cast.speaker, days=40))
    wish, opened = wished(cast, email="ny@chair.example"), confirmed(cast, slot(cast.speaker, days=50), is_public=True)
    helper = builders.ask(cast.randers, builders.home(cast.vorup))
    on_paper = builders.slip(cast.karen, builders.home(cast.vorup, "13"))
    deliver(urgent=False)
    batch = make_batch(partnership=cast.randers, by=cast.karen, now=clock.now())
    message = post_one(cast.randers, cast.helle)
    feed = calendars.renew(person=cast.sven, partnership=cast.randers, kind="speaker", now=clock.now())
    tokens = {
        "stop": stop_links.TOKENS.make([cast.helle.pk, "notices"]),
        "calendar_feed": feeds.TOKENS.make([feed.pk, feed.nonce]),
        "verify_wish": make(links.TOKENS, wish.pk, "verify_wish", wish.association.chair),
        "confirm": builders.token(helper),
        "new_link": builders.token(helper),
    }
    administered = {model._meta.label_lower.replace(".", "/"): one for model, one in admin.site._registry.items()}
    found = []
    for where, pattern in every_address():
        known = {"thing": "greet", "what": "withdraw", "kind": "speaker"}
        known["token"] = tokens.get(pattern.name) or make(links.TOKENS, booking.pk, pattern.name, cast.ruth)
        numbers = {
            "staff/talks/for": cast.association.pk,
            "talks/wishes": wish.pk,
            "staff/helpers": on_paper.pk,
            "staff/talks": waiting.pk,
            "talks/open": opened.pk,
            "messages/letters": batch.number,
            "messages": message.pk,
            "associations": cast.association.pk,
        }
        known["int"] = str(next((number for part, number in numbers.items() if part in where), booking.pk))
        actions: tuple[str, ...] = ()
        listed = re.match(r"admin/(\w+/\w+)/(<|$)", where)
        if listed and (one := administered.get(listed[1])):
            known["object_id"] = str(getattr(one.model.objects.first(), "pk", 1))
            if not listed[2]:
                actions = tuple(name for _act, name, _said in one._get_base_actions())
        found.append(Address(where, known, actions))
    return found


def who_may(visitors: list[Carefully], address: Address) -> Carefully:
    """Return the first of the visitors whom the address lets in; the stranger if it lets nobody in."""
    for visitor in visitors:
        answer = visitor.ask("get", address.filled())
        sent_away = answer.status_code == 302 and "/accounts/" in answer.headers["Location"]
        if answer.status_code not in (403, 404) and not sent_away:
            return visitor
    return visitors[-1]


def errors_of_the_server(cast: Cast, monkeypatch: pytest.MonkeyPatch, *, in_administration: bool) -> list[str]:
    """Try every odd value at every address, of the administration or all others; return what failed."""
    # Each of the thousands of requests would find the partnership anew, and keep what was drawn.
    monkeypatch.setattr("partnership.places.middleware._at", lambda host: cast.randers)
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_args, **_kwargs: None)
    if in_administration:
        root = person("Root", None, is_superuser=True)
        visitors = [Carefully(visit(root, host="randers.localhost"))]
    else:
        visitors = [Carefully(visit(who)) for who in (cast.ruth, cast.sven, cast.karen, None)]
    failed, tried = [], 0
    for address in addresses(cast):
        if address.where.startswith("admin/") is not in_administration:
            continue
        visitor = who_may(visitors, address)
        for how, answer in answers(visitor, address):
            tried += 1
            # With a reason, that the portal is not ready may be right.
            if answer.status_code >= 500 and not address.where.startswith("readyz"):
                failed.append(f"{how} {answer.request['PATH_INFO'][:60]}")
    assert tried > 1000
    return failed
