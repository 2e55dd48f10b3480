"""Fixtures for every test."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import LazySettings, settings
from django.core.cache import caches
from django.db import connection, transaction
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from devtools import migrated
from devtools.mail import Sink
from partnership.tests.cast import NOW, Cast, assemble

# No deadlines: a busy machine must not fail a test; times are measured in benchmarks/.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


def pytest_configure() -> None:
    """Turn off page caching, form limits and waiting; their own tests turn them on."""
    settings.CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.FORMS_AN_HOUR = settings.FORMS_TAKE_SECONDS = settings.READY_SECONDS = 0
    # The test mail server logs every line of SMTP at this level.
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    # Look up static files on request, as the development server does, rather than all of them in each client.
    settings.WHITENOISE_AUTOREFRESH = True


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--cases", type=int, metavar="N", help="run at most N cases of each test, spread evenly over all of its cases"
    )
    parser.addoption("--on-servers", action="store_true", help="run only tests that use the database or the broker")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where only slow tests or proofs are run, leave files without any unread: reading all takes each worker 10 s."""
    mark = {"slow and not browser": "slow", "proof": "proof"}.get(config.option.markexpr)
    if mark is None or not collection_path.name.startswith("test_"):
        return None
    return f"pytest.mark.{mark}" not in collection_path.read_text(encoding="utf-8") or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what `--on-servers` and `--cases` do not want; of each test, the first and the last case are run."""
    chosen = items[:]
    if config.getoption("on_servers"):
        chosen = [item for item in chosen if uses_a_server(item)]
    if most := config.getoption("cases"):
        tests: dict[str, list[pytest.Item]] = defaultdict(list)
        for item in chosen:
            tests[item.nodeid.partition("[")[0]].append(item)
        some = {cases[place] for cases in tests.values() for place in spread(len(cases), most)}
        chosen = [item for item in chosen if item in some]
    if len(chosen) < len(items):
        kept = set(chosen)
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = chosen


def uses_a_server(item: pytest.Item) -> bool:
    """Return whether a test uses the database: no test of the fast ones uses the broker without it."""
    fixtures = {"db", "transactional_db", "module_db", "django_db_setup"}
    return bool(item.get_closest_marker("django_db")) or not fixtures.isdisjoint(getattr(item, "fixturenames", ()))


def spread(count: int, most: int) -> set[int]:
    """Return at most `most` of the positions 0 to `count - 1`, spread evenly, with the first and the last.

    >>> sorted(spread(9, 3))
    [0, 4, 8]
    """
    if count <= most or most < 2:
        return set(range(min(count, most)))
    return {round(step * (count - 1) / (most - 1)) for step in range(most)}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Give each thread its own connection: in a race the pool would allow only eight at a time."""
    connection.settings_dict["OPTIONS"].pop("pool", None)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Give this worker its own database, copied from one that is migrated once."""
    own = connection.settings_dict["NAME"]
    name = connection.settings_dict["TEST"]["NAME"] or f"test_{own}"
    with django_db_blocker.unblock():
        migrated.make_copy(name)
        connection.settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = own
        migrated.drop(name)


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let module-scoped fixtures write rows that all the module's tests see; they are deleted after the module."""
    translation.activate(settings.LANGUAGE_CODE)
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def in_the_portals_own_language() -> None:
    """Begin each test in the default language, since the last page's language stays active in the thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def no_count_outlives_its_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Clear the cache after a test that commits: its table has no model, so that nothing else empties it."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction"))
    if commits:
        request.getfixturevalue("transactional_db")
    yield
    if commits:
        caches["default"].clear()


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the people of partnership/tests/cast.py, fresh for each test."""
    return assemble()


@pytest.fixture(name="sink")
def running_mail_server(settings: LazySettings) -> Iterator[Sink]:
    """Return a counting SMTP server that the portal sends to."""
    with Sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def keeping(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep public pages, as a process in production does, at a time that stands still."""
    kept = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test"}
    settings.CACHES = {**settings.CACHES, "pages": kept}
    monkeypatch.setattr("partnership.clock.now", lambda: NOW)
    yield
    caches["pages"].clear()
