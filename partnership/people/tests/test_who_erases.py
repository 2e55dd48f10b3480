"""The page of a person says who deletes everything about them, and why the reader cannot."""

import pytest

from neighbours.actions.correcting import Details, correct
from neighbours.tests import builders as make
from partnership.people.actions.mailboxes import verify_mailbox
from partnership.people.models import User
from partnership.people.rules import may_erase
from partnership.people.staff.erasing import WayToErase, way_to_erase
from partnership.people.tests.looking_up import look_up
from partnership.people.tests.test_details_by_staff import corrected, written_down
from partnership.tests.cast import NOW, Cast, visit

BY_ANNE = "an administrator deletes it: Anne."


@pytest.fixture(autouse=True)
def _all_read_english(cast: Cast) -> None:
    User.objects.update(language="en")
    for one in cast.everyone().values():
        one.refresh_from_db()


@pytest.fixture
def poul(cast: Cast) -> User:
    """On paper: no mailbox, never logged in."""
    return make.slip(cast.karen, make.home(cast.vorup)).person


def fact_of(viewer: User, person: User) -> str:
    """Return what the page of the person says about deleting, with the address that its link leads to."""
    page = look_up(visit(viewer), person, "en")
    fact = page.partition("<dt>Deletion</dt>")[2].partition("</dd>")[0]
    return " ".join(fact.split())


def test_whoever_is_on_paper_is_deleted_by_who_reads_it(cast: Cast, poul: User) -> None:
    for viewer in (cast.karen, cast.anne):
        fact = fact_of(viewer, poul)
        assert f"/en/staff/people/{poul.pk}/erase/" in fact
        assert "You cannot" not in fact


def test_so_is_whoever_used_a_code_by_letter(cast: Cast, poul: User) -> None:
    User.objects.filter(pk=poul.pk).update(last_login=NOW)
    assert f"/en/staff/people/{poul.pk}/erase/" in fact_of(cast.karen, poul)


def test_whoever_logged_in_with_a_mailbox_that_is_emptied_is_deleted_by_an_administrator(cast: Cast) -> None:
    home = make.home(cast.vorup)
    vera = make.slip(cast.karen, home, name="Vera", email="vera@randers.example")
    verify_mailbox(vera.person, NOW)
    User.objects.filter(pk=vera.person_id).update(last_login=NOW)
    right = Details(name="Vera", email="", phone=vera.person.phone, address=home, why="Rang")
    correct(helper=vera, details=right, by=cast.karen, medium="phone", now=NOW)
    vera.person.refresh_from_db()
    fact = fact_of(cast.karen, vera.person)
    assert BY_ANNE in fact
    assert "You cannot, because they have had an email address." in fact
    assert "href" not in fact
    assert "/erase/" in fact_of(cast.anne, vera.person)


def test_nor_may_a_coordinator_delete_whoever_had_a_mailbox_and_is_no_helper(cast: Cast) -> None:
    corrected(cast.ruth, cast.anne, email="", phone=cast.ruth.phone, why="Rang")
    ruth = User.objects.get(pk=cast.ruth.pk)
    assert ruth.email is None
    assert not may_erase(cast.karen, ruth)
    assert may_erase(cast.anne, ruth)


def test_whoever_had_a_mailbox_is_deleted_by_an_administrator(cast: Cast) -> None:
    helle = make.helper(cast.helle, make.home(cast.vorup))
    User.objects.filter(pk=cast.helle.pk).update(email=None)
    fact = fact_of(cast.karen, User.objects.get(pk=helle.person_id))
    assert BY_ANNE in fact
    assert "You cannot, because they have had an email address." in fact


@pytest.mark.parametrize("has_logged_in", [True, False])
def test_whoever_has_a_mailbox_does_it_themselves_or_an_administrator_does(cast: Cast, has_logged_in: bool) -> None:
    User.objects.filter(pk=cast.ruth.pk).update(last_login=NOW if has_logged_in else None)
    ruth = User.objects.get(pk=cast.ruth.pk)
    fact = fact_of(cast.karen, ruth)
    assert "on their own page" in fact
    assert ("have never logged in" in fact) is not has_logged_in
    assert BY_ANNE in fact
    assert "You cannot, because they have an email address." in fact


def test_administrators_are_led_to_where_they_delete(cast: Cast) -> None:
    (address,) = {part.partition('"')[0] for part in fact_of(cast.anne, cast.ruth).split('href="')[1:]}
    assert address == f"/admin/people/user/{cast.ruth.pk}/delete/"
    assert visit(cast.anne).get(address).status_code == 200


def test_whoever_has_a_role_is_deleted_by_an_administrator(cast: Cast) -> None:
    assert "You cannot, because they have a role here." in fact_of(cast.karen, cast.niels)


def test_staff_are_led_to_their_own_page(cast: Cast) -> None:
    assert "/en/me/erase/" in fact_of(cast.karen, cast.karen)


def test_everybody_is_said_something_of_and_the_way_is_not_refused(cast: Cast, poul: User) -> None:
    everybody = [one for one in [*cast.everyone().values(), poul] if one.partnership == cast.randers]
    for viewer in (cast.karen, cast.anne):
        for person in everybody:
            way: WayToErase = way_to_erase(viewer, person, cast.randers, NOW)
            assert way.sentences or way.url
            if way.url and not way.url.startswith("/admin/"):
                assert visit(viewer).get(way.url).status_code == 200


def test_a_caller_who_is_no_helper_is_deleted_in_the_call_with_a_letter_that_confirms_it(cast: Cast) -> None:
    gerda = written_down(cast)
    browser = visit(cast.karen)
    page = look_up(browser, gerda, "en")
    assert f'href="/en/staff/people/{gerda.pk}/erase/" accesskey=' in page
    letter = browser.post(f"/en/staff/people/{gerda.pk}/erase/", {"medium": "phone", "letter": "on"}).content.decode()
    assert "Everything about you is deleted" in letter
    assert "Eksempelvej 7" in letter
    assert not User.objects.filter(pk=gerda.pk).exists()


def test_nobody_with_a_mailbox_is_deleted_in_a_call(cast: Cast) -> None:
    answer = visit(cast.karen).post(f"/en/staff/people/{cast.ruth.pk}/erase/", {"medium": "phone"}, follow=True)
    assert "You cannot, because they have an email address." in answer.content.decode()
    assert User.objects.filter(pk=cast.ruth.pk).exists()
