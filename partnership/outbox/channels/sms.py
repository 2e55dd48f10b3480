"""Text messages: a shortened form of a message's words, and the gateway that sends them.

The gateway is any HTTP service that takes a JSON body of `to`, `from`, `text` and `key`; `SMS_URL` is its address with
our credentials (`https://user:token@gateway.example/send`). The key is the same at every attempt at a message, so a
gateway that supports `Idempotency-Key` sends it once. `devtools/sms.py` is such a gateway for this machine.
"""

import base64
import json
import re
import urllib.error
import urllib.request
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from partnership.fields.phone import e164
from partnership.outbox.kinds import Words, kind
from partnership.outbox.models import Message
from partnership.people.models import User

TIMEOUT = 5
LONGEST = 4  # parts: each one is paid for

# 3GPP TS 23.038: the default alphabet, and the characters that take two places in it.
GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_TWO = frozenset("^{}\\[~]|€\f")
# Typographic characters that would make the whole message cost twice as much.
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})
# Not after "kl.", and not within a name like "Bo Trygt! i …".
BETWEEN_SENTENCES = re.compile(r"(?<=[.?!]) (?=[A-ZÆØÅÄÖ])")


class NotAccepted(Exception):
    """The gateway refused the text; `again` says whether another attempt may help."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again


def dialled(person: User) -> str:
    """Return a person's number as the gateway wants it, or an empty text if there is none that can be dialled."""
    return e164(person.phone, person.partnership.country) if person.partnership else ""


def parts(text: str) -> int:
    """Return how many parts a text costs: 160 characters of GSM-7 or 70 of UCS-2, and fewer if it has several."""
    if all(sign in GSM_7 or sign in GSM_7_TWO for sign in text):
        places = sum(2 if sign in GSM_7_TWO else 1 for sign in text)
        one, more = 160, 153
    else:
        places = len(text.encode("utf-16-be")) // 2
        one, more = 70, 67
    return 1 if places <= one else -(-places // more)


def text_of(message: Message, words: Words) -> str:
    """Return who writes, the subject, the paragraphs, the facts, and where there is more. Without links: the
    authorities tell everybody not to press a link in a text.

    If that is too long, the paragraphs after the first are left out that do not fit, then the first is shortened, then
    facts from the last are left out: a reminder must keep its time.
    """
    subject = f"{_plain(message.partnership.short_name)}: {_plain(words.subject)}"
    subject += "" if subject.endswith((".", "?", "!")) else "."
    tail = [_plain(_("Log in on our website to see more."))] if words.button else []
    if not kind(message.kind).transactional:
        how = _("Answer STOP to stop this.") if can_be_answered() else _("You can stop this on your own page.")
        tail.append(_plain(how))
    first, *others = [_plain(paragraph) for paragraph in words.paragraphs] or [""]
    facts = [_plain(f"{label}: {value}") for label, value in words.facts_and_things if _plain(value) not in subject]
    while parts(text := _lines(subject, first, *facts, *tail)) > LONGEST and (first or facts):
        if first:
            first = _shortened(first)
        else:
            facts.pop()
    kept: list[str] = []
    for paragraph in others:
        longer = _lines(subject, first, *kept, paragraph, *facts, *tail)
        if parts(longer) <= LONGEST:
            kept, text = [*kept, paragraph], longer
    return text


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _shortened(paragraph: str) -> str:
    """Return a paragraph without its last sentence, or an only sentence without its last word."""
    sentences = BETWEEN_SENTENCES.split(paragraph)
    if len(sentences) > 1:
        return " ".join(sentences[:-1])
    cut = paragraph.removesuffix("...").rstrip(" .,;:").rpartition(" ")[0]
    return f"{cut}..." if cut else ""


def _plain(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    return ", ".join(filter(None, lines)).translate(PLAIN)


def is_on() -> bool:
    """Return whether text messages are sent at all."""
    return bool(settings.SMS_URL)


def can_be_answered() -> bool:
    """Return whether texts come from a number whose answers reach us (`returns/incoming.py`)."""
    return bool(settings.SMS_URL and settings.SMS_FROM and settings.SMS_WEBHOOK_SECRET)


class _NoDetour(urllib.request.HTTPRedirectHandler):
    """Refuse redirects: a redirected POST becomes a GET without the text, and its success would look like sending."""

    def redirect_request(self, *_: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoDetour)


def send(*, to: str, sender: str, text: str, key: str) -> None:
    """Hand one text to the gateway; raise NotAccepted if it is refused."""
    body = json.dumps({"to": to, "from": settings.SMS_FROM or sender[:11], "text": text, "key": key}).encode()
    request = urllib.request.Request(_address(), data=body, headers=_headers(key), method="POST")  # noqa: S310
    try:
        with _opener.open(request, timeout=TIMEOUT):
            return
    except urllib.error.HTTPError as error:
        # Errors on our side and temporary errors may be solved later; an error in the number will not.
        again = error.code < 400 or error.code in (401, 402, 403, 408, 409, 425, 429) or error.code >= 500
        raise NotAccepted(f"the text gateway said {error.code} {error.reason}", again=again) from error
    except OSError as error:
        raise NotAccepted(f"no answer from the text gateway: {error}", again=True) from error


def _address() -> str:
    url = urlsplit(settings.SMS_URL)
    return url._replace(netloc=url.netloc.rpartition("@")[2]).geturl()


def _headers(key: str) -> dict[str, str]:
    url = urlsplit(settings.SMS_URL)
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    if url.username:
        pair = f"{unquote(url.username)}:{unquote(url.password or '')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return headers
