"""Who may act for an organisation, and who must log in with more than a code."""

from collections.abc import Callable

from partnership.people.models import Organisation, OrganisationContact, Role, User
from partnership.registers import Register

# What else of rooms above somebody does for others; each function tells whether a person does it.
acts_for_others: Register[Callable[[User], bool]] = Register("what people do for others")


def speaks_for(user: User, organisation: Organisation) -> bool:
    """The chair and the deputy; nobody if the chair has been erased."""
    return user in organisation.holding(*OrganisationContact.SPEAKS_FOR_IT)


def needs_second_factor(user: User) -> bool:
    """Return whether `user` has a role or runs the platform, so that an emailed code is not enough."""
    return user.is_superuser or user.roles.filter(kind__in=Role.NEEDS_SECOND_FACTOR).exists()


def does_something_for_others(user: User) -> bool:
    """Return whether `user` is chair or deputy, or does what a room above registers: who logs in as them acts for more
    than one home.
    """
    if Organisation.objects.spoken_for_by(user).exists():
        return True
    return any(does(user) for does in acts_for_others)
