"""Offering an evening, and taking it back."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnership.people.models import User
from partnership.refusals import Refused
from talks import rules
from talks.models import Booking, Evening, Speaker

LONGEST = dt.timedelta(hours=6)


def offer_evening(
    *, speaker: Speaker, starts_at: dt.datetime, ends_at: dt.datetime, by: User, now: dt.datetime
) -> Evening:
    """Let associations ask for this stretch of the speaker's time."""
    if not rules.may_offer_evenings(by, speaker):
        raise Refused("not_yours", _("Only the speaker and the coordinator can offer this evening."))
    if starts_at <= now:
        raise Refused("past", _("That evening has passed. Pick a later day."))
    if ends_at - starts_at > LONGEST:
        raise Refused("too_long", _("An evening is at most six hours. Pick a later start or an earlier end."))
    try:
        with transaction.atomic():
            return Evening.objects.create(
                partnership=speaker.partnership, speaker=speaker, starts_at=starts_at, ends_at=ends_at
            )
    except IntegrityError as clash:
        raise Refused("offered", _("This evening has been offered already.")) from clash


@transaction.atomic
def withdraw_evening(*, evening: Evening, by: User, now: dt.datetime) -> None:
    """Take an evening back that nobody holds; a talk on it must be moved or cancelled first."""
    if not rules.may_offer_evenings(by, evening.speaker):
        raise Refused("not_yours", _("Only the speaker and the coordinator can take this evening back."))
    # The same lock as a booking takes, so that nobody books while we look.
    Speaker.objects.select_for_update(no_key=True).get(pk=evening.speaker_id)
    held = Booking.objects.blocking(now).filter(
        speaker=evening.speaker_id, starts_at__lt=evening.ends_at, ends_at__gt=evening.starts_at
    )
    if held.exists():
        raise Refused("has_a_talk", _("There is a talk on this evening. Move or cancel it first."))
    Evening.objects.filter(pk=evening.pk, withdrawn_at__isnull=True).update(withdrawn_at=now)
