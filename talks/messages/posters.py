"""What a message says about the poster of a talk, and whether its reader can open the pages of the portal."""

import datetime as dt

from django.utils.translation import gettext as _

from partnership.outbox.post import Message
from talks.messages.about import reader_of
from talks.messages.posting import key_of
from talks.models import Booking
from talks.scopes import TOLD
from talks.when import was_moved

S = Message.State
# As long as rows of messages are kept: of what was agreed longer ago we know no more whether somebody was told.
KEPT = dt.timedelta(days=90)


def opens_pages(message: Message) -> bool:
    """Return whether the reader can log in, and so open pages of their own: without email they read paper alone."""
    return bool(message.recipient and message.recipient.email)


def on_posters(message: Message, booking: Booking) -> str:
    """Return where the poster is; to somebody who was told of an earlier evening, that theirs is out of date."""
    is_old = _knows_another_evening(message, booking)
    if opens_pages(message) and is_old:
        return _("Have you put up a poster? On the talk’s page there is one with the new evening.")
    if opens_pages(message):
        return _("A poster and leaflets for the neighbours are on the talk’s page, ready to print.")
    if is_old:
        said = _("Have you put up a poster? We print one with the new evening for you: call %(name)s on %(phone)s.")
    else:
        said = _(
            "Would you like a poster and leaflets for the neighbours? We print them for you: call %(name)s on "
            "%(phone)s."
        )
    return said % booking.partnership.call_us


def _knows_another_evening(message: Message, booking: Booking) -> bool:
    """Return whether the reader has been told of an evening that the talk has no longer. A letter that is not handed
    over has told nobody; who became the chair after the move never heard of it.
    """
    if message.kind != "talks.moved" and not was_moved(booking):
        return False
    told = reader_of(message).messages.filter(kind__in=TOLD, key__startswith=f"{key_of(booking)}.")
    earlier = [row for row in told.only("key", "kind", "state") if _sequence_of(row) < booking.sequence]
    if earlier:
        return any(row.state in (S.QUEUED, S.CLAIMED, S.RETRY, S.SENT) for row in earlier)
    agreed_at = min(step.at for step in booking.steps.all() if step.to_state == Booking.State.CONFIRMED)
    return message.created_at - agreed_at > KEPT


def _sequence_of(message: Message) -> int:
    """Return which version of the talk a message tells of, by its key: case, kind, reader, version."""
    return int(message.key.partition(f".{message.kind.rpartition('.')[2]}.")[2].split(".")[1])
