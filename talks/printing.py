"""Poster and leaflet: typst sets them, segno draws the code, and the street is the portal's own."""

import io
import json
from functools import lru_cache
from pathlib import Path

import segno
import typst
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnership import clock
from partnership.paper.printable import printable
from partnership.web import street
from talks.models import Booking
from talks.when import day_in_words

SHEETS = Path(__file__).resolve().parent / "sheets"


def draw(booking: Booking, sheet: str) -> bytes:
    """Return "poster" or "leaflet" for a talk as a tagged PDF (PDF/UA-1) in the active language."""
    files = {
        "main.typ": (SHEETS / f"{sheet}.typ").read_bytes(),
        "common.typ": (SHEETS / "common.typ").read_bytes(),
        "street.svg": _street(),
        "code.svg": _code(_address(booking)),
    }
    return typst.compile(
        files,
        sys_inputs={"words": json.dumps(printable(words(booking)))},
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )


def words(booking: Booking) -> dict[str, str]:
    """Return every word on the sheet: no name and no address of a person is among them."""
    partnership = booking.partnership
    starts = clock.local(booking.starts_at, partnership.zone)
    ends = clock.local(booking.ends_at, partnership.zone)
    return {
        "language": get_language() or partnership.language,
        "title": str(booking.about.title),
        "about": str(booking.about.about),
        "day": day_in_words(starts.date()).capitalize(),
        "hours": _("at %(from)s–%(to)s") % {"from": f"{starts:%H.%M}", "to": f"{ends:%H.%M}"},
        "place": booking.place or _("Online; the link comes from the board"),
        "host": _("%(association)s invites you to a free talk") % {"association": booking.association.name},
        "open_to": _("Neighbours who are not members are welcome too.") if booking.is_public else "",
        "no_steps": _("There is a way in without steps.") if booking.is_accessible else "",
        "read_more": _("Read more, and see what you can do at home"),
        "address": _address(booking).partition("://")[2],
        "code_label": _("A square code that opens the portal's page about talks"),
        "street_label": _("A street of houses at dusk with light in some windows"),
        "from": partnership.name,
    }


def _address(booking: Booking) -> str:
    return booking.partnership.url(reverse("talks:overview"))


def _code(address: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, dark="#0b3443", light="#ffffff")
    return drawn.getvalue()


@lru_cache(maxsize=1)
def _street() -> bytes:
    return street.quiet(0.35).encode()
