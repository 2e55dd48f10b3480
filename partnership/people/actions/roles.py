"""Giving and taking roles."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from partnership.people import changes
from partnership.people.models import Role, User
from partnership.people.rules import needs_second_factor


@transaction.atomic
def change_roles(*, person: User, given: Iterable[Role], taken: Iterable[Role] = (), now: dt.datetime) -> bool:
    """Store the roles that the person is given, or that are now others, and delete those taken. Rooms above hear of the
    first one that needs a second factor. Return whether there was one.
    """
    locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    was_staff = needs_second_factor(locked)
    for role in given:
        role.save()
    for role in taken:
        role.delete()
    is_first = not was_staff and needs_second_factor(locked)
    for begin in changes.to_staff if is_first else ():
        begin(locked, now)
    return is_first
