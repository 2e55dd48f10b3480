"""The database roles: with a real connection that starts as them, and as the owner for a control."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation
from psycopg.errors import InsufficientPrivilege
from pytest_django.plugin import DjangoDbBlocker

from neighbours.actions.leaving import delete_unconfirmed
from neighbours.models import Helper, HelperStep
from neighbours.tests import builders as make
from partnership import clock, database_roles
from partnership.database_roles import Roles, as_erasing_role, as_owner, guarded_tables, make_roles, roles_here
from partnership.people.actions.erasing import erase
from partnership.people.actions.forgetting import run
from partnership.people.lookups import record
from partnership.people.models import LookUp, User
from partnership.people.tests.canary import CANARY, everything_in_the_database, rows_about
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, assemble
from partnership.tests.databases import database_with_roles

YEAR = dt.timedelta(days=366)
CHANGES = {
    "UPDATE": "UPDATE {0} SET id = id WHERE false",
    "DELETE": "DELETE FROM {0} WHERE false",
    "TRUNCATE": "TRUNCATE {0} CASCADE",
}


@pytest.fixture(scope="module")
def guarded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Roles]:
    """Connect to one database with roles for the whole module."""
    translation.activate(settings.LANGUAGE_CODE)
    with django_db_blocker.unblock(), database_with_roles() as made:
        yield made


@pytest.fixture
def roles(guarded: Roles) -> Iterator[Roles]:
    """Take back what a test writes. Errors that a transaction raises at its end come at the end of each block."""
    with transaction.atomic():
        yield guarded
        transaction.set_rollback(True)


@pytest.fixture
def reconnecting(guarded: Roles) -> Iterator[Roles]:
    """For tests that close the connection, and write no rows."""
    yield guarded
    connection.close()
    make_roles()
    connection.close()


def works(statement: str) -> bool:
    """Run a statement and take it back; return whether the role may do it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except ProgrammingError as refused:
        if isinstance(refused.__cause__, InsufficientPrivilege):
            return False
        raise
    return True


def asked(statement: str) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def i_am() -> str:
    return asked("SELECT current_user")[0]


def test_a_connection_starts_as_the_role_of_this_database(roles: Roles) -> None:
    assert i_am() == roles.web == f"{connection.settings_dict['NAME']}_web"
    assert asked("SELECT session_user")[0] != roles.web


def test_which_tables_are_guarded() -> None:
    assert guarded_tables() == [
        "neighbours_helperliststep", "neighbours_helperstep", "outbox_messagestep", "people_consent", "people_lookup",
        "people_personstep", "talks_bookingstep",
    ]  # fmt: skip


def test_nothing_that_has_happened_can_be_changed_deleted_or_emptied(roles: Roles) -> None:
    for table in guarded_tables():
        may = {change for change, statement in CHANGES.items() if works(statement.format(table))}
        assert may == set(), table
        assert works(f"SELECT * FROM {table}"), table
    # The control: as the owner, all of it works, and so does the rest of the portal as the role.
    with as_owner():
        assert all(works(one.format(table)) for table in guarded_tables() for one in CHANGES.values())
    assert {change for change, one in CHANGES.items() if works(one.format("talks_booking"))} == {"UPDATE", "DELETE"}


def test_no_table_trigger_or_right_can_be_changed(roles: Roles) -> None:
    for statement in (
        "ALTER TABLE people_lookup DISABLE TRIGGER ALL",
        "DROP TABLE people_lookup CASCADE",
        "CREATE TABLE of_mine (id int)",
        "TRUNCATE people_user CASCADE",
        "DELETE FROM django_migrations",
    ):
        assert not works(statement), statement
        with as_owner():
            assert works(statement), statement
    assert i_am() == roles.web


def test_what_happens_is_still_written(roles: Roles) -> None:
    cast = assemble()
    helper = make.helper(cast.helle, make.home(cast.vorup))
    record(cast.karen, [cast.helle], purpose="call", seen_on="page", now=clock.now())
    assert helper.steps.count() == 2
    assert LookUp.objects.count() == 1
    assert i_am() == roles.web


def test_a_person_is_erased_with_their_steps(roles: Roles) -> None:
    with transaction.atomic():
        who, _rows = rows_about(assemble())
    erase(person=who, by=who, now=NOW)
    assert CANARY.lower() not in everything_in_the_database().lower()
    assert i_am() == roles.web


def test_without_the_role_for_erasing_nobody_can_be_erased(roles: Roles, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    with transaction.atomic():
        who, _rows = rows_about(assemble())
    monkeypatch.setattr(database_roles, "_work_as", lambda role, instead_of: False)
    with pytest.raises(ProgrammingError, match="permission denied"):
        erase(person=who, by=who, now=NOW)
    assert User.objects.filter(pk=who.pk).exists()


def test_the_night_deletes_what_is_past_its_limit(roles: Roles) -> None:
    cast, now = assemble(), clock.now()
    for ago in (2 * YEAR, YEAR):
        record(cast.karen, [cast.frede], purpose="call", seen_on="page", now=now - ago)
    make.ask(cast.randers, make.home(cast.vorup), now=now - dt.timedelta(days=31))
    removed = run(now=now).removed
    assert removed["people.LookUp"] == 1
    assert removed["neighbours.Helper"] == 1
    assert -1 not in removed.values()
    assert not HelperStep.objects.exists()
    assert i_am() == roles.web


def test_who_has_not_used_their_link_is_deleted_also_outside_the_night(roles: Roles) -> None:
    cast, now = assemble(), clock.now()
    make.ask(cast.randers, make.home(cast.vorup), now=now - dt.timedelta(days=31))
    assert delete_unconfirmed(now=now) == 1
    assert not Helper.objects.exists()


def test_the_role_for_erasing_ends_with_the_block_also_after_an_error_and_in_another_one(roles: Roles) -> None:
    with as_erasing_role():
        assert i_am() == roles.erase
        with as_erasing_role():
            assert i_am() == roles.erase
        assert i_am() == roles.erase
    assert i_am() == roles.web
    with transaction.atomic():
        with pytest.raises(Refused), as_erasing_role():
            raise Refused("x", "x")
        assert i_am() == roles.web
        with as_erasing_role():
            pass
        assert i_am() == roles.web


def test_the_role_for_erasing_empties_and_changes_no_table(roles: Roles) -> None:
    with as_erasing_role():
        assert all(works(CHANGES["DELETE"].format(table)) for table in guarded_tables())
        assert not works(CHANGES["TRUNCATE"].format("people_lookup"))
        assert not works("ALTER TABLE people_lookup DISABLE TRIGGER ALL")


def test_young_look_ups_stay_also_for_the_role_for_erasing(roles: Roles) -> None:
    cast = assemble()
    record(cast.karen, [cast.frede], purpose="call", seen_on="page", now=clock.now())
    with pytest.raises(Exception, match="look-up is never changed"), as_erasing_role():
        LookUp.objects.all().delete()


@pytest.mark.slow
def test_migrations_are_run_by_the_owner_and_new_tables_get_rights(reconnecting: Roles) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        MigrationExecutor(connection).migrate([("paper", None)])
    call_command("migrate", "paper", "zero", verbosity=0, interactive=False)
    assert i_am() == reconnecting.web
    call_command("migrate", verbosity=0, interactive=False)
    assert works("SELECT * FROM paper_printedcode")
    assert not works("DROP TABLE paper_printedcode")


def test_making_them_again_changes_nothing_and_they_can_be_left(reconnecting: Roles) -> None:
    rights = "SELECT array_agg(relname || relacl::text ORDER BY relname) FROM pg_class WHERE relacl IS NOT NULL"
    before = asked(rights)
    assert make_roles() == reconnecting
    assert asked(rights) == before
    connection.close()
    assert i_am() == reconnecting.web
    call_command("create_roles", "--stop", verbosity=0)
    connection.close()
    assert i_am() != reconnecting.web


def settings_of(log_in: str) -> list[str]:
    """Return what new connections of a log-in start with in this database."""
    found = asked(
        "SELECT array_agg(setting) FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole,"
        f" unnest(setconfig) setting WHERE rolname = '{log_in}'"
        " AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    return found[0] or []


def test_the_servers_own_superuser_keeps_its_rights_since_autovacuum_works_as_it(
    reconnecting: Roles, capsys: pytest.CaptureFixture[str]
) -> None:
    with as_owner(), connection.cursor() as cursor:
        (first,) = asked("SELECT rolname FROM pg_roles WHERE oid = 10")
        # As earlier versions left it.
        cursor.execute(f"ALTER ROLE {first} IN DATABASE {roles_here().database} SET role = {reconnecting.web}")
        assert settings_of(first) == [f"role={reconnecting.web}"]
        cursor.execute(f"SET SESSION AUTHORIZATION {first}")
        try:
            call_command("create_roles")
            assert settings_of(first) == []
        finally:
            cursor.execute("RESET SESSION AUTHORIZATION")
    assert "log-in of its own" in capsys.readouterr().err


def test_a_second_portal_on_the_server_has_roles_of_its_own(reconnecting: Roles) -> None:
    with database_with_roles("second") as others:
        assert {others.web, others.erase} & {reconnecting.web, reconnecting.erase} == set()
        assert asked(f"SELECT has_table_privilege('{reconnecting.web}', 'people_user', 'SELECT')") == (False,)
        assert asked(f"SELECT has_table_privilege('{others.web}', 'people_user', 'SELECT')") == (True,)
        with as_owner(), pytest.raises(ProgrammingError), transaction.atomic():
            asked(f"SET LOCAL ROLE {reconnecting.web}; SELECT 1 FROM people_user")
    assert i_am() == reconnecting.web


@pytest.fixture
def owner(reconnecting: Roles) -> Iterator[str]:
    """Let the tables belong to a log-in that may make no roles, as on most servers; yield its name."""
    name = f"{connection.settings_dict['NAME']}_owner"
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(f"CREATE ROLE {name} LOGIN")
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} OWNER TO {name}")
        cursor.execute(f"DROP OWNED BY {reconnecting.web}, {reconnecting.erase}")
        cursor.execute(f"GRANT ALL ON SCHEMA public TO {name} WITH GRANT OPTION")
        cursor.execute(f"SET SESSION AUTHORIZATION {name}")
    yield name
    connection.close()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"REASSIGN OWNED BY {name} TO SESSION_USER")
        cursor.execute(f"DROP OWNED BY {name}")
        cursor.execute(f"DROP ROLE {name}")


def test_where_the_log_in_may_make_no_roles_it_says_what_to_type_once(reconnecting: Roles, owner: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("create_roles")
    lines = [line.strip() for line in str(refused.value).splitlines()[1:]]
    assert lines == [
        f'CREATE ROLE "{role}" NOLOGIN; GRANT "{role}" TO "{owner}";' for role in (reconnecting.web, reconnecting.erase)
    ]
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")
        cursor.execute("SET ROLE NONE")
        cursor.execute(f"GRANT {reconnecting.web}, {reconnecting.erase} TO {owner}")
        cursor.execute(f"SET SESSION AUTHORIZATION {owner}")
    call_command("create_roles", verbosity=0)
    assert settings_of(owner) == [f"role={reconnecting.web}"]
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {reconnecting.web}")
    assert works("SELECT * FROM people_lookup")
    assert not works(CHANGES["DELETE"].format("people_lookup"))


def test_a_role_that_is_somebodys_is_left_alone(roles: Roles) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"ALTER ROLE {roles.erase} LOGIN")
    with pytest.raises(CommandError, match="is somebody's"):
        call_command("create_roles")


def test_without_roles_nothing_changes(cast: Cast) -> None:
    """Tests and migrations, and a server on which nobody has run the command."""
    before = i_am()
    with as_erasing_role():
        assert i_am() == before
    erase(person=cast.frede, by=cast.frede, now=NOW)
    assert i_am() == before


def test_statistics_are_renewed_by_whoever_owns_the_tables(roles: Roles) -> None:
    rows = "SELECT reltuples FROM pg_class WHERE relname = 'people_user'"
    assemble()
    before = asked(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_user")  # as the role of pages: skipped with a warning
    assert asked(rows) == before
    database_roles.renew_statistics()
    assert asked(rows) == (User.objects.count(),) != before
    assert asked("SELECT current_user") == (roles.web,)
