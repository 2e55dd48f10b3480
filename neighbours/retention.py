"""How long helpers are kept."""

from neighbours.actions.leaving import UNCONFIRMED_KEPT, forget_unconfirmed
from neighbours.models import Helper, HelperStep
from partnership.retention import CONSENT, DUTY, Rule

RULES = [
    Rule(
        Helper,
        holds="that she is, waits to be, or was a helper, and in which household",
        purpose="to build the network, and to count it",
        basis=CONSENT,
        how_long="until the person is deleted; the address until she leaves; 30 days where the link was never used",
        seen_by="herself; coordinators and administrators; the Naboven of her area without the address",
        past=lambda now: Helper.objects.pending().filter(joined_at__lte=now - UNCONFIRMED_KEPT),
        let_go=lambda now: forget_unconfirmed(now=now),
    ),
    Rule(
        HelperStep,
        holds="when she joined, confirmed and left, and who typed her slip",
        purpose="to know how each came to where she is",
        basis=DUTY,
        how_long="with the helper",
        seen_by="coordinators and administrators",
    ),
]
