"""Whose email addresses have been shown to be theirs."""

from allauth.account.models import EmailAddress
from django.db.models import F, QuerySet


def typed_and_not_used() -> QuerySet[EmailAddress]:
    """Return the addresses that staff have typed, and whose owner has used no code or link that was sent there yet."""
    return EmailAddress.objects.filter(verified=False, email=F("user__email"))
