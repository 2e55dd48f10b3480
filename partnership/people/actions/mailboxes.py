"""Changing a person's mailbox, and verifying it."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.db import transaction

from partnership.people import changes
from partnership.people.actions.duplicates import give_free_mailboxes
from partnership.people.actions.own_settings import set_name
from partnership.people.mailboxes import is_verified
from partnership.people.models import User


@transaction.atomic
def change_mailbox(*, person: User, to: str | None, now: dt.datetime, verified: bool = False) -> None:
    """Give the person this mailbox, which the caller has checked to be nobody else's. Rooms above hear of it, and
    whoever waits for the old mailbox gets it. `verified` if they have typed a code that was sent there.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    before, locked.email, locked.is_duplicate = locked.email, to, False
    locked.save(update_fields=["email", "is_duplicate"])
    person.email, person.is_duplicate = locked.email, False
    # What was verified of another mailbox says nothing about this one.
    EmailAddress.objects.filter(user=locked).exclude(email=locked.email or "").delete()
    if to:
        # Until its owner has typed a code.
        noted = {"primary": True, "verified": verified}
        EmailAddress.objects.get_or_create(user=locked, email=to, defaults=noted)
    give_free_mailboxes()
    for tell in changes.of_mailbox:
        tell(locked, before, now)


def keep_typed_mailbox(person: User) -> None:
    """Staff have typed the person's mailbox: until its owner has used a code or a link that was sent there, it counts
    for nothing, and gets nothing except what asks for that. Not if it was verified before.
    """
    if person.email:
        EmailAddress.objects.get_or_create(
            user=person, email=person.email, defaults={"primary": True, "verified": is_verified(person)}
        )


def verify_mailbox(person: User, name: str = "") -> None:
    """The person has used a link that was sent to their mailbox, which verifies it. With the first such link
    counts the `name` on the form that it confirms: a stranger may have typed another in a form of their own.
    """
    if name and name != person.name and not is_verified(person):
        set_name(person=person, name=name)
        person.name = name
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
