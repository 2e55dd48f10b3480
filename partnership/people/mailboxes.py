"""Whose mailboxes are verified: a code or a link that was sent there has been used."""

from allauth.account.models import EmailAddress
from django.db.models import F, QuerySet

from partnership.people.models import Organisation, User


def typed_and_not_verified() -> QuerySet[EmailAddress]:
    """Return the mailboxes that staff have typed, and whose owner has used no code or link that was sent there yet."""
    return EmailAddress.objects.filter(verified=False, email=F("user__email"))


def is_written_down(person: User | None) -> bool:
    """Return whether staff have written down the person's mailbox, and its owner has not verified it: nothing goes
    there but what asks for that.
    """
    return person is not None and typed_and_not_verified().filter(user=person).exists()


def is_verified(person: User) -> bool:
    """Return whether somebody has used a code or a link that was sent to the person's present mailbox."""
    noted = EmailAddress.objects.filter(user=person, email=person.email).first()
    if noted is not None:
        return noted.verified
    confirmed = Organisation.objects.chaired_by(person).filter(confirmed_on__isnull=False)
    return bool(person.last_login or confirmed.exists())
