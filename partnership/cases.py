"""Cases: rows that move between states by a table of transitions, with a permanent step row for each move.

`docs/adding-a-room.md`, section "A case", shows what a room writes.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations, models, transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused

REFUSAL = _("It is “%(state)s” now, so that can no longer be done. See the page for how it stands.")


class Transitions:
    """From each state, the states that a case may move to.

    `stays`: states in which a step may be written without a move (see `stay`). `refusal`: the message if the table does
    not allow a move, with %(state)s for the case's state in words. An invalid table raises ValueError when its class is
    created.
    """

    def __init__(
        self,
        states: type[models.TextChoices],
        table: Mapping[str, Iterable[str]],
        *,
        stays: Iterable[str] = (),
        refusal: str | Promise = REFUSAL,
    ) -> None:
        self.states = states
        self.table = {str(before): tuple(str(after) for after in row) for before, row in table.items()}
        self.stays = frozenset(str(state) for state in stays)
        self.refusal = refusal
        if faults := list(self._faults()):
            raise ValueError(f"{states.__qualname__}: {'; '.join(faults)}")

    def allows(self, before: str, after: str) -> bool:
        """Return whether the table has this move; `before` is "" where a case begins."""
        return after in self.table[before]

    def label(self, state: str) -> str:
        """Return a state in words; "" before a case begins, the stored value for a state that no longer exists."""
        return str(dict(self.states.choices).get(state, state))

    def refused(self, state: str) -> Refused:
        """Return the refusal of a move from `state`, for the caller to raise."""
        return Refused("not_allowed_now", str(self.refusal) % {"state": self.label(state)})

    def constraints(self, name: str, *, case: str) -> list[models.BaseConstraint]:
        """Return the constraints of the step table: only allowed moves, and one first step for each case.

        `name` begins their names; `case` is the step's foreign key.
        """
        allowed = Q()
        for before, row in self.table.items():
            if after := [*row, *({before} & self.stays)]:
                allowed |= Q(from_state=before, to_state__in=after)
        return [
            models.CheckConstraint(condition=allowed, name=f"{name}_is_allowed"),
            models.UniqueConstraint(fields=[case], condition=Q(from_state=""), name=f"{name}_begins_once"),
        ]

    def _faults(self) -> Iterator[str]:
        known = {"", *self.states.values}
        named = {after for row in self.table.values() for after in row}
        if set(self.table) != known:
            yield f"rows for {sorted(set(self.table) ^ known)} are missing or unknown"
        if unknown := (named | self.stays) - set(self.states.values):
            yield f"{sorted(unknown)} cannot be moved to"
        if loops := [before for before, row in self.table.items() if before in row]:
            yield f"{loops} lead to themselves: name them in `stays`"
        if lost := set(self.states.values) - self._reached():
            yield f"nothing leads to {sorted(lost)}"

    def _reached(self) -> set[str]:
        reached, new = set[str](), {""}
        while new:
            reached |= new
            new = {after for before in new for after in self.table.get(before, ())} - reached
        return reached


class Case(models.Model):
    """A row with a state that only `begin`, `move` and `stay` write."""

    TRANSITIONS: ClassVar[Transitions]
    # Fields whose values before and after a step are kept in it, and fields of which it says only that they changed:
    # what people wrote is erased with them, and a step is never rewritten.
    RECORDED: ClassVar[tuple[str, ...]] = ()
    NOTED: ClassVar[tuple[str, ...]] = ()
    steps: Any

    # The room overrides this field with its choices.
    state = models.CharField(max_length=20)

    class Meta:
        abstract = True

    def may_become(self, state: str) -> bool:
        """Return whether the table lets the case move to `state` from its present state."""
        return self.TRANSITIONS.allows(self.state, state)


class Step(models.Model):
    """Who moved a case from which state to which, when and why. Rows are only added; the newest is current."""

    TRANSITIONS: ClassVar[Transitions]

    from_state = models.CharField(_("was"), max_length=20, blank=True)
    to_state = models.CharField(_("became"), max_length=20)
    # Empty for automatic moves, and once the person is erased.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("moved by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("moved at"))
    why = models.CharField(_("reason"), max_length=300, blank=True)
    # {field: [before, after]}, or {field: []} where the values are not kept. Empty in older steps.
    changed = models.JSONField(_("changed"), null=True, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        abstract = True
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.from_state or 'new'} > {self.to_state}"

    def get_from_state_display(self) -> str:
        return self.TRANSITIONS.label(self.from_state)

    def get_to_state_display(self) -> str:
        return self.TRANSITIONS.label(self.to_state)


# -- Moving -----------------------------------------------------------------------------------------------------------

Fields = Mapping[str, Any]


@transaction.atomic
def begin(
    case: Case,
    to: str = "",
    *,
    by: AbstractBaseUser | None,
    now: dt.datetime,
    why: str = "",
    on_step: Fields | None = None,
    **changes: Any,
) -> Step:
    """Write and return the first step of a case whose row was just made. It begins in state `to`, with `changes` to its
    fields; without `to` in the state that the row was made in. `on_step` are extra fields of the room's own step model.
    Refused (not_allowed_now): no case begins in that state.
    """
    to = to or case.state
    if not case.TRANSITIONS.allows("", to):
        raise case.TRANSITIONS.refused(to)
    if to != case.state or changes:
        _write(case, to, changes)
    return _step(case, "", by=by, at=now, why=why, **(on_step or {}))


@transaction.atomic
def move(
    case: Case,
    to: str,
    *,
    by: AbstractBaseUser | None,
    now: dt.datetime,
    why: str = "",
    on_step: Fields | None = None,
    **changes: Any,
) -> Step:
    """Move a case to state `to`, with `changes` to its fields, and return the step.

    If two callers move a case from the state that both saw, locked or not, only one succeeds. Refused
    (not_allowed_now): the table has no such move from the present state.
    """
    if not case.may_become(to):
        raise case.TRANSITIONS.refused(case.state)
    before, changed = case.state, _changed(case, changes)
    _write(case, to, changes)
    return _step(case, before, by=by, at=now, why=why, **{"changed": changed, **(on_step or {})})


@transaction.atomic
def stay(
    case: Case,
    *,
    by: AbstractBaseUser | None,
    now: dt.datetime,
    why: str = "",
    on_step: Fields | None = None,
    **changes: Any,
) -> Step:
    """Write `changes` to a case without changing its state, as a step, and return the step. Refused (not_allowed_now):
    the table does not list the present state in `stays`.
    """
    if case.state not in case.TRANSITIONS.stays:
        raise case.TRANSITIONS.refused(case.state)
    changed = _changed(case, changes)
    _write(case, case.state, changes)
    return _step(case, case.state, by=by, at=now, why=why, **{"changed": changed, **(on_step or {})})


def _write(case: Case, to: str, changes: Fields) -> None:
    # The row must still be in the state that the caller saw: the second of two callers changes nothing.
    found = type(case)._base_manager.filter(pk=case.pk, state=case.state).update(state=to, **changes)
    if not found:
        case.refresh_from_db(fields=["state"])
        raise case.TRANSITIONS.refused(case.state)
    for name, value in {**changes, "state": to}.items():
        setattr(case, name, value)


def _changed(case: Case, changes: Fields) -> Fields | None:
    """Return what a step says about these changes; None if it says nothing."""
    was = {name: getattr(case, name) for name in changes if name in (*case.RECORDED, *case.NOTED)}
    new = {name: before for name, before in was.items() if before != changes[name]}
    return {name: [] if name in case.NOTED else [before, changes[name]] for name, before in new.items()} or None


def _step(case: Case, before: str, **step: Any) -> Step:
    return case.steps.create(from_state=before, to_state=case.state, **step)


# -- For migrations ---------------------------------------------------------------------------------------------------
# Databases have run these, so their effect must never change: write a new function instead.


def append_only(*, steps: str, case: str, key: str) -> migrations.RunSQL:
    """Return the operation that allows rows of the table `steps` only to be added, and to be deleted with their case.

    `case` is the table of the cases and `key` the foreign key column. Erasing a person may still empty the columns
    `by_id` and `why`, if they exist; neither can be filled in again.
    """
    names = {"steps": steps, "case": case, "key": key}
    return migrations.RunSQL(APPEND_ONLY.format(**names), NOT_APPEND_ONLY.format(**names))


def state_is_newest_step(*, steps: str, case: str, key: str) -> migrations.RunSQL:
    """Return the operation that keeps a case and its steps consistent. When a transaction ends it refuses a case whose
    state is not that of its newest step, and a step that does not begin where the one before it ended.
    """
    names = {"steps": steps, "case": case, "key": key}
    return migrations.RunSQL(STATE_IS_NEWEST_STEP.format(**names), STATE_IS_ANYTHING.format(**names))


# Django deletes the steps before their case, so the case is looked for when the transaction ends.
APPEND_ONLY = """
CREATE FUNCTION {steps}_is_only_added() RETURNS trigger AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
    becomes jsonb := to_jsonb(NEW);
BEGIN
    IF was - 'by_id' - 'why' IS DISTINCT FROM becomes - 'by_id' - 'why'
       OR coalesce(becomes ->> 'by_id', was ->> 'by_id') IS DISTINCT FROM was ->> 'by_id'
       OR coalesce(nullif(becomes ->> 'why', ''), was ->> 'why') IS DISTINCT FROM was ->> 'why' THEN
        RAISE EXCEPTION 'A step is never rewritten: add a row.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER {steps}_is_only_added BEFORE UPDATE ON {steps}
    FOR EACH ROW EXECUTE FUNCTION {steps}_is_only_added();

CREATE FUNCTION {steps}_goes_with_its_case() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM {case} WHERE id = OLD.{key}) THEN
        RAISE EXCEPTION 'A step is never deleted: it goes with its case.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE CONSTRAINT TRIGGER {steps}_goes_with_its_case AFTER DELETE ON {steps} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION {steps}_goes_with_its_case();
"""
NOT_APPEND_ONLY = """
DROP TRIGGER {steps}_goes_with_its_case ON {steps};
DROP FUNCTION {steps}_goes_with_its_case();
DROP TRIGGER {steps}_is_only_added ON {steps};
DROP FUNCTION {steps}_is_only_added();
"""
STATE_IS_NEWEST_STEP = """
CREATE FUNCTION {case}_state_is_newest_step() RETURNS trigger AS $$
DECLARE
    stands varchar;
    newest varchar;
BEGIN
    SELECT state INTO stands FROM {case} WHERE id = NEW.id;
    SELECT to_state INTO newest FROM {steps} WHERE {key} = NEW.id ORDER BY id DESC LIMIT 1;
    IF stands IS NOT NULL AND stands IS DISTINCT FROM newest THEN
        RAISE EXCEPTION 'Row % of {case} is % but its newest step says %.', NEW.id, stands, newest
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE CONSTRAINT TRIGGER {case}_state_is_newest_step
    AFTER INSERT OR UPDATE OF state ON {case} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION {case}_state_is_newest_step();

CREATE FUNCTION {steps}_follows() RETURNS trigger AS $$
DECLARE
    stands varchar;
    newest varchar;
    came_from varchar;
BEGIN
    SELECT state INTO stands FROM {case} WHERE id = NEW.{key};
    SELECT to_state INTO newest FROM {steps} WHERE {key} = NEW.{key} ORDER BY id DESC LIMIT 1;
    SELECT to_state INTO came_from FROM {steps} WHERE {key} = NEW.{key} AND id < NEW.id ORDER BY id DESC LIMIT 1;
    IF stands IS NOT NULL AND (stands IS DISTINCT FROM newest OR NEW.from_state <> coalesce(came_from, '')) THEN
        RAISE EXCEPTION 'Step % of {steps} does not lead from where its case stood to where it stands.', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE CONSTRAINT TRIGGER {steps}_follows AFTER INSERT ON {steps} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION {steps}_follows();
"""
STATE_IS_ANYTHING = """
DROP TRIGGER {steps}_follows ON {steps};
DROP FUNCTION {steps}_follows();
DROP TRIGGER {case}_state_is_newest_step ON {case};
DROP FUNCTION {case}_state_is_newest_step();
"""
