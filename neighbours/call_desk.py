"""What staff can do for a caller who is a helper, or wants to be one."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from neighbours import rules, scopes
from neighbours.models import Helper, State
from partnership.people.access import LoggedInRequest
from partnership.people.models import User
from partnership.people.staff.call_desk import CallTask


def for_callers(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Iterator[CallTask]:
    """Yield what staff can do for a caller: make them a helper, or change or end what they are."""
    helper = scopes.helpers_in_view(viewer, request.partnership).filter(person=person).select_related("person").first()
    if helper is None or helper.state == State.LEFT:
        yield CallTask(
            _("Become a neighbour helper"),
            f"{reverse('neighbours:slip')}?person={person.pk}",
            _("I write down your name and address when I have read you what you say yes to."),
        )
    if helper:
        yield from _for_helper(viewer, helper, now)


def _for_helper(viewer: User, helper: Helper, now: dt.datetime) -> Iterator[CallTask]:
    if rules.may_correct(viewer, helper):
        yield CallTask(
            _("Correct what we know, or how we reach them"),
            reverse("neighbours:correct", args=[helper.pk]),
            _("I read out what we have written down. Tell me what is wrong."),
        )
    if helper.is_confirmed:
        yield CallTask(
            _("Note a first thing as done"),
            "#first-things",
            _("Which of the first three things have you done?"),
        )
    if helper.is_confirmed and not rules.has_own_page(helper.person, now):
        yield CallTask(
            _("Make a new reply card"),
            reverse("neighbours:card_for", args=[helper.pk]),
            _("I can send you a new card to tick. It has a number and no name, and the one before no longer counts."),
        )
    if helper.state != State.LEFT:
        yield CallTask(
            _("No longer wants to be a helper"),
            reverse("neighbours:leave_for", args=[helper.pk]),
            _("We will delete your address and stop writing to you about it. You can come back. Shall I do it?"),
        )
