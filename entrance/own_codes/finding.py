"""Seeing one's data without an email address: a code by text message or by letter lets its owner into their own page
for an hour.

Nobody gets such a code who has a role, or has a mailbox and does something for others: they log in by email. Nor does a
number that staff have typed for somebody with a mailbox, until its owner has verified it. To who does something for
others the code opens their own data alone (`own_codes/own_data_only.py`).
"""

import datetime as dt
import secrets
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from entrance.accounts import CODE_LIVES, KEPT
from partnership.fields.codes import new_code
from partnership.fields.phone import e164
from partnership.outbox.post import post
from partnership.paper import printed_codes
from partnership.people.actions import moves
from partnership.people.models import User
from partnership.people.own.residents import residents_of
from partnership.people.rules import does_something_for_others
from partnership.places.address_lookup import Found
from partnership.places.models import Partnership
from partnership.refusals import Refused
from written.streets import folded

PURPOSE = "entrance.own_data"
# A letter is on its way for some days: whoever asks again within a week gets no second one.
ONE_LETTER_IN = dt.timedelta(days=7)
# So many digits at the end of a number are compared in the database, however they are spaced.
LAST_DIGITS = 6


def with_number(here: Partnership, phone: str, name: str, now: dt.datetime) -> User | None:
    """Return who has this number and this name; None if a code may not be sent to it."""
    number = e164(phone, here.country)
    if not number:
        return None
    ends = r"\D*".join(number[-LAST_DIGITS:])
    rows = User.objects.filter(partnership=here, is_active=True, phone__regex=rf"{ends}\D*$")
    people = [one for one in rows.select_related("partnership") if e164(one.phone, here.country) == number]
    person = _the_one(people, name)
    if person is None or person.phone_is_verified:
        return person
    # A number that a paper or a call has put in place of another may be anybody's.
    return person if not person.email and not moves.no_code_before(person, "phone", now) else None


def at_home(here: Partnership, found: Found, name: str) -> User | None:
    """Return who lives at the address, in one of its homes, and has this name."""
    doors = [found.door] if found.door else found.choices
    people = [one for one in residents_of(doors) if one.partnership_id == here.pk and one.is_active]
    return _the_one(people, name)


def _the_one(people: Iterable[User], name: str) -> User | None:
    # Also of one alone the name is compared: who asks may live there too, and be known to us nowhere. Two of one name
    # are not told apart, whether or not both may be let in: a code for the other would open somebody else's page.
    named = [one for one in people if _plain(one.name) == _plain(name)]
    return named[0] if len(named) == 1 and may_be_let_in(named[0]) else None


def _plain(name: str) -> str:
    return " ".join(folded(name.lower()).split())


def may_be_let_in(person: User) -> bool:
    """Return whether a code by text message or letter may let somebody in: nobody who has a role, and of those who do
    something for others who cannot log in by email.
    """
    if person.is_superuser or person.roles.exists():
        return False
    return not person.email or not does_something_for_others(person)


@transaction.atomic
def send_text(*, person: User | None, may_write: bool, now: dt.datetime) -> str:
    """Text a code to a person's number, and return it; "" if nobody is to get one."""
    code = new_code()
    if person is None or person.partnership is None or not may_write:
        return ""
    post(
        kind="entrance.text_code",
        partnership=person.partnership,
        to=person,
        about={"code": code},
        key=f"entrance.text_code.{secrets.token_urlsafe(16)}",
        now=now,
        expires_at=now + CODE_LIVES,
        kept=KEPT,
    )
    return code


@transaction.atomic
def send_letter(*, person: User, now: dt.datetime, again: uuid.UUID | None = None) -> bool:
    """Put a letter with a code among those to be printed; return False if one is on its way, or staff have
    lately written another home down. `again`, the form with
    which staff ask for it, sends another once, and the code before no longer works.
    """
    # Of two requests at once the second finds the letter of the first.
    person = User.objects.select_for_update(no_key=True, of=("self",)).select_related("partnership").get(pk=person.pk)
    under_way = printed_codes.open_codes(now).filter(purpose=PURPOSE, about=person.pk, made_at__gt=now - ONE_LETTER_IN)
    if moves.no_code_before(person, "address", now):
        return False
    if person.partnership is None or (under_way.exists() and not again):
        return False
    with transaction.atomic():
        code = printed_codes.issue(partnership=person.partnership, purpose=PURPOSE, about=person.pk, now=now)
        is_posted = post(
            kind="entrance.letter_code",
            partnership=person.partnership,
            to=person,
            about={"printed": code.pk},
            key=f"{letters_to(person)}{again or code.pk}",
            now=now,
            expires_at=code.expires_at,
        )
        # The same form again: the code in the letter that it sent stays.
        transaction.set_rollback(not is_posted)
    return is_posted


def letters_to(person: User) -> str:
    """Return how the keys of a person's letters with codes begin."""
    return f"entrance.letter_code.{person.pk}."


def owner_of(*, typed: str, here: Partnership, now: dt.datetime) -> User:
    """Use up the code of a letter, and return whose it is. Refused: wrong_code, if it opens nothing."""
    used = printed_codes.use(typed=typed, purpose=PURPOSE, partnership=here, now=now)
    if used is None:
        raise Refused("wrong_code", _("That code does not work. Look at the letter, or ask for a new one."))
    return still_there(used.about)


def still_there(pk: int | None) -> User:
    """Return whose data a right code opens. Refused: gone, if they are deleted or have got a role meanwhile."""
    person = User.objects.filter(pk=pk, is_active=True).first()
    if person is None or not may_be_let_in(person):
        raise Refused("gone", _("That code does not work any more. Call us, and we will help you."))
    return person
