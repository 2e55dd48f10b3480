"""A locked goal can never be changed."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from dashboard.actions import goals
from dashboard.demonstration import set_goal
from dashboard.models import Goal
from dashboard.tests.builders import NOW, a_goal, a_partnership, kalmar, take
from figures.shipped import load_shipped
from partnership.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def randers():
    load_shipped(now=NOW)
    return a_partnership()


def test_locking_counts_the_baseline_and_remembers_the_import(randers):
    goal = a_goal(randers)
    assert (goal.baseline_count, goal.locked_at) == (285, NOW)
    assert goal.baseline_import.source == "Danmarks Statistik, STRAF11"


def test_the_database_refuses_to_change_a_locked_goal(randers):
    goal = a_goal(randers)
    for change in ({"baseline_count": 326}, {"parts_left": 2}, {"locked_at": None, "baseline_count": None}):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            Goal.objects.filter(pk=goal.pk).update(**change)


def test_the_database_refuses_to_delete_a_locked_goal(randers):
    goal = a_goal(randers)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        goal.delete()


def test_a_draft_may_be_changed_and_deleted(randers):
    goal = a_goal(randers, locked=False)
    Goal.objects.filter(pk=goal.pk).update(parts_whole=4)
    goal.delete()


def test_a_goal_is_locked_once(randers):
    goal = a_goal(randers)
    with pytest.raises(Refused) as refusal:
        goals.lock(goal=goal, now=NOW)
    assert refusal.value.reason == "locked"


def test_a_baseline_with_an_unknown_quarter_cannot_be_locked(randers):
    take("730;1320;2022K4;..")
    with pytest.raises(Refused) as refusal:
        a_goal(randers)
    assert refusal.value.reason == "baseline_incomplete"


def test_a_new_goal_supersedes_the_old_one_only_when_it_is_locked(randers):
    old = a_goal(randers)
    new = a_goal(randers, "2022K1", "2022K4", locked=False, supersedes=old)
    assert Goal.objects.current(randers) == old
    goals.lock(goal=new, now=NOW + dt.timedelta(days=1))
    assert Goal.objects.current(randers) == new
    assert Goal.objects.get(pk=old.pk).baseline_count == 285


def test_a_second_goal_for_the_same_figure_is_refused(randers):
    a_goal(randers)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_goal(randers, "2022K1", "2022K4")


@pytest.mark.parametrize(
    "wrong",
    [
        {"parts_left": 3},
        {"parts_left": 0},
        {"ends_on": dt.date(2023, 8, 18)},
        {"baseline_count": 285},
    ],
)
def test_a_goal_that_makes_no_sense_is_refused_by_the_database(randers, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        a_goal(randers, locked=False, **wrong)


def test_no_percentage_is_stored():
    assert not [field.name for field in Goal._meta.get_fields() if "percent" in field.name]


def test_the_demonstration_locks_the_four_quarters_before_signing_once(randers):
    first, second = set_goal(partnership=randers, now=NOW), set_goal(partnership=randers, now=NOW)
    assert first == second
    assert (first.baseline_from, first.baseline_to, first.baseline, first.is_demonstration) == (
        "2022K3",
        "2023K2",
        285,
        True,
    )


def test_kalmar_gets_no_goal_from_danish_figures(randers):
    assert set_goal(partnership=kalmar(), now=NOW) is None
