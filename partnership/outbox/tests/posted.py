"""Messages to send: one kind that answers something, and one that needs a consent."""

import datetime as dt

from django.db import transaction

from partnership.outbox.kinds import Words, kinds, words
from partnership.outbox.models import Message
from partnership.outbox.posting import post
from partnership.people.models import User
from partnership.places.models import Partnership
from partnership.tests.cast import NOW


@words("test.answer", transactional=True)
def answer(message: Message) -> Words | None:
    if message.about.get("untrue"):
        return None
    if message.about.get("broken"):
        raise LookupError("a word is missing")
    return Words(subject=f"Answer {message.key}", paragraphs=["Here it is."], facts=[("When", "Now")])


@words("test.notice", consent="notices", priority=Message.Priority.BULK)
def notice(message: Message) -> Words:
    return Words(subject="A notice", paragraphs=["Look after each other."])


kinds.add(answer, notice)


def post_one(
    where: Partnership, to: User | str, key: str = "test.1", kind: str = "test.answer", now: dt.datetime = NOW, **more
) -> Message:
    with transaction.atomic():
        post(kind=kind, partnership=where, to=to, about=more.pop("about", {}), key=key, now=now, **more)
    return Message.objects.get(key=key)
