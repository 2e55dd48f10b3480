"""Erasing a person completely. Rows that refer to the person are deleted with them. Rooms add functions here for
data about a person without a foreign key to them (an e-mail address in a message, an empty household).
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.db.models.deletion import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from partnership.people.actions.doubles import give_free_mailboxes
from partnership.people.actions.organisations import forget_chair
from partnership.people.models import Role, User
from partnership.refusals import Refused
from partnership.registers import Register

# Called with the person and the time, before the person's row is deleted.
Deletion = Callable[[User, dt.datetime], None]
deletions: Register[Deletion] = Register("deletions with a person")


@dataclass(frozen=True)
class Consequence:
    """What erasing a person means for others, said to that person. One that `prevents` must be settled first."""

    sentence: str
    prevents: bool = False


consequences: Register[Callable[[User, dt.datetime], Iterable[Consequence]]] = Register("consequences of erasing")


def consequences_of(person: User, now: dt.datetime) -> list[Consequence]:
    return [one for find in consequences for one in find(person, now)]


def may_erase(by: User, person: User) -> bool:
    """Everyone may erase themselves; so may administrators of their partnership and of the platform. Coordinators may
    erase somebody without an email address and without a role, who can only ask by telephone or on paper.
    """
    if by.pk == person.pk or by.is_superuser:
        return True
    asks_by_telephone = not (person.email or person.is_superuser or person.roles.exists())
    kinds = Role.STAFF if asks_by_telephone else (Role.Kind.ADMINISTRATOR,)
    return by.is_active and by.roles.filter(partnership=person.partnership_id, kind__in=kinds).exists()


@transaction.atomic
def erase(*, person: User, by: User, now: dt.datetime, told: str = "") -> None:
    """Delete a person and every trace of them; their waiting messages are not sent. If staff were `told` to do it, the
    administration's log says by whom it was done and how they were told, but not whom it was about.

    Raise Refused: not_yours, platform (somebody must be able to administer the portal), or still_needed if another
    person's case depends on them, such as a talk that they are to give.
    """
    if not may_erase(by, person):
        raise Refused("not_yours", _("Only you yourself and the administrators can delete this person."))
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_superuser:
        raise Refused("platform", _("An administrator of the whole platform cannot be deleted here."))
    for delete in deletions:
        delete(person, now)
    forget_chair(person)
    _forget_log(person)
    EmailAddress.objects.filter(Q(user=person) | Q(email__iexact=person.email or "-")).delete()
    try:
        person.delete()
    except (ProtectedError, RestrictedError) as needed:
        raise Refused(
            "still_needed",
            _("Others still count on this person, for example for a talk. Call us, and we will sort it out."),
        ) from needed
    if told:
        about_people, flag = ContentType.objects.get_for_model(User), DELETION
        LogEntry.objects.create(
            user=by, content_type=about_people, object_repr="–", action_flag=flag, change_message=told
        )
    give_free_mailboxes()


def _forget_log(person: User) -> None:
    """Delete the administration's log entries about the person, and take the name and mailbox out of all others.

    Those stay: whoever calls themselves as something that was changed must not delete the record of it.
    """
    LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk)).delete()
    for text in filter(None, (person.name, person.email)):
        escaped = json.dumps(text)[1:-1]
        for entry in LogEntry.objects.filter(Q(object_repr__icontains=text) | Q(change_message__icontains=escaped)):
            entry.object_repr = _without(text, entry.object_repr)
            entry.change_message = _without(escaped, entry.change_message)
            entry.save(update_fields=["object_repr", "change_message"])


def _without(name: str, text: str) -> str:
    """Return a text with a dash for the name where it stands as a word, also in the genitive."""
    return re.sub(rf"(?<!\w){re.escape(name)}s?(?!\w)", "–", text, flags=re.IGNORECASE)
