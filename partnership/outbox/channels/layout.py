"""The text and HTML layouts of a message, rendered once for each shape and then filled in for each message. A shape is
everything that thousands of messages have in common: the partnership, the language, and the numbers of paragraphs,
facts and links. The templates are rendered with placeholders (characters of Unicode's private use area) and split
there; filling in only joins strings. With rendering, a reminder takes 1.5 times as much processor time
(benchmarks/rent.py).
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple
from unicodedata import is_normalized

from django.template.defaultfilters import linebreaksbr, truncatechars, wordwrap
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.translation import override

from partnership.fields.unbroken import WITH_A_DASH, keep_numbers_whole, unbroken
from partnership.outbox.kinds import Thing, Words
from partnership.places.models import Partnership
from written.mailboxes import readable

_SIGNS = [chr(number) for number in range(0xE000, 0xF8FF)]
_A_SIGN = re.compile("([\ue000-\uf8ff])")


class Sender(NamedTuple):
    """What the layouts show about the partnership."""

    name: str
    contact_name: str
    contact_phone: str
    contact_email: str
    emergency_numbers: tuple[str, str]
    street_url: str


def sender_of(partnership: Partnership) -> Sender:
    """Return what the layouts show about a partnership."""
    now, later = partnership.emergency_numbers
    return Sender(
        name=partnership.name,
        contact_name=partnership.contact_name,
        contact_phone=partnership.in_groups(partnership.contact_phone),
        contact_email=readable(partnership.contact_email),
        emergency_numbers=(unbroken(now), unbroken(later)),
        street_url=partnership.url(reverse("street_in_emails")),
    )


class _Shape(NamedTuple):
    sender: Sender
    language: str
    paragraphs: int
    facts: int
    links: int
    things: tuple[tuple[int, bool], ...]
    has_button: bool
    has_name: bool
    has_stop: bool


def text_and_html(sender: Sender, language: str, words: Words, name: str, stop_url: str) -> tuple[str, str]:
    """Return text and HTML of a message; `name` and `stop_url` may be empty."""
    said = [*words.paragraphs, *([words.calendar.sentence] if words.calendar else [])]
    facts = [(label, keep_numbers_whole(value)) for label, value in words.facts]
    things = [replace(thing, lines=list(map(keep_numbers_whole, thing.lines))) for thing in words.things]
    words = replace(words, paragraphs=list(map(keep_numbers_whole, said)), facts=facts, things=things)
    counts = (len(words.paragraphs), len(words.facts), len(words.links))
    things_have = tuple((len(thing.lines), bool(thing.link)) for thing in things)
    shape = _Shape(sender, language, *counts, things_have, bool(words.button), bool(name), bool(stop_url))
    text, html = _pieces(shape)
    facts_and_labels = [part for fact in words.facts for part in fact]
    links = [part for link in words.links for part in link]
    label, url = words.button or ("", "")
    short = [words.subject, name, label, url, stop_url]
    lead = next(iter([*words.paragraphs, *(thing.title for thing in things)]), "")
    is_short = len(lead) <= 110 and is_normalized("NFC", lead)
    in_text = [*short, lead, *(_wrapped(paragraph) for paragraph in words.paragraphs), *facts_and_labels, *links]
    in_html = [
        *map(conditional_escape, short),
        conditional_escape(lead if is_short else truncatechars(lead, 110)),
        *map(_lines, words.paragraphs),
        *(_lines(part) if index % 2 else conditional_escape(part) for index, part in enumerate(facts_and_labels)),
        *map(conditional_escape, links),
    ]
    for thing in things:
        in_text += [*map(_wrapped, [thing.title, *thing.lines]), *(thing.link or ())]
        in_html += [*map(_lines, [thing.title, *thing.lines]), *map(conditional_escape, thing.link or ())]
    return _filled(text, in_text), _filled(html, in_html)


def _wrapped(value: str) -> str:
    is_one_line = len(value) <= 72 and value.isprintable() and value == value.strip()
    return value if is_one_line else wordwrap(value, 72)


def _lines(value: str) -> str:
    html = linebreaksbr(value) if "\n" in value or "\r" in value else conditional_escape(value)
    return WITH_A_DASH.sub(r'<span style="white-space:nowrap">\g<0></span>', html)


def _filled(pieces: tuple[str | int, ...], values: list[str]) -> str:
    return "".join([values[piece] if isinstance(piece, int) else piece for piece in pieces])


@lru_cache(maxsize=256)
def _pieces(shape: _Shape) -> tuple[tuple[str | int, ...], tuple[str | int, ...]]:
    """Render both templates with placeholders, in the order in which `text_and_html` lists its values."""
    own = "".join(map(str, shape.sender))
    index_of = {sign: number for number, sign in enumerate(sign for sign in _SIGNS if sign not in own)}
    marks = iter(index_of)
    subject, name, label, url, stop, lead = (next(marks) for _ in range(6))
    paragraphs = [next(marks) for _ in range(shape.paragraphs)]
    facts = [(next(marks), next(marks)) for _ in range(shape.facts)]
    links = [(next(marks), next(marks)) for _ in range(shape.links)]
    things = [
        Thing(next(marks), [next(marks) for _ in range(lines)], (next(marks), next(marks)) if has_link else None)
        for lines, has_link in shape.things
    ]
    context = {
        "words": Words(subject, paragraphs, facts, (label, url) if shape.has_button else None, links, things=things),
        "partnership": shape.sender,
        "language": shape.language,
        "recipient_name": name if shape.has_name else "",
        "lead": lead,
        "unsubscribe_url": stop if shape.has_stop else None,
        "street_url": shape.sender.street_url,
    }
    with override(shape.language):
        rendered = [render_to_string(f"outbox/mail.{half}", context) for half in ("txt", "html")]
    text, html = (tuple(index_of.get(piece, piece) for piece in _A_SIGN.split(part)) for part in rendered)
    return text, html
