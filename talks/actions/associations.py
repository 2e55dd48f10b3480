"""What an association says about itself: that it is still right, once a year, and who stands in for the chair."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from partnership import clock
from partnership.people.actions.inviting import known_or_new
from partnership.people.models import User
from partnership.places.models import Partnership
from partnership.refusals import Refused
from talks.messages import posting_wishes
from talks.models import Association


@transaction.atomic
def confirm_for_the_year(*, association: Association, now: dt.datetime) -> Association:
    """The chair has said that name, homes and chair are still right."""
    association.confirmed_on = clock.local(now, association.partnership.zone).date()
    association.save(update_fields=["confirmed_on"])
    return association


@transaction.atomic
def name_deputy(*, association: Association, name: str, email: str, by: User, now: dt.datetime) -> Association:
    """Let somebody move and cancel in the chair's place. She is told by whom, and so is the chair where she is not."""
    association = (
        Association.objects.select_for_update(no_key=True, of=("self",)).select_related("chair").get(pk=association.pk)
    )
    if by.pk != association.chair_id:
        raise Refused("not_yours", _("Only the chair can name a deputy."))
    deputy = known_or_new(email=email, name=name, language=by.language, partnership=association.partnership)
    if deputy.pk == association.chair_id:
        raise Refused("same_person", _("The deputy must be somebody else than the chair."))
    if deputy.partnership_id != association.partnership_id:
        raise Refused("elsewhere", _("This address cannot be used here. Please use another."))
    if association.deputy_id != deputy.pk:
        association.deputy = deputy
        association.save(update_fields=["deputy"])
        posting_wishes.tell_about_association(association, "deputy_named", deputy, now, version=str(now.timestamp()))
    return association


@transaction.atomic
def ask_for_the_year(*, partnership: Partnership, now: dt.datetime) -> int:
    """Ask each chair once a year whether the association is as we have it; return how many were asked.

    Due from 1 January and never again in that year, whenever it runs: the key of the mail carries the year.
    """
    year = clock.local(now, partnership.zone).year
    waiting = Association.objects.unconfirmed(partnership, year).select_related("chair", "partnership")
    return sum(posting_wishes.ask_for_the_year(association, year, now) for association in waiting)
