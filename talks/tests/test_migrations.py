"""The effect of this room's migrations on existing rows."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from partnership.tests.cast import NOW, Cast, slot
from talks.actions import offers
from talks.tests.bookings import confirmed, requested

pytestmark = pytest.mark.slow


def migrate(name: str = "") -> None:
    """Migrate to the migration of that name, or to the newest of all rooms, each as in a transaction of its own."""
    # No deferred checks of one migration may be pending in the next.
    executor = MigrationExecutor(connection, lambda *_progress: connection.check_constraints())
    executor.migrate([("talks", name)] if name else executor.loader.graph.leaf_nodes())
    connection.check_constraints()  # and Django may have left the checks immediate


def test_talks_that_stand_in_calendars_keep_the_name_that_was_sent(cast: Cast) -> None:
    agreed, asked = confirmed(cast), requested(cast, slot(cast.speaker, days=30))
    hold = offers.ask_to_move(booking=agreed, slot=slot(cast.speaker, days=50), by=cast.ruth, now=NOW)
    migrate("0001_squashed_0038_answers_told_to_staff")
    migrate()
    for one in (agreed, asked, hold):
        one.refresh_from_db()
    assert agreed.calendar_uid == f"talk-{agreed.pk}@{cast.randers.host_names[0]}"
    assert asked.sent_uid == ""
    assert hold.travel_minutes == agreed.travel_minutes == 30
