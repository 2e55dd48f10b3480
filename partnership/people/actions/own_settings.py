"""Settings that people change for themselves, and staff for those who tell them."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from partnership.fields.phone import e164
from partnership.people import changes
from partnership.people.actions import moves
from partnership.people.actions.locking import locked
from partnership.people.models import User


@transaction.atomic
def change_details(*, person: User, name: str, phone: str, now: dt.datetime) -> list[str]:
    """Store a person's own name and telephone number; return which of them is new. Rooms above hear of it."""
    before = locked(person)
    changed = [what for what, is_new in (("name", before.name != name), ("phone", before.phone != phone)) if is_new]
    if "name" in changed:
        set_name(person=before, name=name)
    if "phone" in changed:
        set_phone(person=before, phone=phone)
    tell_of_own_change(person=before, changed=changed, now=now)
    return changed


def tell_of_own_change(*, person: User, changed: Sequence[str], now: dt.datetime) -> None:
    """Tell rooms above what a person has changed of their own details, in the transaction of the change."""
    if set(changed) - {"name"}:
        changes.reached_elsewhere(person, now)
    if {"name", "address"} & set(changed):
        moves.wait_with_letters(person, now)
    if changed:
        for tell in changes.of_details:
            tell(person, changed, now)


def set_name(*, person: User, name: str) -> None:
    """Change the name of a person. Waiting messages have the new one too, since they are rendered when sent."""
    User.objects.filter(pk=person.pk).update(name=name)


def set_phone(*, person: User, phone: str) -> None:
    """Change a person's telephone number. The same number in another spelling stays verified; texts go to another one
    only when its owner has verified it.
    """
    country = person.partnership.country if person.partnership else ""
    is_same = person.phone_is_verified and e164(person.phone, country) == e164(phone, country)
    User.objects.filter(pk=person.pk).update(phone=phone, verified_phone=phone if is_same else "")


def set_language(*, person: User, language: str) -> None:
    """Change the language that a person is written to in. It holds for waiting messages too, which are rendered when
    sent.
    """
    User.objects.filter(pk=person.pk).update(language=language)
