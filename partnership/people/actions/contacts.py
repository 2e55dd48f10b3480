"""Noting a contact with a person, and taking a mistaken note back."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.people.access import has_role
from partnership.people.actions.locking import locked
from partnership.people.models import ContactNote, Role, User
from partnership.places.models import Partnership
from partnership.refusals import Refused

UNDO = dt.timedelta(days=1)


@transaction.atomic
def note_contact(
    *, person: User, here: Partnership, code: str, line: str, submission: uuid.UUID, by: User, now: dt.datetime
) -> ContactNote:
    """Write down a contact with somebody of this partnership. Refused for all except its staff: not_allowed."""
    if not has_role(by, here, *Role.STAFF) or person.partnership_id != here.pk:
        raise Refused("not_allowed", _("Only the coordinators and administrators can do this."))
    locked(person)
    noted = {"partnership": here, "by": by, "at": now, "code": code, "line": line}
    note, _is_new = ContactNote.objects.get_or_create(person=person, submission=submission, defaults=noted)
    return note


@transaction.atomic
def take_note_back(*, note: ContactNote, by: User, now: dt.datetime) -> None:
    """Delete a note that was written by mistake. Refused: not_yours, and too_late after a day."""
    if note.by_id != by.pk or not has_role(by, note.partnership, *Role.STAFF):
        raise Refused("not_yours", _("Only who wrote the note can delete it."))
    if not may_take_back(by, note, now):
        raise Refused("too_late", _("A note can be deleted for one day. After a year it is deleted by itself."))
    note.delete()


def may_take_back(user: User, note: ContactNote, now: dt.datetime) -> bool:
    """Return whether the note is the user's own, and not older than a day."""
    return note.by_id == user.pk and now - note.at < UNDO
