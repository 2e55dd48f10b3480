"""A log-in by a code on paper or by text message is worth a letter box or a telephone. To somebody who does something
for others it opens their own data, and no page on which they would act for them.
"""

from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from entrance.own_codes.finding import may_be_let_in
from partnership.people.access import is_by_own_code
from partnership.people.models import User
from partnership.people.rules import does_something_for_others

# Not that of another email address: with it, and a code sent there, the reader could act for the association.
PAGES = {"data", "download", "details", "language", "protection", "erase", "erased"}
OPEN = {f"people:{page}" for page in PAGES} | {"account_logout"}


def user_of(request: HttpRequest, logged_in: User) -> User | AnonymousUser:
    """Return who is logged in on this page: of a session by code nobody, where it would open more than its reader's own
    data. It ends once its reader has a role, or could log in by email to do something for others.
    """
    if not is_by_own_code(request):
        return logged_in
    if not may_be_let_in(logged_in):
        request.session.flush()
        return AnonymousUser()
    return logged_in if _is_open(request) or not does_something_for_others(logged_in) else AnonymousUser()


def is_closed_by_code(request: HttpRequest) -> bool:
    """Return whether a page asks to log in only because of how its reader has logged in. A log-in by code cannot be
    begun anew: the code worked once, and its owner may have no email address. So no page ends it to ask for one by
    email.
    """
    return is_by_own_code(request) and not _is_open(request)


def is_limited(request: HttpRequest) -> bool:
    """Return whether this session opens only the own data."""
    return is_by_own_code(request) and does_something_for_others(cast(User, request.user))


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name in OPEN
