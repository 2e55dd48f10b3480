"""Ticking a first thing as done, and removing a mistaken tick."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from neighbours import rules
from neighbours.first_things import FirstThing
from neighbours.models import Helper
from partnership import clock
from partnership.people.models import Activity, User
from partnership.refusals import Refused


@transaction.atomic
def tick(*, person: User, thing: FirstThing, now: dt.datetime) -> bool:
    """Record that a helper did `thing` today (the partnership's day); return False if it was ticked today already."""
    helper = _place(person)
    _row, is_new = Activity.objects.get_or_create(
        person=person, kind=thing.kind, day=_today(helper, now), defaults={"partnership": helper.partnership}
    )
    return is_new


@transaction.atomic
def take_back(*, person: User, thing: FirstThing, now: dt.datetime) -> bool:
    """Remove the tick of `thing` that a helper made today by mistake; return False if there is no tick. Refused
    (too_late) if the newest is of an earlier day.
    """
    helper = _place(person)
    ticks = Activity.objects.select_for_update().filter(partnership=helper.partnership, person=person, kind=thing.kind)
    newest = ticks.order_by("-day").first()
    if newest is None:
        return False
    if not rules.may_take_back(person, newest, _today(helper, now)):
        raise Refused(
            "too_late", _("Only what was ticked today can be undone. What is ticked now is from another day.")
        )
    newest.delete()
    return True


def _place(person: User) -> Helper:
    helper = Helper.objects.confirmed().select_related("partnership").filter(person=person).first()
    if helper is None:
        raise Refused("not_a_helper", _("Only neighbour helpers can tick this. Become one first."))
    return helper


def _today(helper: Helper, now: dt.datetime) -> dt.date:
    return clock.local(now, helper.partnership.zone).date()
