"""What those who join say of before, and by whose invitation they come."""

from dataclasses import dataclass

from neighbours.actions.inviting import inviter
from neighbours.models import HeardFrom, Helper, State

FIELDS = ["was_helper", "heard_from", "invited_by"]


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What somebody who joins says of before."""

    # In the country's own service; None: not asked.
    was_helper: bool | None = None
    heard_from: str = ""
    # The code of a helper's invitation, in whose address it stood.
    invitation: str = ""


NOT_ASKED = Origin()


def say_origin(helper: Helper, said: Origin) -> None:
    """Note on the unsaved row what was said, but not of somebody who comes back to us: they have been counted as what
    they said first.
    """
    if not _was_with_us(helper):
        helper.was_helper, helper.heard_from, helper.invited_by = _told(helper, said)


def is_origin_of(helper: Helper, said: Origin) -> bool:
    """Return whether the row has what is to be noted of this, as after a form that is sent twice."""
    return _was_with_us(helper) or _told(helper, said) == (helper.was_helper, helper.heard_from, helper.invited_by)


def _was_with_us(helper: Helper) -> bool:
    return helper.steps.filter(to_state=State.CONFIRMED).exists()


def _told(helper: Helper, said: Origin) -> tuple[bool | None, str, Helper | None]:
    host = inviter(said.invitation, helper.partnership)
    if host is None or host == helper:
        return said.was_helper, said.heard_from, None
    return said.was_helper, HeardFrom.INVITATION, host
