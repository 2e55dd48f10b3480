"""Letters of a person that lie printed and are not posted yet, when something about the person changes."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partnership.outbox.kinds import names_with_codes
from partnership.outbox.models import Letter, LetterBatch, Message
from partnership.people.actions.erasing import Consequence
from partnership.people.models import User


def letters_to_take_out(person: User, now: dt.datetime) -> Iterator[str]:
    """Yield which of the letters that a change has withdrawn are printed already, for staff to take them out."""
    gone = Letter.objects.filter(message__recipient=person, message__state=Message.State.WITHDRAWN)
    yield from _take_out(gone.filter(message__ended_at=now, batch__handed_over_at=None))


def consequences_for_letters(person: User, now: dt.datetime) -> Iterator[Consequence]:
    """Yield that a printed letter to the person must be taken out. One with a code does not count, since nobody reads
    whether it was written (decision 0020); the check of the batch says it.
    """
    printed = Letter.objects.filter(message__recipient=person, message__state=Message.State.PAPER)
    for sentence in _take_out(printed.filter(batch__handed_over_at=None).exclude(message__kind__in=names_with_codes())):
        yield Consequence(_("A letter to you is printed and not posted yet. We take it out."), sentence)


def lock_batches(person: User) -> None:
    """Lock the batches with a letter to the person that are not handed over, as handing them over does."""
    printed = LetterBatch.objects.filter(letters__message__recipient=person, handed_over_at=None)
    list(printed.select_for_update(of=("self",)).order_by("pk").only("pk"))


def _take_out(letters: QuerySet[Letter]) -> Iterator[str]:
    for letter in letters.select_related("batch").order_by("pk"):
        said = _("If batch %(number)s is printed, take letter %(position)s out of it before it is posted.")
        yield said % {"number": letter.batch.number, "position": letter.position}
