"""How long places are kept. Only a household is about people, and only the nightly area facts grow."""

import datetime as dt

from django.db.models import Exists, OuterRef
from django.db.models.functions import Left

from partnership import clock
from partnership.places.actions.typed_addresses import delete_unused
from partnership.places.models import Address, Area, AreaFact, AreaFactQuerySet, Household, Partnership
from partnership.retention import CONSENT, NOBODY, Rule

NIGHTS_KEPT = 60


def nights_past(now: dt.datetime) -> AreaFactQuerySet:
    """Return older nights' facts except the newest of each month, which show how an area has developed."""
    before = clock.local(now).date() - dt.timedelta(days=NIGHTS_KEPT)
    nights = AreaFact.objects.of_days().annotate(month=Left("period", 7))
    newer = nights.filter(
        area=OuterRef("area"), fact=OuterRef("fact"), month=OuterRef("month"), period__gt=OuterRef("period")
    )
    return nights.filter(Exists(newer), period__lt=str(before))


RULES = [
    Rule(
        Household,
        holds="that somebody at an address is a helper",
        purpose="to count helpers by area, and to write to those without email",
        basis=CONSENT,
        how_long="until the last helper there leaves or is deleted",
        seen_by="coordinators and administrators",
    ),
    Rule(
        Address,
        part="typed addresses",
        holds="an address that staff have typed, since the register does not know it",
        purpose="to write to somebody there",
        basis=CONSENT,
        how_long="until nobody lives there or gets letters there any more; overnight if a letter was on its way",
        seen_by="coordinators and administrators",
        remove=lambda now: delete_unused(),
    ),
    Rule(
        AreaFact,
        holds="facts about an area: need, burglaries and helpers as rates",
        purpose="to answer where the need is greatest, and to show how an area has developed",
        basis=NOBODY,
        how_long=f"each night's for {NIGHTS_KEPT} days, then the newest of each month; a year's or a quarter's without "
        "end",
        seen_by="coordinators and administrators",
        past=nights_past,
    ),
]
ABOUT_NOBODY = [Partnership, Area, Address]
