"""What is deleted with a person of the codes on paper."""

import datetime as dt

from entrance.own_codes.finding import PURPOSE
from partnership.paper import printed_codes
from partnership.people.models import User


def delete_printed_codes(person: User, now: dt.datetime) -> None:
    """Delete the codes on paper that would let the person in."""
    printed_codes.forget(purpose=PURPOSE, about=person.pk)
