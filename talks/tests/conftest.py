"""The wall clock of every test in this room stands at the cast's own moment."""

import pytest

from partnership import clock
from partnership.tests.cast import NOW


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
