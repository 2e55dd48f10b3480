"""Which organisations a person may see. Views reach them through here only."""

from partnership.people.models import Organisation, OrganisationQuerySet, User
from partnership.places.models import Partnership


def organisations_in_view(viewer: User, partnership: Partnership) -> OrganisationQuerySet:
    """Return those that the viewer speaks for."""
    mine = Organisation.objects.spoken_for_by(viewer).filter(partnership=partnership)
    return mine.select_related("partnership", "area").with_contacts().order_by("name")
