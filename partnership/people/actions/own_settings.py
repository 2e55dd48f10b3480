"""Settings that people change for themselves, and staff for those who tell them.

`by_code` is where somebody was reached before a change in a log-in by a code on paper or by text message
(`moves.reach_of`): what they change of that then waits as what staff write down, and is told there.
"""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from partnership.fields.phone import e164
from partnership.people import changes
from partnership.people.actions import moves
from partnership.people.actions.locking import locked
from partnership.people.models import Medium, PersonStep, User
from partnership.refusals import Refused
from written.names import first_and_last


@transaction.atomic
def change_details(*, person: User, name: str, phone: str, is_by_code: bool = False, now: dt.datetime) -> list[str]:
    """Store a person's own name and telephone number; return which of them is new. Rooms above hear of it.

    Refused: by_code, a name in a log-in by code that is no correction of the one before, or the second in two weeks:
    the letters that tell at home of such changes would be for nobody who lives there.
    """
    before = locked(person)
    by_code = moves.reach_of(before, now) if is_by_code else None
    changed = [what for what, is_new in (("name", before.name != name), ("phone", before.phone != phone)) if is_new]
    if "name" in changed and by_code and not _is_correction(before, name, now):
        raise Refused("by_code", _("Only we can change the name as much as that. Call us, and we will do it."))
    if "name" in changed:
        set_name(person=before, name=name)
    if "phone" in changed:
        set_phone(person=before, phone=phone)
    tell_of_own_change(person=before, changed=changed, by_code=by_code, now=now)
    return changed


def _is_correction(person: User, name: str, now: dt.datetime) -> bool:
    """Return whether first or last name stays, and nobody has changed it by code in these weeks."""
    lately = PersonStep.objects.filter(person=person, at__gt=now - moves.NO_CODE_FOR)
    if lately.filter(changed__contains=["name", PersonStep.BY_CODE]).exists():
        return False
    return bool(set(first_and_last(person.name)) & set(first_and_last(name)))


def tell_of_own_change(
    *, person: User, changed: Sequence[str], by_code: moves.Reach | None = None, now: dt.datetime
) -> None:
    """Tell rooms above what a person has changed of their own details, in the transaction of the change."""
    if set(changed) - {"name"}:
        changes.reached_elsewhere(person, now)
    if {"name", "address"} & set(changed):
        moves.wait_with_letters(person, now)
    if changed:
        for tell in changes.of_details:
            tell(person, changed, now)
    if by_code or "email" in changed:
        _note(person, changed, by_code, now)


def _note(person: User, changed: Sequence[str], by_code: moves.Reach | None, now: dt.datetime) -> None:
    """Note what has changed of how somebody is reached: for as long as a mailbox can be put back, and a change in a
    log-in by code waits.
    """
    noted = [name for name in PersonStep.DETAILS if name in changed]
    if noted:
        mark = [PersonStep.BY_CODE] if by_code else []
        how = {"medium": Medium.WEB, "submission": uuid.uuid4()}
        PersonStep.objects.create(person=person, by=person, at=now, changed=[*noted, *mark], **how)
    if by_code and "phone" in changed:
        unproven = User.objects.filter(pk=person.pk).exclude(phone="").exclude(phone=F("verified_phone"))
        # As the database does; by our clock, by which the step knows it again.
        unproven.update(phone_changed_at=now)
    if by_code and changed:
        for tell in changes.of_reach_by_code:
            tell(person, by_code, changed, now)


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
