"""Whose mailboxes are verified: a code or a link that was sent there has been used."""

from allauth.account.models import EmailAddress
from django.db.models import F, QuerySet
from django.utils.crypto import salted_hmac

from partnership.people.models import Organisation, OrganisationQuerySet, User
from written.mailboxes import canonical


def hash_of_mailbox(mailbox: str) -> str:
    """Return the keyed hash by which a mailbox is known again that somebody had before (`User.mailbox_before`)."""
    return salted_hmac("people.mailbox_before", canonical(mailbox), algorithm="sha256").hexdigest()


def typed_and_not_verified() -> QuerySet[EmailAddress]:
    """Return the mailboxes that staff have typed, and whose owner has used no code or link that was sent there yet."""
    return EmailAddress.objects.filter(verified=False, email=F("user__email"))


def is_written_down(person: User | None) -> bool:
    """Return whether staff have written down the person's mailbox, and its owner has not verified it: nothing goes
    there but what asks for that. One that is held back gets nothing: the person is written to in another way, if
    there is one.
    """
    return person is not None and person.has_open_mailbox and typed_and_not_verified().filter(user=person).exists()


def holder_elsewhere(email: str, here: int | None) -> User | None:
    """Return who has this mailbox in another partnership than that of the number `here`; None if nobody has."""
    return User.objects.filter(email=canonical(email)).exclude(partnership=here).first() if email else None


def has_verified_mailbox(person: User) -> bool:
    """Return whether there is a mailbox, and it is verified. Who came by a code on paper may have none."""
    return bool(person.email) and is_verified(person)


def own_mailbox(person: User) -> str:
    """Return the mailbox that the person has shown to be theirs; "" if there is none. Of any other they may neither
    read nor delete what was written to it.
    """
    return (person.email or "") if has_verified_mailbox(person) else ""


def organisations_to_read_of(person: User) -> OrganisationQuerySet:
    """Return the organisations that own data list: what was asked for with a mailbox that nobody has used may be its
    real owner's, whose it is to read.
    """
    theirs = Organisation.objects.filter(contacts__person=person)
    return (theirs if has_verified_mailbox(person) else theirs.vouched_for()).distinct()


def is_verified(person: User) -> bool:
    """Return whether somebody has used a code or a link that was sent to the person's present mailbox."""
    noted = EmailAddress.objects.filter(user=person, email=person.email).first()
    if noted is not None:
        return noted.verified
    confirmed = Organisation.objects.chaired_by(person).filter(confirmed_on__isnull=False)
    return bool(person.last_login or confirmed.exists())
