"""Changes to a person that rooms above hear of: they add functions here."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence

from django.utils.safestring import SafeString

from partnership.people.actions.moves import Reach
from partnership.people.models import Organisation, PersonStep, User
from partnership.places.models import Address, Partnership
from partnership.registers import Register

# Called with the person, the mailbox before, whether it was verified, and the time, in the transaction of the change.
of_mailbox: Register[Callable[[User, str | None, bool, dt.datetime], None]] = Register("changes of an email address")
# Called with somebody who is reached elsewhere from now on, or is hidden or no longer: another home, postal address,
# mailbox or channel, name and address protection, or no home any more since they have left. With the time, in the
# transaction of the change. What is under way to where they were ends.
of_reach: Register[Callable[[User, dt.datetime], None]] = Register("changes of where people are reached")
# Called with somebody for whom staff have written another home, their home before if we knew one, and the time, in the
# transaction of the change; not where staff mend what they have just written down (`moves.mends_a_typing_error`).
of_homes: Register[Callable[[User, Address | None, dt.datetime], None]] = Register("homes that staff have changed")
# Called with somebody of whom staff have written how they are reached, where they were reached before, which details
# are changed ("phone", "email", "address", "channel"), and the time, in the transaction of the change.
of_reach_by_staff: Register[Callable[[User, Reach, Collection[str], dt.datetime], None]] = Register(
    "ways to reach people that staff have written"
)
# Called with somebody who has changed how they are reached in a log-in by a code on paper or by text message, where
# they were reached before, which details are changed ("name", "phone", "email", "address", "way"), and the time, in the
# transaction of the change.
of_reach_by_code: Register[Callable[[User, Reach, Collection[str], dt.datetime], None]] = Register(
    "ways to reach people that came with a code"
)
# Called with somebody of whom a mailbox or a number has been deleted that came with such a code and was not proven,
# which of them, and the time, in the transaction of the change.
of_unproven: Register[Callable[[User, Collection[str], dt.datetime], None]] = Register("what is deleted unproven")
# Called with somebody whose telephone number somebody else may have given, since a slip in their name does not have it;
# with their home, and the time, in the transaction of the change.
of_doubt: Register[Callable[[User, Address, dt.datetime], None]] = Register("telephone numbers that are in doubt")
# Called with a person who has changed some of their own details, which of them ("name", "address", "phone", "email",
# "way"), and the time, in the transaction of the change.
of_details: Register[Callable[[User, Sequence[str], dt.datetime], None]] = Register("changes of one's own details")
# Called with a person whose details staff have corrected, the step that says which, the mailbox before, and the time,
# in the transaction of the change.
of_corrections: Register[Callable[[User, PersonStep, str | None, dt.datetime], None]] = Register(
    "corrections of a person by staff"
)
# Called when an administrator has changed who speaks for an organisation: with it, its chair and its deputy before, and
# the time, in the transaction of the change.
of_contacts: Register[Callable[[Organisation, User | None, User | None, dt.datetime], None]] = Register(
    "changes of chair and deputy"
)
# Called when an administrator has written down an organisation that is new to us, with it and the time, in the
# transaction that stores it.
of_new_organisations: Register[Callable[[Organisation, dt.datetime], None]] = Register("organisations that are new")
# What an administrator still has to do for somebody to whom they have just given such a first role, in HTML.
next_steps: Register[Callable[[User], SafeString]] = Register("what is left to do after a first role")
# The same for somebody with such a role whose email address they have just changed.
next_steps_of_mailbox: Register[Callable[[User], SafeString]] = Register("what is left to do after another address")
# Called with somebody whose roles of any kind in a partnership are others now, unless they got their first one that
# needs a second factor or did it themselves: with the kinds that they have lost, in the transaction of the change.
of_own_roles: Register[Callable[[User, Partnership, Sequence[str], dt.datetime], None]] = Register("one's own roles")
# Called with somebody who has just got their first role that needs a second factor, in the transaction that gave it.
to_staff: Register[Callable[[User, dt.datetime], None]] = Register("first roles")
# Called with somebody who has just lost the last such role, in the transaction that took it.
from_staff: Register[Callable[[User, dt.datetime], None]] = Register("last roles")
# Called with somebody who may no longer log in, or may again, in the transaction of the change.
of_activity: Register[Callable[[User, dt.datetime], None]] = Register("changes of who may log in")
# Called with somebody who got or lost such a role, and with who did it, in the transaction of the change.
of_roles: Register[Callable[[User, User, dt.datetime], None]] = Register("changes of roles")
# Called with somebody whose name and address are protected from now on, or no longer, and with who did it, in the
# transaction of the change.
of_protection: Register[Callable[[User, User, dt.datetime], None]] = Register("changes of protection")
# Called with somebody whose name and address are protected from now on, and the time, in the transaction of the change.
of_hiding: Register[Callable[[User, dt.datetime], None]] = Register("people who are hidden")
# Called with somebody who is about to be erased, and with who does it, in the same transaction.
of_erasing: Register[Callable[[User, User, dt.datetime], None]] = Register("people who are erased")


def reached_elsewhere(person: User, now: dt.datetime) -> None:
    """Tell rooms above that somebody is reached elsewhere from now on, in the transaction of the change. Everything
    that changes where somebody is reached calls it.
    """
    for tell in of_reach:
        tell(person, now)


def hidden(person: User, now: dt.datetime) -> None:
    """Tell rooms above that somebody's name and address are protected from now on, in the transaction of the change."""
    reached_elsewhere(person, now)
    for tell in of_hiding:
        tell(person, now)


def written_by_staff(person: User, before: Reach, details: Collection[str], now: dt.datetime) -> None:
    """Tell rooms above that staff have written how a person is reached, in the transaction of the change."""
    for tell in of_reach_by_staff:
        tell(person, before, details, now)


def number_in_doubt(person: User, home: Address, now: dt.datetime) -> None:
    """Tell rooms above that the telephone number that we have for somebody may be another's, in the transaction that
    holds it back.
    """
    for tell in of_doubt:
        tell(person, home, now)


def moved_by_staff(person: User, before: Address | None, now: dt.datetime, *, is_mended: bool) -> None:
    """Tell rooms above that staff have written another home of somebody, in the transaction of the change. One that
    mends a typing error (`is_mended`) is no move.
    """
    reached_elsewhere(person, now)
    for tell in of_homes if not is_mended else ():
        tell(person, before, now)
