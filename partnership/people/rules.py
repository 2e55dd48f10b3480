"""Who may act for an organisation."""

from partnership.people.models import Organisation, OrganisationContact, User


def speaks_for(user: User, organisation: Organisation) -> bool:
    """The chair and the deputy; nobody if the chair has been erased."""
    return user in organisation.holding(*OrganisationContact.SPEAKS_FOR_IT)
