"""Giving and withdrawing consents, each as a new row."""

import datetime as dt

from django.db import transaction

from partnership.people.actions.locking import locked
from partnership.people.models import Consent, User, Wording


def wording_of(*, purpose: str, text: str, language: str) -> Wording:
    """Return the record of exactly these words, made if nobody has been shown them before."""
    wording, _made = Wording.objects.get_or_create(
        digest=Wording.digest_of(purpose, language, text),
        defaults={"purpose": purpose, "language": language, "text": text},
    )
    return wording


@transaction.atomic
def give_consent(
    *,
    person: User,
    purpose: str,
    text: str,
    language: str,
    medium: str,
    now: dt.datetime,
    written_by: User | None = None,
) -> Consent:
    """Record that `person` said yes to exactly `text`. `written_by` is the member of staff who typed a paper slip."""
    wording = wording_of(purpose=purpose, text=text, language=language)
    assert person.partnership  # only platform administrators have none, and they are not asked for consents
    return Consent.objects.create(
        partnership=person.partnership,
        person=person,
        wording=wording,
        is_given=True,
        at=now,
        medium=medium,
        written_by=written_by,
    )


@transaction.atomic
def withdraw_consent(
    *, person: User, purpose: str, medium: str, now: dt.datetime, written_by: User | None = None
) -> bool:
    """Record that `person` no longer consents to `purpose`; return False if there was no consent to withdraw.
    `written_by` is the member of staff whom they told.
    """
    locked(person)
    if not Consent.objects.live(person, purpose):
        return False
    newest = Consent.objects.filter(person=person, wording__purpose=purpose).latest("pk")
    Consent.objects.create(
        partnership=newest.partnership,
        person=person,
        wording=newest.wording,
        is_given=False,
        at=now,
        medium=medium,
        written_by=written_by,
    )
    return True
