"""Who represents an organisation, and the database's constraints on associations and their chairs."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction

from partnership.people.actions import organisations
from partnership.people.actions.erasing import erase
from partnership.people.models import ASSOCIATIONS, Organisation, OrganisationContact, User
from partnership.people.rules import speaks_for
from partnership.people.scopes import organisations_in_view
from partnership.tests.cast import NOW, Cast, association, person

CHAIR, DEPUTY, CONTACT = OrganisationContact.Role


def deputise(organisation: Organisation, who: User) -> None:
    OrganisationContact.objects.create(organisation=organisation, person=who, role=DEPUTY)


def landlord(cast: Cast, contact: User | None = None) -> Organisation:
    made = Organisation.objects.create(partnership=cast.randers, name="Udlejer A/S", kind="landlord")
    if contact:
        OrganisationContact.objects.create(organisation=made, person=contact, role=CONTACT)
    return made


# -- Made known -------------------------------------------------------------------------------------------------------


def test_a_chair_who_comes_again_finds_the_association_as_it_is_on_record(cast: Cast) -> None:
    again = organisations.known_or_new(
        chair=cast.ruth, partnership=cast.randers, name=cast.association.name, kind="housing", area=cast.dronningborg,
        homes=7,
    )  # fmt: skip
    assert again == cast.association
    assert (again.kind, again.area, again.homes) == ("homeowners", cast.vorup, 120)


def test_another_chairs_association_of_that_name_is_another_one(cast: Cast) -> None:
    assert association(cast.vorup, cast.frede, cast.association.name) != cast.association


# -- Who stands for it ------------------------------------------------------------------------------------------------


def test_chair_and_deputy_speak_for_it_and_a_contact_person_does_not(cast: Cast) -> None:
    deputise(cast.association, cast.frede)
    OrganisationContact.objects.create(organisation=cast.association, person=cast.helle, role=CONTACT)
    found = Organisation.objects.get(pk=cast.association.pk)
    assert (found.chair, found.deputy) == (cast.ruth, cast.frede)
    speakers = [name for name, one in cast.everyone().items() if speaks_for(one, found)]
    in_view = [name for name, one in cast.everyone().items() if found in organisations_in_view(one, cast.randers)]
    assert speakers == in_view == ["ruth", "frede"]


def test_who_is_chair_and_deputy_finds_an_association_once(cast: Cast) -> None:
    deputise(cast.association, cast.ruth)
    assert list(organisations_in_view(cast.ruth, cast.randers)) == [cast.association]


def test_chairs_and_deputies_of_many_take_one_query_more(cast: Cast, django_assert_num_queries) -> None:
    deputise(cast.association, cast.frede)
    for name in ("Enghaven", "Skovparken"):
        association(cast.vorup, cast.ruth, name)
    with django_assert_num_queries(2):
        found = [(one.chair, one.deputy) for one in Organisation.objects.with_contacts().filter(area=cast.vorup)]
    assert found.count((cast.ruth, None)) == 2
    assert found.count((cast.ruth, cast.frede)) == 1


def test_one_that_was_read_without_its_contacts_looks_them_up_once(cast: Cast, django_assert_num_queries) -> None:
    found = Organisation.objects.get(pk=cast.association.pk)
    with django_assert_num_queries(1):
        assert (found.chair, found.deputy, found.chair) == (cast.ruth, None, cast.ruth)


# -- What is always true ----------------------------------------------------------------------------------------------


def at_the_end() -> None:
    """Check deferred constraints now, as at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("role", "who", "broken"),
    [
        (CHAIR, "frede", "organisation_has_one_chair_and_one_deputy"),
        (DEPUTY, "helle", "organisation_has_one_chair_and_one_deputy"),
        (CONTACT, "niels", "contact_holds_a_role_once"),
    ],
)
def test_each_of_the_two_posts_has_one_holder_and_a_role_is_held_once(
    cast: Cast, role: str, who: str, broken: str
) -> None:
    deputise(cast.association, cast.frede)
    OrganisationContact.objects.create(organisation=cast.association, person=cast.niels, role=CONTACT)
    with pytest.raises(IntegrityError, match=broken), transaction.atomic():
        OrganisationContact.objects.create(organisation=cast.association, person=getattr(cast, who), role=role)


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({"area": None}, "association_has_an_area_and_homes"),
        ({"homes": None}, "association_has_an_area_and_homes"),
        ({"homes": 0}, "homes"),
        ({"kind": "landlord", "name": ""}, "organisation_that_is_no_association_has_a_name"),
    ],
)
def test_what_no_association_lacks_and_no_other_organisation(cast: Cast, changes: dict, broken: str) -> None:
    with pytest.raises(IntegrityError, match=broken), transaction.atomic():
        Organisation.objects.filter(pk=cast.association.pk).update(**changes)


def test_a_landlord_has_neither_area_nor_homes_and_needs_no_chair(cast: Cast) -> None:
    landlord(cast)
    at_the_end()


def without_its_chair(cast: Cast) -> None:
    cast.association.contacts.all().delete()


def made_without_a_chair(cast: Cast) -> None:
    Organisation.objects.create(partnership=cast.randers, area=cast.vorup, name="Enghaven", kind="cooperative", homes=1)


def named_again_after_its_chair_left(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.association.pk).update(name="")
    cast.association.contacts.all().delete()
    at_the_end()
    Organisation.objects.filter(pk=cast.association.pk).update(name="Enghaven")


def a_landlord_that_becomes_an_association(cast: Cast) -> None:
    Organisation.objects.filter(pk=landlord(cast, cast.frede).pk).update(kind="housing", area=cast.vorup, homes=1)


@pytest.mark.parametrize(
    "breach",
    [
        without_its_chair,
        made_without_a_chair,
        named_again_after_its_chair_left,
        a_landlord_that_becomes_an_association,
    ],
)
def test_an_association_has_a_chair_or_no_name(cast: Cast, breach) -> None:
    with pytest.raises(IntegrityError, match="has a name but no chair"), transaction.atomic():
        breach(cast)
        at_the_end()


def another_contact(cast: Cast, other: Organisation) -> None:
    Organisation.objects.filter(pk=other.pk).update(name=cast.association.name)
    other.contacts.filter(role=CHAIR).update(person=cast.ruth)


def another_name(cast: Cast, other: Organisation) -> None:
    mine = association(cast.vorup, cast.ruth, "Skovparken")
    Organisation.objects.filter(pk=mine.pk).update(name=cast.association.name)


def another_role(cast: Cast, other: Organisation) -> None:
    Organisation.objects.filter(pk=other.pk).update(name=cast.association.name)
    deputise(other, cast.ruth)
    other.contacts.filter(role=CHAIR).delete()
    other.contacts.update(role=CHAIR)


@pytest.mark.parametrize("breach", [another_contact, another_name, another_role])
def test_a_chair_has_one_association_of_each_name(cast: Cast, breach) -> None:
    other = association(cast.vorup, cast.frede, "Enghaven")
    with pytest.raises(IntegrityError, match="has another one of that name"), transaction.atomic():
        breach(cast, other)
        at_the_end()


def test_two_names_of_one_chair_and_one_name_of_two_chairs_are_fine(cast: Cast) -> None:
    association(cast.vorup, cast.ruth, "Enghaven")
    association(cast.vorup, cast.frede, cast.association.name)
    at_the_end()


def test_the_kinds_that_need_a_chair_are_the_same_here_and_in_the_database(cast: Cast) -> None:
    """The trigger has a list of its own."""

    def refused() -> Iterator[str]:
        for kind in Organisation.Kind.values:
            try:
                with transaction.atomic():
                    Organisation.objects.create(
                        partnership=cast.randers, area=cast.vorup, name=kind, kind=kind, homes=1
                    )
                    at_the_end()
            except IntegrityError:
                yield kind

    assert tuple(refused()) == ASSOCIATIONS


# -- Erasing ----------------------------------------------------------------------------------------------------------


def test_an_association_that_no_room_counts_by_goes_with_its_chair(cast: Cast) -> None:
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    assert not Organisation.objects.filter(pk=cast.association.pk).exists()


def test_a_deputy_becomes_the_chair_when_the_chair_goes(cast: Cast) -> None:
    deputise(cast.association, cast.frede)
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    found = Organisation.objects.get(pk=cast.association.pk)
    assert (found.name, found.chair, found.deputy) == (cast.association.name, cast.frede, None)


def test_an_association_stays_when_its_deputy_goes(cast: Cast) -> None:
    deputise(cast.association, cast.frede)
    erase(person=cast.frede, by=cast.frede, now=NOW)
    found = Organisation.objects.get(pk=cast.association.pk)
    assert (found.name, found.chair, found.deputy) == (cast.association.name, cast.ruth, None)


def test_a_landlord_stays_when_the_contact_person_goes(cast: Cast) -> None:
    contact = person("Ulla", cast.randers)
    made = landlord(cast, contact)
    erase(person=contact, by=contact, now=NOW)
    assert Organisation.objects.get(pk=made.pk).name == "Udlejer A/S"
    assert not made.contacts.exists()


def test_an_authority_of_the_chairs_with_that_name_is_not_taken_for_their_association(cast: Cast) -> None:
    authority = Organisation.objects.create(partnership=cast.randers, name="Enghaven", kind="authority")
    OrganisationContact.objects.create(organisation=authority, person=cast.frede, role="chair")
    made = association(cast.vorup, cast.frede, "Enghaven")
    connection.check_constraints()
    assert (made.kind, made.area) == ("homeowners", cast.vorup)
    assert made != authority
