"""The letters to somebody whose name and address are protected from now on. What was written before is not posted: it
was written for somebody whom all may see, and piles lie about. What warns its reader of a change still goes, or whoever
says that somebody is protected could keep it from them.
"""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.outbox.channels.choosing import Channel, channel_for
from partnership.outbox.channels.printed import lock_batches
from partnership.outbox.kinds import kinds, name_for_staff, names_with_codes
from partnership.outbox.models import LetterBatch, Message
from partnership.outbox.reasons import NOW_PROTECTED
from partnership.people.actions.locking import locked
from partnership.people.models import User

S = Message.State


def withdraw_letters(person: User, now: dt.datetime) -> None:
    """Withdraw the letters to the person that are not posted yet. What is printed with them is to be printed again."""
    person = locked(person)
    # Before the letters, as handing them over does: at the same moment, one waits for the other.
    lock_batches(person)
    waiting = Message.objects.filter(Q(state=S.PAPER) | Q(state__in=[S.QUEUED, S.RETRY], try_at__lte=now))
    rows = waiting.filter(recipient=person).select_related("recipient", "partnership")
    gone = [message.pk for message in rows if _is_withdrawn(message)]
    # Asked again: one that is handed over, or is being sent, since it was read here is not withdrawn.
    waiting.filter(pk__in=gone).update(state=S.WITHDRAWN, ended_at=now, reason=NOW_PROTECTED, about={})
    LetterBatch.objects.filter(letters__message__in=gone, handed_over_at=None).update(pdf=b"")


def _is_withdrawn(message: Message) -> bool:
    if message.kind not in kinds or kinds[message.kind].warns:
        return False
    return message.state == S.PAPER or channel_for(message, kinds[message.kind]) == Channel.LETTER


def letters_withdrawn(person: User, now: dt.datetime) -> Iterator[str]:
    """Yield which letters are withdrawn since the person is protected, so that staff tell what they said."""
    if names := [name_for_staff(message.kind) for message in _withdrawn_at(person, now).order_by("pk")]:
        said = ngettext(
            "A letter that was written before the protection was noted is withdrawn: %(letters)s. Tell the person what "
            "they need to know of it.",
            "%(number)s letters that were written before the protection was noted are withdrawn: %(letters)s. Tell the "
            "person what they need to know of them.",
            len(names),
        )
        yield said % {"number": len(names), "letters": "; ".join(names)}


def own_letters_withdrawn(person: User, now: dt.datetime) -> Iterator[str]:
    """Yield to the person that letters to them are withdrawn. One with a code does not count, since nobody reads
    whether it was written.
    """
    if _withdrawn_at(person, now).exclude(kind__in=names_with_codes()).exists():
        yield _("Letters that we had not posted to you yet are withdrawn. Call us if you miss one.")


def _withdrawn_at(person: User, now: dt.datetime) -> QuerySet[Message]:
    return Message.objects.filter(recipient=person, state=S.WITHDRAWN, reason=NOW_PROTECTED, ended_at=now)
