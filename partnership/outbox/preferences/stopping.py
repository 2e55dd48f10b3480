"""The one-click stop that every message carries which the reader did not ask for by an act of her own."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from partnership.outbox.kinds import kind, names
from partnership.outbox.models import Message
from partnership.people.actions.consents import give_consent, withdraw_consent
from partnership.people.models import Consent, User


@dataclass(frozen=True)
class Choice:
    """One thing that she may get messages about: the words that she said yes to, and whether it still holds."""

    purpose: str
    text: str
    is_on: bool
    since: dt.datetime


def purposes() -> set[str]:
    """Return what consents there are messages for."""
    return {kind(name).consent for name in names()} - {""}


def choices_of(person: User) -> list[Choice]:
    """Return everything that she has ever said yes to be written to about, with the newest word on each."""
    newest = (
        Consent.objects.filter(person=person, wording__purpose__in=purposes())
        .order_by("wording__purpose", "-pk")
        .distinct("wording__purpose")
        .select_related("wording")
    )
    return [Choice(row.wording.purpose, row.wording.text, row.is_given, row.at) for row in newest]


@transaction.atomic
def stop(*, person: User, purpose: str, now: dt.datetime, channel: str = Consent.Channel.MAIL) -> None:
    """Withdraw the consent, and what waits with it; doing it twice does nothing more.

    What a worker holds at this moment is caught by its second look, which asks for the consent again.
    """
    withdraw_consent(person=person, purpose=purpose, channel=channel, now=now)
    about = [name for name in names() if kind(name).consent == purpose]
    waiting = Message.objects.open().filter(recipient=person, kind__in=about).exclude(state=Message.State.CLAIMED)
    waiting.update(state=Message.State.WITHDRAWN, ended_at=now, reason=f"no consent to {purpose}"[:200], about={})


@transaction.atomic
def begin_again(*, person: User, purpose: str, now: dt.datetime, channel: str = Consent.Channel.WEB) -> bool:
    """Say yes again, to the same words as the last time; False where she never had, or has not stopped."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    newest = Consent.objects.filter(person=person, wording__purpose=purpose).order_by("-pk").first()
    if newest is None or newest.is_given or purpose not in purposes():
        return False
    words = newest.wording
    give_consent(person=person, purpose=purpose, text=words.text, language=words.language, channel=channel, now=now)
    return True


@transaction.atomic
def choose(*, person: User, wanted: set[str], now: dt.datetime, channel: str) -> None:
    """Keep of what she gets only `wanted`. It takes away and never adds: a link in a mail gives no new consent."""
    for choice in choices_of(person):
        if choice.is_on and choice.purpose not in wanted:
            stop(person=person, purpose=choice.purpose, now=now, channel=channel)
