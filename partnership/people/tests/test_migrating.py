"""Migrations may take longer than a page."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import pre_migrate


def limit() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


@pytest.mark.slow
def test_no_statement_of_a_migration_is_stopped_and_those_of_pages_still_are(db: None) -> None:
    before, during = limit(), []

    def note(**_more: object) -> None:
        during.append(limit())

    pre_migrate.connect(note)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        pre_migrate.disconnect(note)
    assert set(during) == {"0"}
    assert limit() == before == "10s"
