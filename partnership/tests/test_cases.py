"""Cases of every room: only allowed moves, history that is never changed, and a state that matches the newest step."""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from neighbours.actions import steps as helpers
from neighbours.models import Helper
from partnership import cases
from partnership.cases import Case, Step, Transitions
from partnership.people.models import Medium
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, assemble
from partnership.tests.crowd import all_at_once
from talks.models import Booking
from talks.tests.bookings import confirmed, requested, unverified

S = Booking.State

CROWD = 50


class Light(models.TextChoices):
    RED = "red", "red"
    GREEN = "green", "green"
    BROKEN = "broken", "broken"


GOOD = {"": [Light.RED], Light.RED: [Light.GREEN, Light.BROKEN], Light.GREEN: [Light.RED], Light.BROKEN: []}


# -- The table --------------------------------------------------------------------------------------------------------


def test_a_table_says_what_may_become_what() -> None:
    table = Transitions(Light, GOOD, stays=[Light.GREEN])
    assert table.allows("", "red")
    assert table.allows("red", "broken")
    assert not table.allows("broken", "red")
    assert not table.allows("green", "green")


@pytest.mark.parametrize(
    ("fault", "changed", "stays"),
    [
        ("missing or unknown", {key: row for key, row in GOOD.items() if key != "broken"}, []),
        ("missing or unknown", GOOD | {"purple": []}, []),
        ("cannot be moved to", GOOD | {Light.BROKEN: ["purple"]}, []),
        ("cannot be moved to", GOOD | {Light.BROKEN: [""]}, []),
        ("cannot be moved to", GOOD, ["purple"]),
        ("lead to themselves", GOOD | {Light.BROKEN: [Light.BROKEN]}, []),
        ("nothing leads to", GOOD | {Light.RED: [Light.GREEN]}, []),
    ],
)
def test_a_table_that_cannot_be_right_is_refused_at_once(fault: str, changed: dict, stays: list[str]) -> None:
    with pytest.raises(ValueError, match=fault):
        Transitions(Light, changed, stays=stays)


# -- Every case -------------------------------------------------------------------------------------------------------


@dataclass
class Example:
    """A new case of one room, and that room's model of steps."""

    case: Case
    move: Callable[[Case, str], object]
    on_step: dict[str, str]


def way_of(case: Case) -> list[tuple[str, str]]:
    return [(step.from_state, step.to_state) for step in case.steps.all()]


def a_helper(cast: Cast) -> Example:
    helper = Helper.objects.create(
        partnership=cast.randers, person=cast.frede, joined_at=NOW, submission=uuid.uuid4(), medium=Medium.WEB
    )
    cases.begin(helper, by=cast.frede, now=NOW, why="Asked", on_step={"medium": Medium.WEB})
    move = partial(helpers.move, by=cast.karen, medium=Medium.PHONE, now=NOW)
    return Example(helper, move, {"medium": Medium.WEB})


def a_talk(cast: Cast) -> Example:
    talk = unverified(cast)
    cases.move(talk, Booking.State.REQUESTED, by=cast.frede, now=NOW, why="Asked")
    return Example(talk, partial(cases.move, by=cast.karen, now=NOW), {})


@pytest.fixture(params=[a_helper, a_talk])
def example(request: pytest.FixtureRequest, cast: Cast) -> Example:
    made = request.param(cast)
    connection.check_constraints()  # check the deferred triggers, as at the end of the transaction
    return made


def step_models() -> list[type[Step]]:
    return [model for model in apps.get_models() if issubclass(model, Step)]


def key_of(steps: type[Step]) -> models.ForeignKey:
    """Return the field by which a step knows its case."""
    return next(one.field for model in apps.get_models() if issubclass(model, Case)
                for one in model._meta.related_objects if one.related_model is steps)  # fmt: skip


def triggers_on(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'", [table])
        return {name for (name,) in cursor.fetchall()}


def test_there_are_cases_to_look_at() -> None:
    assert {model.__name__ for model in step_models()} >= {"HelperStep", "BookingStep"}
    assert len(step_models()) == len([model for model in apps.get_models() if issubclass(model, Case)])


@pytest.mark.parametrize("steps", step_models(), ids=lambda steps: steps.__name__)
def test_every_case_is_guarded_by_the_database(db: None, steps: type[Step]) -> None:
    table, case = steps._meta.db_table, key_of(steps).related_model
    assert {f"{table}_is_only_added", f"{table}_goes_with_its_case", f"{table}_follows"} <= triggers_on(table)
    assert f"{case._meta.db_table}_state_is_newest_step" in triggers_on(case._meta.db_table)
    name = steps._meta.constraints[0].name.removesuffix("_is_allowed")
    guards = case.TRANSITIONS.constraints(name, case=key_of(steps).name)
    assert [rule for rule in steps._meta.constraints if rule in guards] == guards
    assert steps.TRANSITIONS is case.TRANSITIONS


def test_the_database_takes_the_steps_of_the_table_and_no_others(example: Example) -> None:
    table = example.case.TRANSITIONS
    for before, row in table.table.items():
        for after in table.states.values:
            add = partial(example.case.steps.create, from_state=before, to_state=after, at=NOW, **example.on_step)
            if before and (after in row or before == after in table.stays):
                add()
                continue
            broken = "_begins_once" if after in row else "_is_allowed"
            with pytest.raises(IntegrityError, match=broken), transaction.atomic():
                add()
    # None of these follows the one before it, and the trigger would refuse them at the end.
    transaction.set_rollback(True)


@pytest.mark.parametrize(("was", "becomes"), [(S.CONFIRMED, S.TOOK_PLACE), (S.REQUESTED, S.CONFIRMED)])
def test_a_step_alone_moves_nothing_and_is_refused(cast: Cast, was: str, becomes: str) -> None:
    talk = confirmed(cast)
    connection.check_constraints()
    with pytest.raises(IntegrityError, match="does not lead"), transaction.atomic():
        talk.steps.create(from_state=was, to_state=becomes, at=NOW)
        connection.check_constraints()


# -- Moving -----------------------------------------------------------------------------------------------------------


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_row_of_moves_leaves_the_table_and_the_newest_step_is_the_state(
    example: Example, data: st.DataObject
) -> None:
    with transaction.atomic():
        case = type(example.case).objects.get(pk=example.case.pk)
        expected = way_of(case)
        for to in data.draw(st.lists(st.sampled_from(case.TRANSITIONS.states.values), max_size=8)):
            if case.may_become(to):
                expected.append((case.state, to))
                example.move(case, to)
            else:
                with pytest.raises(Refused, match=re.escape(case.TRANSITIONS.label(case.state))):
                    example.move(case, to)
        assert way_of(case) == expected
        assert [before for before, _after in expected] == ["", *(after for _before, after in expected[:-1])]
        assert case.steps.latest("pk").to_state == case.state == type(case).objects.get(pk=case.pk).state
        connection.check_constraints()
        transaction.set_rollback(True)


def test_a_step_says_who_when_and_why_and_the_case_takes_the_changes(cast: Cast) -> None:
    talk = requested(cast)
    step = cases.move(talk, "declined", by=cast.karen, now=NOW, why="No speaker", sequence=7)
    talk.refresh_from_db()
    assert (step.from_state, step.to_state, step.by, step.at, step.why) == (
        "requested",
        "declined",
        cast.karen,
        NOW,
        "No speaker",
    )
    assert (talk.state, talk.sequence) == ("declined", 7)
    assert step.get_to_state_display() == Booking.State.DECLINED.label
    assert step.get_from_state_display() == Booking.State.REQUESTED.label
    assert str(step) == "requested > declined"


def test_a_step_that_moves_nothing_is_written_only_where_the_table_lets_it(cast: Cast) -> None:
    talk = unverified(cast)
    with pytest.raises(Refused) as refused:
        cases.stay(talk, by=None, now=NOW, sequence=7)
    assert refused.value.reason == "not_allowed_now"
    for state in ("requested", "confirmed"):
        cases.move(talk, state, by=None, now=NOW)
    step = cases.stay(talk, by=None, now=NOW, sequence=8)
    assert (step.from_state, step.to_state) == ("confirmed", "confirmed")
    talk.refresh_from_db()
    assert (talk.state, talk.sequence) == ("confirmed", 8)


def test_a_case_begins_only_where_the_table_says_and_only_once(cast: Cast) -> None:
    talk = unverified(cast)
    with pytest.raises(IntegrityError, match="begins_once"), transaction.atomic():
        cases.begin(talk, by=None, now=NOW)
    talk.state = Booking.State.TOOK_PLACE
    with pytest.raises(Refused):
        cases.begin(talk, by=None, now=NOW)


def test_a_case_may_begin_in_another_state_than_its_row_was_made_in(cast: Cast) -> None:
    helper = Helper.objects.create(
        partnership=cast.randers, person=cast.frede, joined_at=NOW, submission=uuid.uuid4(), medium=Medium.WEB
    )
    with pytest.raises(Refused):
        cases.begin(helper, "left", by=None, now=NOW, on_step={"medium": Medium.WEB})
    cases.begin(helper, "confirmed", by=None, now=NOW, on_step={"medium": Medium.WEB}, confirmed_at=NOW)
    helper.refresh_from_db()
    assert (helper.state, helper.confirmed_at, way_of(helper)) == ("confirmed", NOW, [("", "confirmed")])


def test_a_move_from_an_outdated_state_changes_nothing_and_tells_the_new_one(cast: Cast) -> None:
    talk = requested(cast)
    late = Booking.objects.get(pk=talk.pk)
    cases.move(talk, "offered", by=None, now=NOW)
    with pytest.raises(Refused, match=re.escape(str(Booking.State.OFFERED.label))):
        cases.move(late, "confirmed", by=None, now=NOW, sequence=9)
    assert late.state == "offered"
    talk.refresh_from_db()
    assert (talk.state, talk.sequence, talk.steps.count()) == ("offered", 0, 3)


# -- History ----------------------------------------------------------------------------------------------------------


REWRITTEN = [{"to_state": "left"}, {"from_state": "x"}, {"why": "x"}, {"at": NOW - dt.timedelta(days=1)}, {"id": 0}]


def rewrite(example: Example, change: dict[str, object]) -> None:
    with transaction.atomic():
        example.case.steps.filter(pk=example.case.steps.latest("pk").pk).update(**change)


def delete_steps(example: Example) -> None:
    with transaction.atomic():
        example.case.steps.all().delete()
        connection.check_constraints()


def test_a_step_is_never_rewritten(example: Example, cast: Cast) -> None:
    for change in [*REWRITTEN, {"by": cast.palle}]:
        with pytest.raises(DatabaseError, match="never rewritten"):
            rewrite(example, change)


def test_a_step_is_never_deleted_without_its_case(example: Example) -> None:
    with pytest.raises(DatabaseError, match="never deleted"):
        delete_steps(example)


def test_without_its_triggers_a_step_is_rewritten_and_deleted(example: Example) -> None:
    """The control: only the triggers refuse in the tests above."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {example.case.steps.model._meta.db_table} DISABLE TRIGGER USER")
    rewrite(example, {"why": "It was not me"})
    assert example.case.steps.latest("pk").why == "It was not me"
    delete_steps(example)
    assert way_of(example.case) == []


def test_erasing_takes_the_name_and_the_reason_off_a_step_and_nothing_puts_them_back(
    example: Example, cast: Cast
) -> None:
    step = example.case.steps.latest("pk")
    rewrite(example, {"by": None, "why": ""})
    step.refresh_from_db()
    assert (step.by, step.why) == (None, "")
    for change in ({"by": cast.frede}, {"why": "Asked"}):
        with pytest.raises(DatabaseError, match="never rewritten"):
            rewrite(example, change)


def test_steps_go_with_their_case(example: Example) -> None:
    steps = example.case.steps.model
    example.case.delete()
    connection.check_constraints()
    assert not steps.objects.exists()


def test_a_state_that_no_step_speaks_of_is_refused(cast: Cast) -> None:
    talk = requested(cast)
    with pytest.raises(IntegrityError, match="newest step"), transaction.atomic():
        Booking.objects.filter(pk=talk.pk).update(state="confirmed")
        connection.check_constraints()


# -- Many at once -----------------------------------------------------------------------------------------------------


@pytest.fixture
def request_for_a_talk(transactional_db: None) -> Booking:
    """Return a talk that can be confirmed or offered other slots, and each of the two after the other."""
    return requested(assemble())


def test_of_fifty_who_move_one_case_in_two_directions_exactly_one_does(request_for_a_talk: Booking) -> None:
    seen = [Booking.objects.get(pk=request_for_a_talk.pk) for _number in range(CROWD)]

    def move(number: int) -> Step:
        return cases.move(seen[number], ("confirmed", "offered")[number % 2], by=None, now=NOW)

    outcomes = all_at_once(CROWD, move)
    won = [one for one in outcomes if isinstance(one, Step)]
    refused = [getattr(one, "reason", one) for one in outcomes if not isinstance(one, Step)]
    assert refused == ["not_allowed_now"] * (CROWD - 1)
    request_for_a_talk.refresh_from_db()
    assert [one.to_state for one in won] == [request_for_a_talk.state]
    assert request_for_a_talk.steps.count() == 3


@pytest.fixture
def steps_that_need_not_follow() -> Iterator[None]:
    """Remove the trigger that would refuse all except the first of several moves from one state."""
    switch = "ALTER TABLE talks_bookingstep {} TRIGGER talks_bookingstep_follows"
    with connection.cursor() as cursor:
        cursor.execute(switch.format("DISABLE"))
    yield
    with connection.cursor() as cursor:
        cursor.execute(switch.format("ENABLE"))


def test_without_comparing_the_state_more_than_one_of_them_does(
    request_for_a_talk: Booking, steps_that_need_not_follow: None
) -> None:
    """The control: read, write the state, write the step. If only one wins here, the test above proves nothing."""
    seen = [Booking.objects.get(pk=request_for_a_talk.pk) for _number in range(CROWD)]

    @transaction.atomic
    def move(number: int) -> Step:
        talk, before, to = seen[number], seen[number].state, ("confirmed", "offered")[number % 2]
        assert talk.may_become(to)
        talk.state = to
        talk.save(update_fields=["state"])
        return talk.steps.create(from_state=before, to_state=to, at=NOW)

    outcomes = all_at_once(CROWD, move)
    assert len([one for one in outcomes if isinstance(one, Step)]) > 1
