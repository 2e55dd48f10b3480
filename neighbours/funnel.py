"""How many helpers stand at each step from asking to join to being active, and what moved this month. Never names."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from neighbours.forms.listing import ACTIVE, QUIET_SINCE_ASKED
from neighbours.models import ACTIVE_MONTHS, HelperStep, State, months_before
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
    now, moved = _counts(here, on, began), _moved(here, clock.at(began, dt.time(0), here.zone))
    active, more = now["active"], now["active"] - now["active_before"]
    nabovenner = Role.objects.filter(partnership=here, kind=Role.Kind.NABOVEN).values("user").distinct().count()
    return [
        Stage(_("Asked to join, link not used yet"), now["waiting"], moved["asked"], State.PENDING),
        Stage(_("Joined"), now["confirmed"], moved["confirmed"], State.CONFIRMED),
        Stage(_("Active: did something in the last six months"), active, more, ACTIVE),
        Stage(_("Local contact people"), nabovenner, None),
        Stage(
            _("Quiet: asked after six months without an activity"), now["quiet"], now["quiet_lately"], QUIET_SINCE_ASKED
        ),
        Stage(_("Stopped"), now["left"], moved["left"], State.LEFT),
    ]


# What the query sets of helpers say one by one, in one reading of the helpers and of what they did: for 40,000 in a
# third of the time (benchmarks/RESULTS.md). A test compares them.
_COUNTS = """
WITH done AS (
    SELECT person_id, max(day) FILTER (WHERE day <= %(on)s) AS last,
        min(day) FILTER (WHERE day > %(half_a_year_before)s) AS first
    FROM people_activity WHERE partnership_id = %(here)s GROUP BY person_id
), typed AS (
    SELECT typed.user_id FROM account_emailaddress AS typed JOIN people_user AS person ON person.id = typed.user_id
    WHERE typed.email = person.email AND NOT typed.verified
), counted AS (
    SELECT state, asked_on,
        done.last > %(half_a_year)s AND is_verified AS is_active,
        done.first < %(began)s AND is_verified AS was_active,
        asked_on IS NOT NULL AND confirmed_at < %(quiet_before)s
            AND COALESCE(done.last < LEAST(asked_on, (%(half_a_year)s::date + 1)), true) AS is_quiet
    FROM neighbours_helper LEFT JOIN done USING (person_id),
        LATERAL (SELECT person_id NOT IN (SELECT user_id FROM typed) AS is_verified) AS mailbox
    WHERE partnership_id = %(here)s AND (state <> 'pending' OR replaced_at IS NULL)
)
SELECT count(*) FILTER (WHERE state = 'pending') AS waiting,
    count(*) FILTER (WHERE state = 'confirmed') AS confirmed,
    count(*) FILTER (WHERE state = 'left') AS left,
    count(*) FILTER (WHERE state = 'confirmed' AND is_active) AS active,
    count(*) FILTER (WHERE state = 'confirmed' AND was_active) AS active_before,
    count(*) FILTER (WHERE state = 'confirmed' AND is_quiet) AS quiet,
    count(*) FILTER (WHERE state = 'confirmed' AND is_quiet AND asked_on >= %(began)s) AS quiet_lately
FROM counted
"""


def _counts(here: Partnership, on: dt.date, began: dt.date) -> dict[str, int]:
    half_a_year, last_month = months_before(on, ACTIVE_MONTHS), began - dt.timedelta(days=1)
    values: dict[str, Any] = {
        "here": here.pk,
        "on": on,
        "began": began,
        "half_a_year": half_a_year,
        "half_a_year_before": months_before(last_month, ACTIVE_MONTHS),
        "quiet_before": clock.at(half_a_year + dt.timedelta(days=1), dt.time(0), here.zone),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values)
        return dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))


def _moved(here: Partnership, since: dt.datetime) -> dict[str, int]:
    """Return how many asked to join, joined and stopped since a moment. A slip asks and joins at once."""
    steps = HelperStep.objects.filter(helper__partnership=here, at__gte=since)
    is_new = ~Q(from_state=State.CONFIRMED)
    return steps.aggregate(
        asked=Count("pk", filter=Q(from_state="")),
        confirmed=Count("pk", filter=Q(to_state=State.CONFIRMED) & is_new),
        left=Count("pk", filter=Q(to_state=State.LEFT, from_state=State.CONFIRMED)),
    )
