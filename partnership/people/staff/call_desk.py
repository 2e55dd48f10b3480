"""What staff can do for somebody who is on the telephone. Rooms add tasks here."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from partnership.people import lookups
from partnership.people.access import LoggedInRequest
from partnership.people.models import LookUp, User
from partnership.people.own_page import Card
from partnership.people.rules import may_erase_for, may_protect
from partnership.registers import Register


@dataclass(frozen=True)
class CallTask:
    """Something the caller may ask for: its name, the page that does it, and what staff read out first. Without a page,
    `url` is "", and the sentence says why it cannot be done now.
    """

    label: str
    url: str
    sentence: str


# Called with who looks, the caller, the request and the time.
CallTasks = Callable[[User, User, LoggedInRequest, dt.datetime], Iterable[CallTask]]
tasks: Register[CallTasks] = Register("tasks during a call")


def call_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card | None:
    """The tasks that fit a caller, each with a key of its own; nothing if the person has not called."""
    if lookups.remembered(request, person, now) != LookUp.Purpose.CALL:
        return None
    found = [task for find in tasks for task in find(viewer, person, request, now)]
    return Card("people/staff/call.html", {"tasks": list(enumerate(found, start=1))})


def protecting(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> list[CallTask]:
    """Return the task of noting name and address protection, if the viewer may and it is not noted yet."""
    if person.is_protected or not may_protect(viewer, person):
        return []
    sentence = _("Then only coordinators and administrators here see your name and address, and nobody else. Shall I?")
    return [CallTask(_("Has name and address protection"), reverse("people:protection_of", args=[person.pk]), sentence)]


def erasing(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> list[CallTask]:
    """Return the task of deleting everything about a caller, if the viewer may."""
    if not may_erase_for(viewer, person):
        return []
    sentence = _("We will delete everything that we know about you now. It cannot be undone. Shall I do it?")
    return [CallTask(_("Wants everything about them deleted"), reverse("people:erase_for", args=[person.pk]), sentence)]


def noting(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> list[CallTask]:
    """Return the task of noting what a call was about."""
    sentence = _("I note that you called, and what it was about in one line. It is deleted after a year.")
    return [CallTask(_("Note the call"), "#contacts", sentence)]
