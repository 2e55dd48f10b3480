"""Offering and withdrawing a slot."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.people.actions.locking import still_there
from partnership.people.models import User
from partnership.refusals import Refused
from talks import rules
from talks.models import Booking, DaysAway, Slot, SlotHold, Speaker

LONGEST = dt.timedelta(hours=6)


@transaction.atomic
def offer_slot(*, speaker: Speaker, starts_at: dt.datetime, ends_at: dt.datetime, by: User, now: dt.datetime) -> Slot:
    """Let associations ask for this time of the speaker; one that was withdrawn is back. Repeating it changes nothing.
    Refused: not_yours, past, away, too_long, or offered with other hours.
    """
    if not rules.may_offer_slots(by, speaker):
        raise Refused("not_yours", _("Only the speaker and the coordinator can offer this evening."))
    if starts_at <= now:
        raise Refused("past", _("That evening has passed. Pick a later day."))
    if DaysAway.objects.covering(speaker, starts_at).exists():
        raise Refused("away", _("The speaker gives no talks on that day. Take the mark away first."))
    if ends_at - starts_at > LONGEST:
        raise Refused("too_long", _("An evening is at most six hours. Pick a later start or an earlier end."))
    _lock(speaker.pk)
    slot, is_made = Slot.objects.get_or_create(
        speaker=speaker, starts_at=starts_at, defaults={"partnership": speaker.partnership, "ends_at": ends_at}
    )
    if slot.withdrawn_at:
        # As a single evening: the end of a pattern does not take it away.
        slot.ends_at, slot.withdrawn_at, slot.pattern = ends_at, None, None
        slot.save(update_fields=["ends_at", "withdrawn_at", "pattern"])
    elif not is_made and slot.ends_at != ends_at:
        raise Refused("offered", _("An evening from that hour is offered already. Remove it first."))
    return slot


@transaction.atomic
def withdraw_slot(*, slot: Slot, by: User, now: dt.datetime) -> None:
    """Withdraw a slot that is not taken; a talk on it must be moved or cancelled first, and a request or an offer
    answered. Refused: not_yours, has_a_talk, or is_kept for somebody.
    """
    if not rules.may_offer_slots(by, slot.speaker):
        raise Refused("not_yours", _("Only the speaker and the coordinator can remove this evening."))
    _lock(slot.speaker_id)
    on_it = {"speaker": slot.speaker_id, "starts_at__lt": slot.ends_at, "ends_at__gt": slot.starts_at}
    blocking = Booking.objects.blocking(now).filter(**on_it)
    if blocking.filter(state=Booking.State.CONFIRMED).exists():
        raise Refused("has_a_talk", _("There is a talk on this evening. Move or cancel it first."))
    if blocking.exists() or SlotHold.objects.standing(now).filter(**on_it).exists():
        raise Refused(
            "is_kept",
            _(
                "This evening is kept for an association, which has asked for it or may choose it. Ask the coordinator "
                "to offer them other evenings first."
            ),
        )
    Slot.objects.filter(pk=slot.pk, withdrawn_at__isnull=True).update(withdrawn_at=now)


def _lock(speaker: int) -> None:
    """Lock a speaker as bookings do, so that nobody books an evening meanwhile, and two presses offer it once."""
    still_there(Speaker.objects.select_for_update(no_key=True), speaker)
