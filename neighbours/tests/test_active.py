"""Who counts as active, and the effect of a tick."""

import datetime as dt

import pytest

from neighbours import rules
from neighbours.actions.leaving import leave
from neighbours.actions.ticking import take_back, tick
from neighbours.first_things import FIRST_THINGS
from neighbours.models import Helper, months_before
from neighbours.own_page import helper_card
from neighbours.tests import builders as make
from partnership import clock
from partnership.people.models import Activity
from partnership.places.models import Address
from partnership.refusals import Refused
from partnership.tests.cast import visit

GREET = FIRST_THINGS[0]


@pytest.fixture
def helle(cast):
    return make.helper(cast.helle, make.home(cast.vorup))


def active(cast, on: dt.date) -> int:
    return Helper.objects.filter(partnership=cast.randers).active(on).count()


@pytest.mark.parametrize(
    "day, months, before",
    [
        ("2026-11-22", 6, "2026-05-22"),
        ("2026-08-31", 6, "2026-02-28"),
        ("2028-08-31", 6, "2028-02-29"),
        ("2026-01-15", 6, "2025-07-15"),
        ("2026-06-30", 6, "2025-12-30"),
    ],
)
def test_six_months_before_a_day_is_the_same_day_of_the_month(day, months, before):
    assert months_before(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(before)


def test_a_helper_who_has_done_nothing_is_not_active(cast, helle):
    assert active(cast, cast.randers.today()) == 0


@pytest.mark.parametrize(
    "done_on, counted", [("2026-05-22", 0), ("2026-05-23", 1), ("2026-11-22", 1), ("2026-11-23", 0), ("2020-01-01", 0)]
)
def test_active_is_a_dated_activity_in_the_last_six_months(cast, helle, done_on, counted):
    Activity.objects.create(partnership=cast.randers, person=cast.helle, kind="talks.met", day=done_on)
    assert active(cast, dt.date(2026, 11, 22)) == counted


def test_only_confirmed_helpers_are_active(cast, helle):
    today = cast.randers.today()
    vera = make.ask(cast.randers, make.home(cast.vorup, "14"))
    for who in (vera.person, cast.frede, cast.helle):
        Activity.objects.create(partnership=cast.randers, person=who, kind="talks.met", day=today)
    assert active(cast, today) == 1
    leave(helper=helle, by=cast.helle, now=clock.now())
    assert active(cast, today) == 0


def test_helpers_of_kalmar_are_not_counted_in_randers(cast):
    make.helper(cast.gunnar, make.home(cast.malmen))
    tick(person=cast.gunnar, thing=GREET, now=clock.now())
    assert active(cast, cast.randers.today()) == 0
    assert Helper.objects.filter(partnership=cast.kalmar).active(cast.kalmar.today()).count() == 1


def test_a_tick_is_an_activity_of_the_local_day(cast, helle):
    # Half past eleven in the evening in UTC is the next day in Randers.
    tick(person=cast.helle, thing=GREET, now=dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC))
    row = Activity.objects.get()
    assert (row.kind, row.day) == ("neighbours.greet_a_neighbour", dt.date(2026, 11, 23))


def test_ticking_twice_a_day_counts_once(cast, helle):
    browser = visit(cast.helle)
    for _again in range(2):
        assert browser.post("/da/neighbours/things/greet_a_neighbour/").url == "/da/me/"
    assert Activity.objects.count() == 1


def test_only_the_three_things_can_be_ticked_and_only_by_post(cast, helle):
    browser = visit(cast.helle)
    assert browser.post("/da/neighbours/things/burgle/").status_code == 404
    assert browser.get("/da/neighbours/things/greet_a_neighbour/").status_code == 405


@pytest.mark.parametrize("who", ["frede", "karen"])
def test_who_is_not_a_helper_cannot_tick(cast, who):
    person = getattr(cast, who)
    with pytest.raises(Refused) as refused:
        tick(person=person, thing=GREET, now=clock.now())
    assert refused.value.reason == "not_a_helper"
    visit(person).post("/da/neighbours/things/greet_a_neighbour/")
    assert not Activity.objects.exists()


def card(cast, person, rf, now=None):
    request = rf.get("/da/me/")
    request.partnership = person.partnership
    return helper_card(person, request, now or clock.now())


def test_the_card_shows_what_is_done(cast, helle, rf):
    assert card(cast, cast.helle, rf).context["done"] == 0
    tick(person=cast.helle, thing=GREET, now=clock.now())
    shown = card(cast, cast.helle, rf).context
    assert shown["done"] == 1
    assert shown["things"][0]["is_today"]
    assert card(cast, cast.frede, rf) is None


def test_the_card_of_one_who_has_not_pressed_the_link_says_so(cast, rf):
    make.ask(cast.randers, make.home(cast.vorup), cast.ruth.email)
    assert card(cast, cast.ruth, rf).template == "neighbours/card_waiting.html"


def test_helpers_nearby_are_counted_from_three_in_their_own_area(cast, rf):
    make.helper(cast.helle, make.home(cast.vorup, "1"))
    make.helper(cast.frede, make.home(cast.vorup, "3"))
    assert card(cast, cast.helle, rf).context["helpers_nearby"] is None
    make.helper(cast.ruth, make.home(cast.vorup, "5", "Andenvej"))
    make.helper(cast.niels, make.home(cast.dronningborg, "7"))
    make.ask(cast.randers, make.home(cast.vorup, "9"), "venter@randers.example")
    assert card(cast, cast.helle, rf).context["helpers_nearby"] == 3


@pytest.mark.parametrize("number", ["3", "7"], ids=["a home with a helper", "a home without one"])
def test_joining_at_a_chosen_home_does_not_tell_whether_it_has_a_helper(cast, number):
    for person, lives_at in ((cast.frede, "3"), (cast.ruth, "5"), (cast.sven, "11")):
        make.helper(person, make.home(cast.vorup, lives_at))
    chosen = Address.objects.filter(area=cast.vorup, number=number).first() or make.home(cast.vorup, number)
    make.helper(cast.helle, chosen)
    shown = visit(cast.helle).get("/en/me/").content.decode()
    assert "4 have joined as neighbour helpers in Vorup." in shown


# -- Undoing ----------------------------------------------------------------------------------------------------------

UNDO = "/en/neighbours/things/greet_a_neighbour/undo/"
LATE = dt.datetime(2026, 11, 22, 22, 30, tzinfo=dt.UTC)  # half past eleven in Randers


def days(cast) -> list[dt.date]:
    return list(Activity.objects.filter(person=cast.helle).order_by("day").values_list("day", flat=True))


def test_a_mistaken_tick_is_removed_and_no_longer_counts(cast, helle):
    browser = visit(cast.helle)
    assert "Undo it" not in browser.get("/en/me/").content.decode()
    said = [browser.post("/en/neighbours/things/greet_a_neighbour/", follow=True).content.decode() for _press in "12"]
    assert "It is ticked for today." in said[0]
    assert "It was ticked for today already." in said[1]
    assert active(cast, cast.randers.today()) == 1
    assert UNDO in browser.get("/en/me/").content.decode()

    page = browser.post(UNDO, follow=True).content.decode()

    assert "It is no longer ticked for today." in page
    assert "Undo it" not in page
    assert active(cast, cast.randers.today()) == 0


def test_undoing_leaves_what_was_done_on_other_days_and_other_things(cast, helle):
    tick(person=cast.helle, thing=GREET, now=LATE - dt.timedelta(days=20))
    tick(person=cast.helle, thing=FIRST_THINGS[1], now=LATE)
    tick(person=cast.helle, thing=GREET, now=LATE)
    assert take_back(person=cast.helle, thing=GREET, now=LATE)
    assert days(cast) == [dt.date(2026, 11, 2), dt.date(2026, 11, 22)]


def test_the_next_local_day_is_too_late(cast, helle):
    tick(person=cast.helle, thing=GREET, now=LATE)
    with pytest.raises(Refused) as refused:
        take_back(person=cast.helle, thing=GREET, now=LATE + dt.timedelta(hours=1))
    assert refused.value.reason == "too_late"
    assert days(cast) == [dt.date(2026, 11, 22)]


def test_undoing_what_was_never_ticked_changes_nothing(cast, helle):
    assert not take_back(person=cast.helle, thing=GREET, now=LATE)
    assert "It was not ticked." in visit(cast.helle).post(UNDO, follow=True).content.decode()


def test_nobody_undoes_anothers_tick(cast, helle):
    make.helper(cast.frede, make.home(cast.vorup, "14"))
    tick(person=cast.helle, thing=GREET, now=clock.now())
    visit(cast.frede).post(UNDO)
    with pytest.raises(Refused):
        take_back(person=cast.gunnar, thing=GREET, now=clock.now())
    done = Activity.objects.get(person=cast.helle)
    assert rules.may_take_back(cast.helle, done, done.day)
    assert not rules.may_take_back(cast.frede, done, done.day)
    assert not rules.may_take_back(cast.karen, done, done.day)


def test_only_the_three_things_can_be_removed_and_only_by_post(cast, helle):
    assert visit(cast.helle).post("/en/neighbours/things/buy_an_alarm/undo/").status_code == 404
    assert visit(cast.helle).get(UNDO).status_code == 405
