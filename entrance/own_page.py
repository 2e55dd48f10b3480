"""The card on the own page of where a person is logged in."""

import datetime as dt
from typing import cast

from entrance.scopes import own_log_ins
from partnership.people.access import LoggedInRequest
from partnership.people.models import User
from partnership.people.own_page import Card
from partnership.web.viewing import PortalRequest


def log_ins_card(person: User, request: PortalRequest, now: dt.datetime) -> Card:
    """Show where the reader is logged in, with a button to end each."""
    listed = own_log_ins(cast(LoggedInRequest, request), now)
    return Card("entrance/log_ins.html", {"log_ins": listed}, is_about_log_in=True)
