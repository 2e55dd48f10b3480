"""One message in the morning in place of many during the day, for kinds with `in_digest`.

A reader's digest of a morning is one message, which each new thing is added to until then; its words are those of the
things that are still true.
"""

import datetime as dt
import itertools
from collections.abc import Iterator
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
    """Return the UTC moment of the digest that tells what happens at `now`."""
    local = clock.local(now, partnership.zone)
    day = local.date() if local.time() < IN_THE_MORNING else local.date() + dt.timedelta(days=1)
    return clock.at(day, IN_THE_MORNING, partnership.zone)


def morning_of(partnership: Partnership, due_at: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """Return when a thing that is due at `due_at` is told: on that morning, or on the next one if it is due now."""
    soonest = next_morning(partnership, now)
    if due_at is None:
        return soonest
    due_on = clock.local(due_at, partnership.zone).date()
    return max(soonest, clock.at(due_on, IN_THE_MORNING, partnership.zone))


def keys_of(reader: User, partnership: Partnership, morning: dt.datetime) -> Iterator[str]:
    """Yield the keys of a reader's digests of one morning: the second is for what comes when staff have sent the first
    one before its time.
    """
    first = f"{NAME}.{partnership.pk}.{reader.pk}.{morning:%Y-%m-%dT%H}"
    yield first
    yield from (f"{first}.{number}" for number in itertools.count(2))


def add(key: str, *, thing: str, kind: str, about: dict[str, object]) -> bool:
    """Add a thing to the digest that has this key; return False if that has ended, or is being sent."""
    message = Message.objects.select_for_update(no_key=True).get(key=key)
    if message.state not in Message.OPEN or message.state == Message.State.CLAIMED:
        return False
    things = message.about.setdefault("things", {})
    things[thing] = {"kind": kind, "about": about}
    message.save(update_fields=["about"])
    return True


def words_of_digest(message: Message) -> Words | None:
    """Return the words of a digest; one thing alone has its own words."""
    told = [one for thing in message.about.get("things", {}).values() if (one := _words_of(thing, message))]
    if len(told) < 2:
        return next(iter(told), None)
    return Words(
        subject=_("%(count)d things since yesterday") % {"count": len(told)},
        paragraphs=[_("Each of them has its own page; you do not need to answer this email.")],
        facts=[(str(number), _briefly(one)) for number, one in enumerate(told, start=1)],
        links=[(f"{number}. {one.button[0]}", one.button[1]) for number, one in enumerate(told, start=1) if one.button],
    )


def _briefly(one: Words) -> str:
    """Return all that a message of its own would say."""
    return "\n".join([one.subject, *one.paragraphs, *(f"{label}: {value}" for label, value in one.facts)])


def _words_of(thing: dict[str, Any], message: Message) -> Words | None:
    """Return the words of one thing, as if it were a message of its own."""
    alone = Message(
        kind=thing["kind"], about=thing["about"], partnership=message.partnership, recipient=message.recipient
    )
    alone.written_at = message.written_at
    return kind(thing["kind"]).write(alone)
