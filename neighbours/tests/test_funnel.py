"""Staff see how many helpers stand at each step, and what moved this month; nobody else does."""

import datetime as dt
import itertools

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from neighbours import tasks
from neighbours.actions import leaving
from neighbours.forms.listing import ACTIVE, QUIET_SINCE_ASKED
from neighbours.funnel import funnel
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.people.models import Activity, User
from partnership.tests.cast import Cast, visit

LONG_AGO = dt.timedelta(days=200)
HEADING = "From asking to join to being active"


def counted(cast: Cast) -> list[tuple[int, int | None]]:
    return [(stage.count, stage.this_month) for stage in funnel(cast.randers, cast.randers.today())]


def test_each_step_and_what_moved_this_month(cast: Cast) -> None:
    here, now = cast.randers, clock.now()
    make.ask(here, make.home(cast.vorup), "waits@randers.example")
    make.helper(cast.helle, make.home(cast.vorup, "14"), now=now - LONG_AGO)
    active = make.slip(cast.karen, make.home(cast.vorup, "16"))
    Activity.objects.create(partnership=here, person=active.person, kind="neighbours.greet", day=here.today())
    gone = make.slip(cast.karen, make.home(cast.vorup, "18"), name="Gerda Gone", phone="")
    leaving.leave(helper=gone, by=cast.karen, medium="phone", now=now)
    tasks.nightly()
    assert counted(cast) == [(1, 3), (2, 2), (1, 1), (1, None), (1, 1), (1, 1)]


def test_what_happened_before_this_month_has_not_moved(cast: Cast) -> None:
    make.helper(cast.helle, make.home(cast.vorup), now=clock.now() - LONG_AGO)
    assert [moved for _count, moved in counted(cast)][:2] == [0, 0]


def test_another_partnership_is_not_counted(cast: Cast) -> None:
    make.helper(cast.helle, make.home(cast.vorup))
    stages = funnel(cast.kalmar, cast.kalmar.today())
    assert {stage.count for stage in stages if stage.state} == {0}


def test_staff_see_it_with_ways_to_each_list_and_a_naboven_does_not(cast: Cast) -> None:
    page = visit(cast.karen).get("/en/staff/helpers/").content.decode()
    assert HEADING in page
    for state in ("pending", "confirmed", "active", "asleep", "left"):
        assert f'href="?state={state}"' in page
        assert visit(cast.karen).get(f"/en/staff/helpers/?state={state}").status_code == 200
    assert HEADING not in visit(cast.niels).get("/en/staff/helpers/").content.decode()


@pytest.mark.parametrize("helpers", [1, 6])
def test_it_takes_the_same_queries_however_many_there_are(cast: Cast, helpers: int) -> None:
    for number in range(helpers):
        make.slip(cast.karen, make.home(cast.vorup, str(20 + number)), name=f"Poul {number}", phone="")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        funnel(cast.randers, cast.randers.today())
    assert len(queries) == 3


def test_it_counts_what_the_lists_show(cast: Cast) -> None:
    here, now = cast.randers, clock.now()
    today = here.today()
    for number, (asked, did) in enumerate(itertools.product((None, 400, 100), (None, 500, 300, 190, 150, 20, 0))):
        home = make.home(cast.vorup, str(number + 20))
        one = make.slip(cast.karen, home, name=f"Poul {number}", phone="", now=now - dt.timedelta(days=600))
        asked_on = asked and today - dt.timedelta(days=asked)
        Helper.objects.filter(pk=one.pk).update(asked_on=asked_on)
        if did is not None:
            day = today - dt.timedelta(days=did)
            Activity.objects.create(partnership=here, person=one.person, kind="neighbours.greet", day=day)
    typed = Helper.objects.active(today).earliest("pk").person
    User.objects.filter(pk=typed.pk).update(email="typed@randers.example")
    EmailAddress.objects.create(user=typed, email="typed@randers.example", verified=False)
    helpers, counts = Helper.objects.filter(partnership=here), {one.state: one for one in funnel(here, today)}
    month_before = today.replace(day=1) - dt.timedelta(days=1)
    active, quiet = helpers.active(today).count(), helpers.quiet_since_asked(today, here)
    assert (counts[ACTIVE].count, counts[ACTIVE].this_month) == (active, active - helpers.active(month_before).count())
    assert counts[QUIET_SINCE_ASKED].count == quiet.count() > 0
    assert counts["confirmed"].count == helpers.confirmed().count()
