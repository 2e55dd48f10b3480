"""Whether the time of an answer tells who is known, for every form that takes an address: the AUC of known against
unknown (0.5: it tells nothing), and of known against known, which shows the method's own noise.

PORTAL_DATA=.data/bench python -m devtools.running with python -m benchmarks.enumeration [--pairs 20] [--only book]

On a quiet machine. An answer is nine tenths waiting for its fixed time, so each case is asked in a process with a
database of its own, and AT_ONCE of them run at the same time; 200 pairs of all forms take about half an hour.
"""

import argparse
import datetime as dt
import itertools
import json
import os
import random
import subprocess
import sys
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from benchmarks.talks_ground import ROOT, own_database, write_section

CASE = "ENUMERATION_CASE"  # the number of the case that this process asks; none: this one starts the others
own_database(os.environ.get(CASE, ""))
from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

import partnership.wsgi  # noqa: E402, F401 - as a server's process begins
from benchmarks.results import table  # noqa: E402
from neighbours.tests import builders as make  # noqa: E402
from partnership import clock  # noqa: E402
from partnership.holidays import is_holiday  # noqa: E402
from partnership.people.models import User  # noqa: E402
from partnership.places.models import Address  # noqa: E402
from partnership.tests.cast import Cast, assemble, association, person, visit  # noqa: E402
from talks.models import Slot  # noqa: E402

LOW, HIGH, LOTS = 0.40, 0.60, 2
AT_ONCE = 6
ADDRESS = itertools.count()
NUMBER = itertools.count(1)


@dataclass
class Scene:
    """The cast, and what is used up by being asked for."""

    cast: Cast
    door: Address

    def known(self) -> str:
        return person(f"known{next(NUMBER)}", self.cast.randers).email

    def elsewhere(self) -> str:
        return person(f"known{next(NUMBER)}", self.cast.kalmar).email

    def helper(self) -> str:
        who = person(f"helper{next(NUMBER)}", self.cast.randers)
        make.helper(who, self.door)
        return who.email

    def chair_of_that(self) -> str:
        who = person(f"chair{next(NUMBER)}", self.cast.randers)
        association(self.cast.vorup, who, "Nygaard")
        return who.email

    def unknown(self) -> str:
        return f"unknown{next(NUMBER)}@randers.example"

    def with_number(self) -> str:
        phone = self.unknown_number()
        make.slip(self.cast.karen, make.home(self.cast.vorup, str(next(NUMBER)), "Slipvej"), phone=phone)
        return phone

    def unknown_number(self) -> str:
        return f"20 {next(NUMBER):06}"

    def with_home(self) -> str:
        number = self.unknown_home()
        make.slip(self.cast.karen, Address.objects.get(street="Brevvej", number=number), phone="")
        return number

    def unknown_home(self) -> str:
        number = str(next(NUMBER))
        make.home(self.cast.vorup, number, "Brevvej")
        return number

    def slot(self) -> Slot:
        starts = clock.now().replace(hour=18, minute=0) + dt.timedelta(days=20 + next(NUMBER) % 3000)
        speaker = self.cast.speaker
        span = {"starts_at": starts, "ends_at": starts + dt.timedelta(hours=2)}
        return Slot.objects.get_or_create(partnership=speaker.partnership, speaker=speaker, **span)[0]


def ip() -> str:
    """Return an address that no request had before, so that no limit by address applies."""
    number = next(ADDRESS)
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def code(browser: Client, scene: Scene, email: str) -> tuple[str, dict]:
    """A code to log in."""
    return "/accounts/login/code/", {"email": email}


def wrong_code(browser: Client, scene: Scene, email: str) -> tuple[str, dict]:
    """A wrong code after asking for one."""
    browser.post("/accounts/login/code/", {"email": email}, REMOTE_ADDR=ip())
    return "/accounts/login/code/confirm/", {"code": "abc"}


def join(browser: Client, scene: Scene, email: str) -> tuple[str, dict]:
    """Joining as a neighbour helper."""
    return "/da/neighbours/join/", make.typed(email=email)


def _talk(scene: Scene, email: str) -> dict:
    return {
        "format": "burglary", "association": "Nygaard", "kind": "homeowners", "homes": "120",
        "area": scene.cast.vorup.pk, "place": "Huset", "name": "Ida", "email": email, "note": "",
        "submission": str(uuid.uuid4()),
    }  # fmt: skip


def book(browser: Client, scene: Scene, email: str) -> tuple[str, dict]:
    """Asking for a free evening."""
    return "/da/talks/book/", _talk(scene, email) | {"slot": scene.slot().pk}


def wish(browser: Client, scene: Scene, email: str) -> tuple[str, dict]:
    """Wishing for two days."""
    coming = (clock.now().date() + dt.timedelta(days=ahead) for ahead in itertools.count(30))
    days = itertools.islice((day for day in coming if not is_holiday("DK", day)), 2)
    boxes = {
        f"{name}_{part}": value
        for name, day in zip(("first", "second"), days, strict=True)
        for part, value in enumerate((day.day, day.month, day.year))
    }
    return "/da/talks/wish/", _talk(scene, email) | boxes | {"from_hour": "19.00"}


def deputy(browser: Client, scene: Scene, email: str) -> tuple[str, dict]:
    """Naming a deputy, as the chair of the association."""
    chair = User.objects.get(email=scene.chair_of_that())
    browser.force_login(chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    theirs = chair.organisation_roles.get().organisation_id
    return f"/da/talks/associations/{theirs}/deputy/", {"name": "Dorte", "email": email}


def new_email(browser: Client, scene: Scene, email: str) -> tuple[str, dict]:
    """Somebody who is logged in writes the address as their own new one."""
    me = person(f"me{next(NUMBER)}", scene.cast.randers)
    browser.force_login(me, backend="allauth.account.auth_backends.AuthenticationBackend")
    return "/da/me/email/", {"email": email}


def by_text(browser: Client, scene: Scene, phone: str) -> tuple[str, dict]:
    """A code by text message to see one's own data."""
    settings.SMS_URL = "http://127.0.0.1:1/"  # nothing is sent from here: a worker would
    return "/da/me/without-account/text/", {"name": "Poul Papir", "phone": phone}


def by_letter(browser: Client, scene: Scene, number: str) -> tuple[str, dict]:
    """A code by letter to see one's own data."""
    typed = {"name": "Poul Papir", "address": f"Brevvej {number}", "postcode": "8900"}
    return "/da/me/without-account/letter/", typed


# Form, who the known one is, and how often each address is asked with.
CASES = [
    (code, "known", 5), (code, "elsewhere", 4), (wrong_code, "known", 1), (join, "helper", 3), (join, "elsewhere", 3),
    (book, "elsewhere", 2), (book, "chair_of_that", 2), (wish, "elsewhere", 2), (wish, "chair_of_that", 2),
    (deputy, "known", 1), (deputy, "elsewhere", 1), (new_email, "known", 2), (new_email, "elsewhere", 2),
    (by_text, "with_number", 2), (by_letter, "with_home", 2),
]  # fmt: skip


# Where it is no address that somebody may be known by.
UNKNOWN = {"with_number": "unknown_number", "with_home": "unknown_home"}


def seconds(form: Callable, scene: Scene, email: str) -> float:
    """Return how long the form took to answer, as its visitor waits; RuntimeError if it was not accepted."""
    browser = visit(None)
    page, typed = form(browser, scene, email)
    where = ip()
    begun = time.perf_counter()
    answer = browser.post(page, typed, REMOTE_ADDR=where)
    taken = time.perf_counter() - begun
    if answer.status_code not in (200, 302):
        raise RuntimeError(f"{page} answered {answer.status_code}")
    return taken


def auc(known: list[float], unknown: list[float]) -> float:
    """Return how often a known address takes longer than an unknown one; equal times count half."""
    above = sum((one > other) + (one == other) / 2 for one in known for other in unknown)
    return above / (len(known) * len(unknown))


def lot(form: Callable, kind: str, times: int, scene: Scene, pairs: int) -> Iterator[tuple[int, float, float]]:
    """Measure `pairs` addresses of each sort in random order; yield for each request AUC and the control's AUC."""
    addresses = [
        (sort, getattr(scene, maker)())
        for sort, maker in (("known", kind), ("unknown", UNKNOWN.get(kind, "unknown")), ("control", kind))
        for _pair in range(pairs)
    ]
    for number in range(1, times + 1):
        taken: dict[str, list[float]] = defaultdict(list)
        random.shuffle(addresses)
        for sort, email in addresses:
            taken[sort].append(seconds(form, scene, email))
        yield number, auc(taken["known"], taken["unknown"]), auc(taken["known"], taken["control"])


def measured(case: int, pairs: int) -> Iterator[list[object]]:
    """Yield a row of the table for each request in a case's sequence, from `LOTS` independent lots."""
    form, kind, times = CASES[case]
    cast = assemble()
    scene = Scene(cast, make.home(cast.vorup))
    lots = [list(lot(form, kind, times, scene, pairs)) for _lot in range(LOTS)]
    for requests in zip(*lots, strict=True):
        found = [round(value, 2) for _number, value, _control in requests]
        noise = [round(value, 2) for _number, _value, value in requests]
        holds = all(LOW <= value <= HIGH for value in found)
        yield [f"{form.__name__}, {kind}, request {requests[0][0]}", *found, *noise, "yes" if holds else "no"]


def asked_apart(case: int) -> list[list[object]]:
    """Return the rows of one case, asked in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.enumeration", *sys.argv[1:]]
    child = subprocess.run(
        command, cwd=ROOT, env=os.environ | {CASE: str(case)}, stdout=subprocess.PIPE, text=True, check=True
    )
    rows = [json.loads(line) for line in child.stdout.splitlines() if line.startswith("[")]
    for row in rows:
        print(*row, sep="\t", flush=True)
    return rows


def main() -> None:
    """Run from the command line; each case runs in a process of its own."""
    options = argparse.ArgumentParser()
    options.add_argument("--pairs", type=int, default=200)
    options.add_argument("--only", default="", choices=["", *{form.__name__ for form, _kind, _times in CASES}])
    options.add_argument("--work-alone", action="store_true", help="without the fixed time of an answer")
    asked = options.parse_args()
    settings.DEBUG = False
    if asked.work_alone:
        settings.FORMS_TAKE_SECONDS = 0
    if os.environ.get(CASE):
        for row in measured(int(os.environ[CASE]), asked.pairs):
            print(json.dumps(row), flush=True)
        return
    cases = [number for number, case in enumerate(CASES) if asked.only in ("", case[0].__name__)]
    with ThreadPoolExecutor(1 if asked.work_alone else AT_ONCE) as processes:
        rows = list(itertools.chain.from_iterable(processes.map(asked_apart, cases)))
    if asked.only or asked.work_alone:
        return
    head = ["form, who is known", "first lot", "second lot", "known against known", "again", f"within {LOW} to {HIGH}"]
    write_section(
        "enumeration",
        "Who is known cannot be timed",
        [
            f"`python -m benchmarks.enumeration --pairs {asked.pairs}`: AUC of the time of an answer, known against "
            f"unknown addresses, {asked.pairs} of each in random order, in two lots; 0.5 tells nothing.",
            "",
            table(head, rows),
        ],
    )


if __name__ == "__main__":
    main()
