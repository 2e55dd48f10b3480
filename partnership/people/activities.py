"""What the activities of helpers are called. Rooms add the names of what they note."""

from dataclasses import dataclass

from django.utils.functional import Promise

from partnership.registers import Register


@dataclass(frozen=True)
class ActivityName:
    """The name of a kind of activity, for staff."""

    kind: str
    label: Promise | str


names: Register[ActivityName] = Register("names of activities", key=lambda name: name.kind)


def name_of(kind: str) -> str:
    """Return a kind of activity in words, or as it is stored if no room names it any more."""
    return str(names[kind].label) if kind in names else kind
