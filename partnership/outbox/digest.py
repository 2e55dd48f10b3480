"""One message in the morning in place of many during the day, for kinds with `in_digest`.

A reader's digest of a morning is one message, which each new thing is added to until then; its words are those of the
things that are still true.
"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from partnership import clock
from partnership.outbox.kinds import Words, kind
from partnership.outbox.models import Message
from partnership.people.models import User
from partnership.places.models import Partnership

NAME = "outbox.digest"
IN_THE_MORNING = dt.time(7)


def next_morning(partnership: Partnership, now: dt.datetime) -> dt.datetime:
    """Return when what happens at `now` is told."""
    local = clock.local(now, partnership.zone)
    day = local.date() if local.time() < IN_THE_MORNING else local.date() + dt.timedelta(days=1)
    return clock.at(day, IN_THE_MORNING, partnership.zone)


def key_of(reader: User, partnership: Partnership, now: dt.datetime) -> str:
    return f"{NAME}.{partnership.pk}.{reader.pk}.{next_morning(partnership, now):%Y-%m-%dT%H}"


def add(key: str, *, thing: str, kind: str, about: dict[str, object]) -> None:
    """Add a thing to the digest that has this key. The same thing again changes nothing. It has not been sent, since it
    is due on a morning that is still to come.
    """
    message = Message.objects.select_for_update(no_key=True).get(key=key)
    things = message.about.setdefault("things", {})
    things[thing] = {"kind": kind, "about": about}
    message.save(update_fields=["about"])


def words_of_digest(message: Message) -> Words | None:
    """Return the words of a digest; one thing alone has its own words."""
    told = [one for thing in message.about.get("things", {}).values() if (one := _words_of(thing, message))]
    if len(told) < 2:
        return next(iter(told), None)
    return Words(
        subject=_("%(count)d things since yesterday") % {"count": len(told)},
        paragraphs=[_("Each of them has its own page; you do not need to answer this e-mail.")],
        facts=[(str(number), _briefly(one)) for number, one in enumerate(told, start=1)],
        links=[(one.subject, one.button[1]) for one in told if one.button],
    )


def _briefly(one: Words) -> str:
    """Return a thing on as many lines as it has facts, so that nobody needs to open its page to know which it is."""
    return "\n".join([one.subject, *(f"{label}: {value}" for label, value in one.facts)])


def _words_of(thing: dict[str, Any], message: Message) -> Words | None:
    """Return the words of one thing, as if it were a message of its own."""
    alone = Message(
        kind=thing["kind"], about=thing["about"], partnership=message.partnership, recipient=message.recipient
    )
    alone.written_at = message.written_at
    return kind(thing["kind"]).write(alone)
