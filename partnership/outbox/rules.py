"""Who may see and handle messages."""

from django.utils.translation import gettext as _

from partnership.people.access import has_role
from partnership.people.models import Role, User
from partnership.places.models import Partnership
from partnership.refusals import Refused


def may_handle(by: User, partnership: Partnership) -> bool:
    """Coordinators and administrators handle the messages of their own partnership."""
    return has_role(by, partnership, *Role.STAFF)


def refuse_unless_staff(by: User, partnership: Partnership) -> None:
    """Raise Refused (not_yours) unless `by` handles the messages of `partnership`."""
    if not may_handle(by, partnership):
        raise Refused("not_yours", _("Only the coordinators and administrators of this partnership can do that."))
