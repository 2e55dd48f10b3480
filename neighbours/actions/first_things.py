"""Ticking what one has done."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from neighbours.first_things import FirstThing
from neighbours.models import Helper
from partnership import clock
from partnership.people.models import Activity, User
from partnership.refusals import Refused


@transaction.atomic
def tick(*, person: User, thing: FirstThing, now: dt.datetime) -> bool:
    """Write down that a helper did `thing` today, her partnership's day; False where today's tick was there already."""
    helper = Helper.objects.confirmed().select_related("partnership").filter(person=person).first()
    if helper is None:
        raise Refused("not_a_helper", _("Only neighbour helpers can tick this. Become one first."))
    day = clock.local(now, helper.partnership.zone).date()
    _row, is_new = Activity.objects.get_or_create(
        person=person, kind=thing.kind, day=day, defaults={"partnership": helper.partnership}
    )
    return is_new
