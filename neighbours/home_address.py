"""Where a helper lives, for the letters of those who have no e-mail."""

from neighbours.models import Helper
from partnership.people.models import User
from partnership.places.models import Address


def home_of_helper(person: User) -> Address | None:
    helper = Helper.objects.filter(person=person).select_related("household__address").first()
    return helper.household.address if helper and helper.household else None
