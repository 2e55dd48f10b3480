"""The yearly confirmation of an association's details."""

import datetime as dt

from django.db import transaction

from partnership import clock
from partnership.people.models import Organisation
from partnership.places.models import Partnership
from talks.messages import posting_wishes


@transaction.atomic
def ask_for_the_year(*, partnership: Partnership, now: dt.datetime) -> int:
    """Ask each chair once a year whether the association is as we have it; return how many were asked.

    Due from 1 January, and at most once a year, whenever it runs: the email's key contains the year.
    """
    year = clock.local(now, partnership.zone).year
    waiting = Organisation.objects.unconfirmed(partnership, year).select_related("partnership").with_contacts()
    return sum(posting_wishes.ask_for_the_year(association, year, now) for association in waiting)
