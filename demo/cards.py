"""Reply cards of some made-up helpers without email: some have come back, one asks for another, and others wait."""

import datetime as dt
import uuid

from demo.population import DRAWN_FROM
from neighbours.actions import cards
from neighbours.models import Helper, ReplyCard
from partnership import clock
from partnership.paper import printed_codes
from partnership.people.models import Role, User
from partnership.places.models import Partnership

# What is ticked on each; "" has not come back.
TICKED = ("13", "", "24", "2", "", "1")
PRINTED_AGO, BACK_AGO = dt.timedelta(days=40), dt.timedelta(days=6)


def hand_out_cards(*, partnership: Partnership, now: dt.datetime) -> None:
    """Make cards for active helpers without email, which changes no count of theirs; again is harmless."""
    staff = User.objects.holding(Role.Kind.COORDINATOR, partnership=partnership).order_by("pk").first()
    if staff is None or ReplyCard.objects.filter(helper__partnership=partnership).exists():
        return
    active = Helper.objects.filter(partnership=partnership, person__email=None, person__is_protected=False)
    helpers = active.active(clock.local(now, partnership.zone).date()).filter(confirmed_at__lt=now - PRINTED_AGO)
    for number, (helper, boxes) in enumerate(zip(helpers.order_by("pk"), TICKED, strict=False)):
        drawn = uuid.uuid5(DRAWN_FROM, f"{partnership.slug}/cards/{number}")
        card = cards.make(helper=helper, by=staff, by_letter=False, submission=drawn, now=now - PRINTED_AGO)
        if boxes:
            _come_back(card, boxes, staff, drawn, now - BACK_AGO)


def _come_back(card: ReplyCard, boxes: str, staff: User, drawn: uuid.UUID, now: dt.datetime) -> None:
    here = card.helper.partnership
    cards.note(
        here=here,
        digits=printed_codes.number_of(card.code)[:-1].replace(" ", ""),
        boxes=boxes,
        day=clock.local(now, here.zone).date(),
        submission=drawn,
        by=staff,
        now=now,
    )
