"""Every page answers odd input with a page, never with an error of the server."""

import pytest

from partnership.tests.cast import Cast
from partnership.tests.odd_input import errors_of_the_server


@pytest.mark.proof
def test_no_odd_input_is_an_error_of_the_server(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert errors_of_the_server(cast, monkeypatch, in_administration=False) == []
