"""Changing one's own email address, by a code that is sent to the new one."""

import datetime as dt
import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrance.accounts import CODE_LIVES, KEPT
from partnership.fields.codes import new_code
from partnership.outbox.post import post
from partnership.people.actions.mailboxes import change_mailbox
from partnership.people.actions.own_settings import tell_of_own_change
from partnership.people.models import User
from partnership.places.models import Partnership
from partnership.refusals import Refused
from written.mailboxes import canonical


@transaction.atomic
def send_code(*, person: User, to: str, here: Partnership, may_write: bool, now: dt.datetime) -> str:
    """Send a code to the new address and return it; if somebody else has the address, tell its owner that nothing is
    changed, and return "". The asker cannot tell which. Without `may_write` the mailbox has had enough today.

    Refused: the_same.
    """
    to = canonical(to)
    if to == person.email:
        raise Refused("the_same", _("This is the address that we have already."))
    owner = User.objects.filter(email=to).select_related("partnership").first()
    code = new_code()
    if not may_write:
        return ""
    what = "email_taken" if owner else "email_code"
    post(
        kind=f"entrance.{what}",
        partnership=here,
        to=owner or to,
        about={} if owner else {"code": code},
        key=f"entrance.{what}.{secrets.token_urlsafe(16)}",
        now=now,
        expires_at=now + CODE_LIVES,
        language="" if owner else get_language() or "",
        kept=KEPT,
    )
    return "" if owner else code


def change(*, person: User, to: str, now: dt.datetime) -> None:
    """Give the person the address that they have typed a code from. They are logged out everywhere, and both the old
    address and, for staff, the administrators hear of it.

    Refused: taken, by somebody who was quicker.
    """
    try:
        with transaction.atomic():
            change_mailbox(person=person, to=to, now=now, verified=True)
            tell_of_own_change(person=person, changed=["email"], now=now)
    except IntegrityError as taken:
        raise Refused("taken", _("That did not work. Ask for a new code, or call us.")) from taken
