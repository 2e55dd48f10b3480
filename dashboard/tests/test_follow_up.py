"""The follow-up of a talk: helpers who joined nearby in the weeks after, compared with the same weeks elsewhere."""

import datetime as dt
import uuid

import pytest
from django.test import RequestFactory
from django.utils import translation

from dashboard import follow_up
from dashboard.own_page import follow_up_card
from neighbours.models import Helper
from partnership import cases
from partnership.places.models import Area, Household
from partnership.places.tests.builders import an_address, an_area
from partnership.tests.cast import NOW, Cast, person, slot, visit
from talks.actions import closing
from talks.models import Booking
from talks.tests.bookings import confirmed


def talk_that_took_place(cast: Cast, days: int = 20, came: int = 40) -> Booking:
    booking = confirmed(cast, slot(cast.speaker, days=days))
    after = booking.ends_at + dt.timedelta(hours=1)
    return closing.close(booking=booking, took_place=True, attendance=came, by=cast.karen, now=after)


def joined(where: Area, at: dt.datetime, count: int = 1) -> None:
    for _number in range(count):
        name = f"H{Helper.objects.count()}"
        household = Household.objects.create(
            partnership=where.partnership, area=where, address=an_address(where, number=name)
        )
        helper = Helper.objects.create(
            partnership=where.partnership,
            person=person(name, where.partnership),
            household=household,
            state="confirmed",
            joined_at=at,
            confirmed_at=at,
            submission=uuid.uuid4(),
        )
        cases.begin(helper, by=None, now=at, on_step={"medium": "web"})


def test_those_who_join_within_30_and_90_days_are_counted_and_earlier_ones_are_not(cast: Cast) -> None:
    talk = talk_that_took_place(cast)
    joined(cast.vorup, talk.starts_at - dt.timedelta(days=1), 2)
    joined(cast.vorup, talk.starts_at + dt.timedelta(days=29), 3)
    joined(cast.vorup, talk.starts_at + dt.timedelta(days=60), 4)
    joined(cast.vorup, talk.starts_at + dt.timedelta(days=95), 5)
    (one,) = follow_up.follow_up_of(cast.randers, talk.starts_at.date() + dt.timedelta(days=100))
    assert [weeks.joined for weeks in one.weeks] == [3, 7]


def test_it_is_compared_with_the_same_days_in_areas_without_a_talk(cast: Cast) -> None:
    talk = talk_that_took_place(cast)
    quiet = an_area(cast.randers, "Hald", "8102")
    joined(quiet, talk.starts_at + dt.timedelta(days=10), 2)
    joined(cast.vorup, talk.starts_at + dt.timedelta(days=10), 9)
    weeks = follow_up.follow_up_of(cast.randers, NOW.date())[0].weeks[0]
    assert (weeks.per_1000, weeks.elsewhere_homes) == (10.0, 1800)
    assert weeks.elsewhere_per_1000 == pytest.approx(2000 / 1800)


def test_an_area_with_a_talk_of_its_own_in_those_weeks_is_no_comparison(cast: Cast) -> None:
    talk_that_took_place(cast)
    other = confirmed(
        cast, slot(cast.speaker, days=50), area=cast.dronningborg, association="B", email="b@randers.example"
    )
    closing.close(
        booking=other, took_place=True, attendance=5, by=cast.karen, now=other.ends_at + dt.timedelta(hours=1)
    )
    assert {one.weeks[0].elsewhere_homes for one in follow_up.follow_up_of(cast.randers, NOW.date())} == {0}


def test_the_kinds_of_talk_are_ranked_by_talks_whose_90_days_are_over(cast: Cast) -> None:
    talk = talk_that_took_place(cast)
    joined(cast.vorup, talk.starts_at + dt.timedelta(days=10), 6)
    not_over_yet = follow_up.follow_up_of(cast.randers, talk.starts_at.date() + dt.timedelta(days=89))
    over = follow_up.follow_up_of(cast.randers, talk.starts_at.date() + dt.timedelta(days=90))
    assert follow_up.by_format(not_over_yet) == []
    (row,) = follow_up.by_format(over)
    assert (row.talks, row.came, row.joined, row.per_talk) == (1, 40, 6, 6.0)


@pytest.mark.parametrize("count, shown", [(0, True), (1, False), (2, False), (3, True)])
def test_a_chair_is_not_told_of_one_or_two(count: int, shown: bool) -> None:
    weeks = follow_up.Weeks(days=30, is_over=True, joined=count, homes=900, elsewhere_joined=0, elsewhere_homes=0)
    assert weeks.is_shown_to_the_chair is shown


def test_chairs_see_their_own_associations_follow_up_only(cast: Cast) -> None:
    talk_that_took_place(cast)
    request = RequestFactory().get("/da/me/")
    request.partnership = cast.randers
    assert "my-follow-up" in follow_up_card(cast.ruth, request, NOW + dt.timedelta(days=60)).draw(request)
    assert follow_up_card(cast.frede, request, NOW) is None


def test_a_chair_reads_that_a_difference_proves_nothing(cast: Cast) -> None:
    talk_that_took_place(cast)
    request = RequestFactory().get("/en/me/")
    request.partnership = cast.randers
    with translation.override("en"):
        card = " ".join(follow_up_card(cast.ruth, request, NOW + dt.timedelta(days=60)).draw(request).split())
    assert "a difference is a hint and no proof" in card
    assert "After your talks" in card


@pytest.mark.parametrize("name, status", [("karen", 200), ("anne", 200), ("ruth", 403), ("sven", 403), ("palle", 403)])
def test_staff_see_which_talks_give_most(cast: Cast, name: str, status: int) -> None:
    talk_that_took_place(cast)
    assert visit(getattr(cast, name)).get("/da/staff/talks/afterwards/").status_code == status


def test_the_number_of_questions_to_the_database_does_not_grow(cast: Cast, django_assert_num_queries: object) -> None:
    for days in (20, 30, 40):
        talk_that_took_place(cast, days=days)
    with django_assert_num_queries(3):
        assert len(follow_up.follow_up_of(cast.randers, NOW.date())) == 3
