"""Where helpers live: for letters to those without email, and for who asks for a code by letter."""

import datetime as dt
from collections.abc import Iterable

from neighbours.models import Helper, HelperStep
from partnership.people.actions.moves import MENDED
from partnership.people.models import User
from partnership.places.models import Address


def home_of_helper(person: User) -> Address | None:
    """Return where a confirmed helper lives; None for anyone else."""
    # What somebody typed who has not verified the mailbox is nobody's home.
    helper = Helper.objects.confirmed().filter(person=person).select_related("household__address").first()
    return helper.household.address if helper and helper.household else None


def helpers_at(addresses: Iterable[Address]) -> Iterable[User]:
    """Return the helpers who live at one of these addresses."""
    helpers = Helper.objects.confirmed().filter(household__address__in=list(addresses))
    return [helper.person for helper in helpers.select_related("person__partnership")]


def corrected_by_staff(person: User, detail: str) -> dt.datetime | None:
    """Return when staff last corrected this detail of a helper."""
    steps = HelperStep.objects.filter(helper__person=person, changed__has_key=detail).exclude(by=person)
    if detail == "address":
        steps = steps.exclude(changed__has_key=MENDED)
    return steps.order_by("-at").values_list("at", flat=True).first()
