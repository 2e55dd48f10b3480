"""Change what the association has told us about its place and its guests, and show it in public."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership import cases
from partnership.people.models import User
from partnership.people.rules import speaks_for
from partnership.refusals import Refused
from talks import rules
from talks.actions.holding import lock, refuse_unless
from talks.messages import posting
from talks.models import SHOWN, Booking, as_seen

S = Booking.State


@transaction.atomic
def change_place_facts(*, booking: Booking, facts: Mapping[str, Any], by: User, now: dt.datetime) -> bool:
    """Store the facts that are new, until the talk begins, and return whether there were any. Of a confirmed talk
    speaker and chair are told, and coordinators of what the association changed; a request's page is enough.

    What the association says of an open talk waits for `show_to_all`. Refused: not_yours, too_late.
    """
    booking = lock(booking)
    if not rules.may_change_place_facts(by, booking):
        raise Refused("not_yours", _("Only the association and the coordinator can change this."))
    if not booking.place_facts_may_change(now):
        raise Refused("too_late", _("This can be changed until the talk begins, and not once it is cancelled."))
    changes = {name: fact for name, fact in facts.items() if getattr(booking, name) != fact}
    if not changes:
        return False
    seen = _seen(booking, changes, by)
    step = cases.stay(booking, by=by, now=now, sequence=booking.sequence + 1, **seen, **changes)
    if booking.state == S.CONFIRMED:
        posting.tell_changed(booking, step.pk, now)
        if speaks_for(by, booking.association):
            posting.tell_coordinators(booking, "association_changed", now, about={"step": step.pk})
    return True


def _seen(booking: Booking, changes: Mapping[str, Any], by: User) -> dict[str, Any]:
    """Return what to store of what staff have seen: all that they write themselves, and nothing of a closed talk."""
    is_public = changes.get("is_public", booking.is_public)
    if is_public and not rules.may_answer(by, booking):
        return {}
    return as_seen(is_public=is_public, place=changes.get("place", booking.place))


@transaction.atomic
def show_to_all(*, booking: Booking, place: str | None, by: User, now: dt.datetime) -> None:
    """Staff have seen that everybody may come, and to what `place` (None: they have not): the public page shows it.
    Refused: not_yours, or changed since they looked.
    """
    booking = lock(booking)
    refuse_unless(rules.may_answer(by, booking))
    if place is None or booking.place != place or not booking.is_public:
        raise Refused("changed", _("The association has changed this meanwhile. Look at it again."))
    seen = as_seen(is_public=True, place=place)
    if booking.place_for_all != place or not booking.is_seen:
        cases.stay(booking, by=by, now=now, on_step={"changed": {SHOWN: []}}, **seen)
