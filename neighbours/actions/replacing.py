"""Asking to join with another mailbox, after a wrong one was typed: what the first form made ends."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q

from neighbours.actions.joining import ask_to_join
from neighbours.actions.requests import JoinRequest
from neighbours.actions.steps import withdraw_reminder
from neighbours.models import Helper, HelperQuerySet
from partnership.outbox.post import OTHER_ADDRESS, withdraw
from partnership.people.actions.locking import locked
from partnership.people.models import User
from partnership.places.models import Partnership


@transaction.atomic
def ask_with_another_mailbox(*, replaces: uuid.UUID, join_request: JoinRequest, now: dt.datetime) -> None:
    """Ask to join, as `ask_to_join` does, and end what the form `replaces` made: both, or nothing."""
    typed = Q(pk__in=_made_by(replaces, join_request.partnership).values("person"))
    # In one order: two who have each typed the other's mailbox must not wait for each other.
    list(User.objects.select_for_update(no_key=True).filter(typed | Q(email=join_request.email)).order_by("pk"))
    end_replaced(replaces=replaces, partnership=join_request.partnership, now=now)
    ask_to_join(join_request=join_request, now=now)


@transaction.atomic
def end_replaced(*, replaces: uuid.UUID, partnership: Partnership, now: dt.datetime) -> None:
    """End what a form with a wrong mailbox made: its messages and its link. The night deletes the row, since to
    do it at once would take longer than where the mailbox is a known person's.

    It stays if it has been used, or the person has asked to join in another form before.
    """
    typed = _made_by(replaces, partnership).first()
    if typed is None:
        return
    locked(typed.person_id)
    helper = _made_by(replaces, partnership).select_for_update().filter(pk=typed.pk).first()
    if helper is None:
        return
    withdraw_reminder(helper, now)
    if not helper.steps.filter(at__lt=helper.joined_at).exists():
        withdraw(f"neighbours.helper.{helper.pk}.", now=now, reason=OTHER_ADDRESS)
        helper.replaced_at = now
        helper.save(update_fields=["replaced_at"])


def _made_by(submission: uuid.UUID, partnership: Partnership) -> HelperQuerySet:
    return Helper.objects.waiting().filter(partnership=partnership, submission=submission)
