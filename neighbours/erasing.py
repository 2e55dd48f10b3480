"""What `neighbours` deletes with a person: a household where nobody else is a helper."""

import datetime as dt

from neighbours.models import Helper
from partnership.people.models import User
from partnership.places.models import Household


def place_and_home(person: User, now: dt.datetime) -> None:
    homes = list(Household.objects.filter(helpers__person=person).values_list("pk", flat=True))
    Helper.objects.filter(person=person).delete()
    Household.objects.filter(pk__in=homes, helpers__isnull=True).delete()
