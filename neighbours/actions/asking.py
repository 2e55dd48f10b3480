"""Asking helpers who have been quiet for six months whether they are still with us: once, in their own channel."""

import datetime as dt

from django.db import transaction

from neighbours.actions import cards
from neighbours.models import Helper
from partnership import clock
from partnership.outbox.post import post
from partnership.people.models import User
from partnership.places.models import Partnership

# Letters are printed by staff, and the first night of a partnership asks all at once: the others wait for the next.
MOST_A_NIGHT = 100


def ask_the_quiet(*, partnership: Partnership, now: dt.datetime) -> int:
    """Ask those who are to be asked, and return how many they were; a second call on the same day asks the next."""
    today = clock.local(now, partnership.zone).date()
    quiet = Helper.objects.to_be_asked(today, partnership).order_by("confirmed_at", "pk")
    return sum(_ask(pk, partnership, today, now) for pk in quiet.values_list("pk", flat=True)[:MOST_A_NIGHT])


@transaction.atomic
def _ask(pk: int, partnership: Partnership, today: dt.date, now: dt.datetime) -> bool:
    """Ask one helper who is still to be asked once they are locked."""
    person = User.objects.select_for_update(no_key=True).filter(helper=pk, is_active=True).first()
    waiting = Helper.objects.to_be_asked(today, partnership).select_related("person", "partnership")
    still = waiting.select_for_update(of=("self",)).filter(pk=pk).first()
    if person is None or still is None:
        return False
    Helper.objects.filter(pk=pk).update(asked_on=today)
    cards.issue_for_letter(still, now)
    post(
        kind="neighbours.still_with_us",
        partnership=partnership,
        to=person,
        about={"helper": pk},
        key=f"neighbours.helper.{pk}.still_with_us.{today.isoformat()}",
        now=now,
        expires_at=now + dt.timedelta(days=30),
    )
    return True
