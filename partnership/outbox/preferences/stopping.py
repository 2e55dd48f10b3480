"""The one-click stop of every message that is not an answer to something the reader did."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from partnership.outbox.kinds import kind, names
from partnership.outbox.models import Message
from partnership.outbox.reasons import no_consent_to
from partnership.people.actions.consents import give_consent, withdraw_consent
from partnership.people.actions.locking import locked
from partnership.people.models import Consent, Medium, User


@dataclass(frozen=True)
class Choice:
    """A purpose that a person has consented to: the words of the consent, and whether it is current."""

    purpose: str
    text: str
    is_on: bool
    since: dt.datetime


def purposes() -> set[str]:
    """Return the purposes that kinds of messages need a consent to."""
    return {kind(name).consent for name in names()} - {""}


def choices_of(person: User) -> list[Choice]:
    """Return every purpose that the person has ever consented to, with the newest answer on each."""
    newest = (
        Consent.objects.filter(person=person, wording__purpose__in=purposes())
        .order_by("wording__purpose", "-pk")
        .distinct("wording__purpose")
        .select_related("wording")
    )
    return [Choice(row.wording.purpose, row.wording.text, row.is_given, row.at) for row in newest]


@transaction.atomic
def stop(*, person: User, purpose: str, now: dt.datetime, medium: str = Medium.EMAIL_LINK) -> None:
    """Withdraw the consent and the messages that wait under it; doing it twice changes nothing. A message that a worker
    has claimed is stopped by the final check, which reads the consent again.
    """
    withdraw_consent(person=person, purpose=purpose, medium=medium, now=now)
    about = [name for name in names() if kind(name).consent == purpose]
    waiting = Message.objects.open().filter(recipient=person, kind__in=about).exclude(state=Message.State.CLAIMED)
    waiting.update(state=Message.State.WITHDRAWN, ended_at=now, reason=no_consent_to(purpose), about={})


@transaction.atomic
def begin_again(*, person: User, purpose: str, now: dt.datetime, medium: str = Medium.WEB) -> bool:
    """Consent again to the same words as last time; False if there was no consent, or it is not withdrawn."""
    locked(person)
    newest = Consent.objects.filter(person=person, wording__purpose=purpose).order_by("-pk").first()
    if newest is None or newest.is_given or purpose not in purposes():
        return False
    words = newest.wording
    give_consent(person=person, purpose=purpose, text=words.text, language=words.language, medium=medium, now=now)
    return True


@transaction.atomic
def choose(*, person: User, wanted: set[str], now: dt.datetime, medium: str) -> None:
    """Withdraw all consents except `wanted`. It never adds one: a link in an email gives no new consent."""
    for choice in choices_of(person):
        if choice.is_on and choice.purpose not in wanted:
            stop(person=person, purpose=choice.purpose, now=now, medium=medium)
