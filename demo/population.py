"""A believable population of neighbour helpers with their history, written directly into the tables."""

import datetime as dt
import uuid
from dataclasses import dataclass, replace

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import translation

from demo.hosts import HOSTS, TOOK_PLACE
from neighbours.actions.inviting import new_code
from neighbours.consent_words import PURPOSE, SHOWN_TO_NABOVEN, consent_text, shown_text
from neighbours.first_things import FIRST_THINGS
from neighbours.models import HeardFrom, Helper, HelperStep, State
from partnership import clock
from partnership.people.actions.consents import wording_of
from partnership.people.made_up.names import made_up_name
from partnership.people.models import Activity, Consent, Medium, User
from partnership.places.models import Address, Household, Partnership

DRAWN_FROM = uuid.UUID("6f1d2c1e-7a53-4c7e-9d0b-52414e444552")
# Of each 47, 31 have done something in the last half year; one in six came on paper, one in twelve has no email, one
# in four is not shown to the Naboven.
OF, ACTIVE, ON_PAPER, WITHOUT_MAIL, NOT_SHOWN = 47, 31, 6, 12, 4
# One in fourteen was a helper before; where they heard of it goes round, and some do not say.
HELPED_BEFORE = 14
_H = HeardFrom
HEARD_FROM = [_H.NEIGHBOUR, _H.WEB, _H.NEIGHBOUR, _H.POSTER, _H.AUTHORITY, _H.NEWS, ""]
# What an active helper did before the last time.
BETWEEN = dt.timedelta(days=120)
HALF_A_YEAR = dt.timedelta(days=178)
COMING_UP = dt.timedelta(days=3)
# Soon after a talk three become helpers, and one more for each so many who came.
JOIN_AFTER_A_TALK, CAME_FOR_ONE_MORE = 3, 20


@dataclass(frozen=True)
class Plan:
    """A helper to make: number, home, and joining time."""

    number: int
    address: Address
    joined_at: dt.datetime
    is_active: bool
    heard_a_talk: bool = False

    @property
    def on_paper(self) -> bool:
        return self.number % ON_PAPER == 5

    @property
    def has_mail(self) -> bool:
        return self.number % WITHOUT_MAIL != 11

    @property
    def was_helper(self) -> bool:
        return self.number % HELPED_BEFORE == 7

    @property
    def heard_from(self) -> str:
        return HeardFrom.TALK if self.heard_a_talk else HEARD_FROM[self.number % len(HEARD_FROM)]

    @property
    def is_shown(self) -> bool:
        return self.number % NOT_SHOWN != 3

    def email(self, partnership: Partnership) -> str | None:
        return f"helper-{self.number:03d}@{partnership.slug}.example" if self.has_mail else None


@transaction.atomic
def populate(*, partnership: Partnership, count: int, now: dt.datetime) -> int:
    """Make `count` confirmed helpers once; a second call makes none. Return how many were made."""
    if _is_populated(partnership, count):
        return 0
    plans = _plans(partnership, count, now)
    people = User.objects.bulk_create([_person(partnership, plan) for plan in plans])
    homes = Household.objects.bulk_create(
        [Household(partnership=partnership, area_id=plan.address.area_id, address=plan.address) for plan in plans]
    )
    rows = [_helper(partnership, *one, now) for one in zip(plans, people, homes, strict=True)]
    helpers = Helper.objects.bulk_create(rows)
    HelperStep.objects.bulk_create([step for one in zip(plans, helpers, strict=True) for step in _steps(*one)])
    _consents(partnership, plans, people)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people if one.email]
    )
    done = [day for one in zip(plans, people, strict=True) for day in _activities(partnership, *one, now)]
    Activity.objects.bulk_create(done, ignore_conflicts=True)
    return len(helpers)


def _is_populated(partnership: Partnership, count: int) -> bool:
    """Return whether any of the helpers is left, whatever was changed or erased by hand since."""
    drawn = [_submission(partnership, number) for number in range(count)]
    helpers = Helper.objects.filter(partnership=partnership, submission__in=drawn)
    mailboxes = User.objects.filter(email__startswith="helper-", email__endswith=f"@{partnership.slug}.example")
    return helpers.exists() or mailboxes.exists()


def _submission(partnership: Partnership, number: int) -> uuid.UUID:
    return uuid.uuid5(DRAWN_FROM, f"{partnership.slug}/{number}")


def _plans(partnership: Partnership, count: int, now: dt.datetime) -> list[Plan]:
    """Spread them over the homes, and over the time since the agreement. After a talk a few join sooner."""
    began = max(clock.at(partnership.signed_on, dt.time(12), partnership.zone), now - dt.timedelta(days=1200))
    span = (now - COMING_UP - began) / count
    homes = _homes(partnership)[:count]
    order = [(number * 211) % len(homes) for number in range(len(homes))]
    plans = [
        Plan(number, homes[home], began + span * number + dt.timedelta(minutes=37 * number % 400), _is_active(number))
        for number, home in enumerate(order)
    ]
    for host, days_ago, _format, came in TOOK_PLACE[partnership.slug]:
        code, talk = HOSTS[partnership.slug][host].area_code, now - dt.timedelta(days=days_ago)
        _join_after_a_talk(plans, code, talk, JOIN_AFTER_A_TALK + came // CAME_FOR_ONE_MORE, now)
    return plans


def _join_after_a_talk(plans: list[Plan], code: str, talk: dt.datetime, count: int, now: dt.datetime) -> None:
    """Let those of an area who would have joined around the time of a talk join in the weeks after it."""
    here = [index for index, plan in enumerate(plans) if plan.address.area.code == code and not plan.heard_a_talk]
    nearest = sorted(here, key=lambda index: abs(plans[index].joined_at - talk))[:count]
    for turn, index in enumerate(nearest):
        soon = talk + dt.timedelta(days=5 + 11 * turn)
        if soon < now - COMING_UP:
            plans[index] = replace(plans[index], joined_at=soon, heard_a_talk=True)


def _is_active(number: int) -> bool:
    return number * 20 % OF < ACTIVE


def _homes(partnership: Partnership) -> list[Address]:
    """Return free addresses, in an order in which each area has about as many as its share of the homes."""
    by_area: dict[int, list[Address]] = {}
    free = Address.objects.filter(partnership=partnership, household__isnull=True).select_related("area")
    for address in free.order_by("area__code", "pk"):
        by_area.setdefault(address.area_id, []).append(address)
    ranked = []
    for area, homes in enumerate(by_area.values()):
        share = homes[0].area.homes or 1
        for turn in range(len(homes)):
            position = (turn + 0.5) / share
            ranked.append((position, area, homes[turn * 7 % len(homes)] if len(homes) % 7 else homes[turn]))
    return [address for _position, _area, address in sorted(ranked, key=lambda one: one[:2])]


def _person(partnership: Partnership, plan: Plan) -> User:
    name = made_up_name(partnership.language, plan.number)
    person = User(partnership=partnership, email=plan.email(partnership), name=name, language=partnership.language)
    person.set_unusable_password()
    return person


def _confirmed_at(plan: Plan) -> dt.datetime:
    return plan.joined_at + (dt.timedelta(0) if plan.on_paper else dt.timedelta(hours=5 + plan.number % 30))


def _asked_on(partnership: Partnership, plan: Plan, now: dt.datetime) -> dt.date | None:
    """Return when a helper who has done nothing for half a year was asked whether they are still with us."""
    today = clock.local(now, partnership.zone).date()
    is_quiet = not plan.is_active and _confirmed_at(plan) < now - HALF_A_YEAR - dt.timedelta(days=20)
    return today - dt.timedelta(days=plan.number * 7 % 150) if is_quiet else None


def _helper(partnership: Partnership, plan: Plan, person: User, home: Household, now: dt.datetime) -> Helper:
    return Helper(
        partnership=partnership,
        person=person,
        household=home,
        state=State.CONFIRMED,
        medium=Medium.PAPER if plan.on_paper else Medium.WEB,
        joined_at=plan.joined_at,
        confirmed_at=_confirmed_at(plan),
        submission=_submission(partnership, plan.number),
        was_helper=plan.was_helper,
        heard_from=plan.heard_from,
        asked_on=_asked_on(partnership, plan, now),
        made_person=True,
        invitation=new_code(),
    )


def _steps(plan: Plan, helper: Helper) -> list[HelperStep]:
    if plan.on_paper:
        return [HelperStep(helper=helper, to_state=State.CONFIRMED, at=plan.joined_at, medium=Medium.PAPER)]
    return [
        HelperStep(helper=helper, to_state=State.PENDING, at=plan.joined_at, medium=Medium.WEB),
        HelperStep(
            helper=helper, from_state=State.PENDING, to_state=State.CONFIRMED, at=_confirmed_at(plan),
            medium=Medium.WEB,
        ),
    ]  # fmt: skip


def _consents(partnership: Partnership, plans: list[Plan], people: list[User]) -> None:
    language = partnership.language
    with translation.override(language):
        joins = wording_of(purpose=PURPOSE, text=consent_text(partnership), language=language)
        shows = wording_of(purpose=SHOWN_TO_NABOVEN, text=shown_text(partnership), language=language)
    Consent.objects.bulk_create(
        Consent(
            partnership=partnership,
            person=person,
            wording=wording,
            is_given=True,
            at=_confirmed_at(plan),
            medium=Medium.PAPER if plan.on_paper else Medium.WEB,
        )
        for plan, person in zip(plans, people, strict=True)
        for wording in ([joins, shows] if plan.is_shown else [joins])
    )


def _activities(partnership: Partnership, plan: Plan, person: User, now: dt.datetime) -> list[Activity]:
    """Return the helper's ticks: recent ones for active helpers, for others only from their first days."""
    joined = clock.local(_confirmed_at(plan), partnership.zone).date()
    today = clock.local(now, partnership.zone).date()
    lately = max(joined, today - dt.timedelta(days=plan.number * 11 % 170))
    first = joined + dt.timedelta(days=1 + plan.number % 9)
    days = [lately] if plan.is_active else []
    if plan.is_active and lately - BETWEEN > joined:
        days.append(lately - BETWEEN)
    if plan.number % 5 < 3 and first < today - HALF_A_YEAR - dt.timedelta(days=10):
        days.append(first)
    things = [FIRST_THINGS[(plan.number + turn) % len(FIRST_THINGS)] for turn in range(len(days))]
    return [
        Activity(partnership=partnership, person=person, kind=thing.kind, day=day)
        for thing, day in zip(things, days, strict=True)
    ]
