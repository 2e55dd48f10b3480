"""The code of a helper's invitation: it names nobody, and counts who joins with it for the helper."""

from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from neighbours import rules
from neighbours.models import Helper
from partnership.people.models import User
from partnership.places.models import Partnership
from partnership.refusals import Refused

# Without letters and digits that are taken for each other when they are typed from paper.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 10


def new_code() -> str:
    """Return a code for a new helper's invitation."""
    return get_random_string(LENGTH, ALPHABET)


def invitation_of(*, helper: Helper, by: User) -> str:
    """Return the code of a helper's invitation, which they got when they became one: showing and printing it write
    nothing. Refused: not_allowed, not_a_helper.
    """
    if not rules.may_act_for(by, helper.person, helper.partnership):
        raise Refused("not_allowed", _("Only the helper and the coordinators can do this."))
    code = Helper.objects.confirmed().filter(pk=helper.pk).values_list("invitation", flat=True).first()
    if not code:
        raise Refused("not_a_helper", _("Only neighbour helpers can invite. Become one first."))
    return code


def inviter(code: str, partnership: Partnership) -> Helper | None:
    """Return the helper whose invitation this is; None if there is no such helper any more."""
    return Helper.objects.confirmed().filter(partnership=partnership, invitation=code).first() if code else None
