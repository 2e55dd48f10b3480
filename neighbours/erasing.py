"""What `neighbours` deletes with a person: a household where nobody else is a helper, and what was
typed with another mailbox.
"""

import datetime as dt
from functools import partial

from django.db import transaction

from neighbours.actions.homes import delete_empty_homes
from neighbours.actions.leaving import delete_replaced
from neighbours.models import Helper
from partnership.people.models import User
from partnership.places.models import Household


def delete_helper_and_home(person: User, now: dt.datetime) -> None:
    """Delete the helper's row and history, and their household if nobody else is in it."""
    homes = list(Household.objects.filter(helpers__person=person).values_list("pk", flat=True))
    Helper.objects.filter(person=person).delete()
    if person.partnership:
        transaction.on_commit(partial(delete_replaced, partnership=person.partnership, now=now), robust=True)
    delete_empty_homes(homes)
