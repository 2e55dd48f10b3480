"""Pages that need no link from an email are accessible, in each of the three languages."""

import pytest

from journeys.reader import Seating
from journeys.stage import VISITOR, Stage
from journeys.stops import BEFORE_THE_STAGE, Stop
from journeys.sweep import faults_at


@pytest.fixture(scope="session")
def visitor_alone(seating: Seating) -> Stage:
    return Stage({VISITOR: seating()})


@pytest.mark.parametrize("stop", BEFORE_THE_STAGE, ids=lambda stop: stop.name)
def test_everybody_can_use_what_nothing_leads_to(visitor_alone: Stage, stop: Stop) -> None:
    faults = faults_at(stop, visitor_alone)
    assert not faults, "\n".join(faults)
