"""What staff have lately written down of where somebody is reached, as a paper or a call said it: a code for their data
does not go there at once, since anybody can hand in a paper or call. A room that records corrections adds a finder.
"""

import datetime as dt
from collections.abc import Callable

from partnership.people.models import PersonStep, User
from partnership.registers import Register

# Long enough for a letter to the home before, and for its reader to call.
NO_CODE_FOR = dt.timedelta(days=14)

# A function returns when staff last corrected a detail of a person ("address", "phone"); None if they never have.
Finder = Callable[[User, str], dt.datetime | None]
finders: Register[Finder] = Register("when staff have corrected where somebody is reached")


def no_code_before(person: User, detail: str, now: dt.datetime) -> dt.datetime | None:
    """Return from when a code may go to what staff have written down of this detail; None if it may at once."""
    newest = max(filter(None, (find(person, detail) for find in finders)), default=None)
    return newest + NO_CODE_FOR if newest and now < newest + NO_CODE_FOR else None


def corrected_for_everybody(person: User, detail: str) -> dt.datetime | None:
    """Return when staff last corrected this detail on the page that is for everybody."""
    steps = PersonStep.objects.filter(person=person, changed__contains=[detail])
    return steps.order_by("-at").values_list("at", flat=True).first()
