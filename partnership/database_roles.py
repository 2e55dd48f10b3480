"""The database roles that the portal works as: they cannot change what has happened.

`<database>_web` is what a log-in of the portal starts each connection as (`ALTER ROLE … SET role`). It may read and
write, but not change or delete look-ups, consents and steps, and not change tables. `<database>_erase` may that too,
for the moment in which a person is erased or the night deletes what is past its limit (`as_erasing_role`). Roles
belong to the whole server and databases have different names, so two portals on one server have roles of their own.

This stops mistakes, in code and at a console, and not somebody who can send any statement: SET ROLE is one.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from partnership.cases import Step
from partnership.registers import Register

# Models whose rows are only added, besides the steps of cases.
only_added: Register[type[Model]] = Register("tables to which rows are only added")
LONGEST_NAME = 63
FIRST_SUPERUSER = 10  # PostgreSQL's own number for it, BOOTSTRAP_SUPERUSERID


@dataclass(frozen=True)
class Roles:
    """The names of a database's roles."""

    database: str

    @property
    def web(self) -> str:
        return f"{self.database}_web"

    @property
    def erase(self) -> str:
        return f"{self.database}_erase"


class RolesRefused(Exception):
    """The roles cannot be made; the message says what to do."""


def roles_here() -> Roles:
    """Return the roles of the database that we are connected to."""
    return Roles(connection.settings_dict["NAME"])


def guarded_tables() -> list[str]:
    """Return the tables that `<database>_web` only adds to."""
    steps = [model for model in apps.get_models() if issubclass(model, Step)]
    return sorted({model._meta.db_table for model in (*steps, *only_added)})


# -- Working as them --------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def as_erasing_role() -> Iterator[None]:
    """Work as `<database>_erase` inside the block, in a transaction: for erasing, and for what the night deletes.

    Nothing changes where there are no roles: for the owner in migrations and tests, and on a server where nobody has
    run `manage.py create_roles`. An error gives the role back with all else that it rolls back.
    """
    roles = roles_here()
    with transaction.atomic():
        is_changed = _work_as(roles.erase, instead_of=roles.web)
        yield
        if is_changed:
            _work_as(roles.web, instead_of=roles.erase)


def _work_as(role: str, *, instead_of: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s::text, true) WHERE current_user = %s::name", [role, instead_of])
        return cursor.fetchone() is not None


@contextlib.contextmanager
def as_owner() -> Iterator[None]:
    """Work as the log-in itself, which owns the tables: for migrations. Outside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")


def renew_statistics() -> None:
    """Let PostgreSQL count what the tables hold now. It does so by itself within minutes; until then, queries of tables
    that have just been filled are planned for empty ones, and take seconds. Only the owner may.
    """
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


# -- Making them ------------------------------------------------------------------------------------------------------


@transaction.atomic
def make_roles() -> Roles:
    """Make the roles if they are missing, give them their rights, and let new connections of this log-in start as
    `<database>_web`; the same again changes nothing. Raise RolesRefused, with what to do first.
    """
    roles = roles_here()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        _check_owner(cursor)
        for role in (roles.web, roles.erase):
            if len(role.encode()) > LONGEST_NAME:
                raise RolesRefused(f"The role {role} has too long a name: give the database a shorter one.")
            _make(cursor, role)
        _give_rights(cursor, roles)
        _let_the_first_superuser_be(cursor, roles)
        if not is_first_superuser():
            cursor.execute(_of_log_in(cursor, roles, f"SET role = {_quoted(roles.web)}"))
    return roles


def is_first_superuser() -> bool:
    """Return whether we log in as the superuser that the server was made with.

    Autovacuum works as that one, whoever logs in, and with its settings: as a role that owns no table it could clean
    up none. So its connections keep all rights, and a portal needs a log-in of its own to have fewer.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid = %s FROM pg_roles WHERE rolname = session_user", [FIRST_SUPERUSER])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def renew_rights() -> None:
    """Give existing roles their rights to tables that a migration has just made; nothing without roles."""
    roles = roles_here()
    with connection.cursor() as cursor:
        if _exists(cursor, roles.web) and _exists(cursor, roles.erase):
            _give_rights(cursor, roles)


@transaction.atomic
def stop_using_roles() -> None:
    """Let new connections of this log-in work as itself again, as before the first `create_roles`."""
    roles = roles_here()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(_of_log_in(cursor, roles, "RESET role"))


def _of_log_in(cursor: CursorWrapper, roles: Roles, setting: str) -> str:
    cursor.execute("SELECT session_user")
    return f"ALTER ROLE {_quoted(cursor.fetchone()[0])} IN DATABASE {_quoted(roles.database)} {setting}"


def _let_the_first_superuser_be(cursor: CursorWrapper, roles: Roles) -> None:
    """Take back what earlier versions set for it."""
    cursor.execute(
        "SELECT rolname FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole, unnest(setconfig) setting"
        " WHERE setrole = %s AND setting LIKE 'role=%%'"
        " AND setdatabase = (SELECT oid FROM pg_database WHERE datname = %s)",
        [FIRST_SUPERUSER, roles.database],
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f"ALTER ROLE {_quoted(name)} IN DATABASE {_quoted(roles.database)} RESET role")


def _check_owner(cursor: CursorWrapper) -> None:
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        " AND NOT pg_has_role(session_user, tableowner, 'MEMBER') ORDER BY 1"
    )
    if others := [table for (table,) in cursor.fetchall()]:
        raise RolesRefused(f"{others[0]} belongs to another role: run this with the log-in that ran migrate.")


def _make(cursor: CursorWrapper, role: str) -> None:
    cursor.execute("SELECT rolcanlogin OR rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = %s", [role])
    found = cursor.fetchone()
    if found and found[0]:
        raise RolesRefused(f"There is a role {role} that is somebody's: rename it, or the database.")
    cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = session_user")
    may_make = cursor.fetchone()[0]
    if not found and may_make:
        cursor.execute(f"CREATE ROLE {_quoted(role)} NOLOGIN")
        cursor.execute(f"GRANT {_quoted(role)} TO session_user")
        return
    cursor.execute("SELECT pg_has_role(session_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = %s", [role])
    if not (row := cursor.fetchone()) or not row[0]:
        raise RolesRefused(_for_an_administrator(cursor))


def _for_an_administrator(cursor: CursorWrapper) -> str:
    """Return what whoever runs the server types once, where the portal's log-in may make no roles."""
    cursor.execute("SELECT session_user")
    log_in, roles = _quoted(cursor.fetchone()[0]), roles_here()
    names = (_quoted(roles.web), _quoted(roles.erase))
    lines = [f"CREATE ROLE {name} NOLOGIN; GRANT {name} TO {log_in};" for name in names]
    return "\n  ".join(["The log-in may make no roles. An administrator of the server runs this once:", *lines])


def _give_rights(cursor: CursorWrapper, roles: Roles) -> None:
    """Set the rights of both roles anew, in one transaction, so that no moment is without them."""
    web, erase = _quoted(roles.web), _quoted(roles.erase)
    both = f"{web}, {erase}"
    # A migration that is taken back leaves fewer tables than the models say.
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    guarded = {table for (table,) in cursor.fetchall()}.intersection(guarded_tables())
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {both}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {both}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {both}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {both}",
        *(f"REVOKE UPDATE, DELETE ON {_quoted(table)} FROM {web}" for table in sorted(guarded)),
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {both}",
    ):
        cursor.execute(statement)


def _exists(cursor: CursorWrapper, role: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    return cursor.fetchone() is not None


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
