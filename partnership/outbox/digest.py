"""One message in the morning in place of many during the day, for kinds with `in_digest`.

A reader's digest of a morning is one message, which each new thing is added to until then; its words are those of the
things that are still true.
"""

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership import clock
from partnership.fields.printed_days import day_in_words
from partnership.outbox.kinds import Brief, Thing, Words, kind
from partnership.outbox.models import Message
from partnership.people.actions.locking import Erased
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
    """Add a thing to the digest that has this key; return False if that has ended, or is being sent. Raise Erased if it
    has gone with its reader.
    """
    message = Message.objects.select_for_update(no_key=True).filter(key=key).first()
    if message is None:
        raise Erased
    if message.state not in Message.OPEN or message.state == Message.State.CLAIMED:
        return False
    things = message.about.setdefault("things", {})
    # The database keeps no order of keys. Digests from before 30 November 2026 have no numbers.
    things[thing] = {"kind": kind, "about": about, "number": len(things)}
    message.save(update_fields=["about"])
    return True


def words_of_digest(message: Message) -> Words | None:
    """Return the words of a digest: what is promised first, by day, the rest in its order; one thing alone has its own
    words.
    """
    things = sorted(message.about.get("things", {}).values(), key=lambda thing: thing.get("number", 0))
    told = [one for thing in things if (one := _words_of(thing, message))]
    if len(told) < 2:
        return next(iter(told), None)
    told.sort(key=lambda one: _brief(one).due_on or dt.date.max)
    return Words(subject=_subject(told), paragraphs=[], things=[_thing(one) for one in told])


def _subject(told: list[Words]) -> str:
    """Return what a digest is about: the first thing and how many more, or how many answers are due, and when."""
    days = [day for one in told if (day := _brief(one).due_on)]
    new = len(told) - len(days)
    if not days:
        more = ngettext("%(first)s, and %(count)d more", "%(first)s, and %(count)d more", new - 1)
        return more % {"first": told[0].subject, "count": new - 1}
    values = {"count": len(days), "day": day_in_words(days[0])}
    if days[0] == days[-1]:
        due = ngettext("%(count)d answer is due by %(day)s", "%(count)d answers are due by %(day)s", len(days))
    else:
        due = _("%(count)d answers are due, the first by %(day)s")
    if not new:
        return due % values
    news = ngettext("%(count)d new thing", "%(count)d new things", new) % {"count": new}
    return _("%(due)s, and %(news)s") % {"due": due % values, "news": news}


def _thing(one: Words) -> Thing:
    brief = _brief(one)
    link = (brief.link or one.button[0], one.button[1]) if one.button else None
    return Thing(one.subject, brief.lines, link)


def _brief(one: Words) -> Brief:
    """Return what a thing says in brief; all that it says alone, if its kind has no other words for that."""
    return one.brief or Brief([*one.paragraphs, *(f"{label}: {value}" for label, value in one.facts)])


def _words_of(thing: dict[str, Any], message: Message) -> Words | None:
    """Return the words of one thing, as if it were a message of its own."""
    alone = Message(
        kind=thing["kind"], about=thing["about"], partnership=message.partnership, recipient=message.recipient
    )
    alone.written_at = message.written_at
    return kind(thing["kind"]).write(alone)
