"""Staff write down somebody who calls and is not known, and correct what is known of a person."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.fields.phone import e164
from partnership.people import changes, rules
from partnership.people.actions.inviting import locked_known_or_new
from partnership.people.actions.locking import locked
from partnership.people.actions.mailboxes import elsewhere, give_typed_mailbox, keep_typed_mailbox
from partnership.people.actions.moves import MENDED, Reach, reach_of
from partnership.people.actions.own_settings import set_name, set_phone
from partnership.people.actions.protecting import take_protection
from partnership.people.actions.recognising import alike, known_without_mailbox, with_telephone
from partnership.people.models import PersonStep, PostalAddress, User
from partnership.places.actions.typed_addresses import delete_unused, stored
from partnership.places.models import Address, Partnership
from partnership.refusals import Refused
from written.mailboxes import canonical


@dataclass(frozen=True, kw_only=True)
class Details:
    """What is known of a person. Without a mailbox, letters go to the address; None if there is none."""

    name: str
    email: str
    phone: str
    address: Address | None = None
    # Why another mailbox is right, where there was one.
    why: str = ""


@transaction.atomic
def write_down(
    *,
    here: Partnership,
    details: Details,
    language: str,
    is_protected: bool,
    medium: str,
    submission: uuid.UUID,
    by: User,
    now: dt.datetime,
    is_another: bool = False,
) -> User:
    """Make a person of somebody whom staff do not know. The mailbox counts for nothing before its owner has used a link
    or a code that was sent there.

    The same `submission` again returns the same person. Refused: not_allowed, no_way to write to them, known already
    by the mailbox or by name and telephone, email_elsewhere; alike: somebody may be this person, or has this telephone
    number, unless staff have said that it `is_another` one, which is not enough where somebody protected is alike.
    """
    if not rules.may_see_protected(by, here) or by.partnership_id != here.pk:
        raise Refused("not_allowed", _("Only the coordinators and administrators can do this."))
    locked(by)  # one caller at a time from one desk
    before = PersonStep.objects.filter(by=by, submission=submission, person__partnership=here).first()
    if before:
        return before.person
    if not details.email and details.address is None:
        raise Refused("no_way", _("Enter an email address, or an address for letters. We write to confirm things."))
    may_be = alike(here, name=details.name, email=details.email, phone=details.phone, address=details.address)
    person = _new_person(here, details, language)
    _refuse_alike(may_be, with_telephone(here, details.phone), but=person, is_another=is_another)
    take_protection(person, is_protected, now)
    if details.address:
        set_postal_address(person, details.address)
    keep_typed_mailbox(person)
    _note(person, [PersonStep.WRITTEN_DOWN], by=by, medium=medium, submission=submission, now=now)
    return person


@transaction.atomic
def correct(
    *, person: User, details: Details, medium: str, submission: uuid.UUID, by: User, now: dt.datetime
) -> list[str]:
    """Store what is right, as a step that says how staff were told; return which of the details were changed. Rooms
    above hear of it.

    Refused: not_allowed, mailbox_taken by another person, email_elsewhere, no_reason for another mailbox.
    """
    person = locked(person)
    if not rules.may_correct(by, person):
        raise Refused("not_allowed", _("Only the administrators can correct somebody who has a role here."))
    if PersonStep.objects.filter(by=by, submission=submission, person=person).exists():
        return []  # a double click
    changed = [name for name, is_new in _differences(person, details).items() if is_new]
    if not changed:
        return []
    was_reached_at, reached = person.email, reach_of(person, now)
    if "email" in changed:
        _refuse_mailbox(person, details, by)
    if "name" in changed:
        set_name(person=person, name=details.name)
    if "phone" in changed:
        set_phone(person=person, phone=details.phone)
        changes.reached_elsewhere(person, now)
    if "address" in changed and details.address:
        before = postal_address_of(person)
        set_postal_address(person, details.address)
        changes.moved_by_staff(person, before, now, is_mended=reached.is_untold)
        delete_unused([before.pk] if before else [])
    if "email" in changed:
        give_typed_mailbox(person, details.email, now)
    why = details.why if "email" in changed else ""
    mended = [MENDED] if "address" in changed and reached.is_untold else []
    step = _note(person, [*changed, *mended], by=by, medium=medium, submission=submission, now=now, why=why)
    person.refresh_from_db()
    changes.written_by_staff(person, reached, changed, now)
    for tell in changes.of_corrections:
        tell(person, step, was_reached_at, now)
    return changed


def record_administration(
    person: User, reached: Reach, changed: Collection[str], was_reached_at: str | None, *, by: User, now: dt.datetime
) -> None:
    """Record what an administrator has changed in the administration, and let rooms above tell of it, as `correct`
    does.
    """
    step = _note(person, list(changed), by=by, submission=uuid.uuid4(), now=now)
    changes.written_by_staff(person, reached, changed, now)
    for tell in changes.of_corrections:
        tell(person, step, was_reached_at, now)


def postal_address_of(person: User) -> Address | None:
    """Return where a person has said that letters go."""
    found = PostalAddress.objects.filter(person=person).select_related("address__partnership").first()
    return found.address if found else None


def delete_postal_address(person: User, now: dt.datetime) -> None:
    """Delete where letters go to somebody who is erased, with an address that only staff have typed."""
    found = PostalAddress.objects.filter(person=person)
    addresses = list(found.values_list("address", flat=True))
    found.delete()
    delete_unused(addresses)


def move_postal_address(person: User, address: Address) -> None:
    """Let the letters to somebody who has moved follow; nothing if we write to their home as a helper alone."""
    if postal_address_of(person):
        set_postal_address(person, address)


def set_postal_address(person: User, address: Address) -> None:
    """Store where letters go to somebody from now on."""
    PostalAddress.objects.update_or_create(person=person, defaults={"address": stored(address)})


def _new_person(here: Partnership, details: Details, language: str) -> User:
    if details.email:
        person, is_new = locked_known_or_new(
            email=details.email, name=details.name, language=language, partnership=here
        )
        if person.partnership_id != here.pk:
            raise elsewhere()
        if not is_new:
            raise Refused(
                "known",
                _(
                    "We know this email address already. If it is another person, leave it out. If it is the "
                    "same person, open their page:"
                ),
            )
        if details.phone:
            set_phone(person=person, phone=details.phone)
            person.phone = details.phone
        return person
    number = e164(details.phone, here.country)
    named = User.objects.filter(partnership=here, name__iexact=details.name) if number else User.objects.none()
    if any(e164(one.phone, here.country) == number for one in named):
        raise Refused("known", _("We know this name with this telephone number. Open the page of the person:"))
    address = details.address.pk if details.address else None
    if known_without_mailbox(here, name=details.name, phone=details.phone, address=address):
        raise Refused("known", _("We know this name at this address. Open the page of the person:"))
    person = User(partnership=here, email=None, name=details.name, phone=details.phone, language=language)
    person.set_unusable_password()
    person.save(force_insert=True)
    return person


def _refuse_alike(may_be: list[User], of_number: list[User], *, but: User, is_another: bool) -> None:
    """A household may share a telephone, so who has only the number in common is never more than asked about."""
    if any(one.is_protected for one in may_be):
        raise Refused("known", _("We know somebody who may be this person. Nothing is saved. Open their page:"))
    if (may_be or set(of_number) - {but}) and not is_another:
        raise Refused(
            "alike",
            _(
                "We know somebody who may be this person. Nothing is saved yet. Open their page, or tick that it is "
                "another person:"
            ),
        )


def _refuse_mailbox(person: User, details: Details, by: User) -> None:
    if not rules.may_correct_mailbox(by, person):
        raise Refused(
            "not_allowed",
            _("Only the administrators can correct an email address that somebody has used to log in or to answer."),
        )
    if person.email and not details.why:
        raise Refused("no_reason", _("Enter why the email address is another one."))


def _differences(person: User, details: Details) -> dict[str, bool]:
    home = postal_address_of(person)
    return {
        "name": person.name != details.name,
        "address": details.address is not None and (home is None or home.pk != details.address.pk),
        "phone": person.phone != details.phone,
        "email": (person.email or "") != canonical(details.email),
    }


def _note(person: User, changed: list[str], *, by: User, now: dt.datetime, **how) -> PersonStep:
    return PersonStep.objects.create(person=person, by=by, at=now, changed=changed, **how)
