"""Everything about a person in one ZIP: a page to read, and a file for machines."""

import datetime as dt
import io
import json
import zipfile

from django.template.loader import render_to_string
from django.utils.translation import get_language

from partnership import clock
from partnership.people.models import User
from partnership.people.own.readable import for_machines, in_words

PAGE, DATA = "index.html", "data.json"


def everything_about(person: User, now: dt.datetime) -> bytes:
    """Return the ZIP of all that we know about a person; its page is in the active language, and needs no network."""
    here = person.partnership
    made_at = clock.local(now, here.zone) if here else now
    page = render_to_string(
        "people/own/download.html",
        {"person": person, "here": here, "parts": in_words(person), "made_at": made_at, "language": get_language()},
    )
    given = {"made_at": now.isoformat(), "partnership": here.name if here else "", "data": for_machines(person)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(PAGE, page)
        file.writestr(DATA, json.dumps(given, ensure_ascii=False, indent=2, default=str))
    return packed.getvalue()
