"""Other rooms import only the public module of the outbox, and its packages do not import each other in circles."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

import pytest

from partnership.tests.house import imported, module_name, sources

OUTBOX = "partnership.outbox"
DOOR = f"{OUTBOX}.post"
EVERY_SOURCE = {module_name(path): path.read_text() for path in sources()}


def past_the_door(module: str, source: str) -> list[str]:
    """Return what a module of another room imports from the outbox past its public module."""
    if module.startswith(OUTBOX):
        return []
    from_outbox = [name for name in imported(ast.parse(source)) if f"{name}.".startswith(f"{OUTBOX}.")]
    return [name for name in from_outbox if not name.startswith(f"{DOOR}.")]


def part_of(module: str) -> str:
    """Return the part of the outbox that a module, or a name in one, belongs to: a package or a top-level module."""
    return module.removeprefix(f"{OUTBOX}.").partition(".")[0]


def order_of(inside: Iterable[tuple[str, str]]) -> list[str]:
    """Return the parts of the outbox, each after all that it imports; CycleError where there is no such order."""
    needs: dict[str, set[str]] = defaultdict(set)
    for module, source in inside:
        needs[part_of(module)] |= set(_parts_imported(source)) - {part_of(module)}
    return list(TopologicalSorter(needs).static_order())


def _parts_imported(source: str) -> Iterator[str]:
    for name in imported(ast.parse(source)):
        if name.startswith(f"{OUTBOX}."):
            yield part_of(name)


def test_other_rooms_come_in_by_the_door_alone() -> None:
    wrong = {module: past_the_door(module, source) for module, source in EVERY_SOURCE.items()}
    assert {module: names for module, names in wrong.items() if names} == {}


def test_there_are_rooms_that_use_the_door() -> None:
    users = [module for module, source in EVERY_SOURCE.items() if f"from {DOOR} import" in source]
    assert len([module for module in users if not module.startswith(OUTBOX)]) >= 10


@pytest.mark.parametrize(
    "source",
    [
        "from partnership.outbox.models import Message",
        "from partnership.outbox import scopes",
        "import partnership.outbox.kinds",
        "import partnership.outbox",
        "from partnership.outbox.posting import post",
        "def late():\n    from partnership.outbox.queue.delivering import deliver",
    ],
)
def test_an_import_past_the_door_is_found(source: str) -> None:
    assert past_the_door("talks.messages.bookings", source)


def test_the_parts_of_the_outbox_have_an_order() -> None:
    order = order_of((module, source) for module, source in EVERY_SOURCE.items() if module.startswith(f"{OUTBOX}."))
    packages = [part for part in order if part in ("channels", "preferences", "returns", "queue", "staff")]
    assert packages == ["channels", "preferences", "returns", "queue", "staff"]


def test_two_parts_that_need_each_other_are_found() -> None:
    with pytest.raises(CycleError):
        order_of(
            [
                (f"{OUTBOX}.channels.letters", "from partnership.outbox.queue.claiming import LEASE"),
                (f"{OUTBOX}.queue.claiming", "from partnership.outbox.channels import sms"),
            ]
        )
