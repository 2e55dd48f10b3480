"""Gives a test a database of its own."""

import contextlib
import os
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from partnership.database_roles import Roles, is_first_superuser, make_roles


@contextlib.contextmanager
def database(name: str, template: str = "template0") -> Iterator[None]:
    """Connect to a new database inside the block, and to the previous one after it. A template is copied with its rows;
    there must be no other connection to it.
    """
    before = connection.settings_dict["NAME"]
    _connect_to(name)
    _tell_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield
    finally:
        _connect_to(before)
        _tell_server(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def database_with_roles(name: str = "guard") -> Iterator[Roles]:
    """Connect inside the block to a copy of the tests' database, as its role for the web: `create_roles` has been run.
    The roles are dropped after it.
    """
    original = connection.settings_dict["NAME"].partition("_guard")[0]
    connection.close()
    with own_log_in(), database(f"{original}_{name}{os.getpid()}", template=original):
        roles = make_roles()
        # The next connection starts as the role.
        connection.close()
        yield roles
    _tell_server(f"DROP ROLE {roles.web}", f"DROP ROLE {roles.erase}")


@contextlib.contextmanager
def own_log_in() -> Iterator[None]:
    """Connect inside the block as a log-in of the portal's own, as `create_roles` needs it, where the tests connect as
    the superuser that the server was made with.
    """
    if not is_first_superuser():
        yield
        return
    settings, name = connection.settings_dict, f"portal_{os.getpid()}"
    first, password = settings["USER"], str(settings["PASSWORD"] or "").replace("'", "''")
    _tell_server(f"CREATE ROLE {name} LOGIN SUPERUSER PASSWORD '{password}'")
    connection.close()
    settings["USER"] = name
    try:
        yield
    finally:
        connection.close()
        settings["USER"] = first
        _tell_server(f"DROP ROLE {name}")


def _tell_server(*statements: str) -> None:
    with connection._nodb_cursor() as server:
        # Copying a database may take longer than the limit for pages.
        for statement in ("SET statement_timeout = 0", *statements):
            server.execute(statement)


def _connect_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
