"""An administrator names another chair or deputy by hand: those concerned and the coordinators are told."""

import re

import pytest
from django.test import Client

from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.people.models import OrganisationContact, User
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.tests.bookings import confirmed, mail, unverified
from talks.tests.test_access import at

pytestmark = pytest.mark.django_db
Role = OrganisationContact.Role


@pytest.fixture
def anne(cast: Cast) -> Client:
    return visit(cast.anne)


@pytest.fixture
def cast(cast: Cast) -> Cast:
    OrganisationContact.objects.create(organisation=cast.association, person=cast.frede, role=Role.DEPUTY)
    return cast


def corrects(anne: Client, cast: Cast, chair: User, deputy: User | None, **changes: str) -> None:
    """Save the association's page in the administration with this chair and this deputy."""
    rows = list(cast.association.contacts.order_by("role"))
    typed = {
        "partnership": cast.randers.pk,
        "area": cast.vorup.pk,
        "name": cast.association.name,
        "kind": "homeowners",
        "homes": 120,
        **changes,
    }
    typed |= {"contacts-TOTAL_FORMS": 2, "contacts-INITIAL_FORMS": len(rows)}
    for number, (role, who) in enumerate(((Role.CHAIR, chair), (Role.DEPUTY, deputy))):
        known = rows[number] if number < len(rows) else None
        own = {"id": known.pk if known else "", "role": role if who else Role.DEPUTY if known else ""}
        own |= {"organisation": cast.association.pk, "person": who.pk if who else known.person_id if known else ""}
        own |= {} if who or not known else {"DELETE": "on"}
        typed |= {f"contacts-{number}-{name}": value for name, value in own.items()}
    page = anne.post(f"/admin/people/organisation/{cast.association.pk}/change/", typed)
    assert page.status_code == 302, re.findall(r"errorlist[^>]*>.*?</ul>", page.content.decode(), re.DOTALL)


def told() -> dict[str, set[str]]:
    """Return who is told what, of the messages that are still true."""
    found: dict[str, set[str]] = {}
    for message in Message.objects.open().filter(key__startswith="talks.association."):
        assert final_check(message, NOW).words
        found.setdefault(message.kind.removeprefix("talks."), set()).add(message.recipient.name)
    return found


def test_both_chairs_and_the_coordinator_are_told_of_another_chair(cast: Cast, anne: Client) -> None:
    corrects(anne, cast, cast.helle, cast.frede)
    assert told() == {"chair_ended": {"Ruth"}, "chair_named": {"Helle"}, "contacts_changed": {"Karen"}}
    words = final_check(mail("contacts_changed", cast.karen)[0], NOW).words
    assert dict(words.facts) == {"Formand": "Helle", "Stedfortræder": "Frede"}
    assert "Helle" not in str(final_check(mail("chair_ended")[0], NOW).words)


def test_both_deputies_the_chair_and_the_coordinator_are_told_of_another_deputy(cast: Cast, anne: Client) -> None:
    corrects(anne, cast, cast.ruth, cast.helle)
    assert told() == {"deputy_ended": {"Frede"}, "deputy_named": {"Helle"}, "contacts_changed": {"Ruth", "Karen"}}


def test_chair_and_coordinator_are_told_of_a_deputy_who_is_taken_out(cast: Cast, anne: Client) -> None:
    corrects(anne, cast, cast.ruth, None)
    assert told() == {"deputy_ended": {"Frede"}, "contacts_changed": {"Ruth", "Karen"}}


def test_a_deputy_who_is_made_the_chair_is_told_that_alone(cast: Cast, anne: Client) -> None:
    cast.association.contacts.filter(role=Role.CHAIR).update(person=cast.niels)
    cast.association.contacts.filter(role=Role.DEPUTY).delete()
    OrganisationContact.objects.create(organisation=cast.association, person=cast.frede, role=Role.DEPUTY)
    corrects(anne, cast, cast.frede, None)
    assert told() == {"chair_ended": {"Niels"}, "chair_named": {"Frede"}, "contacts_changed": {"Karen"}}


def test_nobody_is_told_where_chair_and_deputy_stay(cast: Cast, anne: Client) -> None:
    corrects(anne, cast, cast.ruth, cast.frede, homes="130")
    assert told() == {}


def test_the_talk_goes_on_with_the_new_chair_and_the_former_hears_nothing_of_it(cast: Cast, anne: Client) -> None:
    confirmed(cast)
    was = set(waiting(cast.ruth))
    assert was > {"talks.reminder_7days", "talks.thanks"}
    corrects(anne, cast, cast.helle, cast.frede)
    assert set(waiting(cast.ruth)) == {"talks.chair_ended"}
    assert set(waiting(cast.helle)) == {
        "talks.chair_named",
        "talks.confirmed",
        *was - {"talks.requested", "talks.verify"},
    }
    assert [one.recipient for one in mail("new_contact")] == [cast.sven]


def test_a_mistake_that_is_put_right_leaves_the_chair_with_all_reminders(cast: Cast, anne: Client) -> None:
    confirmed(cast)
    was = set(waiting(cast.ruth))
    corrects(anne, cast, cast.helle, cast.frede)
    corrects(anne, cast, cast.ruth, cast.frede)
    assert set(waiting(cast.ruth)) >= was - {"talks.requested", "talks.verify"}
    assert "talks.reminder_7days" not in waiting(cast.helle)


def test_the_number_that_the_former_chair_typed_is_not_given_to_the_next(cast: Cast, anne: Client) -> None:
    booking = unverified(cast, slot(cast.speaker, days=30), phone="20 30 40 50")
    corrects(anne, cast, cast.helle, cast.frede)
    booking.refresh_from_db()
    assert booking.phone == ""


def test_the_former_chair_no_longer_reaches_the_talk(cast: Cast, anne: Client) -> None:
    booking = confirmed(cast)
    corrects(anne, cast, cast.helle, cast.frede)
    assert visit(cast.ruth).get(at("booking", booking.pk)).status_code == 404


def waiting(who: User) -> list[str]:
    return list(Message.objects.open().filter(recipient=who).values_list("kind", flat=True))
