"""What staff do to messages by hand."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from partnership.outbox.kinds import kind, names
from partnership.outbox.models import Message, MessageStep
from partnership.outbox.posting import post, wake
from partnership.outbox.reasons import BY_STAFF
from partnership.outbox.rules import refuse_unless_staff
from partnership.outbox.staff.destinations import obstacle_of
from partnership.outbox.staff.samples import sample_of
from partnership.outbox.suppression import Stopped, digest_of, lift_stop, why_stopped
from partnership.people.actions.locking import still_there
from partnership.people.models import User
from partnership.places.models import Partnership
from partnership.refusals import Refused

What = MessageStep.What
S = Message.State


@transaction.atomic
def try_again(*, message: Message, by: User, now: dt.datetime) -> None:
    """Queue a failed message again, with all its attempts.

    Refused: not_yours, not_failed, too_late, forgotten (a code), suppressed if email to the mailbox is stopped (`lift`
    first), or unreachable if it would fail again at once.
    """
    message = _lock(message, by)
    if message.state != S.FAILED:
        raise Refused("not_failed", _("Only a message that has failed can be tried again."))
    has_no_reader = message.recipient_id is None and not message.mailbox and not is_forgotten(message)
    if has_no_reader or (message.expires_at and message.expires_at <= now):
        raise Refused("too_late", _("The time of this message has passed. Call the reader instead."))
    if is_forgotten(message):
        raise Refused("forgotten", _("A code is not kept. Tell the reader to ask for a new one."))
    if stopped := stopped_for(message):
        raise Refused("suppressed", _why_stopped(stopped))
    if why := obstacle_of(message, now):
        raise Refused("unreachable", why)
    _update(message, state=S.QUEUED, attempts=0, try_at=now, ended_at=None, reason="", seen_to_at=None)
    _step(message, What.TRIED_AGAIN, by, now)
    transaction.on_commit(lambda: wake(message.priority), robust=True)


@transaction.atomic
def send_now(*, message: Message, by: User, now: dt.datetime) -> None:
    """Send a message now instead of at its time or next attempt. Refused: not_yours, not_waiting, unreachable."""
    message = _lock(message, by)
    if message.state not in (S.QUEUED, S.RETRY):
        raise Refused("not_waiting", _("This message is not waiting to be sent."))
    if why := obstacle_of(message, now):
        raise Refused("unreachable", why)
    _update(message, due_at=now, try_at=now)
    _step(message, What.SENT_NOW, by, now)
    transaction.on_commit(lambda: wake(message.priority), robust=True)


@transaction.atomic
def withdraw_one(*, message: Message, by: User, now: dt.datetime) -> None:
    """Withdraw an unsent message; repeating it changes nothing. Refused: not_yours, not_waiting."""
    message = _lock(message, by)
    if message.state == S.WITHDRAWN:
        return
    if message.state not in (S.QUEUED, S.RETRY, S.PAPER, S.FAILED):
        raise Refused("not_waiting", _("This message is sent, or on its way at this moment."))
    _update(message, state=S.WITHDRAWN, ended_at=now, reason=BY_STAFF, about={}, mailbox="")
    _step(message, What.WITHDRAWN, by, now)


@transaction.atomic
def lift(*, message: Message, by: User, now: dt.datetime) -> None:
    """Allow email to the message's mailbox again, when the reader has said that it works.

    Refused: not_yours, not_suppressed, or complaint: only the reader can end a stop after they marked our email as
    unwanted.
    """
    message = _lock(message, by)
    stopped = stopped_for(message)
    if not stopped:
        raise Refused("not_suppressed", _("Mail to this address is not stopped."))
    if stopped == Stopped.UNWANTED:
        raise Refused("complaint", _why_stopped(stopped))
    lift_stop(_digest(message))
    _step(message, What.LIFTED, by, now)


@transaction.atomic
def see_to(*, message: Message, by: User, now: dt.datetime) -> None:
    """Note that staff have seen to a message that did not arrive; repeating it changes nothing. Refused: not_yours,
    arrived.
    """
    message = _lock(message, by)
    if message.state != S.FAILED and not message.returned_as:
        raise Refused("arrived", _("This message has neither failed nor come back."))
    if message.seen_to_at is None:
        _update(message, seen_to_at=now)
        _step(message, What.SEEN_TO, by, now)


@transaction.atomic
def send_test(*, kind: str, partnership: Partnership, by: User, now: dt.datetime) -> None:
    """Send `by` a sample of this kind of message. Refused: not_yours, no_email, no_sample."""
    refuse_unless_staff(by, partnership)
    if not by.email:
        raise Refused("no_email", _("There is no email address on your own page to send it to."))
    sample = sample_of(kind, partnership, by)
    if sample is None:
        raise Refused("no_sample", _("No message of this kind is waiting, so there is nothing to show yet."))
    post(
        kind="outbox.test",
        partnership=partnership,
        to=by.email,
        about={"kind": kind, "message": sample.pk},
        key=f"outbox.test.{secrets.token_urlsafe(16)}",
        now=now,
        expires_at=now + dt.timedelta(hours=1),
        language=translation.get_language() or by.language,
        kept=dt.timedelta(days=1),
    )


def _lock(message: Message, by: User) -> Message:
    refuse_unless_staff(by, message.partnership)
    rows = Message.objects.select_for_update(of=("self",), no_key=True).select_related("recipient", "partnership")
    return still_there(rows, message.pk)


def _update(message: Message, **changes: object) -> None:
    Message.objects.filter(pk=message.pk).update(**changes)


def _step(message: Message, what: str, by: User, now: dt.datetime) -> None:
    MessageStep.objects.create(message=message, what=what, by=by, at=now)


def stopped_for(message: Message) -> Stopped:
    """Return why email to the message's mailbox is stopped; false if it is not."""
    return why_stopped(_digest(message))


def _why_stopped(stopped: Stopped) -> str:
    if stopped == Stopped.UNWANTED:
        return _("The reader has reported our mail as unwanted. Only they can allow it again, on their own page.")
    return _("Mail to this address is stopped. Allow the address again first.")


def is_forgotten(message: Message) -> bool:
    """Return whether the message's content is deleted: a code is not kept when it has failed (claiming.end)."""
    return message.kind in names() and kind(message.kind).holds_code


def _digest(message: Message) -> str:
    """Return the keyed hash of the reader's mailbox; a stranger's own mailbox is not kept when the message ended."""
    return message.sent_to if message.recipient_id is None else digest_of(message.to_mailbox or "-")
