"""Letters for people without email or text messages: one PDF for the printer.

A4 for window envelopes (DIN 5008, form B: window at 20 and 45 mm, folds at 105 and 210 mm), tagged as PDF/UA-1.
"""

import datetime as dt
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnership import clock
from partnership.fields.unbroken import keep_numbers_whole, unbroken
from partnership.outbox.channels.reply_cards import card_on_paper
from partnership.outbox.kinds import Words, kind
from partnership.outbox.models import Message
from partnership.paper.codes import code_svg
from partnership.paper.pdf import pdf_of
from partnership.people.models import User
from partnership.places.models import Address, Partnership
from written.mailboxes import readable

TEMPLATE = Path(__file__).with_name("letter.typ")
Sheet = dict[str, Any]


def sheet_for(message: Message, words: Words, home: Address, *, position: int, number: int, now: dt.datetime) -> Sheet:
    """Return one letter as data for the template, in the reader's language."""
    here, person = message.partnership, message.recipient
    name = person.name if person else ""
    with translation.override(message.reading_language):
        remarks = [
            _("Call %(now)s if it is happening now. Call the police on %(later)s about everything else.")
            % dict(zip(("now", "later"), map(unbroken, here.emergency_numbers), strict=True))
        ]
        button = words.button if can_open(person, words.button) else None
        if words.links:
            remarks.insert(0, _("If something no longer suits you, call us on %(phone)s.") % here.call_us)
        elif words.button and not button:
            remarks.insert(0, _("Questions? Call us on %(phone)s.") % here.call_us)
        if not kind(message.kind).transactional:
            remarks.append(_("If you would like no more letters of this kind, call us on %(phone)s.") % here.call_us)
        return {
            "position": position,
            "language": message.reading_language,
            "partnership": here.name,
            "mark": _("batch %(number)s, letter %(position)s") % {"number": number, "position": position},
            # The post returns what it cannot deliver to the address in the window.
            "sender": " · ".join([here.name, here.postal_address or here.contact_name]),
            "contact": [*_address_of(here), here.call_us["phone"], readable(here.contact_email)],
            "address": window_of(message, home),
            "date": date_format(clock.local(now, here.zone).date(), "DATE_FORMAT"),
            "subject": " ".join((words.letter_subject or words.subject).split()),
            "greeting": _("Dear %(name)s") % {"name": name} if name else "",
            "paragraphs": list(map(keep_numbers_whole, words.paragraphs)),
            "facts": [[label, keep_numbers_whole(value)] for label, value in words.facts_and_things],
            "action": _action(button, here),
            "closing": _("Kind regards"),
            "remarks": remarks,
            "card": card_on_paper(words.card, here) if words.card else None,
        }


def window_of(message: Message, home: Address) -> list[str]:
    """Return the lines in the window of a letter's envelope: the name if we know the reader, the street, the town."""
    name = message.recipient.name if message.recipient else ""
    return [name, f"{home.street} {home.number}{', ' + home.floor_door if home.floor_door else ''}", _town(home)]


def printed_to(window: list[str]) -> str:
    """Return sixteen hex digits that stand for the lines in a window and do not reveal them."""
    return salted_hmac("outbox.letters", "\n".join(window)).hexdigest()[:16]


def letters_pdf(sheets: list[Sheet], partnership: Partnership, number: int) -> bytes:
    """Return the letters as one PDF; typst raises an error if it is not PDF/UA-1."""
    with translation.override(partnership.language):
        title = _("Letters, batch %(number)s") % {"number": number}
    return pdf_of(TEMPLATE, {"letters": sheets}, title=title, partnership=partnership, language=partnership.language)


def can_open(person: User | None, button: tuple[str, str] | None) -> bool:
    """Return whether a code on paper would lead its reader somewhere: who has no email cannot log in."""
    if button is None or (person and person.email):
        return button is not None
    try:
        page = resolve(urlsplit(button[1]).path).func
    except Resolver404:
        return True  # another site's
    return not getattr(page, "login_required", True)


def _action(button: tuple[str, str] | None, here: Partnership) -> dict[str, str] | None:
    """Return what replaces the button on paper: a telephone number and a QR code."""
    if button is None:
        return None
    label, url = button
    return {
        "label": label,
        "sentence": _(
            "Call us on %(phone)s, and we will do it with you. Or point the camera of a telephone at the code."
        )
        % here.call_us,
        "code": code_svg(url),
        "alt": _("A code that a telephone reads: %(label)s") % {"label": label},
    }


def _address_of(here: Partnership) -> list[str]:
    """Return whom a reader writes to, and where, in lines."""
    return [here.contact_name, *filter(None, [keep_numbers_whole(here.postal_address)])]


def _town(home: Address) -> str:
    return home.town_line.upper() if home.partnership.country == "SE" else home.town_line
