"""Whose a paper slip is: somebody new, or somebody we know. What a slip says never moves by itself where somebody known
is reached, since anybody can hand in a slip with a name and a telephone number: then staff are asked.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from neighbours.actions.requests import ANOTHER, SAME, Slip
from neighbours.models import Helper, State
from partnership.fields.phone import e164
from partnership.people import rules
from partnership.people.actions.inviting import locked_known_or_new
from partnership.people.actions.locking import locked
from partnership.people.actions.mailboxes import elsewhere
from partnership.people.actions.own_settings import set_language, set_name
from partnership.people.actions.recognising import (
    known_without_mailbox,
    named_at,
    named_with_telephone,
    with_mailbox,
)
from partnership.people.mailboxes import has_verified_mailbox, is_verified, is_written_down
from partnership.people.models import User
from partnership.people.own.homes import home_of
from partnership.places.models import Address, Partnership
from partnership.refusals import Refused
from written.mailboxes import canonical


def refuse_other_name(person: User, slip: Slip) -> None:
    """Refuse a slip whose mailbox we know under another name, until staff have said that it is the same person.
    Refused: other_name.
    """
    is_same = slip.is_owner or slip.answer == SAME
    if not is_same and person.name.casefold() != slip.name.casefold():
        raise Refused("other_name", _("We know this email address under another name. Nothing is saved yet."))


@dataclass(frozen=True, kw_only=True)
class Found:
    """The person of a slip, locked. `was_verified` if the mailbox was verified before, `has_moved` if staff have said
    that this is somebody whom we knew elsewhere, who lived at `before` if we know it.
    """

    person: User
    is_new: bool = False
    was_verified: bool = False
    has_moved: bool = False
    before: Address | None = None
    # As `in_doubt`.
    in_doubt: tuple[str, ...] = ()


def person_of(slip: Slip) -> Found:
    """Return the person of a slip whose address is stored. Refused: already_helper, email_elsewhere; named_here,
    other_home or other_name, where staff are asked whether it is the same person; not_sure, where their answer is not
    enough.
    """
    same_slip = Helper.objects.confirmed().filter(household__address=slip.address, person__name__iexact=slip.name)
    if same_slip.exists():
        raise Refused("already_helper", _("Someone of this name at this address is a neighbour helper already."))
    found = _by_mailbox(slip) if slip.email else None
    return found or _without_mailbox(slip)


def _by_mailbox(slip: Slip) -> Found | None:
    """Return who has the mailbox, or None if it is another person's whom staff have only written down."""
    person, is_new = locked_known_or_new(
        email=slip.email, name=slip.name, language=slip.language, partnership=slip.partnership
    )
    if person.partnership_id != slip.partnership.pk:
        raise elsewhere()
    was_verified, before = is_verified(person), home_of(person)
    has_moved = not is_new and not was_verified and (before is None or before.pk != slip.address.pk)
    if is_new:
        _ask_of_named_here(slip)
        _refuse_double_of_protected(slip)
    elif has_moved and before and slip.answer == ANOTHER and not person.is_protected:
        return None
    elif has_moved:
        _refuse_to_move(person, before, slip)
    if slip.phone and is_new:
        person.phone = slip.phone
        person.save(update_fields=["phone"])
    if not was_verified:
        if is_written_down(person) or person.mailbox_opens_at:
            refuse_other_name(person, slip)
        set_name(person=person, name=slip.name)
        person.name = slip.name
    return Found(
        person=person,
        is_new=is_new,
        was_verified=was_verified,
        has_moved=has_moved,
        before=before,
        in_doubt=in_doubt(person, slip),
    )


def _refuse_double_of_protected(slip: Slip) -> None:
    """Refuse to make a new person, whom everybody sees, of a mailbox or a telephone number of somebody protected."""
    if any(one.is_protected for one in with_mailbox(slip.partnership, slip.email)):
        raise Refused(
            "not_sure",
            _(
                "This email address leads to the mailbox of somebody whom we know. Nothing is saved. If it is them, "
                "call the number that we have, and correct it on their page first. If not, leave out the email address:"
            ),
        )
    for known in named_with_telephone(slip.partnership, name=slip.name, phone=slip.phone):
        if known.is_protected:
            _refuse_to_move(known, None, slip)


def _without_mailbox(slip: Slip) -> Found:
    # Staff may have written them down before, with protection or as a chair: they stay one person, and protected.
    left = _left_with_telephone(slip.partnership, slip.name, slip.phone)
    written = known_without_mailbox(slip.partnership, name=slip.name, phone=slip.phone, address=slip.address.pk)
    known = left or written
    if slip.answer == ANOTHER and not (known and known.is_protected):
        known = None
    if known is None:
        return _named_here(slip) or _made(slip)
    before = home_of(known)
    has_moved = before is None or before.pk != slip.address.pk
    if has_moved:
        _refuse_to_move(known, before, slip)
    found = _found_by_name(known, slip, has_moved=has_moved, before=before)
    if not found.was_verified:
        set_language(person=found.person, language=slip.language)
    return found


def _found_by_name(known: User, slip: Slip, *, has_moved: bool = False, before: Address | None = None) -> Found:
    """Return, locked, somebody whom name and home or telephone have found. A mailbox of theirs that the slip does not
    have is deleted only when staff have said that it is the same person, and never of who does something for others.
    """
    person = locked(known)
    if has_verified_mailbox(person):
        return Found(person=person, was_verified=True)
    doubt = in_doubt(person, slip)
    if "email" in doubt and (person.roles.exists() or rules.does_something_for_others(person)):
        raise Refused(
            "not_sure",
            _(
                "Nobody has used the email address that we have for this person, and somebody else may have given it. "
                "Nothing is saved. Correct it on their page first:"
            ),
        )
    if "email" in doubt and slip.answer != SAME:
        raise Refused("named_here", _asked_of([person], _("We know this person already. Nothing is saved yet.")))
    return Found(person=person, has_moved=has_moved, before=before, in_doubt=doubt)


def in_doubt(person: User, slip: Slip) -> tuple[str, ...]:
    """Return which of the telephone number ("phone") and the mailbox ("email") that we have nobody has verified, where
    the slip does not have the same: somebody else may have called before, in this name, to read what becomes known of
    the person later. None of somebody whose mailbox is verified, who is asked there.
    """
    if has_verified_mailbox(person):
        return ()
    number = "" if person.phone_is_verified else e164(person.phone, slip.partnership.country)
    is_in_doubt = {
        "phone": number and number != e164(slip.phone, slip.partnership.country),
        "email": person.email and person.email != canonical(slip.email),
    }
    return tuple(name for name, is_so in is_in_doubt.items() if is_so)


def _left_with_telephone(partnership: Partnership, name: str, phone: str) -> User | None:
    """Return the person with this name and this telephone number who has left. Refuse a second slip of one who
    has not, who would count twice and get letters to two homes.
    """
    known = Helper.objects.with_name_and_telephone(partnership, name, phone)
    for other in known.confirmed().select_related("person", "household__address"):
        where = str(other.household.address) if other.household else "–"
        raise Refused(
            "already_helper",
            _("%(name)s with this telephone number is a neighbour helper already, at %(address)s.")
            % {"name": other.person.name, "address": rules.in_a_list(where, other.person)},
        )
    left = known.filter(state=State.LEFT).select_related("person").order_by("-left_at").first()
    return left.person if left else None


def _refuse_to_move(known: User, before: Address | None, slip: Slip) -> None:
    """Refuse a slip of somebody whom we know elsewhere, unless staff have said that it is the same person. Of somebody
    protected that is not enough: whoever looks for them knows their name and their telephone number.
    """
    if known.is_protected:
        raise Refused(
            "not_sure",
            _(
                "We know this person already, and the slip is not enough to be sure that it is theirs. Nothing is "
                "saved. Call the number that we have, and correct the address on their page first:"
            ),
        )
    if before is not None and slip.answer != SAME:
        said = _("We know this person already, at %(address)s. Nothing is saved yet.") % {"address": before}
        raise Refused("other_home", said if slip.email else _asked_of([known], said))


def _ask_of_named_here(slip: Slip) -> list[User]:
    """Return those of this name at this address, if staff have said that it is one of them; none if they have said
    that it is not. Refuse the slip until they have answered.
    """
    known = named_at(slip.partnership, name=slip.name, address=slip.address)
    if not known or slip.answer == ANOTHER:
        return []
    if slip.answer != SAME:
        said = _("We know this name at this address. Nothing is saved yet.")
        raise Refused("named_here", said if slip.email else _asked_of(known, said))
    if slip.email or len(known) > 1:
        raise Refused(
            "not_sure",
            _("We cannot tell whose email address it is. Leave it out, or correct it on their page first:")
            if slip.email
            else _("We know several of this name there. Open the page of the one that it is:"),
        )
    return known


def _asked_of(known: list[User], said: str) -> str:
    """Return the question who it is, with what becomes of a mailbox that nobody has used."""
    if any(one.email and not is_verified(one) for one in known):
        unused = _(
            "We have an email address for this name that nobody has used, and somebody else may have given it. If it "
            "is the same person, we delete the email address."
        )
        return f"{said} {unused}"
    return said


def _named_here(slip: Slip) -> Found | None:
    known = _ask_of_named_here(slip)
    return _found_by_name(known[0], slip) if known else None


def _made(slip: Slip) -> Found:
    person = User(partnership=slip.partnership, email=None, name=slip.name, phone=slip.phone, language=slip.language)
    person.set_unusable_password()
    person.save(force_insert=True)
    return Found(person=person, is_new=True)
