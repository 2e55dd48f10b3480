"""Name and address protection: who has it is hidden from everybody except coordinators and administrators."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.people import changes, rules
from partnership.people.actions.locking import locked
from partnership.people.models import User
from partnership.refusals import Refused


@transaction.atomic
def protect(*, person: User, by: User, now: dt.datetime) -> bool:
    """Hide the person from now on; return False if they were hidden already. Refused: not_allowed."""
    if not rules.may_protect(by, person):
        raise Refused("not_allowed", _("Only this person and the coordinators can do this."))
    return _set(person, True, by, now)


@transaction.atomic
def end_protection(*, person: User, by: User, is_by_code: bool = False, now: dt.datetime) -> bool:
    """Hide the person no longer; return False if they were not hidden. Refused (not_allowed) for all except the person
    and the administrators, and (by_code) for whoever came by a code on paper or by text message: a letter box is not
    enough to show somebody to those whom they hide from.
    """
    if is_by_code:
        raise Refused("by_code", _("After a code by letter or text message only we can end the protection. Call us."))
    if not rules.may_end_protection(by, person):
        raise Refused("not_allowed", _("Only this person and the administrators can end it."))
    return _set(person, False, by, now)


def take_protection(person: User, is_ticked: bool, now: dt.datetime) -> None:
    """Hide somebody who asked for it in the form that made or renewed what we know of them. It never ends there: an
    empty box says nothing.
    """
    if is_ticked:
        User.objects.filter(pk=person.pk).update(is_protected=True)
        person.is_protected = True
        changes.hidden(person, now)


def _set(person: User, is_protected: bool, by: User, now: dt.datetime) -> bool:
    stored = locked(person)
    person.is_protected = is_protected
    if stored.is_protected == is_protected:
        return False
    User.objects.filter(pk=person.pk).update(is_protected=is_protected)
    tell_all = changes.hidden if is_protected else changes.reached_elsewhere
    tell_all(person, now)
    for tell in changes.of_protection:
        tell(person, by, now)
    return True
