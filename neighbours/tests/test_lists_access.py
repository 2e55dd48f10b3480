"""Who may bring in, see, add and take back a list: the coordinators and administrators of the partnership."""

import datetime as dt
import uuid

import pytest

from neighbours.actions import lists, undoing_lists
from neighbours.lists.reading import read
from neighbours.models import Helper, HelperList
from neighbours.tests import builders as make
from neighbours.tests.list_files import LISTS, POUL, VERA, a_file, added, brought, sent
from partnership import clock
from partnership.refusals import Refused
from partnership.tests.cast import visit

MAY = {"karen", "anne"}
EVERYONE = ["helle", "niels", "ruth", "frede", "sven", "karen", "palle", "anne", "kerstin", "gunnar"]
ELSEWHERE = {"kerstin", "gunnar"}
HERE = "randers.localhost"


@pytest.fixture
def door(cast):
    return [make.home(cast.vorup, number) for number in ("12", "14")]


@pytest.mark.parametrize("who", EVERYONE)
def test_who_may_open_and_do_what(cast, door, who):
    person = getattr(cast, who)
    is_staff = who in MAY
    waiting, done = brought(cast.karen, a_file(VERA)), added(cast.karen, POUL)
    client = visit(person, host=HERE)
    pages = [LISTS, f"{LISTS}sample.csv", *(f"{LISTS}{done.pk}/{page}" for page in ("", "undo/", "not-added.csv"))]
    # Another partnership's people are not logged in under this name.
    turned_away = {302} if who in ELSEWHERE else {403}
    assert {client.get(page).status_code for page in pages} == ({200} if is_staff else turned_away)
    before = (Helper.objects.count(), HelperList.objects.count())
    presses = [
        client.post(LISTS, sent(a_file(VERA))),
        client.post(f"{LISTS}{waiting.pk}/", {"consent": "on"}),
        client.post(f"{LISTS}{done.pk}/undo/"),
        client.post(f"{LISTS}{waiting.pk}/discard/"),
    ]
    assert {one.status_code for one in presses} == ({302} if is_staff else turned_away)
    if not is_staff:
        assert (Helper.objects.count(), HelperList.objects.count()) == before
        waiting.refresh_from_db()
        assert waiting.lines


@pytest.mark.parametrize("who", EVERYONE)
def test_the_actions_ask_themselves(cast, door, who):
    person, now = getattr(cast, who), clock.now()
    waiting, done = brought(cast.karen, a_file(VERA)), added(cast.karen, POUL)
    table = read(a_file(VERA))
    deeds = [
        lambda: lists.read_list(partnership=cast.randers, table=table, by=person, submission=uuid.uuid4(), now=now),
        lambda: lists.add_list(helper_list=waiting, by=person, now=now),
        lambda: undoing_lists.take_back(helper_list=done, by=person, now=now),
        lambda: lists.discard_list(helper_list=waiting, by=person),
    ]
    for deed in deeds:
        if who in MAY:
            deed()
        else:
            with pytest.raises(Refused) as refused:
                deed()
            assert refused.value.reason == "not_allowed"


def test_staff_of_another_partnership_find_no_list_of_ours(cast, door):
    waiting, done = brought(cast.karen, a_file(VERA)), added(cast.karen, POUL)
    kerstin = visit(cast.kerstin)
    for found in (waiting, done):
        for page in ("", "undo/", "not-added.csv"):
            assert kerstin.get(f"/sv{LISTS[3:]}{found.pk}/{page}").status_code == 404
        for page in ("", "undo/", "discard/"):
            assert kerstin.post(f"/sv{LISTS[3:]}{found.pk}/{page}", {"consent": "on"}).status_code == 404
    assert "Karen" not in kerstin.get(f"/sv{LISTS[3:]}").content.decode()


def test_nobody_without_a_second_factor_comes_here(cast, door):
    client = visit(cast.karen, second_factor=False)
    assert client.get(LISTS).status_code == 302
    assert client.post(LISTS, sent(a_file(VERA))).status_code == 302
    assert not HelperList.objects.exists()


def test_a_get_changes_nothing(cast, door):
    waiting, done = brought(cast.karen, a_file(VERA)), added(cast.karen, POUL)
    client = visit(cast.karen)
    for page in (LISTS, f"{LISTS}{waiting.pk}/", f"{LISTS}{done.pk}/undo/", f"{LISTS}{waiting.pk}/not-added.csv"):
        assert client.get(page).status_code == 200
    assert client.get(f"{LISTS}{waiting.pk}/discard/").status_code == 405
    assert Helper.objects.count() == 1
    assert set(HelperList.objects.values_list("state", flat=True)) == {"read", "added"}


def test_the_administration_shows_lists_and_nothing_of_the_file(cast, door):
    waiting = brought(cast.karen, a_file(VERA))
    anne = visit(cast.anne)
    page = anne.get(f"/admin/neighbours/helperlist/{waiting.pk}/change/")
    assert "Vera" not in page.content.decode()
    assert anne.post(f"/admin/neighbours/helperlist/{waiting.pk}/delete/", {"post": "yes"}).status_code == 403
    assert anne.get("/admin/neighbours/helperlist/").status_code == 200


def test_after_the_day_the_page_says_that_it_is_too_late(cast, door):
    done = added(cast.karen, POUL)
    HelperList.objects.filter(pk=done.pk).update(added_at=clock.now() - dt.timedelta(days=1, minutes=1))
    client = visit(cast.karen)
    assert "undo" not in client.get(f"{LISTS}{done.pk}/").content.decode()
    assert "Listen kan ikke fortrydes længere" in client.get(f"{LISTS}{done.pk}/undo/").content.decode()
    answer = client.post(f"{LISTS}{done.pk}/undo/", follow=True)
    assert "Døgnet er gået" in answer.content.decode()
    assert Helper.objects.count() == 1
