"""The only place where a helper changes state: the row, its times and its step are written together."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import cast

from neighbours.actions.inviting import new_code
from neighbours.models import Helper, HelperStep, State
from partnership import cases
from partnership.outbox.post import withdraw
from partnership.people.models import Medium, User

# As rows of messages store it: the constant may be renamed, and its text not.
LINK_ENDED = "the link is used or renewed"


def move(helper: Helper, to: str, *, by: User | None, medium: str, now: dt.datetime, why: str = "") -> None:
    """Move a locked helper to another state. A new row is pending; its first step may confirm it at once. Who becomes
    a helper gets the code of their invitation.
    """
    confirmed_at = now if to == State.CONFIRMED else None if to == State.PENDING else helper.confirmed_at
    times: dict[str, object] = {"confirmed_at": confirmed_at, "left_at": now if to == State.LEFT else None}
    if to == State.CONFIRMED and not helper.invitation:
        times["invitation"] = new_code()
    write = cases.move if helper.steps.exists() else cases.begin
    write(helper, to, by=by, now=now, why=why, on_step={"medium": medium}, **times)


def medium_of(helper: Helper, by: User, medium: str) -> str:
    """Return by which medium a helper said it: on the web, or as staff were told; empty if nobody knows."""
    return Medium.WEB if by.pk == helper.person_id else medium


def record_correction(
    helper: Helper,
    changed: Iterable[str],
    *,
    by: User,
    medium: str = "",
    why: str = "",
    submission: uuid.UUID | None = None,
    now: dt.datetime,
) -> HelperStep:
    """Record which details of a locked helper were corrected, by whom, and how staff were told. What they were is kept
    nowhere.
    """
    how = {"medium": medium_of(helper, by, medium), "submission": submission}
    on_step: dict[str, object] = {**how, "changed": {name: [] for name in changed}}
    return cast(HelperStep, cases.stay(helper, by=by, now=now, why=why, on_step=on_step))


def withdraw_reminder(helper: Helper, now: dt.datetime) -> None:
    """Withdraw the reminder of a link that is used, or that a newer one has replaced."""
    withdraw(f"neighbours.helper.{helper.pk}.reminder.", now=now, reason=LINK_ENDED)
