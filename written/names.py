"""Names of people as they are written: in any order, with a middle name or without."""

import re

from written.streets import folded


def first_and_last(name: str) -> tuple[str, ...]:
    """Return the first and the last name of somebody, as one spelling of them: without case and accents, the same for
    "Bente Bro", "Bro, Bente", "Bente - Bro" and "Bente Kirstine Bro". Empty if there is none.
    """
    last, comma, others = name.partition(",")
    words = re.findall(r"\w+", folded(f"{others} {last}" if comma else name))
    return tuple(sorted({words[0], words[-1]})) if words else ()
