"""Staff see in which language a chair reads, before they write a reason."""

import pytest

from partnership.tests.cast import Cast, visit
from talks.tests.bookings import requested

READS = {"en": "Læser engelsk: Skriv det", "da": ""}


@pytest.mark.parametrize("language", READS)
def test_the_page_of_a_request_says_so_where_it_is_another_one(cast: Cast, language: str) -> None:
    cast.ruth.language = language
    cast.ruth.save(update_fields=["language"])
    booking = requested(cast)
    page = visit(cast.karen).get(f"/da/staff/talks/{booking.pk}/").content.decode()
    assert ("Læser " in page) == bool(READS[language])
    assert READS[language] in page
