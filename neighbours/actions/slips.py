"""Whose a paper slip is: somebody new, or somebody we know. What a slip says never moves by itself where somebody known
is reached, since anybody can hand in a slip with a name and a telephone number: then staff are asked.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from neighbours.models import Helper, State
from partnership.outbox.post import home_of
from partnership.people import rules
from partnership.people.actions.inviting import locked_known_or_new
from partnership.people.actions.own_settings import set_language, set_name
from partnership.people.actions.recognising import known_without_mailbox, named_at
from partnership.people.mailboxes import is_verified
from partnership.people.models import User
from partnership.places.models import Address, Partnership
from partnership.refusals import Refused

# What staff answer when they are asked whether a slip is of somebody known.
SAME, ANOTHER = "same", "another"


@dataclass(frozen=True, kw_only=True)
class Slip:
    """Who a slip says that it is of, and what staff have answered about them; the address is stored."""

    partnership: Partnership
    name: str
    email: str
    phone: str
    language: str
    address: Address
    answer: str = ""


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


def person_of(slip: Slip) -> Found:
    """Return the person of a slip. Refused: already_helper, email_elsewhere; named_here or other_home, where staff are
    asked whether it is the same person; not_sure, where their answer is not enough.
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
        raise Refused("email_elsewhere", _("This email address cannot be used here. Leave it out, and save the slip."))
    was_verified, before = is_verified(person), home_of(person)
    has_moved = not is_new and not was_verified and (before is None or before.pk != slip.address.pk)
    if is_new:
        _ask_of_named_here(slip)
    elif has_moved and before and slip.answer == ANOTHER and not person.is_protected:
        return None
    elif has_moved:
        _refuse_to_move(person, before, slip)
    if slip.phone and not person.phone:
        person.phone = slip.phone
        person.save(update_fields=["phone"])
    if not was_verified:
        set_name(person=person, name=slip.name)
        person.name = slip.name
    return Found(person=person, is_new=is_new, was_verified=was_verified, has_moved=has_moved, before=before)


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
    person = User.objects.select_for_update(no_key=True).get(pk=known.pk)
    set_language(person=person, language=slip.language)
    return Found(person=person, has_moved=has_moved, before=before)


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
        said = _("We know this person already, at %(address)s. Nothing is saved yet.")
        raise Refused("other_home", said % {"address": before})


def _ask_of_named_here(slip: Slip) -> list[User]:
    """Return those of this name at this address, if staff have said that it is one of them; none if they have said
    that it is not. Refuse the slip until they have answered.
    """
    known = named_at(slip.partnership, name=slip.name, address=slip.address)
    if not known or slip.answer == ANOTHER:
        return []
    if slip.answer != SAME:
        raise Refused("named_here", _("We know this name at this address. Nothing is saved yet."))
    if slip.email or len(known) > 1:
        raise Refused(
            "not_sure",
            _("We cannot tell whose email address it is. Leave it out, or correct it on their page first:")
            if slip.email
            else _("We know several of this name there. Open the page of the one that it is:"),
        )
    return known


def _named_here(slip: Slip) -> Found | None:
    known = _ask_of_named_here(slip)
    if not known:
        return None
    person = User.objects.select_for_update(no_key=True).get(pk=known[0].pk)
    return Found(person=person, was_verified=is_verified(person))


def _made(slip: Slip) -> Found:
    person = User(partnership=slip.partnership, email=None, name=slip.name, phone=slip.phone, language=slip.language)
    person.set_unusable_password()
    person.save(force_insert=True)
    return Found(person=person, is_new=True)
