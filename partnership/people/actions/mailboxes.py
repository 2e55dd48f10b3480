"""Changing a person's mailbox, and verifying it."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from partnership.people import changes
from partnership.people.actions.duplicates import give_free_mailboxes
from partnership.people.actions.own_settings import set_name
from partnership.people.mailboxes import is_verified
from partnership.people.models import User
from partnership.refusals import Refused
from written.mailboxes import canonical


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
    changes.reached_elsewhere(locked, now)
    for tell in changes.of_mailbox:
        tell(locked, before, now)


def give_typed_mailbox(person: User, email: str, now: dt.datetime) -> None:
    """Give the person the mailbox that staff have typed; none if it is empty. Both addresses hear of it. Nobody is
    logged in by the new one before its owner has typed a code sent there. Refused: mailbox_taken by another person.
    """
    wanted = canonical(email) or None
    if wanted and User.objects.filter(email=wanted).exclude(pk=person.pk).exists():
        raise _mailbox_taken()
    try:
        with transaction.atomic():
            change_mailbox(person=person, to=wanted, now=now)
    except IntegrityError as refused:
        if not isinstance(refused.__cause__, UniqueViolation):
            raise
        raise _mailbox_taken() from refused  # taken since a moment ago


def _mailbox_taken() -> Refused:
    return Refused("mailbox_taken", _("Another person has this email address. Nothing was saved."))


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


def give_number(person: User, phone: str) -> None:
    """Store a telephone number, but in place of none that gets, or waits for, our texts."""
    if User.objects.filter(pk=person.pk).exclude(channel=User.Channel.SMS).update(phone=phone):
        person.phone = phone
