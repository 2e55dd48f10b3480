"""What lets a page or a job gather from many rooms and import none of them.

The page owns a `Register`; a room adds to it in its `registrations.py` (`docs/adding-a-room.md` lists all of them).
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

Entry = TypeVar("Entry")


def _itself(entry: Any) -> Hashable:
    return entry


class Register(Generic[Entry]):
    """Entries that rooms have added, in order.

    Each has a key, by default the entry itself, that no other entry of the register may have.
    """

    def __init__(self, name: str, key: Callable[[Entry], Hashable] = _itself) -> None:
        self.name = name
        self._key = key
        self._entries: dict[Hashable, tuple[int, Entry]] = {}

    def add(self, *entries: Entry, order: int = 0) -> None:
        """Add entries: after those of a lower `order`, and after those already there of the same.

        Raise ValueError where one with the same key is there already.
        """
        for entry in entries:
            key = self._key(entry)
            if key in self._entries:
                raise ValueError(f"{key!r} is in the register of {self.name} twice.")
            self._entries[key] = (order, entry)

    def __iter__(self) -> Iterator[Entry]:
        return (entry for _order, entry in sorted(self._entries.values(), key=lambda pair: pair[0]))

    def __contains__(self, key: Hashable) -> bool:
        return key in self._entries

    def __getitem__(self, key: Hashable) -> Entry:
        return self._entries[key][1]

    @contextmanager
    def only(self, *entries: Entry) -> Iterator[None]:
        """Hold these entries alone while a test's `with` block lasts."""
        before, self._entries = self._entries, {}
        try:
            self.add(*entries)
            yield
        finally:
            self._entries = before
