"""The one place where a helper changes state: the row, its times and its step are written together."""

import datetime as dt

from neighbours.models import Helper, HelperStep, State
from partnership.outbox.post import withdraw
from partnership.people.models import User
from partnership.refusals import Refused


def move(helper: Helper, to: str, *, by: User | None, channel: str, now: dt.datetime, why: str = "") -> None:
    """Take a locked helper to another state. A first step may end where the row began: waiting."""
    is_first = not helper.steps.exists()
    before = "" if is_first else helper.state
    if not is_first and not helper.may_become(to):
        raise Refused("not_allowed_now", f"{helper.state} > {to}")
    helper.state = to
    helper.confirmed_at = now if to == State.CONFIRMED else None if to == State.PENDING else helper.confirmed_at
    helper.left_at = now if to == State.LEFT else None
    helper.save(update_fields=["state", "confirmed_at", "left_at"])
    HelperStep.objects.create(helper=helper, from_state=before, to_state=to, at=now, by=by, channel=channel, why=why)


def no_longer_waiting(helper: Helper, now: dt.datetime) -> None:
    """Take back the reminder of a link that is used, or that a newer one has replaced."""
    withdraw(f"neighbours.helper.{helper.pk}.reminder.", now=now, reason="the link is used or renewed")
