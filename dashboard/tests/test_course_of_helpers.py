"""The number of helpers is judged against an even course, wherever it stands beside its goal."""

import datetime as dt
import re

import pytest
from django.test import Client

from dashboard.progress import Progress
from dashboard.tests.builders import NOW, a_goal, a_partnership
from figures.shipped import load_shipped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _figures():
    load_shipped(now=NOW)


@pytest.mark.parametrize("address", ["", "progress/", "partnership/"])
def test_pages_say_how_many_there_would_be_by_now(address):
    randers = a_partnership()
    a_goal(randers)
    course = Progress(randers, randers.today()).helpers_on_course
    html = re.sub(r"\s+", " ", Client(HTTP_HOST="randers.localhost").get(f"/en/{address}").content.decode())
    assert f"Behind: at the same number each month, there would be about {course:,} by now." in html


def test_as_many_as_on_course_are_on_the_way():
    randers = a_partnership(helpers_goal=1)
    a_goal(randers)
    on = randers.signed_on + dt.timedelta(days=30)
    assert Progress(randers, on).helpers_sentence.startswith(("På vej", "On the way"))


@pytest.mark.parametrize("address", ["", "progress/", "partnership/"])
def test_without_a_goal_that_ends_nothing_is_judged_and_the_page_says_whose_the_goal_is(address):
    a_partnership(helpers_goal=500)
    html = re.sub(r"\s+", " ", Client(HTTP_HOST="randers.localhost").get(f"/en/{address}").content.decode())
    assert "The goal of 500 is our own. It has no date yet." in html
    assert "at the same number each month" not in html
