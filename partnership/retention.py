"""What is kept about people, why, how long, and who sees it: one table in code, which also does the deleting. Each room
adds the rules for its own models from its `retention.py`; a test fails for a model without a rule. `docs/retention.md`
is written from this table (`manage.py write_retention`), and the nightly task runs it.
"""

import datetime as dt
import textwrap
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass

from django.db.models import Model, QuerySet

from partnership.registers import Register

# The legal bases of the portal (GDPR article 6).
CONSENT = "consent, 6(1)(a)"
TASK = "a task in the public interest, 6(1)(e)"
NOBODY = "none needed: not about people"
DUTY = "a legal duty, 6(1)(c): to be able to show a consent (7(1)), or who did what (32)"


@dataclass(frozen=True)
class Rule:
    """One line of the table: what is kept in `model`. `past` returns the rows that are past their limit at a moment;
    they are deleted, unless `remove` removes them in another way and returns how many. Rows of a rule without either
    are deleted together with something else, which `how_long` names. A model with several limits has a rule, and a
    `part`, for each.
    """

    model: type[Model]
    _: KW_ONLY
    holds: str
    purpose: str
    basis: str
    how_long: str
    seen_by: str
    past: Callable[[dt.datetime], QuerySet] | None = None
    remove: Callable[[dt.datetime], int] | None = None
    part: str = ""

    @property
    def name(self) -> str:
        """What the table calls the rule: its part of the model's rows, or the model."""
        return self.part or self.model._meta.label

    @property
    def has_limit(self) -> bool:
        """Whether the nightly run deletes anything by this rule."""
        return bool(self.past or self.remove)

    def run(self, now: dt.datetime) -> int:
        """Delete the rows that are past their limit, and return how many."""
        if self.remove:
            return self.remove(now)
        if not self.past:
            return 0
        old = self.past(now)
        return old.delete()[1].get(old.model._meta.label, 0)


rules: Register[Rule] = Register("retention rules", key=lambda rule: rule.name)
about_nobody: Register[type[Model]] = Register("models about nobody")


def by_name() -> list[Rule]:
    """Return all rules in the order of their names."""
    return sorted(rules, key=lambda rule: rule.name)


def as_table() -> str:
    """Return the table as a page of Markdown."""
    lines = [
        "# What the portal keeps about people, and for how long",
        "",
        "Written by `manage.py write_retention` from the code that also deletes what is past its limit, every night",
        "(`retention.run`). A model that is not in it fails the tests. The administration lists what was deleted",
        "each night, as counts.",
        "",
        "| what | holds | why | legal basis | how long | who sees it |",
        "|---|---|---|---|---|---|",
    ]
    for rule in by_name():
        cells = [f"`{rule.name}`", rule.holds, rule.purpose, rule.basis, rule.how_long, rule.seen_by]
        lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    names = ", ".join(sorted(f"`{model._meta.label}`" for model in about_nobody))
    lines += ["", *textwrap.wrap(f"Not about people: {names}.", 120), ""]
    return "\n".join(lines)
