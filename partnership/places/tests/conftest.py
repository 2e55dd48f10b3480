from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are in the reader's language; these tests read them in English."""
    with translation.override("en"):
        yield
