"""The privacy page names every way that we write to people by, how long it leaves traces, and how it is stopped."""

import pytest

from partnership.outbox.posting import KEPT
from partnership.outbox.staff.letter_batches import REPRINT, UNPOSTED_KEPT
from partnership.tests.cast import Cast, visit

PAGES = {"da": ("sms", "brev"), "sv": ("sms", "brev"), "en": ("text message", "letter")}


def page(language: str) -> str:
    return visit(None).get(f"/{language}/privacy/").content.decode()


@pytest.mark.parametrize("language", PAGES)
def test_texts_and_letters_are_named_with_how_they_are_stopped(cast: Cast, language: str) -> None:
    text = page(language)
    before, stop = text.lower().split('id="stop"')
    for word in PAGES[language]:
        assert word in before
        assert word in stop
    assert f'href="/{language}/me/messages/"' in stop


def test_it_says_the_limits_that_the_code_keeps(cast: Cast) -> None:
    text = page("en")
    assert f"{REPRINT.days} days after it was posted, or {UNPOSTED_KEPT.days} days if it never is" in text
    assert f"The rest {KEPT.days} days" in text
