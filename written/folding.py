"""Letters that not every keyboard has, written with those from a to z."""

from collections.abc import Mapping

# As people write who do not have the key: Oersted, Aalborg.
SPELT_OUT = {"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa"}
# As people write who leave the marks out: Orsted, Alborg.
BARE = {"æ": "a", "ä": "a", "ø": "o", "ö": "o", "å": "a"}


def table(letters: Mapping[str, str], **others: str) -> dict[int, str]:
    """Return a table for `str.translate`: these lower-case letters, and `others` as each use wants them."""
    return str.maketrans({**letters, **others})
