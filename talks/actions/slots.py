"""Offering and withdrawing a slot."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnership.people.models import User
from partnership.refusals import Refused
from talks import rules
from talks.models import Booking, DaysAway, Slot, Speaker

LONGEST = dt.timedelta(hours=6)


def offer_slot(*, speaker: Speaker, starts_at: dt.datetime, ends_at: dt.datetime, by: User, now: dt.datetime) -> Slot:
    """Let associations ask for this time of the speaker."""
    if not rules.may_offer_slots(by, speaker):
        raise Refused("not_yours", _("Only the speaker and the coordinator can offer this evening."))
    if starts_at <= now:
        raise Refused("past", _("That evening has passed. Pick a later day."))
    if DaysAway.objects.covering(speaker, starts_at).exists():
        raise Refused("away", _("The speaker gives no talks on that day. Take the mark away first."))
    if ends_at - starts_at > LONGEST:
        raise Refused("too_long", _("An evening is at most six hours. Pick a later start or an earlier end."))
    try:
        with transaction.atomic():
            return Slot.objects.create(
                partnership=speaker.partnership, speaker=speaker, starts_at=starts_at, ends_at=ends_at
            )
    except IntegrityError as clash:
        raise Refused("offered", _("This evening has been offered already.")) from clash


@transaction.atomic
def withdraw_slot(*, slot: Slot, by: User, now: dt.datetime) -> None:
    """Withdraw a slot that is not taken; a talk on it must be moved or cancelled first."""
    if not rules.may_offer_slots(by, slot.speaker):
        raise Refused("not_yours", _("Only the speaker and the coordinator can remove this evening."))
    # The same lock as for bookings, so that nobody books it meanwhile.
    Speaker.objects.select_for_update(no_key=True).get(pk=slot.speaker_id)
    holding = Booking.objects.blocking(now).filter(
        speaker=slot.speaker_id, starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at
    )
    if holding.exists():
        raise Refused("has_a_talk", _("There is a talk on this evening. Move or cancel it first."))
    Slot.objects.filter(pk=slot.pk, withdrawn_at__isnull=True).update(withdrawn_at=now)
