"""Limits emails to one domain in a minute (`MAIL_PER_DOMAIN_A_MINUTE`) and spreads the rest over the next minutes.
Urgent messages are never held back, and are not counted.
"""

import datetime as dt
from collections import Counter

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from partnership.outbox.models import Message, Pace

# Domains in alphabetical order, so that two workers lock the same rows in the same order.
_ASK = """
    INSERT INTO outbox_pace AS pace (domain, minute_at, asked)
    SELECT domain, %s, asked FROM unnest(%s::text[], %s::int[]) AS new (domain, asked) ORDER BY domain
    ON CONFLICT (domain) DO UPDATE SET
        asked = excluded.asked + CASE WHEN pace.minute_at = excluded.minute_at THEN pace.asked ELSE 0 END,
        minute_at = excluded.minute_at
    RETURNING domain, asked
"""


def turns(messages: list[Message], now: dt.datetime) -> dict[int, dt.datetime]:
    """Return the later minute in which to send a message, by its id, for those whose domain has got as many as it takes
    in this minute. Urgent messages are never put off.
    """
    limit = settings.MAIL_PER_DOMAIN_A_MINUTE
    paced = [(message, domain_of(message)) for message in messages if message.priority != Message.Priority.URGENT]
    wanted = Counter(domain for _message, domain in paced if domain)
    if not wanted or not limit:
        return {}
    minute = now.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [minute, list(wanted), list(wanted.values())])
        place = {domain: asked - wanted[domain] for domain, asked in cursor.fetchall()}
    later = {}
    for message, domain in paced:
        if domain:
            minutes = place[domain] // limit
            place[domain] += 1
            if minutes:
                later[message.pk] = minute + dt.timedelta(minutes=minutes)
    return later


def domain_of(message: Message) -> str:
    """Return the domain of the mailbox that a message goes to."""
    return message.to_mailbox.rpartition("@")[2].lower()


def old_paces(now: dt.datetime) -> QuerySet[Pace]:
    """Return the counts from before the last hour."""
    return Pace.objects.filter(minute_at__lt=now - dt.timedelta(hours=1))
