"""Changing one's own email address, by a code that is sent to the new one."""

import datetime as dt
import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrance.accounts import CODE_LIVES, KEPT
from entrance.rules import has_more_than_a_code
from partnership.fields.codes import new_code
from partnership.outbox.post import post
from partnership.people.actions import moves
from partnership.people.actions.locking import locked
from partnership.people.actions.mailboxes import change_mailbox, mailbox_before
from partnership.people.actions.own_settings import tell_of_own_change
from partnership.people.mailboxes import hash_of_mailbox
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


def log_in_first(person: User) -> str:
    """Return what somebody does who came by a code, and has more to show than that."""
    said = _(
        "To change the email address, log out and log in with it, not with a code by letter or text message. If you "
        "cannot, call %(name)s on %(phone)s."
    )
    return said % person.partnership.call_us if person.partnership else ""


def change(*, person: User, to: str, is_by_code: bool = False, now: dt.datetime) -> None:
    """Give the person the address that they have typed a code from. They are logged out everywhere, and both the old
    address and, for staff, the administrators hear of it. The verified one before counts at once if staff put it back.

    In a log-in by a code on paper or by text message the new one waits, as what staff write down, unless it is the one
    that counts at once when it is put back; and their home hears of it.

    Refused: taken, by somebody who was quicker; by_code, of who has more to show than such a code.
    """
    try:
        with transaction.atomic():
            stored = locked(person)
            if is_by_code and has_more_than_a_code(stored):
                raise Refused("by_code", log_in_first(stored))
            reached = moves.reach_of(stored, now) if is_by_code else None
            before = mailbox_before(stored, now)
            waits = is_by_code and before != hash_of_mailbox(to)
            opens_at = now + moves.NO_CODE_FOR if waits else None
            change_mailbox(person=person, to=to, now=now, verified=not waits, opens_at=opens_at, mailbox_before=before)
            tell_of_own_change(person=person, changed=["email"], by_code=reached, now=now)
    except IntegrityError as taken:
        raise Refused("taken", _("That did not work. Ask for a new code, or call us.")) from taken
