"""What is kept about people, why, how long, and who sees it: one table in code, which also does the forgetting.

Each room registers its own models in its `retention.py`; a test refuses a model that nobody has spoken for.
`docs/retention.md` is written from this table (`manage.py write_retention`), and the nightly task runs it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, QuerySet

Past = Callable[[dt.datetime], QuerySet]
LetGo = Callable[[dt.datetime], int]


@dataclass(frozen=True)
class Rule:
    """One model's line in the table.

    `past` says which rows are past their limit at a moment; `let_go` makes them gone and says how many. Rows without
    a limit of their own go with something else, which `how_long` names.
    """

    name: str
    model: type[Model]
    holds: str
    purpose: str
    basis: str
    how_long: str
    seen_by: str
    past: Past | None = None
    let_go: LetGo | None = None


_rules: dict[str, Rule] = {}
_nobodys: set[type[Model]] = set()

# The grounds that the portal stands on (GDPR article 6), written once.
CONSENT = "consent, 6(1)(a)"
TASK = "a task in the public interest, 6(1)(e)"
NOBODY = "none needed: about nobody"
DUTY = "a legal duty, 6(1)(c): to be able to show a consent (7(1)), or who did what (32)"


def keeps(
    model: type[Model],
    *,
    holds: str,
    purpose: str,
    basis: str,
    how_long: str,
    seen_by: str,
    past: Past | None = None,
    let_go: LetGo | None = None,
    name: str = "",
) -> None:
    """Register what is kept in `model`; one with several limits has a rule, and a `name`, for each."""
    name = name or model._meta.label
    if name in _rules:
        raise ValueError(f"Two rules for {name}.")
    if past and not let_go:
        let_go = _delete(past)
    _rules[name] = Rule(name, model, holds, purpose, basis, how_long, seen_by, past, let_go)


def holds_nobody(*models: type[Model]) -> None:
    """Say that no row of these models is about a person."""
    _nobodys.update(models)


def rules() -> list[Rule]:
    return sorted(_rules.values(), key=lambda rule: rule.name)


def nobodys() -> set[type[Model]]:
    return set(_nobodys)


def unspoken(models: list[type[Model]]) -> list[type[Model]]:
    """Return those models that no room has said anything about."""
    spoken = {rule.model for rule in _rules.values()} | _nobodys
    return [model for model in models if model not in spoken]


def past_limit(now: dt.datetime) -> dict[str, int]:
    """Return how many rows each rule would let go of now; empty when all is as the table says."""
    found = {rule.name: rule.past(now).count() for rule in rules() if rule.past}
    return {name: number for name, number in found.items() if number}


def _delete(past: Past) -> LetGo:
    def let_go(now: dt.datetime) -> int:
        ours = past(now)
        return ours.delete()[1].get(ours.model._meta.label, 0)

    return let_go


def as_table() -> str:
    """Return the table as a page of Markdown."""
    lines = [
        "# What the portal keeps about people, and for how long",
        "",
        "Written by `manage.py write_retention` from the code that also does the forgetting, every night",
        "(`retention.run`). A model that is not in it fails the tests. What it did stands in the administration,",
        "under retention runs, as counts.",
        "",
        "| what | holds | why | on what ground | how long | who sees it |",
        "|---|---|---|---|---|---|",
    ]
    for rule in rules():
        cells = [f"`{rule.name}`", rule.holds, rule.purpose, rule.basis, rule.how_long, rule.seen_by]
        lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    names = sorted(model._meta.label for model in _nobodys)
    lines += ["", "About nobody: " + ", ".join(f"`{name}`" for name in names) + ".", ""]
    return "\n".join(lines)
