"""The poster and the leaflet for a talk."""

from pathlib import Path

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from partnership import clock
from partnership.fields.printed_days import day_in_words, hours_in_words
from partnership.paper.codes import code_on_sheet
from partnership.paper.pdf import pdf_of
from talks.languages import given_in, language_of_talk
from talks.models import Booking
from talks.place_facts import online, steps_in_words

SHEETS = Path(__file__).resolve().parent / "sheets"


def draw(booking: Booking, sheet: str, language: str = "") -> bytes:
    """Return "poster" or "leaflet" for a talk as a tagged PDF (PDF/UA-1), in the language of the talk unless given:
    neighbours read it, whatever language its chair reads the portal in.
    """
    language = language or language_of_talk(booking)
    with override(language):
        said = words(booking)
        return pdf_of(
            SHEETS / f"{sheet}.typ",
            {**said, "ways": _ways(booking)},
            title=f"{said['title']} – {said['day']}",
            partnership=booking.partnership,
            language=language,
        )


def words(booking: Booking) -> dict[str, str]:
    """Return the words on the sheet: nobody's name is among them, since no speaker was asked to be named in public."""
    partnership = booking.partnership
    starts = clock.local(booking.starts_at, partnership.zone)
    ends = clock.local(booking.ends_at, partnership.zone)
    return {
        "title": str(booking.about.title),
        "about": str(booking.about.about),
        "day": capfirst(day_in_words(starts.date())),
        "hours": hours_in_words(starts, ends),
        "place": online() if booking.about.is_online else booking.place,
        "host": _("%(association)s invites you to a free talk") % {"association": booking.association.name},
        "open_to": _who_may_come(booking),
        "call": _("Questions? Call %(name)s on %(phone)s.") % partnership.call_us,
        "steps": steps_in_words(booking),
        "languages": given_in(booking, booking.partnership.language),
        "from": partnership.name,
        "partners": " · ".join(one["name"] for one in partnership.partners),
    }


def _who_may_come(booking: Booking) -> str:
    """Return who is welcome; nothing where the association has not told us."""
    if booking.is_public is None:
        return ""
    return _("Everybody is welcome. You need not sign up.") if booking.is_public else _("For members only.")


def _ways(booking: Booking) -> list[dict[str, str]]:
    """Return what telephones and typing lead to: the talk's own page if everybody may come, and joining."""
    ways = [
        (_("Become a neighbour helper"), reverse("neighbours:join"), _("A square code that opens the page to join"))
    ]
    if booking.is_shown_to_all:
        own = reverse("talks:open", args=[booking.pk])
        ways.insert(0, (_("Read about the talk"), own, _("A square code that opens the talk’s page")))
    else:
        about = reverse("talks:overview")
        ways.insert(0, (_("Read about the talks"), about, _("A square code that opens the page about talks")))
    linked = [(what, booking.partnership.url(path), label) for what, path, label in ways]
    return [
        {
            "what": what,
            "address": url.partition("://")[2],
            "code": code_on_sheet(url),
            "label": label,
        }
        for what, url, label in linked
    ]
