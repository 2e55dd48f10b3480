"""The yearly confirmation of an association's details, and naming its deputy."""

import datetime as dt

from django.db import transaction

from partnership import clock
from partnership.people.actions import organisations
from partnership.people.models import Organisation, User
from partnership.places.models import Partnership
from talks.messages import posting_wishes


@transaction.atomic
def name_deputy(*, association: Organisation, name: str, email: str, by: User, now: dt.datetime) -> None:
    """Let somebody move and cancel talks in the chair's place, and tell the new deputy who named them."""
    deputy = organisations.name_deputy(organisation=association, name=name, email=email, by=by)
    if deputy is not None:
        posting_wishes.tell_about_association(association, "deputy_named", deputy, now, version=str(now.timestamp()))


@transaction.atomic
def ask_for_the_year(*, partnership: Partnership, now: dt.datetime) -> int:
    """Ask each chair once a year whether the association is as we have it; return how many were asked.

    Due from 1 January, and at most once a year, whenever it runs: the email's key contains the year.
    """
    year = clock.local(now, partnership.zone).year
    waiting = Organisation.objects.unconfirmed(partnership, year).select_related("partnership").with_contacts()
    return sum(posting_wishes.ask_for_the_year(association, year, now) for association in waiting)
