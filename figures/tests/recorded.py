"""The path of recorded answers; tests that read them are skipped if they are absent."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def recorded(name: str) -> bytes:
    file = SHARED / name
    if not file.exists():
        pytest.skip("the recorded answers are not here")
    return file.read_bytes()
