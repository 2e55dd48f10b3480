"""Ticking a first thing as done, and removing a mistaken tick."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from neighbours import rules
from neighbours.first_things import FirstThing
from neighbours.models import Helper
from partnership import clock
from partnership.people.actions.locking import locked
from partnership.people.models import Activity, Medium, User
from partnership.refusals import Refused


@transaction.atomic
def tick(*, person: User, thing: FirstThing, now: dt.datetime, by: User | None = None, medium: str = "") -> bool:
    """Record that a helper did `thing` today (the partnership's day); return False if it was ticked today already.

    `by` is who records it, if not the helper, and `medium` how they were told, if they said so. Refused:
    not_a_helper, not_allowed.
    """
    helper = _confirmed_helper(person, by)
    is_told = by is not None and by.pk != person.pk
    how = {"medium": medium if is_told else Medium.WEB, "written_by": by if is_told else None}
    _row, is_new = Activity.objects.get_or_create(
        person=person, kind=thing.kind, day=_today(helper, now), defaults={"partnership": helper.partnership, **how}
    )
    return is_new


@transaction.atomic
def take_back(*, person: User, thing: FirstThing, now: dt.datetime, by: User | None = None) -> bool:
    """Remove the tick of `thing` that was made today by mistake; return False if there is no tick. Refused: too_late if
    the newest is of an earlier day, not_yours if somebody else made it, and as for `tick`.
    """
    helper = _confirmed_helper(person, by)
    ticks = Activity.objects.select_for_update().filter(partnership=helper.partnership, person=person, kind=thing.kind)
    newest = ticks.order_by("-day").first()
    if newest is None:
        return False
    if newest.day == _today(helper, now) and not rules.may_take_back(by or person, newest, newest.day):
        raise Refused("not_yours", _("Somebody else noted this. Only they and the helper can undo it."))
    if not rules.may_take_back(by or person, newest, _today(helper, now)):
        raise Refused("too_late", _("Only what is from today can be undone. What stands here is from another day."))
    newest.delete()
    return True


def _confirmed_helper(person: User, by: User | None) -> Helper:
    """Return the row of a confirmed helper for whom `by` may act, with the person locked."""
    locked(person)
    helper = Helper.objects.confirmed().select_related("partnership").filter(person=person).first()
    if helper is None:
        raise Refused("not_a_helper", _("Only neighbour helpers can tick this. Become one first."))
    if by is not None and not rules.may_act_for(by, person, helper.partnership):
        raise Refused("not_allowed", _("Only the helper and the coordinators can do this."))
    return helper


def _today(helper: Helper, now: dt.datetime) -> dt.date:
    return clock.local(now, helper.partnership.zone).date()
