"""The letters that staff print."""

import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from journeys.mailbox import PATIENCE
from journeys.reader import Reader


def printed_batches(staff: Reader) -> Iterator[list[str]]:
    """Let staff print a batch whenever letters wait, until our patience ends; yield the text of its pages."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        staff.opens("/staff/messages/letters/")
        make = staff.page.get_by_role("button", name=staff.words("Make a batch to print"))
        if not make.count():
            time.sleep(0.5)
            continue
        make.click()
        with staff.page.expect_download() as got:
            staff.presses("Download to print")
        document = pypdfium2.PdfDocument(Path(got.value.path()).read_bytes())
        yield [document[number].get_textpage().get_text_range() for number in range(len(document))]
