"""In every test of this room the clock is stopped at the cast's `NOW`."""

import datetime as dt
from collections.abc import Iterator

import pytest

from partnership import clock
from partnership.tests.cast import NOW


def now() -> dt.datetime:
    return NOW


@pytest.fixture(autouse=True, scope="module")
def _stopped_clock() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", now)
        yield
