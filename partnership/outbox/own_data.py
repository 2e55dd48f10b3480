"""What people are given of our messages to them; not what the messages said, which is not kept."""

from itertools import chain

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnership.fields.phone import e164
from partnership.outbox.kinds import name_for_staff
from partnership.outbox.models import (
    Bounce,
    Letter,
    LetterBatch,
    Message,
    MessageStep,
    NumberCode,
    Pace,
    Suppression,
)
from partnership.outbox.suppression import digest_of
from partnership.people.models import User
from partnership.people.own.sections import NothingGiven, Section, by_whom


def _messages(person: User) -> QuerySet[Message]:
    theirs = Q(recipient=person)
    if person.email:
        theirs |= Q(mailbox__iexact=person.email)
    return Message.objects.filter(theirs).order_by("-due_at", "-pk")


def _digests(person: User) -> list[str]:
    """Return the keyed hashes of the person's mailbox and telephone number."""
    number = e164(person.phone, person.partnership.country) if person.partnership else ""
    return [digest_of(address) for address in chain([person.email or ""], [number]) if address]


SECTIONS = [
    Section(
        Message,
        _("What we have written to you"),
        _messages,
        shown={"due_at": _("When"), "what": _("What"), "state": pgettext_lazy("message", "State")},
        read={"what": lambda row, person: name_for_staff(row.kind)},
        hidden=("key", "about", "sent_to", "mailbox", "recipient", "reason", "claimed_until", "try_at"),
        explained=_("Not what it said: we do not keep that."),
    ),
    Section(
        MessageStep,
        _("What staff have done to a message to you"),
        lambda person: MessageStep.objects.filter(message__recipient=person),
        shown={"at": _("When"), "what": _("What"), "by": _("Who")},
        read={"by": by_whom("by")},
        hidden=("message",),
    ),
    Section(
        Letter,
        _("Letters that were printed for you"),
        lambda person: Letter.objects.filter(message__recipient=person).select_related("batch"),
        shown={"printed_at": _("Printed"), "handed_over_at": _("Posted")},
        read={
            "printed_at": lambda row, person: row.batch.made_at,
            "handed_over_at": lambda row, person: row.batch.handed_over_at,
        },
        hidden=("batch", "message"),
    ),
    Section(
        Bounce,
        _("Mail to you that came back"),
        lambda person: Bounce.objects.filter(digest__in=_digests(person)),
        shown={"at": _("When"), "kind": _("What")},
        hidden=("digest", "report"),
    ),
    Section(
        Suppression,
        _("An address of yours that we no longer write to"),
        lambda person: Suppression.objects.filter(digest__in=_digests(person)),
        shown={"at": _("Since"), "reason": _("Why")},
        hidden=("digest",),
    ),
    Section(
        NumberCode,
        _("Codes that we have texted to your number"),
        lambda person: NumberCode.objects.filter(person=person),
        shown={"at": _("When")},
        hidden=("number", "code"),
    ),
]
NOT_GIVEN = [
    NothingGiven(LetterBatch, "of many people at once; each one's letters are listed for them"),
    NothingGiven(Pace, "a count for a mail domain"),
]
