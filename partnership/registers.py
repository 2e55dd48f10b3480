"""Lets a page or a job gather entries from many rooms without importing them.

The page owns a `Register`; a room adds to it in its `registrations.py` (`docs/adding-a-room.md` lists all of them).
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

Entry = TypeVar("Entry")


def _itself(entry: Any) -> Hashable:
    return entry


class Register(Generic[Entry]):
    """Entries that rooms have added, in order. Each has a unique key, by default the entry itself."""

    def __init__(self, name: str, key: Callable[[Entry], Hashable] = _itself) -> None:
        self.name = name
        self._key = key
        self._entries: dict[Hashable, tuple[int, Entry]] = {}

    def add(self, *entries: Entry, order: int = 0) -> None:
        """Add entries, sorted by `order` and then by when they were added. Raise ValueError for a key that exists."""
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
        """Contain only these entries inside a test's `with` block."""
        before, self._entries = self._entries, {}
        try:
            self.add(*entries)
            yield
        finally:
            self._entries = before
