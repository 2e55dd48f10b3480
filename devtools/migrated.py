"""A migrated database that is kept and copied, since migrating takes seconds and copying a tenth of a second.
`make_copy` makes a database with every table, and only the rows that migrations write. The original is a PostgreSQL
template named by a hash of its sources; changed migrations give another name, and the old original is dropped.
"""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.utils import CursorWrapper

from devtools.embedded import PROJECT

PREFIX = "portal_migrated_"
# The sources of a migrated database: migrations, the models and packages that content types come from, and what
# migrations import.
MADE_FROM = (
    "*/migrations/*.py", "*/*/migrations/*.py", "*/models.py", "*/*/models.py", "*/models/*.py", "*/*/models/*.py",
    "partnership/cases.py", "partnership/settings.py", "requirements.lock",
)  # fmt: skip
LOCK = int.from_bytes(b"migrate!")


def make_copy(name: str) -> None:
    """Make the database `name` as a new copy of a migrated one, on the server of the default connection."""
    with _server() as cursor:
        original = _original(cursor)
        cursor.execute(f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {_quoted(name)} TEMPLATE {_quoted(original)}")


def drop(name: str) -> None:
    """Drop a database, even if it has connections."""
    with _server() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)")


def name_of_original(project: Path = PROJECT) -> str:
    """Return the name of the original, a hash of its sources."""
    digest = hashlib.sha256()
    for pattern in MADE_FROM:
        for path in sorted(project.glob(pattern)):
            digest.update(f"{path.relative_to(project)}:{path.stat().st_size}:".encode() + path.read_bytes())
    return PREFIX + digest.hexdigest()[:16]


def _original(cursor: CursorWrapper) -> str:
    """Return the name of the migrated original, made first if this server has none."""
    name = name_of_original()
    cursor.execute(
        "SELECT pg_advisory_lock(%s)", [LOCK]
    )  # until the connection ends, since two workers may begin at once
    cursor.execute("SELECT datname, datistemplate FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    known = dict(cursor.fetchall())
    if not known.get(name):
        for stale, is_whole in known.items():  # also an unfinished one, from a run that was killed
            if is_whole:
                cursor.execute(f"ALTER DATABASE {_quoted(stale)} IS_TEMPLATE false")
            cursor.execute(f"DROP DATABASE {_quoted(stale)} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {_quoted(name)} TEMPLATE template0")
        _migrate(name)
        cursor.execute(f"ALTER DATABASE {_quoted(name)} ALLOW_CONNECTIONS false IS_TEMPLATE true")
    return name


def _migrate(name: str) -> None:
    """Migrate one database; afterwards the connection points to its own database again."""
    connection.close()
    own = connection.settings_dict
    connection.settings_dict = _without_pool(name)
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable")
    finally:
        connection.close()
        connection.settings_dict = own


@contextmanager
def _server() -> Iterator[CursorWrapper]:
    """Yield a cursor in the server's database `postgres`, outside any transaction and without time limits."""
    # With another alias, since for a connection named "default" Django would query that database's types.
    with closing(connection.copy(alias=NO_DB_ALIAS)) as own:
        own.settings_dict = _without_pool("postgres")
        own.settings_dict["OPTIONS"].pop("options", None)  # the other worker may be migrating
        with own.cursor() as cursor:
            yield cursor


def _without_pool(name: str) -> dict[str, Any]:
    """Return the connection's settings for another database, without a pool, which would keep a connection open."""
    own = connection.settings_dict
    return {**own, "NAME": name, "OPTIONS": {key: own["OPTIONS"][key] for key in own["OPTIONS"] if key != "pool"}}


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
