"""What staff are given of the figures that they have imported."""

from django.utils.translation import gettext_lazy as _

from figures.models import Import
from partnership.people.own.sections import Section, by_whom

SECTIONS = [
    Section(
        Import,
        _("Figures that you have imported"),
        lambda person: Import.objects.filter(by=person),
        shown={"imported_at": _("When"), "source": _("Source")},
        read={"by": by_whom("by")},
        hidden=("sha256", "replaces"),
    ),
]
