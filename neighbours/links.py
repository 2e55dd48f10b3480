"""The signed link in an email that confirms a helper: for that mailbox and what was typed last."""

import datetime as dt
from dataclasses import dataclass

from neighbours.models import Helper
from partnership.places.models import Partnership
from partnership.web.tokens import TextTokens, repaired
from written.mailboxes import readable
from written.numbers import is_key

CONFIRM_LINK_LASTS = dt.timedelta(days=14)


@dataclass(frozen=True)
class Link:
    """Whose link it is; `is_replaced` if other data have been typed since it was sent, and `is_sent_elsewhere` if the
    same person has asked again with another mailbox.
    """

    helper: Helper
    is_expired: bool
    is_replaced: bool
    is_sent_elsewhere: bool = False


def _tokens_for(helper: Helper, mailbox: str | None = None) -> TextTokens:
    # The mailbox is part of the salt: links to an old one stop working, and no link contains one.
    return TextTokens(salt=f"neighbours.confirm:{helper.partnership_id}:{mailbox or helper.person.email}")


def _are_ours(token: str, helper: Helper) -> bool:
    """Also in an email from before mailboxes had one spelling."""
    spellings = {helper.person.email, readable(helper.person.email)}
    return any(_tokens_for(helper, mailbox).are_ours(token) for mailbox in spellings)


def make_token(helper: Helper, issued_at: dt.datetime) -> str:
    """Return the token of a link that was sent at `issued_at`."""
    return _tokens_for(helper).make(f"{helper.pk}-{int(issued_at.timestamp())}-{_typed(helper)}")


def read_token(token: str, partnership: Partnership, now: dt.datetime) -> Link | None:
    """Return whose link this is; None if we did not make it, not for this partnership, or it was not used in time."""
    token = repaired(token)
    number, _dash, rest = token.partition("-")
    if not is_key(number):
        return None
    helper = (
        Helper.objects.select_related("person", "household__address").filter(pk=number, partnership=partnership).first()
    )
    if helper is None or not _are_ours(token, helper):
        return None
    if helper.is_to_be_deleted(now) and helper.replaced_at is None:
        return None
    seconds, _dash, typed = rest.partition(".")[0].partition("-")
    issued_at = dt.datetime.fromtimestamp(int(seconds), dt.UTC)
    # Older links do not say what was typed, only when.
    is_replaced = typed != _typed(helper) if typed else issued_at < helper.joined_at.replace(microsecond=0)
    is_sent_elsewhere = helper.is_waiting and helper.replaced_at is not None
    return Link(helper, now - issued_at > CONFIRM_LINK_LASTS, is_replaced, is_sent_elsewhere)


def _typed(helper: Helper) -> str:
    """Return what changes whenever somebody types the person's data again."""
    return helper.submission.hex[:16]
