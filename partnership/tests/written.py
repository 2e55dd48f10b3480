"""For tests that nothing was written: what a request has tried to write, and what has changed."""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection

ATTEMPTS = """
SELECT sum(
    pg_stat_get_xact_tuples_inserted(t) + pg_stat_get_xact_tuples_updated(t) + pg_stat_get_xact_tuples_deleted(t)
)
FROM unnest(%s::regclass[]) t
"""


def tables_of(*rooms: str) -> list[str]:
    """Return the names of the tables of these rooms, by their app labels."""
    return [model._meta.db_table for room in rooms for model in apps.get_app_config(room).get_models()]


def attempts(tables: Iterable[str]) -> int:
    """Return how many rows of these tables this transaction has tried to insert, update or delete, also those that
    were rolled back. PostgreSQL counts them by itself, so this costs the same however full the tables are.
    """
    with connection.cursor() as cursor:
        cursor.execute(ATTEMPTS, [list(tables)])
        return int(cursor.fetchone()[0])


def digests(tables: Iterable[str]) -> list[tuple]:
    """Return a digest of each table, so that a change anywhere shows."""
    each = [f"SELECT '{table}', md5(string_agg(t::text, ' ' ORDER BY t.id)) FROM {table} t" for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return cursor.fetchall()
