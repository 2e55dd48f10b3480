"""How long data about sign-ins is kept."""

from entrance.models import BrowserSession
from partnership.retention import CONSENT, Rule

RULES = [
    Rule(
        BrowserSession,
        holds="that a browser is signed in, what browser it is, and when it was last used",
        purpose="to stay signed in, and to let people see and end their sign-ins",
        basis=CONSENT,
        how_long="60 days after the last sign-in, or until they sign out; of staff, ten hours",
        seen_by="themselves",
        past=lambda now: BrowserSession.objects.filter(expire_date__lt=now),
    ),
]
