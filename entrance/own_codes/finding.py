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
from partnership.people.actions.inviting import rehearsed
from partnership.people.actions.locking import locked
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
# The name of the made-up person of a rehearsal, who is never stored.
NOBODY = "Nobody"


def with_number(here: Partnership, phone: str, name: str, now: dt.datetime) -> User | None:
    """Return who has this number and this name; None if a code may not be sent to it. Who has a mailbox gets no code by
    a number that is not verified, and so stops none to another of this name.
    """
    number = e164(phone, here.country)
    if not number:
        return None
    ends = r"\D*".join(number[-LAST_DIGITS:])
    rows = User.objects.filter(partnership=here, is_active=True, phone__regex=rf"{ends}\D*$")
    people = [person for person in rows.select_related("partnership") if e164(person.phone, here.country) == number]
    verified = [known for known in people if known.phone_is_verified]
    by_number = [known for known in people if known.phone_is_verified or not known.email]
    person = _the_one(verified, name) or _the_one(by_number, name)
    if person is None or person.phone_is_verified:
        return person
    # A number that a paper or a call has put in place of another may be anybody's.
    return None if moves.no_code_before(person, "phone", now) else person


def at_home(here: Partnership, found: Found, name: str, now: dt.datetime) -> User | None:
    """Return who lives at the address, in one of its homes, and has this name. Whoever has given name or home
    themselves a short time ago is nobody's match, and so stops no letter to another of this name.
    """
    doors = [found.door] if found.door else found.choices
    people = [person for person in residents_of(doors) if person.partnership_id == here.pk and person.is_active]
    return _the_one([person for person in people if person.gets_letter_codes(now)], name)


def _the_one(people: Iterable[User], name: str) -> User | None:
    # Also of one alone the name is compared: who asks may live there too, and be known to us nowhere. Two of one name
    # are not told apart, whether or not both may be let in: a code for the other would open somebody else's page.
    named = [person for person in people if _plain(person.name) == _plain(name)]
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
    """Put a letter with a code among those to be printed; return False if one is on its way, or another home was
    lately written down. `again`, the form with which staff ask for it, sends another once, and the code before no
    longer works.
    """
    # Of two requests at once the second finds the letter of the first.
    person = locked(person)
    if person.partnership is None:
        return False
    under_way = printed_codes.open_codes(now).filter(purpose=PURPOSE, about=person.pk, made_at__gt=now - ONE_LETTER_IN)
    is_under_way, may_not_yet = under_way.exists(), moves.no_code_before(person, "address", now)
    with transaction.atomic():
        # Written also where no letter is to go, and rolled back: otherwise the time would tell.
        code = printed_codes.issue(partnership=person.partnership, purpose=PURPOSE, about=person.pk, now=now)
        is_posted = post(
            kind="entrance.letter_code",
            partnership=person.partnership,
            to=person,
            about={"printed": code.pk},
            key=f"{letters_to(person)}{again or code.pk}",
            now=now,
            expires_at=code.expires_at,
            # As long as the code, which tells whether own data list the letter (`own_data.unused_letters`).
            kept=printed_codes.LASTS,
        )
        # The same form again: the code in the letter that it sent stays.
        is_sent = is_posted and not may_not_yet and (bool(again) or not is_under_way)
        transaction.set_rollback(not is_sent)
    return is_sent


@transaction.atomic
def ask_for_letter(*, person: User | None, here: Partnership, now: dt.datetime) -> None:
    """Send a letter to whom `at_home` has found. For nobody the same is done with a made-up person, and rolled back:
    the same statements run, so that the time taken does not reveal who lives where.
    """
    with rehearsed():
        nobody = User(partnership=here, name=NOBODY)
        nobody.set_unusable_password()
        User.objects.bulk_create([nobody])
        if person is None:
            may_be_let_in(nobody)
            send_letter(person=nobody, now=now)
    if person:
        send_letter(person=person, now=now)


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
