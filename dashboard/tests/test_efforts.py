"""Helpers and talks are counted from facts, within one partnership."""

import datetime as dt

import pytest
from django.utils import translation

from dashboard import efforts, kpis
from dashboard.actions.snapshots import take_snapshot
from dashboard.efforts import helpers_by_area, talks_waiting
from dashboard.models import Snapshot
from dashboard.tasks import snapshot
from dashboard.tests.builders import NOW, ON, a_goal, a_helper, a_partnership, an_area, kalmar, take
from figures.shipped import load_shipped
from partnership.outbox.post import late_messages

pytestmark = pytest.mark.django_db


def test_only_confirmed_helpers_who_did_something_in_six_months_are_active():
    randers = a_partnership()
    area = an_area(randers)
    a_helper(randers, area, active_on=ON)
    a_helper(randers, area, active_on=dt.date(2025, 8, 21))
    a_helper(randers, area, active_on=dt.date(2025, 8, 20))
    a_helper(randers, area)
    a_helper(randers, area, active_on=ON, state="pending")
    assert kpis.active_helpers(randers, ON) == 2
    assert kpis.helpers_by_state(randers) == {"confirmed": 4, "pending": 1}


def test_helpers_of_another_partnership_are_not_counted():
    randers, other = a_partnership(), kalmar()
    a_helper(other, an_area(other), active_on=ON)
    assert kpis.active_helpers(randers, ON) == 0
    assert kpis.helpers_by_state(randers) == {}


def test_who_typed_another_address_is_counted_once():
    randers = a_partnership()
    one = a_helper(randers, an_area(randers), state="pending")
    type(one).objects.filter(pk=one.pk).update(replaced_at=NOW)
    assert kpis.helpers_by_state(randers) == {}


def test_areas_with_the_fewest_helpers_per_home_come_first_and_those_without_homes_last():
    randers = a_partnership()
    few, many, unknown = an_area(randers, "Vorup", 200), an_area(randers, "Asferg", 10), an_area(randers, "Lem", None)
    for area in (few, many, many):
        a_helper(randers, area, active_on=ON)
    rows = helpers_by_area(randers, ON)
    assert [(row.area, row.active, row.per_hundred_homes) for row in rows] == [
        (few, 1, 0.5),
        (many, 2, 20.0),
        (unknown, 0, None),
    ]


def test_with_nothing_yet_every_count_is_zero():
    randers = a_partnership()
    assert (kpis.talks_given(randers, 2026), talks_waiting(randers), late_messages(randers, NOW).count) == (
        0,
        0,
        0,
    )


def test_a_snapshot_keeps_counts_and_is_taken_once_a_day():
    load_shipped(now=NOW)
    randers = a_partnership()
    a_goal(randers)
    first = take_snapshot(randers, ON, NOW)
    take("730;1320;2025K4;85")
    assert take_snapshot(randers, ON, NOW + dt.timedelta(hours=1)) == first
    figures = Snapshot.objects.get().figures
    assert (figures["burglaries"], figures["target"], figures["path"], figures["status"]) == (267, 95, 165, "behind")
    assert not [name for name in figures if "percent" in name]


def test_the_night_takes_one_snapshot_of_every_partnership():
    a_partnership()
    kalmar()
    snapshot()
    snapshot()
    assert Snapshot.objects.count() == 2


def test_each_number_of_helpers_is_named_in_words() -> None:
    with translation.override("da"):
        assert efforts.state_label("confirmed") == "Tilmeldte nabohjælpere"
        assert efforts.state_label("left") == "Stoppede nabohjælpere"
