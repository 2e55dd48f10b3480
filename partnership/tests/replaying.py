"""The rows that most tests begin with: made by the portal's code once, and after that inserted by one statement."""

import copy
import json
from collections.abc import Callable
from typing import TypeVar

from django.apps import apps
from django.db import connection
from django.db.models import AutoField, Model

from partnership import clock

Made = TypeVar("Made")
# By the function and by the clock, since a test may stop the clock.
_KNOWN: dict[tuple[Callable, Callable, str], tuple[str, object]] = {}


def replayed(make: Callable[[], Made]) -> Made:
    """Return what `make` returns, and write its rows; from the second call on both are copies.

    Copied rows keep their ids. The sequences of the same database never repeat them: one that began again, since
    a test of migrations made its table anew, is set behind them.
    """
    known = _KNOWN.get((make, clock.now, connection.settings_dict["NAME"]))
    if known is None:
        before = _rows()
        made = make()
        _KNOWN[make, clock.now, connection.settings_dict["NAME"]] = _statement(before, _rows()), copy.deepcopy(made)
        return made
    statement, made = known
    with connection.cursor() as cursor:
        cursor.execute(statement)
    return copy.deepcopy(made)


def _rows() -> dict[type[Model], dict[object, dict[str, object]]]:
    """Return all rows of the database, by model and primary key, as JSON values."""
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]
    found = {}
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f'SELECT row_to_json(t) FROM "{model._meta.db_table}" t')
            rows = [row if isinstance(row, dict) else json.loads(row) for (row,) in cursor.fetchall()]
            found[model] = {row[model._meta.pk.column]: row for row in rows}
    return found


def _statement(before: dict, after: dict) -> str:
    """Return one statement that inserts the new rows; foreign keys are checked at its end, and no id is given again."""
    inserts, sequences = [], []
    for model, rows in after.items():
        if new := [row for key, row in rows.items() if key not in before[model]]:
            table = f'"{model._meta.db_table}"'
            columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if not field.generated)
            values = json.dumps(new).replace("'", "''")
            inserts.append(
                f"i{len(inserts)} AS (INSERT INTO {table} ({columns})"
                f" SELECT {columns} FROM json_populate_recordset(NULL::{table}, '{values}'))"
            )
            if isinstance(model._meta.pk, AutoField):
                sequence = f"pg_get_serial_sequence('{table}', '{model._meta.pk.column}')"
                newest = max(row[model._meta.pk.column] for row in new)
                is_behind = f"coalesce(pg_sequence_last_value({sequence}), 0) < {newest}"
                sequences.append(f"SELECT setval({sequence}, {newest}) WHERE {is_behind}")
    return f"WITH {', '.join(inserts)} {' UNION ALL '.join(sequences)}"
