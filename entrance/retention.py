"""How long data about log-ins is kept."""

import datetime as dt

from django.conf import settings
from django.db.models import Q

from entrance.models import BrowserSession, CodeTries, Invitation
from partnership.retention import CONSENT, DUTY, Rule

KEPT = dt.timedelta(days=365)
RULES = [
    Rule(
        BrowserSession,
        holds="that a browser is logged in, what browser it is, and when it was last used",
        purpose="to stay logged in, and to let people see and end their log-ins",
        basis=CONSENT,
        how_long="60 days after the last log-in, or until they log out; of staff, ten hours; before a log-in, one hour",
        seen_by="themselves",
        past=lambda now: BrowserSession.objects.filter(
            Q(expire_date__lt=now) | Q(person=None, used_at__lt=now - settings.SESSION_WITHOUT_PERSON)
        ),
    ),
    Rule(
        Invitation,
        holds="who was invited to make a second factor, by whom and when",
        purpose="to let staff in, and nobody who reads their mail",
        basis=DUTY,
        how_long="one year",
        seen_by="administrators",
        past=lambda now: Invitation.objects.filter(made_at__lt=now - KEPT),
    ),
    Rule(
        CodeTries,
        holds="how often the code of one log-in was tried; a keyed hash, no address",
        purpose="to stop guessing",
        basis=DUTY,
        how_long="one day",
        seen_by="nobody",
        past=lambda now: CodeTries.objects.filter(at__lt=now - dt.timedelta(days=1)),
    ),
]
