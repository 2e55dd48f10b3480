"""Which organisations and people a viewer may see. Views reach them through here only."""

from partnership.people.access import has_role
from partnership.people.models import Organisation, OrganisationQuerySet, Role, User, UserQuerySet
from partnership.places.models import Partnership


def organisations_in_view(viewer: User, partnership: Partnership) -> OrganisationQuerySet:
    """Return those that the viewer speaks for."""
    mine = Organisation.objects.spoken_for_by(viewer).filter(partnership=partnership)
    return mine.select_related("partnership", "area").with_contacts().order_by("name")


def people_in_view(viewer: User, here: Partnership) -> UserQuerySet:
    """Return everybody of this partnership to its staff, but nobody who administers the whole platform."""
    people = User.objects.filter(partnership=here, is_superuser=False)
    return people if has_role(viewer, here, *Role.STAFF) else people.none()
