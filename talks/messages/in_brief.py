"""What messages to staff about talks say as one of several in a digest."""

import datetime as dt

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnership import clock
from partnership.fields.names import unlinked
from partnership.fields.printed_days import day_in_words
from partnership.outbox.post import Brief
from partnership.people.models import User
from talks.messages.about import contact_of, day_of
from talks.models import Booking, SlotHold, TalkWish
from talks.when import as_choice, has_own_time, when_in_words


def talk_to_see(booking: Booking, association: str, *said: str) -> Brief:
    """Return a talk with its evening, and what else is `said`, a line each."""
    link = _("See the talk: %(association)s, %(day)s") % {"association": association, "day": day_of(booking)}
    return Brief([_evening(booking), *said], link)


def talk_to_answer(booking: Booking, due_on: dt.date | None, *said: str) -> Brief:
    """Return a request with its evening, one line more, and the day by which we have promised an answer."""
    names = {"association": unlinked(booking.association.title), "day": day_of(booking)}
    return Brief([_evening(booking), *said], _("Answer %(association)s about the talk on %(day)s") % names, due_on)


def wish_to_answer(wish: TalkWish, reader: User | None, *, due_on: dt.date | None = None) -> Brief:
    """Return the days that an association wishes for; `due_on` is for a reminder of what we have promised."""
    return Brief(
        [_days(wish), *whom_to_call(wish, reader)],
        _("Answer the wish: %(association)s, %(talk)s") % _names(wish),
        due_on,
    )


def wish_to_see(wish: TalkWish, *said: str) -> Brief:
    """Return the days that an association wished for, and what else is `said`, a line each."""
    return Brief([_days(wish), *said], _("See the wish: %(association)s, %(talk)s") % _names(wish))


def whom_to_call(case: Booking | TalkWish, reader: User | None) -> list[str]:
    """Return the association's chair as a line, if there is one."""
    return [told for _label, told in contact_of(case, reader)]


def was_on(booking: Booking, moment: str) -> str:
    """Return the evening that a talk was on before, as a line."""
    day = clock.local(dt.datetime.fromisoformat(moment), booking.partnership.zone).date()
    return _("Before: %(day)s") % {"day": day_in_words(day)}


def asks_to_move_to(hold: SlotHold, booking: Booking) -> str:
    """Return the evening that the association asks for instead, as a line."""
    return _("Asks to move to: %(evening)s") % {"evening": as_choice(hold, booking)}


def _evening(booking: Booking) -> str:
    when = when_in_words(booking, booking.partnership) if has_own_time(booking) else str(booking.about.title)
    return capfirst(when)


def _days(wish: TalkWish) -> str:
    return _("Days wished for: %(days)s") % {"days": ", ".join(map(day_in_words, wish.wished_days))}


def _names(wish: TalkWish) -> dict[str, str]:
    return {"association": unlinked(wish.association.name), "talk": str(wish.about.title)}
