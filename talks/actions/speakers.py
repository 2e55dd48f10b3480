"""What a speaker gives, where, in which languages, and who steps in."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.outbox.post import post
from partnership.people.actions.locking import still_there
from partnership.people.models import User
from partnership.places.models import Area
from partnership.refusals import Refused
from talks import rules
from talks.formats import FORMATS
from talks.models import Speaker


def welcome(speaker: Speaker, now: dt.datetime) -> None:
    """Tell a new speaker by their own channel what it means, and how they say which evenings they can."""
    post(
        kind="talks.speaker_named",
        partnership=speaker.partnership,
        to=speaker.person,
        about={"speaker": speaker.pk},
        key=f"talks.speaker.{speaker.pk}.speaker_named",
        now=now,
    )


@transaction.atomic
def describe(
    *,
    speaker: Speaker,
    formats: Collection[str],
    languages: Collection[str],
    areas: Collection[Area],
    substitutes: Collection[Speaker],
    by: User,
) -> Speaker:
    """Store what a speaker gives. Talks that are agreed stay as they are. Refused: not_yours, no_format,
    themselves as a substitute, or elsewhere: a substitute or an area of another partnership.
    """
    # The same lock as for bookings, so that no talk is placed by what was true before.
    speaker = still_there(Speaker.objects.select_for_update(no_key=True, of=("self",)), speaker.pk)
    if not rules.may_describe(by, speaker):
        raise Refused("not_yours", _("Only an administrator can change what a speaker gives."))
    if not formats or set(formats) - set(FORMATS):
        raise Refused("no_format", _("Choose at least one talk."))
    if any(one.pk == speaker.pk for one in substitutes):
        raise Refused("themselves", _("A speaker cannot be their own substitute."))
    partnerships = {*(one.partnership_id for one in areas), *(one.partnership_id for one in substitutes)}
    if partnerships - {speaker.partnership_id}:
        raise Refused("elsewhere", _("Choose areas and substitutes of this partnership."))
    speaker.formats = [key for key in FORMATS if key in formats]
    speaker.languages = list(languages)
    speaker.save(update_fields=["formats", "languages"])
    speaker.areas.set(areas)
    speaker.substitutes.set(substitutes)
    return speaker
