"""When a code on paper ends before it is used: it was sent to where its owner was reached, and they no longer are."""

import datetime as dt

from entrance.own_codes.finding import PURPOSE, letters_to
from partnership.outbox.post import withdraw
from partnership.paper import printed_codes
from partnership.people.models import User

REASON = "the reader is reached elsewhere"


def end_printed_codes(person: User, now: dt.datetime) -> None:
    """End the codes on paper that would let the person in, and withdraw the letters that are not sent: whoever opens
    the post where the person lived must not read where they live now.
    """
    printed_codes.end(purpose=PURPOSE, about=person.pk, now=now)
    withdraw(letters_to(person), now=now, reason=REASON)


def delete_printed_codes(person: User, now: dt.datetime) -> None:
    """Delete the codes on paper that would let somebody in who is erased."""
    printed_codes.forget(purpose=PURPOSE, about=person.pk)
