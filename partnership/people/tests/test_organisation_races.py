"""Two forms of one chair at once, on a real database."""

import threading

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from partnership.people.actions import organisations
from partnership.people.actions.erasing import erase
from partnership.people.models import Organisation, OrganisationContact, User
from partnership.tests.cast import NOW, Cast, assemble, association
from partnership.tests.crowd import all_at_once

CROWD = 10
NAME = "Enghaven"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


def look_then_make(cast: Cast, looked: threading.Barrier) -> Organisation:
    """Do what known_or_new does, without its lock."""
    found = Organisation.objects.chaired_by(cast.ruth).filter(name=NAME).first()
    looked.wait()
    if found is not None:
        return found
    with transaction.atomic():
        made = Organisation.objects.create(
            partnership=cast.randers, area=cast.vorup, name=NAME, kind="cooperative", homes=9
        )
        OrganisationContact.objects.create(organisation=made, person=cast.ruth, role="chair")
    return made


def test_of_ten_forms_of_one_chair_one_makes_the_association_and_nine_find_it(cast: Cast) -> None:
    outcomes = all_at_once(CROWD, lambda _number: association(cast.vorup, cast.ruth, NAME))
    assert set(outcomes) == {Organisation.objects.get(name=NAME)}


def test_without_the_lock_the_database_refuses_all_except_one(cast: Cast) -> None:
    looked = threading.Barrier(CROWD, timeout=30)
    outcomes = all_at_once(CROWD, lambda _number: look_then_make(cast, looked))
    assert [type(one) for one in outcomes].count(IntegrityError) == CROWD - 1
    assert Organisation.objects.filter(name=NAME).count() == 1


def test_with_neither_the_same_forms_make_more_than_one(cast: Cast) -> None:
    """The control of both tests above."""
    looked = threading.Barrier(CROWD, timeout=30)
    switch = "ALTER TABLE people_organisationcontact {} TRIGGER association_once_for_its_chair"
    with connection.cursor() as cursor:
        cursor.execute(switch.format("DISABLE"))
    try:
        all_at_once(CROWD, lambda _number: look_then_make(cast, looked))
        assert Organisation.objects.filter(name=NAME).count() == CROWD
    finally:
        with connection.cursor() as cursor:
            cursor.execute(switch.format("ENABLE"))


def test_a_chair_who_leaves_and_a_name_that_is_given_at_once_end_in_one_true_state(cast: Cast) -> None:
    nameless = association(cast.vorup, cast.frede, "")

    def leave_or_name(number: int) -> None:
        with transaction.atomic():
            if number % 2:
                nameless.contacts.all().delete()
            else:
                Organisation.objects.filter(pk=nameless.pk).update(name=NAME)

    all_at_once(2, leave_or_name)
    nameless.refresh_from_db()
    assert nameless.chair is not None or nameless.name == ""


def test_a_chair_who_is_erased_while_naming_deputies_is_erased_and_nobody_waits_for_ever(cast: Cast) -> None:
    theirs = association(cast.vorup, cast.frede, NAME)

    def erase_or_name(number: int) -> None:
        if number == 0:
            erase(person=cast.frede, by=cast.frede, now=NOW)
        else:
            email = f"deputy{number}@randers.example"
            organisations.name_deputy(organisation=theirs, name="Dorte", email=email, by=cast.frede)

    outcomes = all_at_once(CROWD, erase_or_name)
    assert outcomes[0] is None
    assert not [one for one in outcomes if isinstance(one, OperationalError)], outcomes
    assert not User.objects.filter(pk=cast.frede.pk).exists()
    # A deputy who was named in time is the chair now; nobody is the deputy of an association without a chair.
    assert not Organisation.objects.filter(pk=theirs.pk, contacts__isnull=True).exclude(name="").exists()
    assert not OrganisationContact.objects.filter(organisation=theirs.pk).exclude(role="chair").exists()


def test_locked_the_other_way_round_the_two_stand_in_each_others_way(cast: Cast) -> None:
    """The control: the organisation first, and then its chair."""
    theirs = association(cast.vorup, cast.frede, NAME)
    both_hold_one = threading.Barrier(2, timeout=30)

    def one_then_the_other(number: int) -> None:
        rows = [User.objects.filter(pk=cast.frede.pk), Organisation.objects.filter(pk=theirs.pk)]
        with transaction.atomic():
            rows[number].select_for_update().get()
            both_hold_one.wait()
            rows[1 - number].select_for_update().get()

    outcomes = all_at_once(2, one_then_the_other)
    assert [type(one) for one in outcomes].count(OperationalError) >= 1
