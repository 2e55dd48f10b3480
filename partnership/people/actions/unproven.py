"""A mailbox or a number that came with a code on paper or by text message, and that nobody has proven to be theirs: it
ends when staff write another home, or when the person is hidden. Whoever took a letter from them must not read of that.
"""

import datetime as dt
import uuid

from partnership.people import changes
from partnership.people.actions.mailboxes import change_mailbox, mailbox_to_put_back
from partnership.people.actions.moves import NO_CODE_FOR
from partnership.people.actions.own_settings import set_phone
from partnership.people.models import Medium, PersonStep, User
from partnership.places.models import Address


def delete_unproven(person: User, now: dt.datetime) -> list[str]:
    """Delete what came with a code and waits to be proven; return which of "phone" and "email" it was."""
    stored, ended = User.objects.get(pk=person.pk), []
    has_number = bool(stored.phone) and not stored.phone_is_verified
    if has_number and _came_by_code(person, "phone", stored.phone_changed_at):
        set_phone(person=person, phone="")
        person.phone = person.verified_phone = ""
        ended.append("phone")
    if has_mailbox_by_code(stored):
        change_mailbox(person=person, to=None, now=now, mailbox_before=mailbox_to_put_back(stored, now))
        ended.append("email")
    if ended:
        PersonStep.objects.create(
            person=person, at=now, changed=[*ended, PersonStep.UNPROVEN], medium=Medium.WEB, submission=uuid.uuid4()
        )
        for tell in changes.of_unproven:
            tell(person, ended, now)
    return ended


def has_mailbox_by_code(person: User) -> bool:
    """Return whether the person's mailbox came with a code, and nobody has logged in with it yet."""
    opens_at = person.mailbox_opens_at
    if not person.email or opens_at is None:
        return False
    return _came_by_code(person, "email", opens_at - NO_CODE_FOR)


def delete_unproven_of_moved(person: User, _before: Address | None, now: dt.datetime) -> None:
    """`delete_unproven` of somebody for whom staff have written another home."""
    delete_unproven(person, now)


def delete_unproven_of_hidden(person: User, now: dt.datetime) -> None:
    """`delete_unproven` of somebody whose name and address are protected from now on."""
    delete_unproven(person, now)


def ended_unproven(person: User, now: dt.datetime) -> list[str]:
    """Return which details a change at this time has ended, in words."""
    step = PersonStep.objects.filter(person=person, at=now, changed__contains=[PersonStep.UNPROVEN]).first()
    return step.corrected if step else []


def _came_by_code(person: User, detail: str, at: dt.datetime | None) -> bool:
    """Return whether the person changed this detail at exactly that time in a log-in by code."""
    if at is None:
        return False
    return PersonStep.objects.filter(person=person, at=at, changed__contains=[detail, PersonStep.BY_CODE]).exists()
