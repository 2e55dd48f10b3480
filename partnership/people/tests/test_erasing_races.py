"""Somebody is erased at the same moment as something else is done with what is theirs: both are answered, and neither
by an error of the server.
"""

import datetime as dt
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.http import HttpResponse

from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox import stop_links
from partnership.people.models import Organisation, User
from partnership.places.models import Address
from partnership.tests.cast import Cast, assemble, association, person, visit
from partnership.tests.crowd import all_at_once
from talks import links
from talks.actions import bookings, deputies
from talks.models import Booking, DeputyInvitation, Slot, TalkWish
from talks.tests.bookings import requested, unverified
from talks.tests.test_wishes import wished

pytestmark = pytest.mark.slow
ROUNDS = 2
MANY_ROUNDS = 12


@dataclass
class Stage:
    """A helper who is the chair of an association with a talk that is agreed, two that wait, a wish, and a deputy who
    has been asked; with a browser of theirs, one of staff and one of nobody.
    """

    cast: Cast
    vera: User
    home: Address
    helper: Helper
    association: Organisation
    talk: Booking
    waiting: Booking
    unverified: Booking
    wish: TalkWish
    invitation: DeputyInvitation

    def __post_init__(self) -> None:
        where = {"REMOTE_ADDR": ".".join(str(random.randint(1, 250)) for _part in range(4))}
        self.own, self.staff, self.anybody = visit(self.vera), visit(self.cast.karen), visit(None)
        for browser in (self.own, self.staff, self.anybody):
            browser.defaults |= where
            browser.raise_request_exception = False

    def link(self, case: object, purpose: str, reader: User | None, **more: int) -> str:
        return "/" + links.link(case, purpose, reader, **more).split("/", 3)[3]


def staged(cast: Cast, number: int) -> Stage:
    now = clock.now()
    evening = now.replace(hour=18, minute=0, second=0, microsecond=0) + dt.timedelta(days=20 + 4 * number)
    evenings = [evening + dt.timedelta(days=days) for days in range(3)]
    two_hours = dt.timedelta(hours=2)
    free = [
        Slot.objects.create(partnership=cast.randers, speaker=cast.speaker, starts_at=at, ends_at=at + two_hours)
        for at in evenings
    ]
    vera = person(f"Vera{number}", cast.randers, phone=f"+4523000{number:03}")
    home = make.home(cast.vorup, str(number + 1))
    helper = make.helper(vera, home)
    theirs = association(cast.vorup, vera, f"Forening {number}")
    asked = {"email": vera.email, "name": vera.name, "association": theirs.name}
    talk, waiting = (requested(cast, on, now=now, **asked) for on in free[:2])
    bookings.confirm(booking=talk, place_seen=None, by=cast.karen, now=now)
    not_yet = unverified(cast, free[2], now=now, **asked)
    wish = wished(
        cast, verified=False, now=now, days=[(evening + dt.timedelta(days=d)).date() for d in (9, 10)], **asked
    )
    deputies.ask_deputy(association=theirs, name="Dorte", email=f"dorte{number}@x.example", by=vera, now=now)
    invitation = DeputyInvitation.objects.get(association=theirs)
    return Stage(cast, vera, home, helper, theirs, talk, waiting, not_yet, wish, invitation)


def by_token(where: str, *what: str, **words: str) -> Callable[[Stage], HttpResponse]:
    return lambda on: on.anybody.post(on.link(getattr(on, what[0]), where, on.vera), words)


def of_address(on: Stage) -> dict[str, str]:
    return {"address": f"{on.home.street} {on.home.number}", "postcode": on.home.postcode}


def form(**words: str) -> dict[str, str]:
    return {"submission": str(uuid.uuid4()), **words}


PRESSES: dict[str, Callable[[Stage], HttpResponse]] = {
    "erasing again": lambda on: on.own.post("/da/me/erase/"),
    "joining": lambda on: on.anybody.post("/da/neighbours/join/", make.typed(email=on.vera.email)),
    "code to log in": lambda on: on.anybody.post("/accounts/login/code/", {"email": on.vera.email}),
    "own page": lambda on: on.own.get("/da/me/"),
    "own data": lambda on: on.own.get("/da/me/data/"),
    "details": lambda on: on.own.post("/da/me/details/", {"name": "Vera B", "phone": ""}),
    "protection": lambda on: on.own.post("/da/me/protection/", {"is_protected": "on"}),
    "language": lambda on: on.own.post("/da/me/language/", {"language": "sv"}),
    "home": lambda on: on.own.post("/da/neighbours/address/", of_address(on)),
    "thing": lambda on: on.own.post("/da/neighbours/things/greet/"),
    "leaving": lambda on: on.own.post("/da/neighbours/leave/"),
    "channel": lambda on: on.own.post("/da/me/messages/", {"channel": "sms", "phone": "20304050", "language": "da"}),
    "mailbox": lambda on: on.own.post("/da/me/email/", {"email": f"n{on.vera.email}"}),
    "deputy": lambda on: on.own.post(
        f"/da/talks/associations/{on.association.pk}/deputy/", {"name": "Ib", "email": f"ib.{on.vera.email}"}
    ),
    "invitation taken back": lambda on: on.own.post(f"/da/talks/associations/{on.association.pk}/deputy/take-back/"),
    "place": lambda on: on.own.post(f"/da/talks/bookings/{on.talk.pk}/answers/", {"place": "Der"}),
    "own talk": lambda on: on.own.post(f"/da/talks/bookings/{on.talk.pk}/"),
    "wish withdrawn": lambda on: on.own.post(f"/da/talks/wishes/{on.wish.pk}/withdraw/"),
    "staff read": lambda on: on.staff.get(f"/da/staff/people/{on.vera.pk}/"),
    "staff note": lambda on: on.staff.post(f"/da/staff/people/{on.vera.pk}/note/", form(code="called_us", line="x")),
    "staff protect": lambda on: on.staff.post(f"/da/staff/people/{on.vera.pk}/protection/", {"is_protected": "on"}),
    "staff tick": lambda on: on.staff.post(f"/da/staff/helpers/{on.helper.pk}/things/greet/"),
    "staff end it": lambda on: on.staff.post(f"/da/staff/helpers/{on.helper.pk}/leave/", {"medium": "phone"}),
    "staff send a code": lambda on: on.staff.post(f"/da/staff/people/{on.vera.pk}/code/", form()),
    "staff correct": lambda on: on.staff.post(
        f"/da/staff/helpers/{on.helper.pk}/correct/",
        form(name="Vera", email=f"c{on.vera.email}", phone="", medium="phone", why="x", **of_address(on)),
    ),
    "staff confirm": lambda on: on.staff.post(f"/da/staff/talks/{on.waiting.pk}/confirm/"),
    "staff decline": lambda on: on.staff.post(f"/da/staff/talks/{on.waiting.pk}/decline/", {"why": "Nej"}),
    "staff cancel": lambda on: on.staff.post(f"/da/staff/talks/{on.talk.pk}/cancel/", {"why": "Nej"}),
    "letters": lambda on: on.staff.post("/da/staff/messages/letters/"),
    "link of a helper": lambda on: on.anybody.post(f"/da/neighbours/confirm/{make.token(on.helper)}/"),
    "no more notices": lambda on: on.anybody.post(f"/da/stop/{stop_links.TOKENS.make([on.vera.pk, 'notices'])}/"),
    "code by letter": lambda on: on.anybody.post(
        "/da/me/without-account/letter/", {"name": on.vera.name, **of_address(on)}
    ),
    "link that verifies": by_token("verify", "unverified"),
    "link that verifies a wish": by_token("verify_wish", "wish"),
    "link that cancels": by_token("cancel", "talk"),
    "link of the year": by_token("confirm_association", "association"),
    "link of a deputy": lambda on: on.anybody.post(
        on.link(on.invitation, "become_deputy", None, version=on.invitation.version), {"phone": ""}
    ),
}
# Each of them failed in most rounds when erasing locked the person first.
HOT = ("deputy", "place", "link that cancels", "staff confirm", "code to log in", "link of the year")


def failures(press: str, rounds: int) -> list[str]:
    """Erase somebody while `press` is done, in so many rounds; return what failed."""
    cast, failed = assemble(), []
    for number in range(rounds):
        on = staged(cast, number)

        def do(which: int, on: Stage = on) -> HttpResponse:
            time.sleep(random.random() * 0.06)
            return PRESSES[press](on) if which else on.own.post("/da/me/erase/")

        for name, answer in zip(("erasing", press), all_at_once(2, do), strict=True):
            if not isinstance(answer, HttpResponse) or answer.status_code >= 500:
                failed.append(f"{name}: {answer!r}")
        if User.objects.filter(pk=on.vera.pk).exists():
            failed.append(f"{press}: not erased")
    return failed


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("press", HOT)
def test_who_is_erased_meanwhile_is_no_error(press: str) -> None:
    assert failures(press, 3 * ROUNDS) == []


@pytest.mark.proof
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("press", PRESSES)
def test_whatever_is_done_meanwhile_is_no_error(press: str) -> None:
    assert failures(press, MANY_ROUNDS) == []
