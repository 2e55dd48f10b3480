"""The poster and the leaflet for a talk."""

from pathlib import Path

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnership import clock
from partnership.fields.printed_days import day_in_words, hours_in_words
from partnership.paper.codes import code_svg
from partnership.paper.pdf import pdf_of
from talks.models import Booking

SHEETS = Path(__file__).resolve().parent / "sheets"


def draw(booking: Booking, sheet: str) -> bytes:
    """Return "poster" or "leaflet" for a talk as a tagged PDF (PDF/UA-1) in the active language."""
    said = words(booking)
    return pdf_of(
        SHEETS / f"{sheet}.typ",
        {**said, "code": code_svg(_address(booking), border=2, dark="#0b3443", light="#ffffff")},
        title=f"{said['title']} – {said['day']}",
        author=booking.partnership.name,
        language=get_language() or booking.partnership.language,
    )


def words(booking: Booking) -> dict[str, str]:
    """Return every word on the sheet: no name and no address of a person is among them."""
    partnership = booking.partnership
    starts = clock.local(booking.starts_at, partnership.zone)
    ends = clock.local(booking.ends_at, partnership.zone)
    return {
        "title": str(booking.about.title),
        "about": str(booking.about.about),
        "day": capfirst(day_in_words(starts.date())),
        "hours": hours_in_words(starts, ends),
        "place": booking.place or _("Online; the link comes from the board"),
        "host": _("%(association)s invites you to a free talk") % {"association": booking.association.name},
        "open_to": _("Neighbours who are not members are welcome too.") if booking.is_public else "",
        "no_steps": _("There is a way in without steps.") if booking.is_accessible else "",
        "read_more": _("Read more, and see what you can do at home"),
        "address": _address(booking).partition("://")[2],
        "code_label": _("A square code that opens the portal's page about talks"),
        "from": partnership.name,
    }


def _address(booking: Booking) -> str:
    return booking.partnership.url(reverse("talks:overview"))
