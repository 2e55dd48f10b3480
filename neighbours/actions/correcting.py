"""Correcting what we know of a helper: helpers their own address, and staff all for those who tell them."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from neighbours import rules
from neighbours.actions.homes import delete_empty_homes, household_at
from neighbours.actions.steps import record_correction
from neighbours.models import Helper, HelperStep
from partnership.outbox.post import post, set_channel, use_new_channel
from partnership.people import changes
from partnership.people.actions.details import move_postal_address
from partnership.people.actions.mailboxes import give_typed_mailbox
from partnership.people.actions.own_settings import set_name, set_phone, tell_of_own_change
from partnership.people.mailboxes import is_verified
from partnership.people.models import Role, User
from partnership.places.models import Address
from partnership.refusals import Refused
from written.mailboxes import canonical


@dataclass(frozen=True, kw_only=True)
class Details:
    """What is known of a helper."""

    name: str
    email: str
    phone: str
    address: Address
    # As before, if it is empty.
    channel: str = ""
    # As before, if it is None.
    was_helper: bool | None = None
    # Why another mailbox is right, where there was one.
    why: str = ""


@transaction.atomic
def correct_own_address(*, helper: Helper, address: Address, by: User, now: dt.datetime) -> bool:
    """Move a helper who says so to another home; return False if they live there already. Refused: not_allowed, or
    already_helper at the address.
    """
    person, helper = _locked(helper)
    if by.pk != person.pk or not helper.is_confirmed:
        raise Refused("not_allowed", _("Only this person and the coordinators can change the address."))
    if helper.household and helper.household.address_id == address.pk:
        return False
    _move_home(helper, address, person.name)
    tell_of_own_change(person=person, changed=["address"], now=now)
    use_new_channel(person=person, now=now)
    return True


def record_own_change(person: User, changed: Sequence[str], now: dt.datetime) -> None:
    """Record which of their own details a helper has changed, as a step like those of staff."""
    row = Helper.objects.filter(person=person).exclude(state=Helper.State.LEFT).first()
    if row:
        record_correction(_locked(row)[1], changed, by=person, now=now)


@transaction.atomic
def correct(
    *,
    helper: Helper,
    details: Details,
    by: User,
    medium: str = "",
    submission: uuid.UUID | None = None,
    now: dt.datetime,
) -> list[str]:
    """Store what is right, as a step that says how staff were told, and return which of the details were changed.
    Waiting messages use the channel that counts then. The same `submission` again changes nothing and returns the same.

    Refused: not_allowed, already_helper at the address, mailbox_taken by another person, no_reason for another
    mailbox, or as `set_channel`.
    """
    person, helper = _locked(helper)
    if not rules.may_correct(by, helper):
        raise Refused("not_allowed", _("Only the administrators can correct somebody who has a role here."))
    made = corrected_by_form(helper, by, submission)
    if made:
        return list(made.changed or {})
    before = person.reached_by
    changed = [name for name, is_new in _differences(person, helper, details).items() if is_new]
    if "email" in changed:
        _check_mailbox(person, helper, details, by)
    home = helper.household.address if helper.household else None
    was_reached_at, was_verified = person.email, bool(person.email) and is_verified(person)
    _store(person, helper, details, changed, now)
    if details.channel in (User.Channel.MAIL, User.Channel.LETTER) and {details.channel} != {before, person.reached_by}:
        # Also to keep the channel, where a first mailbox would change it.
        set_channel(person=person, channel=details.channel, phone=person.phone, language=person.language, now=now)
    if details.channel not in ("", before):
        changed.append("channel")
    if details.was_helper not in (None, helper.was_helper):
        Helper.objects.filter(pk=helper.pk).update(was_helper=details.was_helper)
        changed.append("was_helper")
    _tell_of_reach(person, home, changed, now)
    if changed:
        why = details.why if "email" in changed else ""
        unverified = [HelperStep.UNVERIFIED_MAILBOX] if "email" in changed and not was_verified else []
        step = record_correction(
            helper, [*changed, *unverified], by=by, medium=medium, why=why, submission=submission, now=now
        )
        if "email" in changed and was_reached_at:
            _tell_administrators(helper, step, now)
        person.refresh_from_db()
        use_new_channel(person=person, now=now)
    return changed


def _tell_of_reach(person: User, home: Address | None, changed: Sequence[str], now: dt.datetime) -> None:
    if "address" in changed:
        changes.moved_by_staff(person, home, now)
    elif set(changed) - {"name", "was_helper"}:
        changes.reached_elsewhere(person, now)


def _check_mailbox(person: User, helper: Helper, details: Details, by: User) -> None:
    if not rules.may_correct_mailbox(by, helper):
        raise Refused(
            "not_allowed",
            _("Only the administrators can correct the email address of a chair, a deputy or a speaker."),
        )
    if person.email and not details.why:
        raise Refused("no_reason", _("Enter why the email address is another one."))


def _store(person: User, helper: Helper, details: Details, changed: Sequence[str], now: dt.datetime) -> None:
    if "name" in changed:
        set_name(person=person, name=details.name)
    if "address" in changed:
        _move_home(helper, details.address, details.name)
    if "phone" in changed:
        set_phone(person=person, phone=details.phone)
    if "email" in changed:
        give_typed_mailbox(person, details.email, now)
    person.refresh_from_db()


def corrected_by_form(helper: Helper, by: User, submission: uuid.UUID | None) -> HelperStep | None:
    """Return the correction that a form has made before, as by a double click."""
    return helper.steps.filter(by=by, submission=submission).first() if submission else None


def _locked(helper: Helper) -> tuple[User, Helper]:
    person = User.objects.select_for_update(no_key=True, of=("self",)).select_related("partnership")
    found = person.get(pk=helper.person_id)
    rows = Helper.objects.select_for_update(of=("self",)).select_related("partnership", "person", "household__address")
    return found, rows.get(pk=helper.pk)


def _differences(person: User, helper: Helper, details: Details) -> dict[str, bool]:
    home = helper.household.address_id if helper.household else None
    return {
        "name": person.name != details.name,
        "address": home != details.address.pk,
        "phone": person.phone != details.phone,
        "email": (person.email or "") != canonical(details.email),
    }


def _move_home(helper: Helper, address: Address, name: str) -> None:
    """Move to another household; the one before goes if nobody else in it is a helper."""
    before, household = helper.household, household_at(address)
    others = Helper.objects.confirmed().filter(household=household).exclude(pk=helper.pk)
    if others.filter(person__name__iexact=name).exists():
        raise Refused("already_helper", _("Someone of this name at this address is a neighbour helper already."))
    helper.household = household
    helper.save(update_fields=["household"])
    # An older address for letters would come back when they leave, and others may live there.
    move_postal_address(helper.person, address)
    if before:
        delete_empty_homes([before.pk])


def _tell_administrators(helper: Helper, step: HelperStep, now: dt.datetime) -> None:
    """Tell those who did not do it: who can change a mailbox can log in as its owner."""
    administrators = User.objects.holding(Role.Kind.ADMINISTRATOR, partnership=helper.partnership)
    for reader in administrators.exclude(pk__in=[step.by_id, helper.person_id]):
        post(
            kind="neighbours.mailbox_corrected",
            partnership=helper.partnership,
            to=reader,
            about={"step": step.pk, "by": step.by_id},
            key=f"neighbours.helper.{helper.pk}.corrected.{step.pk}.{reader.pk}",
            now=now,
        )
