"""What administrators did stays on record, whoever is erased and whatever anybody calls themselves."""

import json

import pytest
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from partnership.people.actions.erasing import erase
from partnership.people.models import Organisation, Role, User
from partnership.people.tests.looking_up import open_in_administration
from partnership.people.tests.test_administration import PEOPLE, saved
from partnership.tests.cast import NOW, Cast, person, visit, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne(cast: Cast) -> Client:
    """Return the browser of one of two administrators, who has just made Helle a coordinator."""
    with_role("Axel", cast.randers, Role.Kind.ADMINISTRATOR)
    browser = visit(cast.anne)
    given = {"roles-TOTAL_FORMS": 1, "roles-0-kind": "coordinator", "roles-0-user": cast.helle.pk}
    assert browser.post(f"{PEOPLE}{cast.helle.pk}/change/", saved(cast.helle, **given)).status_code == 302
    return browser


def the_entry() -> tuple[str, str, int | None]:
    entry = LogEntry.objects.get(action_flag=CHANGE)
    return entry.object_repr, entry.change_message, entry.user_id


@pytest.mark.parametrize("name", ["added", "name", "role", "Helle", "coordinator", "0"])
def test_nobody_changes_the_record_by_calling_themselves_as_its_words(cast: Cast, anne: Client, name: str) -> None:
    before = the_entry()
    stranger = person("Hanna", cast.kalmar)
    User.objects.filter(pk=stranger.pk).update(name=name)
    stranger.refresh_from_db()
    erase(person=stranger, by=stranger, now=NOW)
    assert the_entry() == before
    assert json.loads(before[1]) == [{"added": {"name": "role", "object": "coordinator"}}]


def test_what_an_administrator_did_stays_in_the_history_without_them(cast: Cast, anne: Client) -> None:
    said, changed, _by = the_entry()
    erase(person=cast.anne, by=cast.anne, now=NOW)
    assert the_entry() == (said, changed, None)
    history = open_in_administration(visit(User.objects.get(name="Axel")), f"{PEOPLE}{cast.helle.pk}/history/")
    assert "coordinator" in history
    assert cast.anne.email not in history


def test_what_was_done_to_an_erased_person_stays_without_their_name(cast: Cast, anne: Client) -> None:
    LogEntry.objects.update(change_message=json.dumps([{"added": {"name": "role", "object": "Helle: coordinator"}}]))
    erase(person=cast.helle, by=cast.helle, now=NOW)
    assert the_entry() == ("–", json.dumps([{"added": {"name": "role", "object": "–"}}]), cast.anne.pk)


def test_entries_about_rows_of_an_erased_person_lose_the_name_too(cast: Cast) -> None:
    """Of an association, whose chair gave it its name."""
    entry = LogEntry.objects.create(
        user=cast.anne,
        content_type=ContentType.objects.get_for_model(Organisation),
        object_id=cast.association.pk,
        object_repr="Ruths Forening",
        action_flag=CHANGE,
    )
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    entry.refresh_from_db()
    assert entry.object_repr == "–"


def test_deleting_somebody_else_is_on_record_and_deleting_oneself_is_not(cast: Cast, anne: Client) -> None:
    assert anne.post(f"{PEOPLE}{cast.karen.pk}/delete/", {"post": "yes"}).status_code == 302
    erase(person=cast.frede, by=cast.frede, now=NOW)
    entry = LogEntry.objects.get(action_flag=DELETION)
    assert (entry.user, entry.object_repr, entry.object_id) == (cast.anne, "–", None)


def test_of_a_row_that_is_deleted_no_name_is_kept(cast: Cast, anne: Client) -> None:
    authority = Organisation.objects.create(partnership=cast.randers, name="Helles Kontor", kind="authority")
    assert anne.post(f"/admin/people/organisation/{authority.pk}/delete/", {"post": "yes"}).status_code == 302
    entry = LogEntry.objects.get(action_flag=DELETION)
    assert (entry.object_repr, entry.object_id) == ("–", str(authority.pk))
