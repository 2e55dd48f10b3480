"""A helper who has left has left until they use the link in their email, whatever is typed about them."""

import datetime as dt

import pytest

from neighbours import scopes
from neighbours.actions import leaving
from neighbours.home_address import home_of_helper
from neighbours.models import Helper, State
from neighbours.tests import builders as make
from partnership import clock
from partnership.people.tests.looking_up import look_up
from partnership.places.models import Household
from partnership.tests.cast import Cast, visit


@pytest.fixture
def left(cast: Cast) -> Helper:
    helper = make.helper(cast.helle, make.home(cast.vorup))
    leaving.leave(helper=helper, by=cast.helle, now=clock.now())
    return make.ask(cast.randers, make.home(cast.vorup, "14"), cast.helle.email, name="Stranger")


def page_of(helper: Helper) -> str:
    return f"/da/neighbours/confirm/{make.token(helper)}/"


def test_a_form_alone_changes_no_state_and_no_home(cast: Cast, left: Helper) -> None:
    assert left.state == State.LEFT
    assert left.steps.latest("pk").to_state == State.LEFT
    assert home_of_helper(cast.helle) is None
    of_helper = look_up(visit(cast.karen), cast.helle, "da").partition('id="helper"')[2].partition("</section>")[0]
    assert "Er stoppet" in of_helper
    assert "Eksempelvej" not in of_helper
    assert "ikke l\u00e6ngere nabohj\u00e6lper" in visit(cast.helle).get("/da/me/").content.decode()


def test_the_link_makes_them_a_helper_again_at_the_new_home(cast: Cast, left: Helper) -> None:
    assert visit(None).get(page_of(left)).status_code == 200
    assert visit(None).post(page_of(left)).status_code == 302
    left.refresh_from_db()
    assert (left.state, left.household.address.number) == (State.CONFIRMED, "14")
    assert [step.to_state for step in left.steps.order_by("pk")][-2:] == [State.LEFT, State.CONFIRMED]


def test_what_was_typed_goes_when_the_link_is_not_used_and_the_link_with_it(cast: Cast, left: Helper) -> None:
    page = page_of(left)
    leaving.delete_unconfirmed(now=clock.now() + dt.timedelta(days=31))
    left.refresh_from_db()
    assert (left.state, left.household, left.asked_wording) == (State.LEFT, None, None)
    assert not Household.objects.exists()
    assert visit(None).post(page).status_code == 410


def test_the_home_of_somebody_who_only_asks_is_no_address_for_letters(cast: Cast) -> None:
    make.ask(cast.randers, make.home(cast.vorup), cast.ruth.email)
    assert home_of_helper(cast.ruth) is None


def test_staff_do_not_find_them_at_a_home_that_somebody_typed(cast: Cast, left: Helper) -> None:
    assert left.household is not None
    assert left.person_id not in scopes.homes_of_helpers(cast.randers).values_list("person_id", flat=True)
