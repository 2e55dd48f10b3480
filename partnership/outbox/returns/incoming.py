"""Answers to text messages: STOP ends them, START lets people ask for them again.

The gateway posts a JSON body of `from` (the number with its country code) and `text` to /sms/incoming, with the user
and password of `SMS_WEBHOOK_SECRET`. The response is the same for known and unknown numbers.
"""

import base64
import hmac
import json
import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from partnership import clock
from partnership.fields.phone import e164
from partnership.outbox.preferences.reaching import allow_texts, stop_texts
from written.cleaning import cleaned

# Only the first word counts: people add a name, a thank-you or a full stop. Danish, Swedish, and phones' suggestions.
STOP = re.compile(r"\W*(stop|stopp|stoppa|afmeld|avsluta|avanmäl|unsubscribe)\b", re.IGNORECASE)
# Ten texts in one; the word stands first.
LONGEST = 1600
START = re.compile(r"\W*(start|begynd|börja)\b", re.IGNORECASE)


@login_not_required
@csrf_exempt  # Posted by a machine; the shared secret gives the right.
@require_POST
def incoming_text(request: HttpRequest) -> HttpResponse:
    """Handle an incoming text: 204, 400 for an invalid body, 403 without the secret."""
    if not _is_the_gateway(request):
        return HttpResponse(status=403)
    try:
        said = json.loads(request.body)
        number, text = _international(said["from"]), cleaned(str(said["text"])[:LONGEST])
    except (ValueError, KeyError, TypeError, RecursionError):
        return HttpResponse(status=400)
    if STOP.match(text):
        stop_texts(number=number, now=clock.now())
    elif START.match(text):
        allow_texts(number=number)
    return HttpResponse(status=204)


def _is_the_gateway(request: HttpRequest) -> bool:
    wanted = base64.b64encode(settings.SMS_WEBHOOK_SECRET.encode())
    kind, _space, given = request.headers.get("Authorization", "").partition(" ")
    # An empty secret would admit everybody.
    return bool(settings.SMS_WEBHOOK_SECRET) and kind == "Basic" and hmac.compare_digest(given.encode(), wanted)


def _international(number: object) -> str:
    """Return +4512345678 for that, 004512345678, 4512345678 or the same as a JSON number."""
    digits = re.sub(r"\D", "", str(number)).removeprefix("00")
    # STOP also counts from a number outside the known numbering plans.
    return e164(f"+{digits}", "") or f"+{digits}"
