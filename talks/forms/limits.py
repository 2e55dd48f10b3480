"""Which talks can be had on an evening, where and in which languages, in words."""

from collections.abc import Iterable

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from partnership.places.models import Area, Partnership
from talks.formats import FORMATS
from talks.languages import spoken_by
from talks.models import Slot


def limits_in_words(slots: Iterable[Slot], partnership: Partnership) -> dict[int, list[str]]:
    """Return the limits of each of these slots by its id; a list is empty if there are none."""
    asked = list(slots)
    speakers = {slot.speaker_id: slot.speaker for slot in asked}
    prefetch_related_objects(list(speakers.values()), Prefetch("areas", Area.objects.defer("boundary")))
    areas = {pk: sorted(area.name for area in speaker.areas.all()) for pk, speaker in speakers.items()}
    languages = {pk: spoken_by(speaker, partnership) for pk, speaker in speakers.items()}
    return {slot.pk: [*_limits(slot, areas[slot.speaker_id], languages[slot.speaker_id])] for slot in asked}


def _limits(slot: Slot, areas: list[str], languages: str) -> Iterable[str]:
    given = [talk for talk in FORMATS.values() if slot.speaker.gives_format(talk.key) and slot.is_long_enough_for(talk)]
    if len(given) < len(FORMATS):
        yield " ".join([_("Only:"), " · ".join(str(talk.title) for talk in given)])
    ways = {talk.is_online for talk in given} if areas else set()
    if ways == {True, False}:
        yield " ".join([_("Online for all associations; at your place only in:"), ", ".join(areas)])
    elif ways == {False}:
        yield " ".join([_("Only for associations in:"), ", ".join(areas)])
    if languages:
        yield _("Can be given in %(languages)s") % {"languages": languages}
