"""Which talks can be had on an evening, where and in which languages, in words."""

from collections.abc import Iterable

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from partnership.places.models import Area, Partnership
from talks.formats import FORMATS
from talks.languages import spoken_by
from talks.models import Slot, Speaker


def limits_in_words(slots: Iterable[Slot], partnership: Partnership) -> dict[int, list[str]]:
    """Return the limits of each of these slots by its id; a list is empty if there are none."""
    asked = list(slots)
    speakers = {slot.speaker_id: slot.speaker for slot in asked}
    prefetch_related_objects(list(speakers.values()), Prefetch("areas", Area.objects.defer("boundary")))
    return {slot.pk: [*_limits(slot, speakers[slot.speaker_id], partnership)] for slot in asked}


def _limits(slot: Slot, speaker: Speaker, partnership: Partnership) -> Iterable[str]:
    given = [one for one in FORMATS.values() if speaker.gives(one.key) and slot.takes(one)]
    if len(given) < len(FORMATS):
        yield " ".join([_("Only:"), " · ".join(str(one.title) for one in given)])
    areas = sorted(area.name for area in speaker.areas.all())
    ways = {one.is_online for one in given} if areas else set()
    if ways == {True, False}:
        yield " ".join([_("Online for all associations; at your place only in:"), ", ".join(areas)])
    elif ways == {False}:
        yield " ".join([_("Only for associations in:"), ", ".join(areas)])
    if languages := spoken_by(speaker, partnership):
        yield _("Can be given in %(languages)s") % {"languages": languages}
