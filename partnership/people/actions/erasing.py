"""Erasing a person completely. Rows that refer to the person are deleted with them. Rooms add functions here for
data about a person without a foreign key to them (an email address in a message, an empty household).
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CASCADE, PROTECT, Q, QuerySet, TextField
from django.db.models.deletion import ProtectedError, RestrictedError
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from partnership.database_roles import as_erasing_role
from partnership.people import changes
from partnership.people.actions.duplicates import give_free_mailboxes
from partnership.people.actions.organisations import forget_chair
from partnership.people.actions.roles import administered_alone, last_administrator
from partnership.people.models import Medium, Organisation, User
from partnership.people.rules import has_more_than_paper, may_erase, may_erase_for
from partnership.refusals import Refused
from partnership.registers import Register

# Called with the person and the time, before the person's row is deleted.
Deletion = Callable[[User, dt.datetime], None]
deletions: Register[Deletion] = Register("deletions with a person")
# Called with the person before their row is locked, to lock what actions of the room lock before a person: who locks
# the other way round and an action at the same moment would wait for each other.
locked_before: Register[Callable[[User], None]] = Register("rows that are locked before a person")


@dataclass(frozen=True)
class Consequence:
    """What erasing a person means for others, said to that person, and `to_staff` who do it for them. One that
    `prevents` must be arranged first.
    """

    sentence: str
    to_staff: str
    prevents: bool = False


consequences: Register[Callable[[User, dt.datetime], Iterable[Consequence]]] = Register("consequences of erasing")


def consequences_of(person: User, now: dt.datetime) -> list[Consequence]:
    """Return what else erasing the person ends, or why it must wait, as every room says it."""
    return [consequence for find in consequences for consequence in find(person, now)]


@transaction.atomic
def consequence_for_administration(person: User, now: dt.datetime) -> list[Consequence]:
    """Return that the portal would be without an administrator, where only this person administers it."""
    # A list and not a generator, which would run after the transaction that the look-up needs.
    sentence = last_administrator().message
    return [Consequence(sentence, sentence, prevents=True)] if administered_alone(person) else []


def who_may_erase(person: User) -> str:
    """Return who may delete a person, for somebody who may not."""
    if has_more_than_paper(person):
        return _("Only the person and the administrators can delete this person.")
    return _("Only the person, the coordinators and the administrators can delete this person.")


@as_erasing_role()
def erase(*, person: User, by: User, now: dt.datetime, medium: str = "") -> None:
    """Delete a person and every trace of them; their waiting messages are not sent. If somebody else does it, the
    administration's log says who and by which `medium` they were told to, but not whom it was about. Nothing is left to
    do where another press has just done it.

    Raise Refused: not_yours, platform or last_administrator (somebody must be able to administer the portal), or
    still_needed if another person's case depends on them, such as a talk that they are to give.
    """
    alone = administered_alone(person)
    found = _locked(person)
    if found is None:
        return
    person = found
    # Asked once the row is locked: they may have got a mailbox or a role since it was read.
    if not may_erase(by, person):
        raise Refused("not_yours", who_may_erase(person))
    if person.is_superuser:
        raise Refused("platform", _("An administrator of the whole platform cannot be deleted here."))
    if alone:
        raise last_administrator()
    is_by_another = by.pk != person.pk
    for tell in changes.of_erasing:
        tell(person, by, now)
    _empty_log(person)
    for delete in deletions:
        delete(person, now)
    forget_chair(person)
    EmailAddress.objects.filter(Q(user=person) | Q(email__iexact=person.email or "-")).delete()
    try:
        person.delete()
    except (ProtectedError, RestrictedError) as needed:
        raise Refused("still_needed", _who_still_counts_on_them(is_by_another)) from needed
    if is_by_another:
        about_people, flag = ContentType.objects.get_for_model(User), DELETION
        LogEntry.objects.create(
            user=by, content_type=about_people, object_repr="–", action_flag=flag, change_message=medium
        )
    give_free_mailboxes()


@transaction.atomic
def erase_for(*, person: User, by: User, medium: str, now: dt.datetime) -> None:
    """Delete everything about somebody without a mailbox who has told staff to. Refused: not_yours, or as `erase`."""
    # The locks of `erase`, in its order. Asked once the row is locked: they may have got a mailbox since it was read.
    administered_alone(person)
    found = _locked(person)
    if found is not None and not may_erase_for(by, found):
        raise Refused("not_yours", who_may_erase(found))
    erase(person=person, by=by, medium=str(Medium(medium).label), now=now)


def _locked(person: User) -> User | None:
    """Return the person, locked after what actions lock before them; None if they are erased since they were read."""
    for lock_rows in locked_before:
        lock_rows(person)
    organisations = Organisation.objects.filter(contacts__person=person).values("pk")
    rows = Organisation.objects.filter(pk__in=organisations).select_for_update(no_key=True).order_by("pk")
    list(rows.values_list("pk"))
    return User.objects.select_for_update().filter(pk=person.pk).first()


def _who_still_counts_on_them(is_by_another: bool) -> str:
    if is_by_another:
        return _("Others still count on this person, for example for a talk. Arrange that first.")
    return _("Others still count on you, for example for a talk. Call us, and we will sort it out.")


def _empty_log(person: User) -> None:
    """Take the person out of the administration's log. The entries stay, for what administrators did is not theirs to
    delete. They are found by their objects: anybody may call themselves as something that others' entries say.
    """
    LogEntry.objects.filter(user=person).update(user=None)
    for rows in _rows_of(User.objects.filter(pk=person.pk)):
        ids = rows.annotate(written=Cast("pk", TextField())).values("written")
        about = ContentType.objects.get_for_model(rows.model)
        for entry in LogEntry.objects.filter(content_type=about, object_id__in=ids):
            entry.object_repr, entry.change_message = "–", _without_objects(entry.change_message)
            entry.save(update_fields=["object_repr", "change_message"])


def _rows_of(rows: QuerySet) -> Iterator[QuerySet]:
    """Yield these rows, those that cannot be without them, and the organisations whose contacts are among them."""
    yield rows
    for relation in rows.model._meta.related_objects:
        if relation.on_delete in (CASCADE, PROTECT):
            yield from _rows_of(relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": rows}))
    if rows.model is User:
        yield Organisation.objects.filter(contacts__person__in=rows)


def _without_objects(said: str) -> str:
    """Return what an entry says was changed, without the names of the rows; Django writes it as JSON."""
    if not said.startswith("["):
        return ""
    parts = json.loads(said)
    for what in (what for part in parts for what in part.values()):
        what.update({"object": "–"} if "object" in what else {})
    return json.dumps(parts)
