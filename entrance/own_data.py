"""What people are given of their log-ins."""

from django.utils.translation import gettext_lazy as _

from entrance.models import BrowserSession, CodeTries, Invitation
from entrance.own_codes.finding import PURPOSE
from partnership.paper.models import PrintedCode
from partnership.people.own.sections import NothingGiven, Section, by_whom

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
        lambda person: PrintedCode.objects.filter(purpose=PURPOSE, about=person.pk),
        shown={"made_at": _("When"), "expires_at": _("Ends"), "used_at": _("Used")},
        hidden=("seed", "digest", "about"),
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
