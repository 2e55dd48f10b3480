"""Fetches table STRAF11 from the StatBank of Danmarks Statistik. No key is needed; an answer takes a second or two."""

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Sequence

from django.utils.translation import gettext as _

from figures.areas import DWELLINGS
from partnership.refusals import Refused

ADDRESS = "https://api.statbank.dk/v1/data"
TIMEOUT_SECONDS = 5
LARGEST_ANSWER_BYTES = 20_000_000


def question(areas: Sequence[str], quarters: Sequence[str] = ("*",)) -> bytes:
    """Return the question as the API wants it: BULK needs a value for every variable and has no limit of cells."""
    variables = {"OMRÅDE": list(areas), "OVERTRÆD": [DWELLINGS], "Tid": list(quarters)}
    asked = {
        "table": "STRAF11",
        "lang": "da",
        "format": "BULK",
        "valuePresentation": "Code",
        "variables": [{"code": code, "values": values} for code, values in variables.items()],
    }
    return json.dumps(asked, ensure_ascii=False).encode()


def ask(body: bytes, *, address: str = ADDRESS, timeout: float = TIMEOUT_SECONDS) -> bytes:
    """Return the answer as bytes. Refused: statbank_refused, statbank_silent."""
    if not address.startswith(("https://", "http://")):
        raise Refused("bad_address", _("The StatBank’s address must begin with https://."))
    request = urllib.request.Request(address, data=body, headers={"Content-Type": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310
            data = answer.read(LARGEST_ANSWER_BYTES + 1)
    except urllib.error.HTTPError as error:
        raise Refused("statbank_refused", _said(error)) from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Refused("statbank_silent", _("The StatBank did not answer: %(error)s") % {"error": error}) from error
    if len(data) > LARGEST_ANSWER_BYTES:
        raise Refused("statbank_refused", _("The StatBank’s answer is too large."))
    return data


def _said(error: urllib.error.HTTPError) -> str:
    """Return the API's own sentence (Danish), or the bare status when it is not its usual JSON."""
    try:
        answer = json.loads(error.read(10_000))
        said = f"{answer['errorTypeCode']}: {answer['message']}"
    except (ValueError, KeyError, TypeError, OSError, RecursionError, http.client.HTTPException):
        said = f"HTTP {error.code}"
    return _("The StatBank refused the question: %(said)s") % {"said": said}
