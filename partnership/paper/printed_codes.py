"""Codes on letters, cards and sheets: digits that are typed once. Letters are slow, so a code lasts at least thirty
days; it can be issued again, and then the one before ends.

A room issues one for a purpose of its own and prints `digits_of` it; whoever types the digits gets the row back from
`use`, and the room does what they are for. The room limits how often somebody may try. What lets somebody in has twelve
digits; the number of a card, which opens nothing by itself and is typed by staff in a pile, has fewer and a letter
(`number_of`).
"""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from partnership.fields.codes import check_letter, typed_code
from partnership.paper.models import PrintedCode
from partnership.places.models import Partnership

DIGITS = 12
AT_LEAST = dt.timedelta(days=30)
# Some days on a desk and some in the post, and the rest for the reader.
LASTS = dt.timedelta(days=60)
# Of the number of a card: a year and a month, since it lies on the fridge until it is filled in.
CARD_DIGITS = 8
CARD_LASTS = dt.timedelta(days=400)


@transaction.atomic
def issue(
    *,
    partnership: Partnership,
    purpose: str,
    about: int,
    now: dt.datetime,
    lasts: dt.timedelta = LASTS,
    digits: int = DIGITS,
) -> PrintedCode:
    """Make a code that opens `about`, and end those before it. Raise ValueError for one that lasts under 30 days."""
    if lasts < AT_LEAST:
        raise ValueError(f"A code on paper lasts at least {AT_LEAST.days} days.")
    end(purpose=purpose, about=about, now=now)
    seed = uuid.uuid4()
    while PrintedCode.objects.filter(digest=_digest(purpose, _digits(purpose, seed, digits))).exists():
        seed = uuid.uuid4()
    return PrintedCode.objects.create(
        partnership=partnership,
        purpose=purpose,
        about=about,
        seed=seed,
        digits=digits,
        digest=_digest(purpose, _digits(purpose, seed, digits)),
        made_at=now,
        expires_at=now + lasts,
    )


@transaction.atomic
def issue_first(
    *,
    partnership: Partnership,
    purpose: str,
    about: Collection[int],
    now: dt.datetime,
    lasts: dt.timedelta = LASTS,
    digits: int = DIGITS,
) -> dict[int, PrintedCode]:
    """Make a code for each of many rows of which none has had one, in a fixed number of statements, and return it by
    its row's number. Raise ValueError as `issue`.
    """
    if lasts < AT_LEAST:
        raise ValueError(f"A code on paper lasts at least {AT_LEAST.days} days.")
    seeds = _new_seeds(purpose, len(about), digits)
    made = PrintedCode.objects.bulk_create(
        PrintedCode(
            partnership=partnership,
            purpose=purpose,
            about=row,
            seed=seed,
            digits=digits,
            digest=digest,
            made_at=now,
            expires_at=now + lasts,
        )
        for row, (digest, seed) in zip(about, seeds.items(), strict=True)
    )
    return {code.about: code for code in made}


def _new_seeds(purpose: str, many: int, digits: int) -> dict[str, uuid.UUID]:
    """Return seeds by the digests of their codes, all of which are new."""
    found: dict[str, uuid.UUID] = {}
    while len(found) < many:
        seeds = [uuid.uuid4() for _missing in range(many - len(found))]
        drawn = {_digest(purpose, _digits(purpose, seed, digits)): seed for seed in seeds}
        taken = set(PrintedCode.objects.filter(digest__in=drawn).values_list("digest", flat=True))
        found |= {digest: seed for digest, seed in drawn.items() if digest not in taken}
    return found


def open_codes(now: dt.datetime) -> QuerySet[PrintedCode]:
    """Return the codes that still open something."""
    return PrintedCode.objects.filter(used_at=None, ended_at=None, expires_at__gt=now)


def digits_of(code: PrintedCode) -> str:
    """Return the code as it is printed: "1234 5678 9012"."""
    digits = _digits(code.purpose, code.seed, code.digits)
    return " ".join(digits[at : at + 4] for at in range(0, code.digits, 4))


def number_of(code: PrintedCode) -> str:
    """Return the code with a letter that tells when a digit is mistyped: "1234 5678 K"."""
    digits = digits_of(code)
    return f"{digits} {check_letter(digits.replace(' ', ''))}"


def use(*, typed: str, purpose: str, partnership: Partnership, now: dt.datetime) -> PrintedCode | None:
    """Use up the code that somebody has typed, however they spaced it, and return it; None if it opens nothing. Of two
    who type it at once, one gets it.
    """
    found = find(digits=typed_code(typed, digits=DIGITS), purpose=purpose, partnership=partnership)
    return found if found and use_up(found, now) else None


def find(*, digits: str, purpose: str, partnership: Partnership) -> PrintedCode | None:
    """Return the code of these digits, also one that opens nothing any more; None if this partnership has none."""
    found = PrintedCode.objects.filter(digest=_digest(purpose, digits), purpose=purpose, partnership=partnership)
    return found.first() if digits else None


def use_up(code: PrintedCode, now: dt.datetime) -> bool:
    """Use up a code; False if it opens nothing any more."""
    return bool(open_codes(now).filter(pk=code.pk).update(used_at=now))


def open_again(code: PrintedCode) -> None:
    """Let a code open what it is about once more, after it was used by mistake."""
    PrintedCode.objects.filter(pk=code.pk).update(used_at=None, ended_at=None)


def end(*, purpose: str, about: int, now: dt.datetime) -> None:
    """End the codes that still open a row."""
    PrintedCode.objects.filter(purpose=purpose, about=about, ended_at=None).update(ended_at=now)


def ended_at(*, purpose: str, about: int, at: dt.datetime) -> QuerySet[PrintedCode]:
    """Return the codes that opened a row until this moment, and were not used."""
    return PrintedCode.objects.filter(purpose=purpose, about=about, ended_at=at, used_at=None, expires_at__gt=at)


def forget(*, purpose: str, about: int) -> None:
    """Delete the codes about a row that is deleted."""
    forget_all(purpose=purpose, about=[about])


def forget_all(*, purpose: str, about: Collection[int]) -> None:
    """Delete the codes about rows that are deleted."""
    PrintedCode.objects.filter(purpose=purpose, about__in=about).delete()


def past(now: dt.datetime) -> QuerySet[PrintedCode]:
    """Return the codes that have ended by themselves."""
    return PrintedCode.objects.filter(expires_at__lte=now)


def _digits(purpose: str, seed: uuid.UUID, digits: int) -> str:
    number = int(salted_hmac(f"paper.printed_code {purpose}", seed.hex, algorithm="sha256").hexdigest(), 16)
    return f"{number % 10**digits:0{digits}d}"


def _digest(purpose: str, digits: str) -> str:
    return salted_hmac(f"paper.printed_code.digest {purpose}", digits, algorithm="sha256").hexdigest()
