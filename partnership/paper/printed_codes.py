"""Codes on letters, cards and sheets: twelve digits that are typed once. Letters are slow, so a code lasts at least
thirty days; it can be issued again, and then the one before ends.

A room issues one for a purpose of its own and prints `digits_of` it; whoever types the digits gets the row back from
`use`, and the room does what they are for. The room limits how often somebody may try.
"""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from partnership.fields.codes import typed_code
from partnership.paper.models import PrintedCode
from partnership.places.models import Partnership

DIGITS = 12
AT_LEAST = dt.timedelta(days=30)
# Some days on a desk and some in the post, and the rest for the reader.
LASTS = dt.timedelta(days=60)


@transaction.atomic
def issue(
    *, partnership: Partnership, purpose: str, about: int, now: dt.datetime, lasts: dt.timedelta = LASTS
) -> PrintedCode:
    """Make a code that opens `about`, and end those before it. Raise ValueError for one that lasts under 30 days."""
    if lasts < AT_LEAST:
        raise ValueError(f"A code on paper lasts at least {AT_LEAST.days} days.")
    PrintedCode.objects.filter(partnership=partnership, purpose=purpose, about=about, ended_at=None).update(
        ended_at=now
    )
    seed = uuid.uuid4()
    while PrintedCode.objects.filter(digest=_digest(purpose, _digits(purpose, seed))).exists():
        seed = uuid.uuid4()
    return PrintedCode.objects.create(
        partnership=partnership,
        purpose=purpose,
        about=about,
        seed=seed,
        digest=_digest(purpose, _digits(purpose, seed)),
        made_at=now,
        expires_at=now + lasts,
    )


def open_codes(now: dt.datetime) -> QuerySet[PrintedCode]:
    """Return the codes that still open something."""
    return PrintedCode.objects.filter(used_at=None, ended_at=None, expires_at__gt=now)


def digits_of(code: PrintedCode) -> str:
    """Return the code as it is printed: "1234 5678 9012"."""
    digits = _digits(code.purpose, code.seed)
    return " ".join(digits[at : at + 4] for at in range(0, DIGITS, 4))


def use(*, typed: str, purpose: str, partnership: Partnership, now: dt.datetime) -> PrintedCode | None:
    """Use up the code that somebody has typed, however they spaced it, and return it; None if it opens nothing. Of two
    who type it at once, one gets it.
    """
    digits = typed_code(typed, digits=DIGITS)
    found = open_codes(now).filter(digest=_digest(purpose, digits), purpose=purpose, partnership=partnership).first()
    if not digits or found is None or not open_codes(now).filter(pk=found.pk).update(used_at=now):
        return None
    return found


def end(*, purpose: str, about: int, now: dt.datetime) -> None:
    """End the codes that still open a row."""
    PrintedCode.objects.filter(purpose=purpose, about=about, ended_at=None).update(ended_at=now)


def ended_at(*, purpose: str, about: int, at: dt.datetime) -> QuerySet[PrintedCode]:
    """Return the codes that opened a row until this moment, and were not used."""
    return PrintedCode.objects.filter(purpose=purpose, about=about, ended_at=at, used_at=None, expires_at__gt=at)


def forget(*, purpose: str, about: int) -> None:
    """Delete the codes about a row that is deleted."""
    PrintedCode.objects.filter(purpose=purpose, about=about).delete()


def past(now: dt.datetime) -> QuerySet[PrintedCode]:
    """Return the codes that have ended by themselves."""
    return PrintedCode.objects.filter(expires_at__lte=now)


def _digits(purpose: str, seed: uuid.UUID) -> str:
    number = int(salted_hmac(f"paper.printed_code {purpose}", seed.hex, algorithm="sha256").hexdigest(), 16)
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def _digest(purpose: str, digits: str) -> str:
    return salted_hmac(f"paper.printed_code.digest {purpose}", digits, algorithm="sha256").hexdigest()
