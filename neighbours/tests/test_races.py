"""Many at once: real threads on PostgreSQL, each with its own connection."""

import pytest
from django.db import transaction

from neighbours.actions import joining, leaving
from neighbours.actions.homes import delete_homes_left_behind, household_at
from neighbours.consent_words import PURPOSE
from neighbours.models import Helper, HelperStep
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.people.models import Consent, User
from partnership.places.actions.typed_addresses import delete_unused, stored
from partnership.places.models import Address, Household
from partnership.places.typed_addresses import typed_address
from partnership.tests.cast import assemble, visit
from partnership.tests.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 20


@pytest.fixture
def everyone():
    return assemble()


def test_twenty_presses_on_one_link_are_one_step(everyone):
    helper = make.ask(everyone.randers, make.home(everyone.vorup))
    page = f"/da/neighbours/confirm/{make.token(helper)}/"

    answers = all_at_once(THREADS, lambda number: visit(None).post(page).status_code)

    assert sorted(answers) == [200] * (THREADS - 1) + [302]
    assert HelperStep.objects.filter(helper=helper, to_state="confirmed").count() == 1
    assert Consent.objects.filter(person=helper.person).count() == 1
    assert Message.objects.filter(kind="neighbours.welcome").count() == 1


def test_the_same_form_sent_twenty_times_at_once_is_one_helper_and_one_email(everyone):
    make.home(everyone.vorup)
    form = make.typed()

    answers = all_at_once(THREADS, lambda number: visit(None).post("/da/neighbours/join/", form).status_code)

    assert answers == [302] * THREADS
    assert Helper.objects.count() == HelperStep.objects.count() == 1
    assert User.objects.filter(email="vera@randers.example").count() == 1
    assert Message.objects.filter(kind="neighbours.confirm").count() == 1


def test_the_same_slip_saved_twenty_times_at_once_is_one_helper(everyone):
    door, key = make.home(everyone.vorup), make.SUBMISSION

    helpers = all_at_once(THREADS, lambda number: make.slip(everyone.karen, door, submission=key).pk)

    assert len(set(helpers)) == 1
    assert Helper.objects.count() == 1


def test_leaving_and_confirming_at_once_end_in_one_true_state(everyone):
    helper = make.ask(everyone.randers, make.home(everyone.vorup))

    def confirm_or_leave(number):
        if number % 2:
            return joining.confirm(helper=helper, now=clock.now())
        return leaving.leave(helper=helper, by=helper.person, now=clock.now())

    all_at_once(THREADS, confirm_or_leave)

    helper.refresh_from_db()
    assert helper.state == helper.steps.latest("pk").to_state == "left"
    assert [step.to_state for step in helper.steps.all()].count("left") == 1
    assert not Consent.objects.live(helper.person, PURPOSE)


def test_two_who_each_typed_the_address_of_the_other_do_not_wait_for_each_other(everyone):
    door, pairs = make.home(everyone.vorup), range(THREADS // 2)
    typed = {
        (number, side): make.ask(everyone.randers, door, f"{side}{number}@x.example").submission
        for number in pairs
        for side in "ab"
    }

    def correct(number):
        pair, side, other = number // 2, "ab"[number % 2], "ba"[number % 2]
        return make.ask(everyone.randers, door, f"{other}{pair}@x.example", replaces=typed[pair, side])

    assert [one for one in all_at_once(THREADS, correct) if isinstance(one, Exception)] == []


def test_the_night_deletes_no_home_that_somebody_is_moving_into(everyone):
    address = make.home(everyone.vorup)
    with transaction.atomic():
        household_at(address)
    with transaction.atomic():
        helper = make.ask(everyone.randers, address)
        assert all_at_once(1, lambda number: transaction.atomic(delete_homes_left_behind)()) == [0]
    assert Helper.objects.get(pk=helper.pk).household.address == address


def test_the_night_deletes_no_typed_address_that_somebody_is_moving_to(everyone):
    address = typed_address(everyone.vorup, "Nyvej 7", "8940", "Randers SV")
    with transaction.atomic():
        stored(address)
    with transaction.atomic():
        household = household_at(Address.objects.get(pk=address.pk))
        assert all_at_once(1, lambda number: delete_unused()) == [0]
    assert Household.objects.get(pk=household.pk).address == address


def test_a_typed_address_that_the_night_has_just_deleted_is_stored_again(everyone):
    address = typed_address(everyone.vorup, "Nyvej 7", "8940", "Randers SV")
    with transaction.atomic():
        stored(address)
    read = Address.objects.get(pk=address.pk)
    assert delete_unused() == 1
    with transaction.atomic():
        household = household_at(read)
    assert Household.objects.get(pk=household.pk).address.label == address.label
