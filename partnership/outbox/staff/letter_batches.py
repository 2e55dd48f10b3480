"""Letters in batches: made, printed (again if the printer jams), and handed over to the post."""

import datetime as dt
import logging
from collections.abc import Collection

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from partnership.outbox.channels.choosing import Channel
from partnership.outbox.channels.homes import home_for
from partnership.outbox.channels.letters import Sheet, letters_pdf, printed_to, sheet_for, window_of
from partnership.outbox.models import Letter, LetterBatch, Message, MessageQuerySet
from partnership.outbox.queue.claiming import kept_at_end
from partnership.outbox.queue.final_check import final_check
from partnership.outbox.queue.last_words import no_longer_true, said_since, waiting_in, why_untrue
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
            _end(message, S.WITHDRAWN, SAID_SINCE, now)
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
        Letter(batch=batch, message=message, position=position, printed_to=printed_to(sheet["address"]))
        for position, (message, sheet) in enumerate(zip(kept, sheets, strict=True), start=1)
    )
    return batch


@transaction.atomic
def print_again(*, batch: LetterBatch, by: User, now: dt.datetime) -> bytes:
    """Return the batch's file, the same as before; made again if somebody in it was erased meanwhile, without the
    letters that no longer hold or go to another address by now.

    Refused: not_yours, too_late if it was handed over more than two weeks ago, nothing_holds if no letter is left.
    """
    refuse_unless_staff(by, batch.partnership)
    batch = _locked(batch)
    if batch.pdf:
        return bytes(batch.pdf)
    sheets = []
    for message in waiting_in(batch):
        position = message.letter.position
        is_sent_here = not goes_elsewhere(message)
        sheet = _sheet(message, position=position, number=batch.number, now=now) if is_sent_here else None
        if sheet is None:
            # Not in this file: it waits for the next batch unless it has ended, and its sheet of before is taken out.
            batch.letters.filter(message=message).update(message=None, printed_to="")
        else:
            sheets.append(sheet)
    if batch.handed_over_at:
        raise Refused("too_late", _("The letters of this batch are no longer kept."))
    if not sheets:
        raise Refused("nothing_holds", _("No letter of this batch is to be posted. Press “Before they are posted”."))
    pdf = letters_pdf(sheets, batch.partnership, batch.number)
    LetterBatch.objects.filter(pk=batch.pk).update(pdf=pdf)
    return pdf


@transaction.atomic
def hand_over_batch(*, batch: LetterBatch, by: User, now: dt.datetime, taken_out: Collection[int] = ()) -> int:
    """Record that the letters are handed over; return how many. Repeating it changes nothing. `taken_out` are the
    positions of letters that the page told to take out: those that no longer hold end, and the others wait for the next
    batch. A batch of which no letter is left counts as shredded.

    Refused: not_yours.
    """
    refuse_unless_staff(by, batch.partnership)
    batch = _locked(batch)
    if batch.handed_over_at:
        return 0
    for message in waiting_in(batch).filter(letter__position__in=taken_out):
        if ending := why_untrue(message, now):
            _end(message, *ending, now)
        message.letter.delete()
    # A message that waits again, since staff try it once more, must not count as in this batch.
    batch.letters.exclude(message__state=S.PAPER).delete()
    batch.letters.update(printed_to="")
    is_shredded = not waiting_in(batch).exists()
    files = {"pdf": b""} if is_shredded else {}
    noted = {"handed_over_at": now, "handed_over_by": by, "is_shredded": is_shredded}
    LetterBatch.objects.filter(pk=batch.pk).update(**noted, **files)
    return waiting_in(batch).update(state=S.SENT, ended_at=now, reason=f"letter, batch {batch.number}", about={})


def overview(rows: QuerySet[LetterBatch], now: dt.datetime, *, most: int) -> list[tuple[LetterBatch, bool]]:
    """Return the batches, each with its `size` and whether it `has_file`, and whether the pile contains a letter to
    somebody who is protected or erased since. The files are not read, and no letter is written.
    """
    batches = rows.defer("pdf").annotate(size=Count("letters"), has_file=~Q(pdf=b""))
    return [(batch, not batch.has_file and _is_still_to_post(batch, now)) for batch in batches[:most]]


def _is_still_to_post(batch: LetterBatch, now: dt.datetime) -> bool:
    return batch.handed_over_at is None and batch.made_at > now - NOT_HANDED_OVER_KEPT


def to_take_out(batch: LetterBatch, now: dt.datetime) -> list[Letter]:
    """Return the letters that must not be handed over: their reader is erased, they were withdrawn after they were
    printed, or they are no longer true.
    """
    # One that is sent already went another way, since the batch is not handed over.
    gone = batch.letters.filter(Q(message=None) | ~Q(message__state=S.PAPER)).select_related("message__recipient")
    return sorted([*gone, *no_longer_true(batch, now)], key=lambda letter: letter.position)


def to_print_again(batch: LetterBatch, but: Collection[Letter]) -> list[Letter]:
    """Return the letters, but for these, that were printed to a name or an address that their reader no longer has."""
    return [message.letter for message in waiting_in(batch) if goes_elsewhere(message) and message.letter not in but]


def to_look_at(batch: LetterBatch, but: Collection[Letter]) -> list[tuple[Letter, str]]:
    """Return the letters, but for these, that were printed before we noted to which name and address, each with those
    that its reader has now: only somebody who looks at the letter can tell whether they are the same.
    """
    unknown = [one for one in waiting_in(batch) if not one.letter.printed_to and one.letter not in but]
    return [(one.letter, ", ".join(window_of(one, home)) if (home := home_for(one)) else "") for one in unknown]


def goes_elsewhere(message: Message) -> bool:
    """Return whether a letter in a batch would be printed to another name or address today. One that was printed before
    we noted where it goes does not.
    """
    if not message.letter.printed_to:
        return False
    home = home_for(message)
    return home is None or printed_to(window_of(message, home)) != message.letter.printed_to


def _locked(batch: LetterBatch) -> LetterBatch:
    return LetterBatch.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=batch.pk)


def _sheet(message: Message, *, position: int, number: int, now: dt.datetime) -> Sheet | None:
    """Return a letter as it is printed; None if it is not to be, and then its row says why."""
    try:
        with transaction.atomic():
            decision = final_check(message, now)
            home = home_for(message)
            if decision.words is not None and decision.channel == Channel.LETTER and home is not None:
                return sheet_for(message, decision.words, home, position=position, number=number, now=now)
    except Exception as error:
        # A letter that cannot be rendered must not hold up the others.
        log.exception("The letter of %s could not be written", message.key)
        _update(message, reason=as_kept(f"{type(error).__name__}: {error}"))
        return None
    if decision.words is not None:
        _update(message, state=S.QUEUED, try_at=now, reason="")  # the reader has a mailbox meanwhile
    else:
        _end(message, decision.outcome, decision.reason, now)
    return None


def _end(message: Message, state: Message.State, reason: str, now: dt.datetime) -> None:
    _update(message, state=state, ended_at=now, reason=reason, **kept_at_end(message, state))


def _update(message: Message, **changes: object) -> None:
    Message.objects.filter(pk=message.pk).update(**changes)
