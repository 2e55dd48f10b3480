"""Staff who decline a request or offer other evenings say whether others can have the evening itself."""

import re

import pytest

from partnership.tests.cast import NOW, Cast, slot, visit
from talks.models import Slot
from talks.tests.bookings import confirmed, requested
from talks.tests.test_access import at


@pytest.mark.parametrize(("answer", "is_free"), [("yes", False), ("no", True)])
def test_a_declined_evening_is_free_for_others_only_if_staff_say_so(cast: Cast, answer: str, is_free: bool) -> None:
    on = slot(cast.speaker)
    booking = requested(cast, on)
    visit(cast.karen).post(at("decline", booking.pk), {"why": "Sven kan ikke.", "is_gone": answer})
    booking.refresh_from_db()
    assert booking.state == "declined"
    assert Slot.objects.bookable(NOW).filter(pk=on.pk).exists() is is_free


@pytest.mark.parametrize("make", [requested, confirmed])
@pytest.mark.parametrize(("answer", "is_free"), [("yes", False), ("no", True)])
def test_so_is_one_instead_of_which_others_are_offered(cast: Cast, make, answer: str, is_free: bool) -> None:
    on, other = slot(cast.speaker, days=40), slot(cast.speaker, days=50)
    booking = make(cast, on)
    visit(cast.karen).post(at("offer", booking.pk), {"slots": [other.pk], "is_gone": answer})
    booking.refresh_from_db()
    assert booking.state == "offered"
    assert Slot.objects.bookable(NOW).filter(pk=on.pk).exists() is is_free


def test_staff_must_say_it_and_no_answer_is_chosen_for_them(cast: Cast) -> None:
    other = slot(cast.speaker, days=50)
    booking = requested(cast, slot(cast.speaker, days=40))
    page = visit(cast.karen).get(at("answer", booking.pk)).content.decode()
    ticked = [box for box in re.findall(r"<input[^>]*is_gone[^>]*>", page) if "checked" in box]
    assert ticked == []
    assert visit(cast.karen).post(at("decline", booking.pk), {"why": "Nej."}).status_code == 400
    assert visit(cast.karen).post(at("offer", booking.pk), {"slots": [other.pk]}).status_code == 400


@pytest.mark.parametrize("make", [requested, confirmed])
@pytest.mark.parametrize(("answer", "is_kept"), [("yes", False), ("no", True)])
def test_an_evening_is_offered_to_be_kept_only_where_it_still_is(cast: Cast, make, answer: str, is_kept: bool) -> None:
    on, other = slot(cast.speaker, days=40), slot(cast.speaker, days=50)
    booking, browser = make(cast, on), visit(cast.karen)
    browser.post(at("offer", booking.pk), {"slots": [other.pk], "is_gone": answer})
    page = browser.get(at("answer", booking.pk).replace("/da/", "/en/")).content.decode()
    assert ("Withdraw the offer, and keep the evening" in page) is is_kept
    assert ("The speaker no longer offers that evening." in page) is not is_kept
    day = f"{on.starts_at:%d} January 2027".lstrip("0") if on.starts_at.year == 2027 else f"{on.starts_at:%d}"
    assert day in page
