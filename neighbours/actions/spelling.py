"""Correcting how a helper's name is written."""

from django.db import transaction
from django.utils.translation import gettext as _

from neighbours import rules
from neighbours.models import Helper
from partnership.people.actions.settling import set_name
from partnership.people.models import User
from partnership.refusals import Refused


@transaction.atomic
def correct_name(*, helper: Helper, name: str, by: User) -> None:
    """Write the helper's name like this from now on, also in waiting messages. Refused: not_allowed."""
    if not rules.may_correct_name(by, helper):
        raise Refused("not_allowed", _("Only this person and the administrators can change the name."))
    set_name(person=helper.person, name=name)
