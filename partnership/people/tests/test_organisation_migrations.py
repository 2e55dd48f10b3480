"""Associations of the version before become organisations with contacts, and associations again in reverse."""

import datetime as dt
import os
from collections.abc import Iterator

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from partnership.people.models import Organisation
from partnership.tests.cast import NOW, Cast, assemble
from partnership.tests.databases import database
from talks.models import TalkWish

pytestmark = pytest.mark.slow

BEFORE = [("people", "0007_names_in_the_administration"), ("talks", "0012_steps_are_guarded_like_those_of_every_case")]
# Higher than any number that the sequence has given out.
CHAIRED, DEPUTISED, ERASED = 1_000_001, 1_000_002, 1_000_003
COLUMNS = "id, partnership_id, area_id, name, type, homes, chair_id, deputy_id, confirmed_on"


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    """Use a separate database with the cast in it and no organisations."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with database(f"{name}_associations{os.getpid()}", template=name):
        made = assemble()
        Organisation.objects.all().delete()
        yield made


def migrate(*targets: tuple[str, str]) -> None:
    """Migrate to these; without arguments to the newest of all rooms."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets) or executor.loader.graph.leaf_nodes())
    ContentType.objects.clear_cache()


def asked(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def of_the_version_before(cast: Cast) -> list[tuple]:
    """Return the rows of three associations: one with a chair, one with a deputy too, one whose chair was erased."""
    here = (cast.randers.pk, cast.vorup.pk)
    return [
        (CHAIRED, *here, "Enghaven", "cooperative", 40, cast.ruth.pk, None, None),
        (DEPUTISED, *here, "Vorup", "watch_group", 12, cast.ruth.pk, cast.frede.pk, dt.date(2026, 1, 9)),
        (ERASED, *here, "", "homeowners", 99, None, None, None),
    ]


def lay_in(cast: Cast) -> None:
    for row in of_the_version_before(cast):
        asked(f"INSERT INTO talks_association ({COLUMNS}) VALUES ({', '.join(['%s'] * len(row))})", *row)
    asked(
        "INSERT INTO talks_talkwish (partnership_id, association_id, format, place, is_accessible, has_projector, "
        "is_public, note, days, from_hour, asked_at, why_not, submission) VALUES "
        "(%s, %s, 'online', '', false, false, false, '', '[]', '19:00', %s, '', gen_random_uuid())",
        cast.randers.pk, DEPUTISED, NOW,
    )  # fmt: skip
    asked(
        "INSERT INTO django_admin_log (action_time, user_id, content_type_id, object_id, object_repr, action_flag, "
        "change_message) SELECT %s, %s, id, %s, 'Vorup', %s, '' FROM django_content_type "
        "WHERE (app_label, model) = ('talks', 'association')",
        NOW, cast.anne.pk, str(DEPUTISED), CHANGE,
    )  # fmt: skip


def test_rows_numbers_and_all_that_points_to_them_go_there_and_back(cast: Cast) -> None:
    migrate(*BEFORE)
    lay_in(cast)
    migrate()

    kept = {one.pk: (one.title, one.kind, one.homes, one.chair, one.deputy) for one in Organisation.objects.all()}
    assert kept == {
        CHAIRED: ("Enghaven", "cooperative", 40, cast.ruth, None),
        DEPUTISED: ("Vorup", "watch_group", 12, cast.ruth, cast.frede),
        ERASED: (Organisation().title, "homeowners", 99, None, None),
    }
    assert TalkWish.objects.get().association_id == DEPUTISED
    assert LogEntry.objects.get().get_edited_object() == Organisation.objects.get(pk=DEPUTISED)
    permissions = ContentType.objects.get_for_model(Organisation).permission_set
    assert set(permissions.values_list("codename", flat=True)) == {
        f"{verb}_organisation" for verb in ("add", "change", "delete", "view")
    }
    # Its number comes from the sequence that was moved along with the table.
    Organisation.objects.create(partnership=cast.randers, name="Politiet", kind="authority").delete()

    migrate(*BEFORE)
    assert asked(f"SELECT {COLUMNS} FROM talks_association ORDER BY id") == of_the_version_before(cast)
    assert asked("SELECT association_id FROM talks_talkwish") == [(DEPUTISED,)]
    assert asked(
        "SELECT app_label, model FROM django_admin_log JOIN django_content_type type ON type.id = content_type_id"
    ) == [("talks", "association")]
    constraints = asked("SELECT conname FROM pg_constraint WHERE conrelid = 'talks_association'::regclass")
    assert {name for (name,) in constraints} > {
        "association_has_homes",
        "association_has_a_chair_or_no_name",
        "association_once_for_its_chair",
        "talks_association_pkey",
    }
    migrate()
    assert Organisation.objects.get(pk=DEPUTISED).deputy == cast.frede
