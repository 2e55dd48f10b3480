"""What clients do wrong takes one line of the log each, and stays below the errors that are ours."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from partnership.tests.cast import Cast
from partnership.web.masking import MaskingFormatter


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the portal's own handler writes."""
    [handler] = [one for one in logging.getLogger().handlers if isinstance(one.formatter, MaskingFormatter)]
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def levels(lines: io.StringIO) -> set[str]:
    return {line.split()[2] for line in lines.getvalue().splitlines() if line[:2] == "20"}


def test_too_many_fields_are_one_warning(cast: Cast, lines: io.StringIO) -> None:
    answer = Client(HTTP_HOST="randers.localhost").post("/da/neighbours/join/", {f"f{n}": "" for n in range(2000)})
    assert answer.status_code == 400
    assert "TooManyFieldsSent" in lines.getvalue()
    assert levels(lines) == {"WARNING"}
    assert "Traceback" not in lines.getvalue()


@pytest.mark.parametrize("path", ["/da/nothing/", "/da/staff/helpers/999/", "/da/neighbours/confirm/1-2-3.x/"])
def test_a_page_that_is_not_there_is_one_warning(cast: Cast, lines: io.StringIO, path: str) -> None:
    Client(HTTP_HOST="randers.localhost").get(path)
    assert levels(lines) <= {"WARNING"}
    assert "Traceback" not in lines.getvalue()


def test_an_unknown_host_is_one_warning(lines: io.StringIO) -> None:
    Client(HTTP_HOST="evil.example").get("/da/")
    assert levels(lines) == {"WARNING"}
    assert "Traceback" not in lines.getvalue()


def test_an_error_of_ours_stays_an_error_with_its_traceback(lines: io.StringIO) -> None:
    try:
        raise ValueError("ours")
    except ValueError:
        logging.getLogger("django.request").error("Internal Server Error", exc_info=True, extra={"status_code": 500})
        logging.getLogger("partnership").exception("Another")
    assert levels(lines) == {"ERROR"}
    assert lines.getvalue().count("Traceback") == 2
