"""The picture that a link to the portal shows in a message or on a social network."""

import json
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import get_language, gettext

from dashboard.progress import Progress, street_sentence
from partnership.paper.typesetting import picture
from partnership.places import lighting
from partnership.web.viewing import PortalRequest, public_page

SHEET = Path(__file__).parents[1] / "sheets" / "share.typ"
A_DAY = 86_400


@public_page(seconds=A_DAY)
def share_picture(request: PortalRequest) -> HttpResponse:
    """The partnership's name and the street with today's share of lit windows, as PNG of 1200 by 630 pixels."""
    partnership = request.partnership
    progress = Progress(partnership, partnership.today())
    told = {
        "language": get_language(),
        "name": partnership.name,
        "heading": gettext("We look out for each other in %(place)s") % {"place": partnership.municipality},
        "sentence": street_sentence(progress.helpers_active, partnership.helpers_goal),
    }
    files = {"main.typ": SHEET.read_bytes(), "street.svg": lighting.strip(partnership)}
    drawn = picture(files, {"data": json.dumps(told, ensure_ascii=False)})
    return HttpResponse(drawn, content_type="image/png")
