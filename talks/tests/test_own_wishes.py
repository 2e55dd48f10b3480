"""What somebody reads of the days that they have wished for, among their own data."""

from partnership.tests.cast import Cast, visit
from talks.tests.test_wishes import wished


def test_wished_days_are_dates_in_words_and_the_role_begins_with_a_capital(cast: Cast) -> None:
    days = wished(cast).days
    page = visit(cast.ruth).get("/da/me/data/").content.decode()
    assert "tirsdag den 15. december 2026" in page
    assert not any(day in page for day in days)
    assert ">Formand<" in page
