"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from neighbours.actions.leaving import leave
from neighbours.actions.steps import move
from neighbours.models import Helper, HelperStep, State
from neighbours.tests import builders as make
from partnership import clock
from partnership.refusals import Refused


@pytest.fixture
def helle(cast):
    return make.helper(cast.helle, make.home(cast.vorup))


def test_steps_go_with_the_person_and_stay_when_staff_are_deleted(cast, helle):
    leave(helper=helle, by=cast.karen, now=clock.now())
    cast.karen.delete()
    assert helle.steps.count() == 3
    cast.helle.delete()
    assert not HelperStep.objects.exists()


@pytest.mark.parametrize(
    "state, wrong", [("pending", {"confirmed_at": True}), ("confirmed", {"confirmed_at": None}), ("left", {})]
)
def test_a_state_has_its_times(helle, state, wrong):
    times = {"confirmed_at": clock.now(), "left_at": None} | wrong
    times = {name: clock.now() if value is True else value for name, value in times.items()}
    with pytest.raises(IntegrityError, match="helper_state_has_its_times"), transaction.atomic():
        Helper.objects.filter(pk=helle.pk).update(state=state, **times)


def test_a_step_that_is_not_in_the_table_is_refused(helle):
    with pytest.raises(Refused) as refused:
        move(helle, State.PENDING, by=None, medium="web", now=clock.now())
    assert refused.value.reason == "not_allowed_now"
