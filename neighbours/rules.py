"""Who may do what among the helpers."""

from partnership.people.models import Role, User
from partnership.places.models import Partnership

STAFF = (Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR)


def is_staff(user: User, partnership: Partnership) -> bool:
    """Coordinators and administrators of this partnership: they see addresses and type slips."""
    return user.is_active and user.roles.filter(partnership=partnership, kind__in=STAFF).exists()


def may_type_slips(user: User, partnership: Partnership) -> bool:
    return is_staff(user, partnership)


def may_see_addresses(user: User, partnership: Partnership) -> bool:
    """A Naboven sees names in her own area, and no address."""
    return is_staff(user, partnership)
