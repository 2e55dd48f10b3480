"""The yearly confirmation of an association's details, and naming its deputy."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partnership import clock
from partnership.people.actions import organisations
from partnership.people.models import Organisation, User
from partnership.places.models import Partnership
from partnership.refusals import Refused
from talks.messages import posting_wishes
from talks.models import DeputyInvitation
from written.mailboxes import canonical


@transaction.atomic
def ask_deputy(*, association: Organisation, name: str, email: str, by: User, now: dt.datetime) -> None:
    """Email somebody a link with which they become the deputy; an earlier link no longer works. Does the same whether
    we know the address or not. Refused: not_yours, or same_person as the chair.
    """
    association = Organisation.objects.select_for_update(no_key=True).get(pk=association.pk)
    if by != association.chair:
        raise Refused("not_yours", _("Only the chair can name a deputy."))
    email = canonical(email)
    if email == by.email:
        raise Refused("same_person", _("The deputy must be somebody else than the chair."))
    asked, _made = DeputyInvitation.objects.get_or_create(
        association=association, defaults={"asked_by": by, "asked_at": now, "name": name, "email": email}
    )
    asked.asked_by, asked.asked_at, asked.name, asked.email = by, now, name, email
    asked.version += 1
    asked.save()
    posting_wishes.ask_deputy(asked, now)


@transaction.atomic
def accept_deputy(*, invitation: DeputyInvitation) -> Organisation:
    """Make the deputy of somebody who has the email with the link. Refused: not_yours if somebody else is the chair
    now, or elsewhere: their address belongs to another partnership's portal.
    """
    association = invitation.association
    organisations.name_deputy(
        organisation=association, name=invitation.name, email=invitation.email, by=invitation.asked_by
    )
    invitation.delete()
    return association


def too_old_to_accept(now: dt.datetime) -> QuerySet[DeputyInvitation]:
    """Return the invitations whose link no longer works."""
    return DeputyInvitation.objects.filter(asked_at__lte=now - DeputyInvitation.LASTS)


@transaction.atomic
def ask_for_the_year(*, partnership: Partnership, now: dt.datetime) -> int:
    """Ask each chair once a year whether the association is as we have it; return how many were asked.

    Due from 1 January, and at most once a year, whenever it runs: the email's key contains the year.
    """
    year = clock.local(now, partnership.zone).year
    waiting = Organisation.objects.unconfirmed(partnership, year).select_related("partnership").with_contacts()
    return sum(posting_wishes.ask_for_the_year(association, year, now) for association in waiting)
