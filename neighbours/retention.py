"""How long data about helpers is kept."""

from neighbours.actions.homes import delete_homes_left_behind, empty_homes
from neighbours.actions.leaving import delete_unconfirmed
from neighbours.models import UNCONFIRMED_KEPT, Helper, HelperStep
from partnership.places.models import Household
from partnership.retention import CONSENT, DUTY, Rule

RULES = [
    Rule(
        Helper,
        holds="that a person is, waits to be, or was a helper, and in which household; until the link is used, what "
        "was typed; on which day we asked whether they are still with us; by whose "
        "invitation they joined",
        purpose="to build the network, and to count it",
        basis=CONSENT,
        how_long="until the person is deleted; the address until they leave; "
        f"{UNCONFIRMED_KEPT.days} days if the link was never used, and until the next night if another address was "
        "typed",
        seen_by="themselves; coordinators and administrators; if they have said yes to it, the Naboven of their area, "
        "without the address",
        past=Helper.objects.to_be_deleted,
        remove=lambda now: delete_unconfirmed(now=now),
    ),
    Rule(
        Household,
        part=f"{Household._meta.label}, without a helper",
        holds="an address that somebody typed who then typed another",
        purpose="none any more",
        basis=CONSENT,
        how_long="until the next night",
        seen_by="nobody",
        past=lambda now: empty_homes(),
        remove=lambda now: delete_homes_left_behind(),
    ),
    Rule(
        HelperStep,
        holds="when a helper joined, confirmed and left, and who typed the slip; which details were corrected, when "
        "and by whom, and not what they were",
        purpose="to know how each helper's state came about",
        basis=DUTY,
        how_long="with the helper",
        seen_by="coordinators and administrators",
    ),
]
