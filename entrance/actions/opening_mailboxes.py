"""A mailbox that staff have written down counts once its owner has logged in with a code that was sent there."""

from typing import Any

from allauth.account.models import EmailAddress

from partnership import clock
from partnership.outbox.post import send_what_waited
from partnership.people.actions.mailboxes import open_mailbox


def open_confirmed(*, email_address: EmailAddress, **_more: Any) -> None:
    """Open the mailbox and send what waited for it. Called by allauth's signal `email_confirmed`."""
    now = clock.now()
    open_mailbox(email_address.user, now)
    send_what_waited(email_address.user, now)
