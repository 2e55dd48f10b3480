"""What people are given of our messages to them; not what the messages said, which is not kept."""

from collections.abc import Callable
from functools import reduce

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
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
from partnership.people.mailboxes import own_mailbox
from partnership.people.models import User
from partnership.people.own.sections import NothingGiven, Section, by_whom
from partnership.registers import Register

# A function returns the messages to a person that are not listed to them yet: that one was written tells of others.
not_told: Register[Callable[[User], QuerySet[Message]]] = Register("messages that people do not read of yet")

# A function returns the messages about a person that went to a mailbox which they no longer have.
told_elsewhere: Register[Callable[[User], QuerySet[Message]]] = Register("messages to mailboxes that people had before")


def _told(person: User) -> QuerySet[Message]:
    """Return the messages to somebody known, without those that they do not read of yet."""
    hidden = [rows(person).values("pk") for rows in not_told]
    return reduce(lambda told, those: told.exclude(pk__in=those), hidden, Message.objects.filter(recipient=person))


def _messages(person: User) -> QuerySet[Message]:
    theirs = Q(pk__in=_told(person).values("pk"))
    if mailbox := own_mailbox(person):
        theirs |= Q(pk__in=Message.objects.to_unknown(mailbox, digest_of(mailbox)).values("pk"))
    for rows in told_elsewhere:
        theirs |= Q(pk__in=rows(person).values("pk"))
    # One that is withdrawn may have been meant for a day to come.
    return Message.objects.filter(theirs).annotate(when=Coalesce("ended_at", "due_at")).order_by("-when", "-pk")


def _digests(person: User) -> list[str]:
    """Return the keyed hashes of the person's mailbox and telephone number, if they have shown that each is theirs:
    otherwise whoever types a stranger's would read whether we know it.
    """
    number = e164(person.phone, person.partnership.country) if person.partnership and person.phone_is_verified else ""
    return [digest_of(address) for address in (own_mailbox(person), number) if address]


SECTIONS = [
    Section(
        Message,
        _("Our messages to you"),
        _messages,
        shown={"when": _("When"), "what": _("What"), "state": pgettext_lazy("message", "State")},
        read={
            "when": lambda row, person: row.ended_at or row.due_at,
            "what": lambda row, person: name_for_staff(row.kind),
            "state": lambda row, person: row.standing,
        },
        hidden=(
            "returned_as", "returned_at", "seen_to_at",
            "key", "about", "sent_to", "mailbox", "recipient", "reason", "claimed_until", "try_at", "priority",
            "attempts",
        ),
        explained=_("Not what it said: we do not keep that. What is withdrawn was not sent."),
    ),
    Section(
        MessageStep,
        _("What staff have done to a message to you"),
        lambda person: MessageStep.objects.filter(message__in=_told(person)),
        shown={"at": _("When"), "what": _("What"), "by": _("Who")},
        read={"by": by_whom("by")},
        hidden=("message",),
    ),
    Section(
        Letter,
        _("Letters that were printed for you"),
        lambda person: Letter.objects.filter(message__in=_told(person)).select_related("batch"),
        shown={"printed_at": _("Printed"), "handed_over_at": _("Posted")},
        read={
            "printed_at": lambda row, person: row.batch.made_at,
            "handed_over_at": lambda row, person: row.batch.handed_over_at,
        },
        # The position counts the letters to others, and the digest is of their own name and address.
        hidden=("batch", "message", "position", "printed_to"),
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
        hidden=("number", "code", "tries"),
    ),
]  # fmt: skip
NOT_GIVEN = [
    NothingGiven(LetterBatch, "of many people at once; each one's letters are listed for them"),
    NothingGiven(Pace, "a count for a mail domain"),
]
