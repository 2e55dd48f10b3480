"""What the own page shows of log-ins: where a person is logged in, and what they can change."""

import datetime as dt
from typing import cast

from entrance.rules import has_just_come_in, has_more_than_a_code
from entrance.scopes import own_log_ins
from partnership.people.access import LoggedInRequest, is_by_own_code
from partnership.people.models import User
from partnership.people.own_page import Card
from partnership.web.viewing import PortalRequest


def log_ins_card(person: User, request: PortalRequest, now: dt.datetime) -> Card:
    """Show where the reader is logged in, with a button to end each."""
    listed = own_log_ins(cast(LoggedInRequest, request), now)
    return Card("entrance/log_ins.html", {"log_ins": listed}, is_about_log_in=True)


def ways_offered(request: PortalRequest, now: dt.datetime) -> set[str]:
    """Return what to offer: to who came by a code by letter or text message nothing that asks for a log-in by email,
    and another email address only at once, since they cannot log in anew to change it later; none to who has more to
    show than such a code.
    """
    if not is_by_own_code(request):
        return {"mailbox", "factors"}
    if has_more_than_a_code(cast(User, request.user)):
        return set()
    return {"mailbox"} if has_just_come_in(request, now) else set()
