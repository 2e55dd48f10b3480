"""One portal for all journeys of a worker, and a browser for each."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.plugin import DjangoDbBlocker

from devtools import browsers
from journeys.portal import Portal, running_portal
from journeys.reader import Reader, Seating

HERE = Path(__file__).parent
PATIENCE_MS = 15_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder: `-m "not browser"` leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    program = browsers.find()
    if program is None:
        pytest.fail(browsers.MISSING)
    return {"executable_path": program, "args": ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]}


# Before the browser, always: once Playwright's loop runs in this thread, the sink cannot start its own.
@pytest.fixture(scope="session", autouse=True)
def portal(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[Portal]:
    """The portal with the demonstration in it; each worker has its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    with (
        django_db_blocker.unblock(),
        running_portal(tmp_path_factory.mktemp("portal"), int(worker.removeprefix("gw"))) as running,
    ):
        yield running


@pytest.fixture(scope="session")
def seating(portal: Portal, browser: Browser) -> Iterator[Seating]:
    """Give somebody a new browser: `seating("kalmar", "sv", scripts=False)`."""
    contexts = []

    def seat(home: str = "randers", language: str = "da", *, scripts: bool = True, width: int = 1280) -> Reader:
        context = browser.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 900}, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return Reader(context.new_page(), home, language, portal.url(home))

    yield seat
    for context in contexts:
        context.close()


@pytest.fixture
def seat(seating: Seating) -> Iterator[Seating]:
    """Give somebody a browser for one test; at the end it must not have reported any errors."""
    readers: list[Reader] = []

    def seat(*args: object, **kwargs: object) -> Reader:
        readers.append(seating(*args, **kwargs))
        return readers[-1]

    yield seat
    complaints = [complaint for reader in readers for complaint in reader.all_complaints()]
    for reader in readers:
        reader.page.context.close()
    assert not complaints, "\n".join(complaints)
