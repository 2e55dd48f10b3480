"""What helpers print: invitations to their neighbours, without anybody's name, and stickers for windows."""

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from neighbours.first_things import FIRST_THINGS
from partnership.paper.codes import code_on_sheet
from partnership.paper.pdf import pdf_of
from partnership.places.models import Partnership

SHEETS = Path(__file__).resolve().parent / "sheets"
INVITATIONS = ("cards", "poster")


def join_url(here: Partnership, code: str) -> str:
    """Return the address to join at, which counts for whoever has this code."""
    return f"{here.url(reverse('neighbours:join'))}?invitation={code}"


def invitation(here: Partnership, code: str, *, sheet: str, language: str) -> bytes:
    """Return "cards" (four A6 on an A4 page) or "poster" (A4) as a tagged PDF."""
    with override(language):
        url = join_url(here, code)
        title = _("Shall we keep an eye on each other’s homes?")
        data = {
            "title": title,
            "about": _(
                "One of your neighbours is a neighbour helper, and would like you to be one too. It costs nothing, and "
                "takes about 15 minutes a month."
            ),
            "things": [
                {"number": str(number), "title": str(thing.title)} for number, thing in enumerate(FIRST_THINGS, start=1)
            ],
            "scan": _("Point your telephone’s camera here, and join"),
            "address": url.partition("://")[2],
            "code": code_on_sheet(url),
            "code_label": _("A square code that opens the page to join"),
            "call": _("Rather by telephone? Call %(name)s on %(phone)s.") % here.call_us,
            "from": here.name,
            "partners": " · ".join(one["name"] for one in here.partners),
        }
        return pdf_of(SHEETS / f"{sheet}.typ", data, title=title, partnership=here, language=language)


def stickers(here: Partnership, *, language: str) -> bytes:
    """Return an A4 page of eight stickers as a tagged PDF."""
    with override(language):
        data = {
            "title": _("Neighbours look after each other here"),
            "about": _("We keep an eye on each other’s homes."),
            "from": here.name,
        }
        return pdf_of(SHEETS / "stickers.typ", data, title=data["title"], partnership=here, language=language)
