"""Letters in batches: made, printed (again if the printer jams), and handed over to the post."""

import datetime as dt
import logging
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from partnership.outbox.channels.choosing import Channel
from partnership.outbox.channels.homes import home_for
from partnership.outbox.channels.letters import Sheet, letters_pdf, sheet_for
from partnership.outbox.models import Letter, LetterBatch, Message, MessageQuerySet
from partnership.outbox.queue.final_check import final_check
from partnership.outbox.queue.last_words import no_longer_true, said_since, why_untrue
from partnership.outbox.reasons import SAID_SINCE, as_kept
from partnership.outbox.rules import refuse_unless_staff
from partnership.people.models import User
from partnership.places.models import Partnership
from partnership.refusals import Refused

log = logging.getLogger(__name__)

# As many as one person folds in a morning; the rest go into the next batch.
MOST = 200
REPRINT = dt.timedelta(days=14)
# A batch that is not handed over after three months never will be.
NOT_HANDED_OVER_KEPT = dt.timedelta(days=90)
S = Message.State


def in_the_tray(partnership: Partnership) -> MessageQuerySet:
    """Return the letters that are not in a batch yet, the oldest first."""
    return Message.objects.filter(partnership=partnership, state=S.PAPER, letter__isnull=True).order_by("due_at", "pk")


def to_hand_over(partnership: Partnership) -> MessageQuerySet:
    """Return the letters that are in a batch that is not handed over yet."""
    return Message.objects.filter(partnership=partnership, state=S.PAPER, letter__isnull=False)


@transaction.atomic
def make_batch(*, partnership: Partnership, by: User, now: dt.datetime) -> LetterBatch | None:
    """Make a batch of at most 200 waiting letters. Each is checked again: some are no longer true, or go by email now;
    and of several to one reader on how a case stands, only the newest is printed. If there is none left to print, there
    is no batch: None.

    Refused: not_yours, nothing_waits.
    """
    refuse_unless_staff(by, partnership)
    # If two press at once, the second waits, and finds the tray empty.
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    rows = in_the_tray(partnership).select_related("recipient", "partnership").select_for_update(of=("self",))
    number = (partnership.letter_batches.aggregate(Max("number"))["number__max"] or 0) + 1
    waiting = list(rows[:MOST])
    if not waiting:
        raise Refused("nothing_waits", _("No letters are waiting to be printed."))
    sheets: list[Sheet] = []
    kept: list[Message] = []
    replaced = said_since(waiting)
    for message in waiting:
        if message.pk in replaced:
            _end(message, S.WITHDRAWN, now, SAID_SINCE)
            continue
        sheet = _sheet(message, position=len(sheets) + 1, number=number, now=now)
        if sheet is not None:
            sheets.append(sheet)
            kept.append(message)
    if not sheets:
        return None
    pdf = letters_pdf(sheets, partnership, number)
    batch = LetterBatch.objects.create(partnership=partnership, number=number, made_at=now, made_by=by, pdf=pdf)
    Letter.objects.bulk_create(
        Letter(batch=batch, message=message, position=position) for position, message in enumerate(kept, start=1)
    )
    return batch


@transaction.atomic
def print_again(*, batch: LetterBatch, by: User, now: dt.datetime) -> bytes:
    """Return the batch's file, the same as before; made again if somebody in it was erased meanwhile.

    Refused: not_yours, too_late if it was handed over more than two weeks ago.
    """
    refuse_unless_staff(by, batch.partnership)
    batch = _locked(batch)
    if batch.pdf:
        return bytes(batch.pdf)
    sheets = []
    for letter in batch.letters.filter(message__state=S.PAPER).select_related("message__recipient"):
        sheet = _sheet(letter.message, position=letter.position, number=batch.number, now=now)
        if sheet is not None:
            sheets.append(sheet)
    if batch.handed_over_at or not sheets:
        raise Refused("too_late", _("The letters of this batch are no longer kept."))
    pdf = letters_pdf(sheets, batch.partnership, batch.number)
    LetterBatch.objects.filter(pk=batch.pk).update(pdf=pdf)
    return pdf


@transaction.atomic
def hand_over_batch(*, batch: LetterBatch, by: User, now: dt.datetime, taken_out: Collection[int] = ()) -> int:
    """Record that the letters are handed over; return how many. Repeating it changes nothing. `taken_out` are the
    positions of letters that the page said are no longer true: they have not been sent. Refused: not_yours.
    """
    refuse_unless_staff(by, batch.partnership)
    batch = _locked(batch)
    if batch.handed_over_at:
        return 0
    for letter in batch.letters.filter(position__in=taken_out, message__state=S.PAPER).select_related("message"):
        if why := why_untrue(letter.message, now):
            _end(letter.message, S.WITHDRAWN, now, why)
    LetterBatch.objects.filter(pk=batch.pk).update(handed_over_at=now, handed_over_by=by)
    return Message.objects.filter(letter__batch=batch, state=S.PAPER).update(
        state=S.SENT, ended_at=now, reason=f"letter, batch {batch.number}", about={}
    )


def to_take_out(batch: LetterBatch, now: dt.datetime) -> list[Letter]:
    """Return the letters that were withdrawn after they were printed, or are no longer true, and must not be handed
    over.
    """
    withdrawn = batch.letters.exclude(message__state__in=[S.PAPER, S.SENT]).select_related("message__recipient")
    return sorted([*withdrawn, *no_longer_true(batch, now)], key=lambda letter: letter.position)


def has_lost_somebody(batch: LetterBatch, now: dt.datetime) -> bool:
    """Return whether the pile may contain a letter to an erased person; no row is left to say which."""
    return not batch.pdf and batch.handed_over_at is None and batch.made_at > now - NOT_HANDED_OVER_KEPT


def _locked(batch: LetterBatch) -> LetterBatch:
    return LetterBatch.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=batch.pk)


def _sheet(message: Message, *, position: int, number: int, now: dt.datetime) -> Sheet | None:
    try:
        with transaction.atomic():
            look = final_check(message, now)
            home = home_for(message)
            if look.words is not None and look.channel == Channel.LETTER and home is not None:
                return sheet_for(message, look.words, home, position=position, number=number, now=now)
    except Exception as error:
        # A letter that cannot be rendered must not hold up the others.
        log.exception("The letter of %s could not be written", message.key)
        _update(message, reason=as_kept(f"{type(error).__name__}: {error}"))
        return None
    if look.words is not None:
        _update(message, state=S.QUEUED, try_at=now, reason="")  # the reader has a mailbox meanwhile
    else:
        _end(message, look.outcome, now, look.reason)
    return None


def _end(message: Message, state: Message.State, now: dt.datetime, reason: str) -> None:
    _update(message, state=state, ended_at=now, reason=reason, about={})


def _update(message: Message, **changes: object) -> None:
    Message.objects.filter(pk=message.pk).update(**changes)
