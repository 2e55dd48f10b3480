"""How many helpers stand at each step from asking to join to being active, and what moved this month. Never names."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from neighbours.forms.listing import ACTIVE, ASLEEP
from neighbours.models import Helper, HelperStep, State
from partnership import clock
from partnership.people.models import Role
from partnership.places.models import Partnership


@dataclass(frozen=True, slots=True)
class Stage:
    """One step on the way: how many stand there `on` a day, and how many came there since the month began."""

    label: str
    count: int
    # Of the active ones: how many more, or fewer, than when the month began. None: not counted.
    this_month: int | None
    # What `HelperFilter` calls those who stand here; "" if they have no list.
    state: str = ""


def funnel(here: Partnership, on: dt.date) -> list[Stage]:
    """Return the steps of a partnership's helpers, in their order, as of the local day `on`."""
    began = on.replace(day=1)
    now, moved = _counts(here), _moved(here, clock.at(began, dt.time(0), here.zone))
    helpers = Helper.objects.filter(partnership=here)
    active, asleep = helpers.active(on).count(), helpers.asleep(on, here)
    before = helpers.active(began - dt.timedelta(days=1)).count()
    asked = asleep.aggregate(all=Count("pk"), lately=Count("pk", filter=Q(asked_on__gte=began)))
    nabovenner = Role.objects.filter(partnership=here, kind=Role.Kind.NABOVEN).values("user").distinct().count()
    return [
        Stage(_("Asked to join, link not used yet"), now["waiting"], moved["asked"], State.PENDING),
        Stage(_("Joined"), now["confirmed"], moved["confirmed"], State.CONFIRMED),
        Stage(_("Active: did something in the last six months"), active, active - before, ACTIVE),
        Stage(_("Nabovenner"), nabovenner, None),
        Stage(_("Quiet: asked after six months without an activity"), asked["all"], asked["lately"], ASLEEP),
        Stage(_("Stopped"), now["left"], moved["left"], State.LEFT),
    ]


def _counts(here: Partnership) -> dict[str, int]:
    helpers = Helper.objects.filter(partnership=here).but_replaced()
    states = {"waiting": State.PENDING, "confirmed": State.CONFIRMED, "left": State.LEFT}
    return helpers.aggregate(**{name: Count("pk", filter=Q(state=state)) for name, state in states.items()})


def _moved(here: Partnership, since: dt.datetime) -> dict[str, int]:
    """Return how many asked to join, joined and stopped since a moment. A slip asks and joins at once."""
    steps = HelperStep.objects.filter(helper__partnership=here, at__gte=since)
    is_new = ~Q(from_state=State.CONFIRMED)
    return steps.aggregate(
        asked=Count("pk", filter=Q(from_state="")),
        confirmed=Count("pk", filter=Q(to_state=State.CONFIRMED) & is_new),
        left=Count("pk", filter=Q(to_state=State.LEFT, from_state=State.CONFIRMED)),
    )
