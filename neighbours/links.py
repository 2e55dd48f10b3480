"""The signed link in an email that confirms a helper: for that mailbox only, valid for 14 days."""

import datetime as dt
from dataclasses import dataclass

from neighbours.models import Helper
from partnership.places.models import Partnership
from partnership.web.tokens import TextTokens

LASTS = dt.timedelta(days=14)


@dataclass(frozen=True)
class Link:
    helper: Helper
    is_expired: bool


def _tokens_for(helper: Helper) -> TextTokens:
    # The address is part of the salt: links to an old address stop working, and no link contains an address.
    return TextTokens(salt=f"neighbours.confirm:{helper.partnership_id}:{helper.person.email}")


def make_token(helper: Helper, issued_at: dt.datetime) -> str:
    """Return the token of a link that was sent at `issued_at`."""
    return _tokens_for(helper).make(f"{helper.pk}-{int(issued_at.timestamp())}")


def read_token(token: str, partnership: Partnership, now: dt.datetime) -> Link | None:
    """Return whose link this is; None if we did not make it, or not for this partnership."""
    number, _dash, rest = token.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    helper = (
        Helper.objects.select_related("person", "household__address").filter(pk=number, partnership=partnership).first()
    )
    if helper is None or not _tokens_for(helper).are_ours(token):
        return None
    issued_at = dt.datetime.fromtimestamp(int(rest.partition(".")[0]), dt.UTC)
    return Link(helper, is_expired=now - issued_at > LASTS)
