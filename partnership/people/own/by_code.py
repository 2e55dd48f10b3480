"""What somebody reads who has changed how they are reached after a code by letter or text message."""

import datetime as dt

from django.utils.translation import gettext as _

from partnership import clock
from partnership.fields.printed_days import day_in_words
from partnership.people.access import LoggedInRequest, is_by_own_code
from partnership.people.actions.moves import no_code_before
from partnership.people.models import User


def said_of_new_number(request: LoggedInRequest, now: dt.datetime) -> str:
    """Return from when the reader can get a code on their number, which they gave lately; "" if they can now, or came
    by email.
    """
    person = _stored_if_by_code(request)
    if person is None or not person.phone or person.phone_is_verified:
        return ""
    said = _("Before %(day)s we send no code to the number, so that nobody else reads what we know about you.")
    return _until(said, person, "phone", now)


def said_of_new_home(request: LoggedInRequest, now: dt.datetime) -> str:
    """Return from when the reader can get a code by letter at the home that they gave lately; "" if they can now, or
    came by email.
    """
    person = _stored_if_by_code(request)
    said = _("We send no code by letter there before %(day)s, so that nobody else reads what we know about you.")
    return _until(said, person, "address", now) if person else ""


def _stored_if_by_code(request: LoggedInRequest) -> User | None:
    if not is_by_own_code(request):
        return None
    # The action has changed a row that it read itself.
    request.user.refresh_from_db()
    return request.user


def _until(said: str, person: User, detail: str, now: dt.datetime) -> str:
    begins, here = no_code_before(person, detail, now), person.partnership
    return said % {"day": day_in_words(clock.local(begins, here.zone).date())} if begins and here else ""
