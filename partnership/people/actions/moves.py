"""What staff have lately written down of where somebody is reached, as a paper or a call said it: a code for their data
does not go there at once, since anybody can hand in a paper or call. Nor does it where somebody said so in a log-in by
a code on paper, which is worth a letter box. Who is reached elsewhere is told there first. A room that records
corrections adds a finder.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from partnership.people.mailboxes import has_verified_mailbox, is_verified
from partnership.people.models import PersonStep, User
from partnership.people.own.homes import home_of
from partnership.people.rules import needs_second_factor
from partnership.places.models import Address
from partnership.registers import Register

# Long enough for a letter to the home before, and for its reader to call.
NO_CODE_FOR = dt.timedelta(days=14)
# Somebody whom staff wrote down so lately is perhaps still on the telephone, and has nothing here yet to be seen.
JUST_WRITTEN_DOWN = dt.timedelta(days=1)

# A function returns when staff last corrected a detail of a person ("address", "phone", "email"); None if never.
Finder = Callable[[User, str], dt.datetime | None]
finders: Register[Finder] = Register("when staff have corrected where somebody is reached")
# A function returns whether something of ours has gone out to a person, or may have: the outbox adds it.
gone_out: Register[Callable[[User], bool]] = Register("what has gone out to people")
# In a step beside "address": staff mended what they had just written down, so it holds nothing back.
MENDED = "mended_address"


def no_code_before(person: User, detail: str, now: dt.datetime) -> dt.datetime | None:
    """Return from when a code may go to this detail, which staff have written down, or the person in a log-in by code;
    an address may also have been changed by the person (`wait_with_letters`). None if it may at once.
    """
    written = [find(person, detail) for find in finders]
    newest = max(filter(None, [*written, person.phone_changed_at if detail == "phone" else None]), default=None)
    begins = [newest + NO_CODE_FOR if newest else None, person.letter_codes_from if detail == "address" else None]
    latest = max(filter(None, begins), default=None)
    return latest if latest and now < latest else None


def wait_with_letters(person: User, now: dt.datetime) -> None:
    """Let no letter with a code find somebody by the name or home that they have just given themselves: whoever takes
    another's name and home would learn from the letter, or from its absence, whether the other lives there.
    """
    User.objects.filter(pk=person.pk).update(letter_codes_from=now + NO_CODE_FOR)


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Where somebody was reached before a change: at a mailbox of theirs that is verified, and at home. `is_untold` if
    staff wrote them down a moment ago and nothing has gone out to them since, as `mends_a_typing_error`.
    """

    has_mailbox: bool
    home: Address | None
    is_untold: bool


def reach_of(person: User, now: dt.datetime) -> Reach:
    """Return where somebody is reached now, before it is changed."""
    has_mailbox = person.has_open_mailbox and is_verified(person)
    return Reach(has_mailbox=has_mailbox, home=home_of(person), is_untold=mends_a_typing_error(person, now))


def is_just_written_down(person: User, now: dt.datetime) -> bool:
    """Return whether a correction is one of what staff wrote down a moment ago; never of who is protected, or has used
    their mailbox or a code that came by text message or letter.
    """
    has_come = bool(person.last_login) or has_verified_mailbox(person)
    return not (has_come or person.is_protected) and now < person.joined_at + JUST_WRITTEN_DOWN


def mends_a_typing_error(person: User, now: dt.datetime) -> bool:
    """Return whether another home or mailbox that staff write down now mends what they wrote a moment ago: nothing has
    gone out yet, so nobody has heard of the person at the one before, and a letter there would tell a stranger of them.
    """
    if not is_just_written_down(person, now):
        return False
    return not any(has_gone_out(person) for has_gone_out in gone_out)


def mailbox_opens_at(person: User, now: dt.datetime) -> dt.datetime | None:
    """Return from when a mailbox may open something that staff write down now of somebody known; None if at once: of
    who has a second factor to show, or was written down a moment ago while nothing has gone out to them. Who has no
    home waits too: a call before may have ended what we knew of it.
    """
    is_at_once = needs_second_factor(person) or mends_a_typing_error(person, now)
    return None if is_at_once else now + NO_CODE_FOR


def corrected_for_everybody(person: User, detail: str) -> dt.datetime | None:
    """Return when staff last corrected this detail on the page that is for everybody, or it was changed as
    `PersonStep` says.
    """
    steps = PersonStep.objects.filter(person=person, changed__contains=[detail])
    if detail == "address":
        steps = steps.exclude(changed__contains=[MENDED])
    return steps.order_by("-at").values_list("at", flat=True).first()
