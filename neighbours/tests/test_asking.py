"""Helpers who have done nothing for six months are asked once, in their own channel, and then shown as quiet."""

import datetime as dt

import pytest

from neighbours import tasks
from neighbours.actions import asking, leaving
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.celery import app
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.people.models import Activity
from partnership.tests.cast import Cast, visit

LONG_AGO = dt.timedelta(days=200)


@pytest.fixture
def helle(cast: Cast) -> Helper:
    return make.helper(cast.helle, make.home(cast.vorup), now=clock.now() - LONG_AGO)


def did(helper: Helper, days_ago: int) -> None:
    here = helper.partnership
    day = here.today() - dt.timedelta(days=days_ago)
    Activity.objects.create(partnership=here, person=helper.person, kind="neighbours.greet", day=day)


def asked() -> list[Message]:
    return list(Message.objects.filter(kind="neighbours.still_with_us").order_by("pk"))


def is_quiet_since_asked(helper: Helper) -> bool:
    here = helper.partnership
    return Helper.objects.quiet_since_asked(here.today(), here).filter(pk=helper.pk).exists()


def test_a_quiet_helper_is_asked_once_and_is_then_asleep(helle: Helper) -> None:
    assert not is_quiet_since_asked(helle)
    tasks.nightly()
    tasks.nightly()
    assert [message.recipient for message in asked()] == [helle.person]
    assert is_quiet_since_asked(helle)


def test_the_night_is_on_the_list_of_periodic_tasks() -> None:
    tasks_done = [entry.get("kwargs", {}).get("task") for entry in app.conf.beat_schedule.values()]
    assert "neighbours.nightly" in tasks_done


@pytest.mark.parametrize("days_ago", [0, 20, 170])
def test_who_did_something_lately_is_not_asked(helle: Helper, days_ago: int) -> None:
    did(helle, days_ago)
    tasks.nightly()
    assert asked() == []


def test_something_from_before_that_half_year_counts_no_more(helle: Helper) -> None:
    did(helle, 190)
    tasks.nightly()
    assert len(asked()) == 1


def test_who_joined_within_six_months_is_not_asked(cast: Cast) -> None:
    make.helper(cast.helle, make.home(cast.vorup), now=clock.now() - dt.timedelta(days=150))
    tasks.nightly()
    assert asked() == []


def test_neither_who_waits_nor_who_has_left_is_asked(cast: Cast, helle: Helper) -> None:
    make.ask(cast.randers, make.home(cast.vorup, "14"), "w@randers.example", now=clock.now() - LONG_AGO)
    leaving.leave(helper=helle, by=helle.person, now=clock.now())
    tasks.nightly()
    assert asked() == []


def test_who_does_something_again_is_awake_and_the_question_is_withdrawn(helle: Helper) -> None:
    tasks.nightly()
    did(helle, 0)
    assert not is_quiet_since_asked(helle)
    [question] = asked()
    assert final_check(question, clock.now()).words is None


def test_after_the_next_quiet_half_year_they_are_asked_again(helle: Helper) -> None:
    Helper.objects.filter(pk=helle.pk).update(asked_on=helle.partnership.today() - dt.timedelta(days=199))
    did(helle, 195)
    tasks.nightly()
    assert len(asked()) == 1
    Helper.objects.filter(pk=helle.pk).update(asked_on=helle.partnership.today() - dt.timedelta(days=190))
    tasks.nightly()
    assert len(asked()) == 1, "they have done nothing since they were asked"


def test_the_message_says_how_to_stay_and_how_to_stop(helle: Helper) -> None:
    tasks.nightly()
    words = final_check(asked()[0], clock.now()).words
    text = "\n".join(words.paragraphs)
    assert words.subject == "Er du stadig nabohjælper?"
    assert "Vil du hellere stoppe?" in text
    assert words.button[1].endswith("/me/")
    assert not words.links


def test_who_gets_letters_is_told_to_ring(cast: Cast) -> None:
    helper = make.slip(cast.karen, make.home(cast.vorup), now=clock.now() - LONG_AGO)
    tasks.nightly()
    [question] = asked()
    words = final_check(question, clock.now()).words
    assert question.recipient == helper.person
    assert words.button is None
    assert "Ring til" in "\n".join(words.paragraphs)


def test_a_night_asks_only_as_many_as_staff_can_print_letters_for(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_A_NIGHT", 2)
    for number in range(3):
        home = make.home(cast.vorup, str(20 + number))
        make.slip(cast.karen, home, name=f"Poul {number}", phone="", now=clock.now() - LONG_AGO)
    tasks.nightly()
    assert len(asked()) == 2
    tasks.nightly()
    assert len(asked()) == 3


def test_staff_list_those_asleep_and_the_active_ones(cast: Cast, helle: Helper) -> None:
    tasks.nightly()
    awake = make.slip(cast.karen, make.home(cast.vorup, "16"), name="Aksel Awake")
    did(awake, 0)
    listed = {
        state: visit(cast.karen).get(f"/en/staff/helpers/?state={state}").content.decode()
        for state in ("asleep", "active")
    }
    assert [helle.person.name in listed["asleep"], "Aksel Awake" in listed["asleep"]] == [True, False]
    assert [helle.person.name in listed["active"], "Aksel Awake" in listed["active"]] == [False, True]
