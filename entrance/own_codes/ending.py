"""When a code on paper ends before it is used: it was sent to where its owner was reached, and they no longer are."""

import datetime as dt
from collections.abc import Iterator

from allauth.core import context
from django.utils.translation import gettext as _

from entrance.own_codes.finding import PURPOSE, letters_to
from entrance.sessions import BrowserSession
from partnership.outbox.post import Message, withdraw
from partnership.paper import printed_codes
from partnership.people.access import BY_OWN_CODE
from partnership.people.models import User

REASON = "the reader is reached elsewhere"


def end_printed_codes(person: User, now: dt.datetime) -> None:
    """End the codes on paper that would let the person in and the log-ins begun with one, and withdraw the letters that
    are not sent: whoever opens the post where the person lived must not read where they live now.
    """
    # Not that in which the person makes the change.
    own = context.request.session.session_key if context.request else None
    sessions = BrowserSession.objects.filter(person=person).exclude(session_key=own or "")
    begun = [session.pk for session in sessions if session.get_decoded().get(BY_OWN_CODE)]
    BrowserSession.objects.filter(pk__in=begun).delete()
    printed_codes.end(purpose=PURPOSE, about=person.pk, now=now)
    withdraw(letters_to(person), now=now, reason=REASON)


def is_letter_withdrawn(person: User, at: dt.datetime) -> bool:
    """Return whether a change at this time has withdrawn a letter with a code that was not posted yet."""
    return Message.objects.filter(key__startswith=letters_to(person), ended_at=at, reason=REASON).exists()


def code_may_have_ended(person: User, _now: dt.datetime) -> Iterator[str]:
    """Yield to who cannot log in by email that a code on its way to them has ended, whether or not there is one: nobody
    reads whether a letter with a code was written.
    """
    if not person.email:
        yield _("If you are waiting for a letter with a code, ask for a new one: the code no longer works.")


def delete_printed_codes(person: User, now: dt.datetime) -> None:
    """Delete the codes on paper that would let somebody in who is erased."""
    printed_codes.forget(purpose=PURPOSE, about=person.pk)
