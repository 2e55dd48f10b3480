"""A poster says whether one has to sign up, and whom to call."""

from django.utils import translation

from partnership.tests.cast import Cast
from talks import printing
from talks.tests.bookings import confirmed


def test_a_talk_for_everybody_needs_no_signing_up_and_has_a_number_to_call(cast: Cast) -> None:
    booking = confirmed(cast, is_public=True)
    with translation.override("da"):
        words = printing.words(booking)
    assert words["open_to"] == "Alle er velkomne. Du behøver ikke tilmelde dig."
    assert cast.randers.call_us["phone"] in words["call"]


def test_a_talk_for_members_says_only_that(cast: Cast) -> None:
    booking = confirmed(cast, is_public=False)
    with translation.override("da"):
        assert printing.words(booking)["open_to"] == "Kun for medlemmer."
