"""Changing a person's email address."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.db import transaction

from partnership.people import changes
from partnership.people.actions.doubles import give_free_mailboxes
from partnership.people.models import User


@transaction.atomic
def change_address(*, person: User, to: str | None, now: dt.datetime) -> None:
    """Give the person this address, which the caller has checked to be nobody else's. Rooms above hear of it, and
    whoever waits for the old mailbox gets it.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    before, locked.email, locked.is_double = locked.email, to, False
    locked.save(update_fields=["email", "is_double"])
    person.email, person.is_double = locked.email, False
    # What was verified of another mailbox says nothing about this one.
    EmailAddress.objects.filter(user=locked).exclude(email=locked.email or "").delete()
    give_free_mailboxes()
    for tell in changes.of_address:
        tell(locked, before, now)
