"""A helper's home address, for letters to those without email."""

from neighbours.models import Helper
from partnership.people.models import User
from partnership.places.models import Address


def home_of_helper(person: User) -> Address | None:
    """Return where a confirmed helper lives; None for anyone else."""
    # What somebody typed who has not shown that the mailbox is theirs is nobody's home.
    helper = Helper.objects.confirmed().filter(person=person).select_related("household__address").first()
    return helper.household.address if helper and helper.household else None
