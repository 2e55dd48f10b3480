"""Correcting what we know of a helper: helpers their own address, and staff all for those who tell them."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
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
from partnership.people.actions.locking import locked, still_there
from partnership.people.actions.mailboxes import give_typed_mailbox
from partnership.people.actions.moves import MENDED, Reach, reach_of
from partnership.people.actions.own_settings import set_name, set_phone, tell_of_own_change
from partnership.people.mailboxes import has_verified_mailbox
from partnership.people.models import Role, User
from partnership.people.own.held_back import about_mailbox
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
def correct_own_address(
    *, helper: Helper, address: Address, by: User, is_by_code: bool = False, now: dt.datetime
) -> bool:
    """Move a helper who says so to another home; return False if they live there already. After a code on paper or by
    text message the home before is told. Refused: not_allowed.

    Somebody of the same name may live there: to say so would tell who lives where. Staff see both as duplicates.
    """
    person, helper = _locked(helper)
    if by.pk != person.pk or not helper.is_confirmed:
        raise Refused("not_allowed", _("Only this person and the coordinators can change the address."))
    if helper.household and helper.household.address_id == address.pk:
        return False
    by_code = reach_of(person, now) if is_by_code else None
    before = _move_home(helper, address)
    tell_of_own_change(person=person, changed=["address"], by_code=by_code, now=now)
    # After the letter there, which needs the address.
    delete_empty_homes(before)
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

    Refused: not_allowed, already_helper at the address, mailbox_taken by another person, email_elsewhere if that is of
    another partnership, no_reason for another mailbox, or as `set_channel`.
    """
    person, helper = _locked(helper)
    if not rules.may_correct(by, helper):
        raise Refused("not_allowed", _("Only the administrators can correct somebody who has a role here."))
    made = corrected_by_form(helper, by, submission)
    if made:
        return list(made.changed or {})
    before, reached = person.chosen_channel, reach_of(person, now)
    changed = [name for name, is_new in _differences(person, helper, details).items() if is_new]
    if "email" in changed:
        _check_mailbox(person, helper, details, by)
    was_reached_at = person.email
    left = _store(person, helper, details, changed, now)
    changed += _store_channel(person, helper, details, before, now)
    _tell_of_reach(person, reached, changed, now)
    # After the letter there, which needs the address.
    delete_empty_homes(left)
    if changed:
        why = details.why if "email" in changed else ""
        noted = [*changed, *_beside(person, changed, reached)]
        step = record_correction(helper, noted, by=by, medium=medium, why=why, submission=submission, now=now)
        if "email" in changed and (was_reached_at or person.is_protected or has_verified_mailbox(person)):
            _tell_administrators(helper, person, step, now)
        person.refresh_from_db()
        use_new_channel(person=person, now=now)
    return changed


def _store_channel(person: User, helper: Helper, details: Details, before: str, now: dt.datetime) -> list[str]:
    """Store by which channel the helper is reached, and whether they were one before; return which of both is new."""
    changed = []
    if details.channel in (User.Channel.MAIL, User.Channel.LETTER) and {details.channel} != {before, person.reached_by}:
        # Also to keep the channel, where a first mailbox would change it.
        set_channel(person=person, channel=details.channel, phone=person.phone, language=person.language, now=now)
    if details.channel not in ("", before):
        changed.append("channel")
    if details.was_helper not in (None, helper.was_helper):
        Helper.objects.filter(pk=helper.pk).update(was_helper=details.was_helper)
        changed.append("was_helper")
    return changed


def _beside(person: User, changed: Sequence[str], reached: Reach) -> Iterator[str]:
    """Yield what a step says of how the helper was reached before."""
    if "email" in changed and not (reached.has_mailbox or person.last_login):
        yield HelperStep.UNVERIFIED_MAILBOX
    if "address" in changed and reached.is_untold:
        yield MENDED


def _tell_of_reach(person: User, reached: Reach, changed: Sequence[str], now: dt.datetime) -> None:
    if "address" in changed:
        changes.moved_by_staff(person, reached.home, now, is_mended=reached.is_untold)
    elif set(changed) - {"name", "was_helper"}:
        changes.reached_elsewhere(person, now)
    changes.written_by_staff(person, reached, changed, now)


def _check_mailbox(person: User, helper: Helper, details: Details, by: User) -> None:
    if not rules.may_correct_mailbox(by, helper):
        raise Refused(
            "not_allowed",
            _("Only the administrators can correct the email address of a chair, a deputy or a speaker."),
        )
    if person.email and not details.why:
        raise Refused("no_reason", _("Enter why the email address is another one."))


def _store(person: User, helper: Helper, details: Details, changed: Sequence[str], now: dt.datetime) -> list[int]:
    """Store what is changed, and return the household that they have left, if any."""
    left = []
    if "name" in changed:
        set_name(person=person, name=details.name)
    if "address" in changed:
        _refuse_another_of_this_name(helper, details.address, details.name)
        left = _move_home(helper, details.address)
    if "phone" in changed:
        set_phone(person=person, phone=details.phone)
    if "email" in changed:
        give_typed_mailbox(person, details.email, now)
    person.refresh_from_db()
    return left


def corrected_by_form(helper: Helper, by: User, submission: uuid.UUID | None) -> HelperStep | None:
    """Return the correction that a form has made before, as by a double click."""
    return helper.steps.filter(by=by, submission=submission).first() if submission else None


def _locked(helper: Helper) -> tuple[User, Helper]:
    person = locked(helper.person_id)
    rows = Helper.objects.select_for_update(of=("self",)).select_related("partnership", "person", "household__address")
    return person, still_there(rows, helper.pk)


def _differences(person: User, helper: Helper, details: Details) -> dict[str, bool]:
    home = helper.household.address_id if helper.household else None
    return {
        "name": person.name != details.name,
        "address": home != details.address.pk,
        "phone": person.phone != details.phone,
        "email": (person.email or "") != canonical(details.email),
    }


def _refuse_another_of_this_name(helper: Helper, address: Address, name: str) -> None:
    there = Helper.objects.confirmed().filter(household__address=address.pk).exclude(pk=helper.pk)
    if address.pk and there.filter(person__name__iexact=name).exists():
        raise Refused("already_helper", _("Someone of this name at this address is a neighbour helper already."))


def _move_home(helper: Helper, address: Address) -> list[int]:
    """Move to another household, and return the one before, if any."""
    before, household = helper.household, household_at(address)
    helper.household = household
    helper.save(update_fields=["household"])
    # An older address for letters would come back when they leave, and others may live there.
    move_postal_address(helper.person, address)
    return [before.pk] if before else []


def _tell_administrators(helper: Helper, person: User, step: HelperStep, now: dt.datetime) -> None:
    """Tell those who did not do it: who can change a mailbox can log in as its owner."""
    administrators = User.objects.holding(Role.Kind.ADMINISTRATOR, partnership=helper.partnership)
    for reader in administrators.exclude(pk__in=[step.by_id, person.pk]):
        post(
            kind="neighbours.mailbox_corrected",
            partnership=helper.partnership,
            to=reader,
            about={"step": step.pk, "by": step.by_id, **about_mailbox(person)},
            key=f"neighbours.helper.{helper.pk}.corrected.{step.pk}.{reader.pk}",
            now=now,
        )
