"""Replacing a request or a wish that was made with a wrong mailbox: what the first form made ends."""

import datetime as dt
import uuid
from typing import Any, NoReturn

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partnership import cases
from partnership.outbox.post import OTHER_ADDRESS, withdraw
from partnership.people.actions import organisations
from partnership.places.models import Partnership
from partnership.refusals import Refused
from talks.actions import bookings, wishes
from talks.actions.holding import lock, lock_speakers
from talks.messages.posting import key_of
from talks.models import Booking, Slot, SlotHold, TalkWish

S = Booking.State


@transaction.atomic
def replace_request(
    *, replaces: uuid.UUID, partnership: Partnership, slot: Slot, now: dt.datetime, **asked: Any
) -> Booking | None:
    """Ask for a slot, which may be the one that the form `replaces` holds, as `bookings.request_talk` does; if refused,
    nothing changes. The association that the first form made goes, or there would be two of it.
    """
    made = Booking.objects.filter(submission=replaces, partnership=partnership)
    lock_speakers(slot.speaker_id, *made.values_list("speaker", flat=True))
    end_request(replaces=replaces, partnership=partnership, now=now)
    booking = bookings.request_talk(partnership=partnership, slot=slot, now=now, **asked)
    if booking:
        _merge(made.replaced(), booking, replaces)
    return booking


@transaction.atomic
def replace_wish(*, replaces: uuid.UUID, partnership: Partnership, now: dt.datetime, **asked: Any) -> TalkWish | None:
    """Wish again, as `wishes.wish_for_days` does; if refused, nothing changes."""
    end_wish(replaces=replaces, partnership=partnership, now=now)
    wish = wishes.wish_for_days(partnership=partnership, now=now, **asked)
    if wish:
        made = TalkWish.objects.filter(submission=replaces, partnership=partnership, verified_at=None)
        _merge(made, wish, replaces)
    return wish


def _merge(replaced: QuerySet[Booking] | QuerySet[TalkWish], new: Booking | TalkWish, replaces: uuid.UUID) -> None:
    """File what nobody has confirmed under the right association; what somebody has stays where it is."""
    replaced.update(association=new.association)
    organisations.forget_made_by(replaces, new.partnership)


@transaction.atomic
def end_request(*, replaces: uuid.UUID, partnership: Partnership, now: dt.datetime) -> None:
    """Cancel the request that a form made, or release the slot that it held; the link to the wrong mailbox ends.
    Refused: confirmed, if somebody has pressed the button there.
    """
    SlotHold.objects.filter(submission=replaces, booking=None, speaker__partnership=partnership, closed_at=None).update(
        closed_at=now
    )
    made = Booking.objects.filter(submission=replaces, partnership=partnership).first()
    if made is None:
        return  # the mailbox was not to be written to, and the slot was held at most
    booking = lock(made)
    if booking.state == S.UNVERIFIED:
        cases.move(booking, S.CANCELLED, by=None, now=now)
        withdraw(f"{key_of(booking)}.verify.", now=now, reason=OTHER_ADDRESS)
    elif booking.state not in Booking.ENDED:
        refuse_confirmed(partnership)


@transaction.atomic
def end_wish(*, replaces: uuid.UUID, partnership: Partnership, now: dt.datetime) -> None:
    """Close the wish that a form made; the link to the wrong mailbox ends. Refused: confirmed, as for a request."""
    made = TalkWish.objects.filter(submission=replaces, partnership=partnership)
    wish = made.select_for_update(no_key=True).first()
    if wish is None:
        return
    if wish.verified_at is not None:
        refuse_confirmed(partnership)
    if wish.closed_at is None:
        wish.closed_at = now
        wish.save(update_fields=["closed_at"])
        withdraw(f"talks.wish.{wish.pk}.verify_wish.", now=now, reason=OTHER_ADDRESS)


def refuse_confirmed(partnership: Partnership) -> NoReturn:
    """Raise Refused (confirmed): the link in the email was used, so only staff can correct the mailbox."""
    raise Refused(
        "confirmed",
        _(
            "The button in our email has been pressed, so it is with us already. Call %(name)s on %(phone)s, and we "
            "will write the right email address."
        )
        % partnership.call_us,
    )
