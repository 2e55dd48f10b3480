"""Rows for the tests of this room, with fixed defaults."""

import datetime as dt
import itertools

from dashboard.actions import goals
from dashboard.models import Goal
from figures.actions.importing import STRAF11, import_straf11
from neighbours.models import Helper
from partnership import cases
from partnership.people.models import Activity, Role, User
from partnership.places.models import Area, Household, Partnership
from partnership.places.tests import builders
from partnership.places.tests.builders import a_partnership, an_address

NOW = dt.datetime(2026, 2, 20, 9, 0, tzinfo=dt.UTC)
ON = dt.date(2026, 2, 20)
_numbers = itertools.count(1)


def kalmar() -> Partnership:
    return a_partnership("kalmar", name="Tryggt Kalmar", short_name="Tryggt Kalmar", signed_on=dt.date(2015, 1, 1))


def a_goal(
    partnership: Partnership, first: str = "2022K3", last: str = "2023K2", *, locked: bool = True, **more
) -> Goal:
    values = {
        "area_code": "730",
        "definition": "Anmeldte indbrud i beboelser",
        "source": STRAF11,
        "starts_on": dt.date(2023, 8, 18),
        "ends_on": dt.date(2028, 8, 18),
        "approver": "Styregruppen",
        "approved_on": dt.date(2023, 8, 18),
    }
    goal = Goal.objects.create(partnership=partnership, baseline_from=first, baseline_to=last, **(values | more))
    return goals.lock(goal=goal, now=NOW) if locked else goal


def take(*lines: str, now: dt.datetime = NOW):
    """Import a few lines of STRAF11, such as "730;1320;2025K4;84"."""
    text = "\ufeffOMRÅDE;OVERTRÆD;TID;INDHOLD\r\n" + "".join(f"{line}\r\n" for line in lines)
    return import_straf11(text.encode(), fetched_at=now, now=now)


def an_area(partnership: Partnership, name: str = "Vorup", homes: int | None = 200) -> Area:
    return builders.an_area(partnership, name, code=name[:8], homes=homes)


def a_person(partnership: Partnership, *roles: str) -> User:
    number = next(_numbers)
    person = User.objects.create_user(f"person{number}@example.org", f"Person {number}", partnership=partnership)
    for kind in roles:
        Role.objects.create(user=person, partnership=partnership, kind=kind)
    return person


def a_helper(
    partnership: Partnership, area: Area, *, active_on: dt.date | None = None, state: str = "confirmed"
) -> Helper:
    person = a_person(partnership)
    address = an_address(area, number=str(person.pk))
    household = Household.objects.create(partnership=partnership, area=area, address=address)
    helper = Helper.objects.create(
        partnership=partnership, person=person, household=household, state=state, joined_at=NOW,
        confirmed_at=NOW if state == "confirmed" else None, submission=f"00000000-0000-0000-0000-{person.pk:012d}",
    )  # fmt: skip
    cases.begin(helper, by=None, now=NOW, on_step={"medium": "web"})
    if active_on:
        Activity.objects.create(partnership=partnership, person=person, kind="neighbours.met", day=active_on)
    return helper
