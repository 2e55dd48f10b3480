"""What people are given of their log-ins."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from entrance.models import BrowserSession, CodeTries, Invitation
from entrance.own_codes.finding import PURPOSE
from entrance.telling import to_old_mailbox
from partnership.outbox.post import Message
from partnership.paper.models import PrintedCode
from partnership.people.models import User
from partnership.people.own.sections import NothingGiven, Section, by_whom


def _used_codes(person: User) -> QuerySet[PrintedCode]:
    return PrintedCode.objects.filter(purpose=PURPOSE, about=person.pk, used_at__isnull=False)


def unused_letters(person: User) -> QuerySet[Message]:
    """Return the letters with a code that nobody has used: who asks for one reads nowhere whether it was written, which
    depends on who else of the name lives in the home.
    """
    letters = Message.objects.filter(recipient=person, kind="entrance.letter_code")
    # Both are written at the same moment; what a letter speaks of is deleted with the printing.
    return letters.exclude(created_at__in=_used_codes(person).values("made_at"))


def messages_to_earlier_mailboxes(person: User) -> QuerySet[Message]:
    """Return what we wrote to mailboxes that the person had before, when each was replaced or deleted."""
    return Message.objects.filter(key__startswith=to_old_mailbox(person))


SECTIONS = [
    Section(
        BrowserSession,
        _("Where you are logged in"),
        lambda person: BrowserSession.objects.filter(person=person).order_by("-used_at"),
        shown={"device": _("Browser"), "used_at": _("Last used"), "expire_date": _("Ends")},
        hidden=("session_key", "session_data"),
    ),
    Section(
        PrintedCode,
        _("Codes that we have printed for you"),
        _used_codes,
        shown={"made_at": _("When"), "expires_at": _("Ends"), "used_at": _("Used")},
        hidden=("seed", "digest", "about", "digits"),
    ),
    Section(
        Invitation,
        _("Invitations to add an app or a passkey"),
        lambda person: Invitation.objects.filter(person=person).order_by("-pk"),
        shown={"made_at": _("When"), "made_by": _("Who"), "used_at": _("Used")},
        read={"made_by": by_whom("made_by")},
        hidden=("digest", "tries"),
    ),
]
NOT_GIVEN = [NothingGiven(CodeTries, "a keyed hash of a log-in, for one day, that leads to nobody")]
