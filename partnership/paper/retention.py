"""How long printed codes are kept."""

from partnership.paper.models import PrintedCode
from partnership.paper.printed_codes import LASTS, past
from partnership.retention import TASK, Rule

RULES = [
    Rule(
        PrintedCode,
        holds="that a code was printed, for what (by number), when, and whether it was used; the code as a keyed hash",
        purpose="to let somebody in who has no email",
        basis=TASK,
        how_long=f"{LASTS.days} days, or until the person is deleted",
        seen_by="nobody",
        past=past,
    ),
]
