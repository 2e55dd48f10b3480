"""Who may act for an organisation, and who must log in with more than a code."""

from partnership.people.models import Organisation, OrganisationContact, Role, User


def speaks_for(user: User, organisation: Organisation) -> bool:
    """The chair and the deputy; nobody if the chair has been erased."""
    return user in organisation.holding(*OrganisationContact.SPEAKS_FOR_IT)


def needs_second_factor(user: User) -> bool:
    """Return whether `user` has a role or runs the platform, so that an emailed code is not enough."""
    return user.is_superuser or user.roles.filter(kind__in=Role.NEEDS_SECOND_FACTOR).exists()
