"""Whoever reloads the page behind a button, or changes its language, reads a sentence and is led on."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import translation

from partnership.tests.cast import NOW, Cast, visit
from partnership.tests.test_open_urls import every_address
from talks.tests.bookings import requested
from talks.tests.test_letters_on_paper import by_telephone, print_letters

SAID = {
    "da": "Denne side åbnes med en knap",
    "sv": "Den här sidan öppnas med en knapp",
    "en": "This page opens with a button",
}
VISITORS = ("karen", "anne", "ruth", "sven", "helle", None)


def refused(browser: Client, number: int) -> Iterator[tuple[str, str]]:
    """Yield each address that does not answer GET, with the page in its place."""
    for where, _pattern in every_address():
        address = "/" + re.sub(r"<int:\w+>", str(number), re.sub(r"<(str|slug|path):\w+>", "x", where))
        if "<" in address or "(" in address:
            continue
        response = browser.get(address)
        if response.status_code == 405:
            yield address, response.content.decode()


@pytest.mark.slow
def test_no_address_answers_with_a_blank_page(cast: Cast) -> None:
    booking = requested(cast)
    found = set()
    for name in VISITORS:
        browser = visit(getattr(cast, name) if name else None)
        for address, page in refused(browser, booking.pk):
            found.add(address)
            assert any(said in page for said in SAID.values()), address
            (back,) = re.findall(r'<p class="button-row">\s*<a class="button button-primary" href="([^"]*)"', page)
            with translation.override("da"):
                resolve(back)
            if name:
                assert browser.get(back).status_code != 405, (address, back)
    assert len(found) > 30


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_it_says_so_in_the_language_of_the_page_and_leads_to_the_talk(cast: Cast, language: str) -> None:
    booking = requested(cast)
    response = visit(cast.karen).get(f"/{language}/staff/talks/{booking.pk}/confirm/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    page = response.content.decode()
    assert SAID[language] in page
    assert f'href="/{language}/staff/talks/{booking.pk}/"' in page


def test_what_is_said_of_a_batch_is_read_again_in_another_language(cast: Cast) -> None:
    by_telephone(cast)
    batch = print_letters(cast, NOW)
    assert batch is not None
    karen = visit(cast.karen)
    shown = karen.post(f"/en/staff/messages/letters/{batch.number}/check/")
    again = karen.get(f"/en/staff/messages/letters/{batch.number}/check/")
    assert again.status_code == 200
    assert again.templates[0].name == shown.templates[0].name
    assert karen.get(f"/da/staff/messages/letters/{batch.number}/check/").status_code == 200
