"""Previews and samples of messages for staff. Links in emails give access: one confirms a booking in its reader's name.
So a preview never contains the reader's own links, and a log-in code is never shown to anyone else.
"""

import dataclasses

from django.utils import translation

from partnership.outbox.channels import sms
from partnership.outbox.channels.choosing import Channel, channel_for
from partnership.outbox.channels.layout import sender_of, text_and_html
from partnership.outbox.kinds import Words, kind, name_for_staff, names
from partnership.outbox.models import Message
from partnership.outbox.scopes import examples
from partnership.people.models import User
from partnership.places.models import Partnership

# The kind that brings staff a sample of another, and is none itself.
OWN = "outbox.test"


def kinds_to_show() -> list[str]:
    """Return the kinds that staff can try: those for a mobile number only where text messages are sent."""
    can_be_sent = (name for name in names() if name != OWN and (sms.is_on() or not kind(name).to_number))
    return sorted(can_be_sent, key=name_for_staff)


def may_be_shown(message: Message) -> bool:
    """Return whether staff may read the message: not if it is about somebody's log-in."""
    return message.kind not in names() or (not kind(message.kind).is_account and message.kind != OWN)


def words_to_show(message: Message, language: str = "") -> Words | None:
    """Return a message's words in a language, else its reader's, with its link replaced; None if it is no longer true.

    Also None if it has ended, since its content is deleted, or if its words cannot be rendered.
    """
    if message.kind not in names() or not may_be_shown(message):
        return None
    try:
        with translation.override(language or message.reading_language):
            words = kind(message.kind).write(message)
    except LookupError:
        return None
    if words and words.letter_subject and channel_for(message, kind(message.kind)) == Channel.LETTER:
        words = dataclasses.replace(words, subject=words.letter_subject)
    return _without_links(words, message.partnership) if words else None


def sample_of(name: str, partnership: Partnership, reader: User) -> Message | None:
    """Return an example of the kind: the newest waiting message here, else a blank one if its words need no case."""
    if name not in names() or name == OWN:
        return None
    if kind(name).is_account:
        # Never a real one: its code would give access to somebody's account.
        return _blank(name, partnership, reader)
    for message in examples(name, partnership).open().order_by("-pk")[:5]:
        if words_to_show(message):
            return message
    blank = _blank(name, partnership, reader)
    return blank if words_to_show(blank) else None


def sample_words(name: str, pk: int | None, partnership: Partnership, reader: User | None) -> Words | None:
    """Return the words of the sample that `sample_of` picked, rendered again in the language that is active now: the
    sentences of the layout around them are in it too.
    """
    if pk is not None:
        message = examples(name, partnership).filter(pk=pk).first()
        return words_to_show(message, translation.get_language() or "") if message else None
    words = kind(name).write(_blank(name, partnership, reader))
    return _without_links(words, partnership) if words else None


def _blank(name: str, partnership: Partnership, reader: User | None) -> Message:
    about = {"is_sample": True, "code": "000000"}
    return Message(kind=name, partnership=partnership, recipient=reader, about=about)


def _without_links(words: Words, partnership: Partnership) -> Words:
    button = (words.button[0], partnership.url("/")) if words.button else None
    links = [(what, partnership.url("/")) for what, _address in words.links]
    things = [dataclasses.replace(one, link=one.link and (one.link[0], partnership.url("/"))) for one in words.things]
    return dataclasses.replace(words, button=button, links=links, things=things, calendar=None)


def preview(message: Message, words: Words) -> tuple[str, str]:
    """Return text and HTML of a preview; its stop link does nothing."""
    partnership = message.partnership
    stop = "" if kind(message.kind).transactional else partnership.url("/")
    return text_and_html(sender_of(partnership), message.reading_language, words, message.greeted_name, stop)
