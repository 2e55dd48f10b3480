"""What staff wrote down and corrected of a person, on the person's page, and what they can correct during a call."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from partnership.people import scopes
from partnership.people.access import LoggedInRequest
from partnership.people.models import User
from partnership.people.own_page import Card
from partnership.people.rules import may_correct
from partnership.people.staff.call_desk import CallTask
from partnership.registers import Register

# Each function returns the address of a room's own page on which staff correct this person; "" if it has none for them.
corrected_in_rooms: Register[Callable[[User], str]] = Register("people whom a room corrects")


def page_in_room(person: User) -> str:
    """Return the address of the room's page on which this person is corrected; "" if it is the page for everybody."""
    return next(filter(None, (page_for(person) for page_for in corrected_in_rooms)), "")


def is_corrected_here(viewer: User, person: User) -> bool:
    """Return whether the viewer corrects the person on the page that is for everybody."""
    return may_correct(viewer, person) and not page_in_room(person)


def correcting(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Iterator[CallTask]:
    """Yield the task of correcting a person's details, if that is done on the page that is for everybody."""
    if is_corrected_here(viewer, person):
        yield CallTask(
            _("Correct what we know"),
            reverse("people:correct", args=[person.pk]),
            _("I read out what we have written down. Tell me what is wrong."),
        )


def steps_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card | None:
    """When staff wrote down or corrected the person, and the way to correct them."""
    steps = list(scopes.detail_steps(person, viewer, request.partnership))
    may = is_corrected_here(viewer, person)
    return Card("people/staff/steps.html", {"person": person, "steps": steps, "may": may}) if steps or may else None
