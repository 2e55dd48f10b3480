"""Which talks a speaker gives, where and in which languages, in words."""

from collections.abc import Iterable

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from partnership.places.models import Area, Partnership
from talks.formats import FORMATS
from talks.languages import spoken_by
from talks.models import Slot, Speaker


def limits_in_words(slots: Iterable[Slot], partnership: Partnership) -> dict[int, list[str]]:
    """Return the limits of each speaker of these slots by their id; a list is empty if there are none."""
    speakers = {slot.speaker_id: slot.speaker for slot in slots}
    prefetch_related_objects(list(speakers.values()), Prefetch("areas", Area.objects.defer("boundary")))
    return {pk: [*_limits(speaker, partnership)] for pk, speaker in speakers.items()}


def _limits(speaker: Speaker, partnership: Partnership) -> Iterable[str]:
    talks = [str(one.title) for one in FORMATS.values() if speaker.gives(one.key)]
    if len(talks) < len(FORMATS):
        yield " ".join([_("Only:"), " · ".join(talks)])
    if areas := sorted(area.name for area in speaker.areas.all()):
        yield " ".join([_("Only for associations in:"), ", ".join(areas)])
    if languages := spoken_by(speaker, partnership):
        yield _("Can be given in %(languages)s") % {"languages": languages}
