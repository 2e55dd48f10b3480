"""The effect of this room's migrations on existing rows."""

import datetime as dt

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from partnership.tests.cast import NOW, Cast, slot
from talks.actions import bookings, closing
from talks.tests.bookings import confirmed, unverified

pytestmark = pytest.mark.slow


def migrate(name: str = "") -> None:
    """Migrate to the migration of that name, or to the newest of all rooms, each as in a transaction of its own."""
    # No deferred checks of one migration may be pending in the next.
    executor = MigrationExecutor(connection, lambda *_progress: connection.check_constraints())
    executor.migrate([("talks", name)] if name else executor.loader.graph.leaf_nodes())
    connection.check_constraints()  # and Django may have left the checks immediate


def test_older_steps_learn_where_they_came_from_and_the_way_back_is_open(cast: Cast) -> None:
    talk = confirmed(cast)
    bookings.cancel(booking=talk, by=cast.karen, why="Sne", now=NOW)
    unverified(cast, slot(cast.speaker, days=30))
    was = list(talk.steps.values_list("from_state", "to_state", "why"))
    migrate("0008_kept_without_a_booking")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM talks_bookingstep LIMIT 1")
        assert "from_state" not in {column.name for column in cursor.description or ()}
    migrate("0010_older_steps_say_where_they_came_from")
    migrate()
    assert list(talk.steps.values_list("from_state", "to_state", "why")) == was
    assert [before for before, *_more in was] == ["", "unverified", "requested", "confirmed"]


def test_a_corrected_talk_survives_the_way_back_and_forth(cast: Cast) -> None:
    talk = confirmed(cast, slot(cast.speaker, days=-5), now=NOW - dt.timedelta(days=40))
    closing.close(booking=talk, took_place=True, attendance=9, by=cast.karen, now=NOW)
    closing.correct(booking=talk, took_place=False, attendance=None, by=cast.karen, now=NOW)
    migrate("0021_telephone_as_it_was_typed")
    assert talk.steps.values_list("to_state", flat=True).latest("pk") == "not_held"
    migrate()
    closing.correct(booking=talk, took_place=True, attendance=9, by=cast.karen, now=NOW)
