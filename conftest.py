"""What every test may ask for."""

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from django.utils import translation

from partnership.tests.cast import Cast, assemble

# A busy machine is no falsified rule; how long things take is measured in benchmarks/.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


def pytest_configure() -> None:
    """Keep no page, and count no forms, from one test or moment to the next; the tests of these turn them on."""
    settings.CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.FORMS_AN_HOUR = 0


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Give each thread a connection of its own: in a race the pool would let eight through at a time."""
    connections["default"].settings_dict["OPTIONS"].pop("pool", None)


@pytest.fixture(autouse=True)
def in_the_portals_own_language() -> None:
    """Begin each test in it: the language of the last page that was asked for stays with the thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the people of partnership/tests/cast.py, new for each test."""
    return assemble()
