"""How long printed codes are kept."""

from partnership.paper.models import PrintedCode
from partnership.paper.printed_codes import CARD_LASTS, LASTS, past
from partnership.retention import TASK, Rule

RULES = [
    Rule(
        PrintedCode,
        holds="that a code was printed, for what (by number), when, and whether it was used; the code as a keyed hash",
        purpose="to let somebody in who has no email, and to know whose reply card comes back",
        basis=TASK,
        how_long=f"{LASTS.days} days, the number of a reply card {CARD_LASTS.days} days, since people answer late; or "
        "until the person is deleted",
        seen_by="nobody",
        past=past,
    ),
]
