"""Reply cards: printed for a helper, noted by staff when one comes back, and taken back if it was noted by mistake.

The number of a card is all that is on it. It opens nothing, and only staff of the partnership can note a card with it,
so it may last longer than a code that lets somebody in. The newest ends the one before: a helper has one card.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from neighbours import rules
from neighbours.first_things import FIRST_THINGS
from neighbours.models import Helper, ReplyCard
from neighbours.models.cards import PURPOSE
from partnership import clock
from partnership.fields.printed_days import day_in_words
from partnership.outbox.post import channel_to, post, withdraw
from partnership.paper import printed_codes
from partnership.paper.models import PrintedCode
from partnership.people.actions.locking import locked, still_there
from partnership.people.models import Activity, Medium, User
from partnership.places.models import Partnership
from partnership.refusals import Refused

# Each of the first things has a box, and the next asks for another card.
BOXES = {str(number): thing for number, thing in enumerate(FIRST_THINGS, start=1)}
ANOTHER = str(len(BOXES) + 1)
# As rows of messages store it: the constant may be renamed, and its text not.
TAKEN_BACK = "the card was noted by mistake"
NEW_CARD = "new_card"
# What is written on a card when it has come back, and emptied when that was a mistake.
NOTED = ["things", "added", "day", "noted_at", "noted_by", "noted_with", "asks_for_another"]


def issue_for_letter(helper: Helper, now: dt.datetime) -> None:
    """Make a card that goes with a letter to a locked helper, if what is written to them now goes by letter and they
    have no page of their own to tick on.
    """
    if not rules.has_own_page(helper.person, now) and channel_to(helper.person) == User.Channel.LETTER:
        _issue(helper, now, by=None)


def issue_for_letters(here: Partnership, helpers: Sequence[Helper], now: dt.datetime) -> None:
    """Make the first card of each of many helpers who have just been written down together, for the letter to them."""
    without_page = [helper for helper in helpers if not rules.has_own_page(helper.person, now)]
    by_helper = printed_codes.issue_first(
        partnership=here,
        purpose=PURPOSE,
        about=[helper.pk for helper in without_page],
        now=now,
        lasts=printed_codes.CARD_LASTS,
        digits=printed_codes.CARD_DIGITS,
    )
    ReplyCard.objects.bulk_create(ReplyCard(helper=helper, code=by_helper[helper.pk]) for helper in without_page)


@transaction.atomic
def make(*, helper: Helper, by: User, by_letter: bool, submission: uuid.UUID, now: dt.datetime) -> ReplyCard:
    """Make a new card for a helper, which ends the one before, and put it among the letters, or leave it to be printed
    and handed over. The same `submission` again returns the same card.

    Refused: not_allowed, not_a_helper; no_home, if no letter reaches them.
    """
    person = locked(helper.person_id)
    helper = still_there(Helper.objects.select_related("partnership", "person"), helper.pk)
    if not rules.may_note_cards(by, helper.partnership):
        raise Refused("not_allowed", _("Only coordinators can do this."))
    if made := helper.reply_cards.filter(made_with=submission).first():
        return made
    if not helper.is_confirmed:
        raise Refused("not_a_helper", _("Only neighbour helpers have a reply card."))
    if by_letter and helper.home is None:
        raise Refused("no_home", _("We have no address for a letter. Print the card, and hand it over."))
    card = _issue(helper, now, by=by, submission=submission)
    if by_letter:
        _post(helper, person, card, now)
    return card


@transaction.atomic
def note(
    *,
    here: Partnership,
    digits: str,
    boxes: Collection[str],
    day: dt.date,
    submission: uuid.UUID,
    by: User,
    now: dt.datetime,
) -> ReplyCard:
    """Note what is ticked on a card that has come back, as done on `day` and told on paper; whoever asks for another
    card on it gets one by letter. The same `submission` again returns the same card, and notes nothing.

    Refused: not_allowed; unknown, also a number of another partnership; noted_before, not_a_helper, replaced, expired;
    too_early or too_late, if the card cannot have been filled in on that day.
    """
    if not rules.may_note_cards(by, here):
        raise Refused("not_allowed", _("Only coordinators can type cards."))
    card = find(here, digits)
    if card is None:
        raise unknown()
    # Of two who type one card at once, the second waits here.
    person = User.objects.select_for_update(no_key=True).filter(pk=card.helper.person_id).first()
    card = find(here, digits)
    if person is None or card is None:
        raise unknown()
    if card.noted_at and submission == card.noted_with and by.pk == card.noted_by_id:
        return card
    _refuse_if_not_open(card, now)
    _refuse_wrong_day(card, day, now)
    if not printed_codes.use_up(card.code, now):
        raise _replaced()
    things = [BOXES[box].kind for box in sorted(boxes) if box in BOXES]
    card.things, card.added = things, [kind for kind in things if _tell(card.helper, kind, day, by)]
    card.day, card.noted_at, card.noted_by, card.noted_with = day, now, by, submission
    card.asks_for_another = ANOTHER in boxes
    card.save(update_fields=NOTED)
    if card.asks_for_another and card.helper.home:
        _post(card.helper, person, _issue(card.helper, now, by=by), now)
    return card


@transaction.atomic
def take_back(*, card: ReplyCard, by: User, now: dt.datetime) -> bool:
    """Take back what was noted of a card: what it has added is deleted, its number can be typed again, and the new card
    that it asked for is not sent. Return False if it is taken back already.

    Refused: not_yours, too_late on another day than it was noted.
    """
    locked(card.helper.person_id)
    cards = ReplyCard.objects.select_for_update(of=("self",)).select_related("code", "helper__partnership")
    card = still_there(cards, card.pk)
    helper, noted_at, day = card.helper, card.noted_at, card.day
    if noted_at is None or day is None:
        return False
    if not (rules.may_note_cards(by, helper.partnership) and card.noted_by_id == by.pk):
        raise Refused("not_yours", _("Somebody else noted this card. Only they can undo it."))
    if not rules.may_take_back_card(by, card, clock.local(now, helper.partnership.zone).date()):
        raise Refused("too_late", _("Only what was noted today can be undone."))
    added = Activity.objects.filter(person=helper.person_id, kind__in=card.added, day=day, written_by=by)
    added.filter(medium=Medium.PAPER).delete()
    card.day = card.noted_at = card.noted_by = card.noted_with = None
    card.things, card.added, card.asks_for_another = [], [], False
    card.save(update_fields=NOTED)
    _take_back_new_card(helper, noted_at, now)
    printed_codes.open_again(card.code)
    return True


def end_cards(helper: Helper, now: dt.datetime) -> None:
    """End the card of a helper who stops."""
    printed_codes.end(purpose=PURPOSE, about=helper.pk, now=now)


def find(here: Partnership, digits: str) -> ReplyCard | None:
    """Return the card of a number, whatever has become of it; None if this partnership has none."""
    code = printed_codes.find(digits=digits, purpose=PURPOSE, partnership=here)
    cards = ReplyCard.objects.select_related("code", "helper__person", "helper__partnership", "helper__household")
    return cards.filter(code=code).first() if code else None


def unknown() -> Refused:
    """Return the refusal of a number that is nobody's here; that of another partnership's card reads the same."""
    return Refused(
        "unknown",
        _("We know no card with this number. Compare it with the card: it may be from another partnership."),
    )


# -- Parts ------------------------------------------------------------------------------------------------------------


def _refuse_if_not_open(card: ReplyCard, now: dt.datetime) -> None:
    if card.noted_at:
        day = day_in_words(clock.local(card.noted_at, card.helper.partnership.zone).date())
        raise Refused("noted_before", _("This card was noted on %(day)s already. Put it aside.") % {"day": day})
    if not card.helper.is_confirmed:
        raise Refused("not_a_helper", _("Whoever had this card is no longer a neighbour helper. Nothing is noted."))
    if card.code.ended_at:
        raise _replaced()
    if card.code.expires_at <= now:
        raise Refused("expired", _("This card is too old: its number no longer counts. Nothing is noted."))


def _replaced() -> Refused:
    return Refused("replaced", _("A newer card has been printed, so this one no longer counts. Nothing is noted."))


def _refuse_wrong_day(card: ReplyCard, day: dt.date, now: dt.datetime) -> None:
    zone = card.helper.partnership.zone
    if day > clock.local(now, zone).date():
        raise Refused("too_late", _("This day has not come yet. Write today, or an earlier day."))
    printed = clock.local(card.code.made_at, zone).date()
    if day < printed:
        said = _("This card was not printed before %(day)s. Write that day, or a later one.")
        raise Refused("too_early", said % {"day": day_in_words(printed)})


def _tell(helper: Helper, kind: str, day: dt.date, by: User) -> bool:
    """Record an activity; return False if it was recorded for that day already."""
    written = {"partnership": helper.partnership, "written_by": by, "medium": Medium.PAPER}
    return Activity.objects.get_or_create(person=helper.person, kind=kind, day=day, defaults=written)[1]


def _issue(helper: Helper, now: dt.datetime, *, by: User | None, submission: uuid.UUID | None = None) -> ReplyCard:
    code = printed_codes.issue(
        partnership=helper.partnership,
        purpose=PURPOSE,
        about=helper.pk,
        now=now,
        lasts=printed_codes.CARD_LASTS,
        digits=printed_codes.CARD_DIGITS,
    )
    return ReplyCard.objects.create(helper=helper, code=code, made_by=by, made_with=submission)


def _post(helper: Helper, person: User, card: ReplyCard, now: dt.datetime) -> None:
    post(
        kind="neighbours.new_card",
        partnership=helper.partnership,
        to=person,
        about={"helper": helper.pk},
        key=_letter_with(helper, card.code),
        now=now,
    )


def _letter_with(helper: Helper, code: PrintedCode) -> str:
    return f"neighbours.helper.{helper.pk}.{NEW_CARD}.{code.pk}"


def _take_back_new_card(helper: Helper, noted_at: dt.datetime, now: dt.datetime) -> None:
    """Withdraw the letter with the card that was asked for, and that card; one that is posted already stays."""
    for newer in helper.reply_cards.filter(code__made_at=noted_at, noted_at=None).select_related("code"):
        if withdraw(_letter_with(helper, newer.code), now=now, reason=TAKEN_BACK):
            newer.code.delete()
