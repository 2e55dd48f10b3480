"""Two presses of the button that deletes somebody, at the same moment, on a real database."""

import threading

import pytest
from django.test import Client

from neighbours.tests import builders as make
from partnership.people.actions import erasing
from partnership.people.models import User
from partnership.people.tests.looking_up import look_up
from partnership.places.models import Partnership
from partnership.tests.cast import Cast, assemble, visit
from partnership.tests.crowd import all_at_once


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


@pytest.fixture
def _both_read_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both presses read whom they delete before either has locked the row."""
    have_read, been = threading.Barrier(2, timeout=30), set()
    administered_alone = erasing.administered_alone

    def wait_once(person: User) -> list[Partnership]:
        if threading.get_ident() not in been:
            been.add(threading.get_ident())
            have_read.wait()
        return administered_alone(person)

    monkeypatch.setattr(erasing, "administered_alone", wait_once)


def press_twice(browser: Client, page: str, form: dict[str, str]) -> list[object]:
    """Return where each press leads, or what it raised."""

    def press(_number: int) -> str:
        twin = Client(headers={"host": "randers.localhost"})
        twin.cookies.update(browser.cookies)
        return twin.post(page, form).headers["Location"]

    return all_at_once(2, press)


@pytest.mark.usefixtures("_both_read_first")
def test_who_deletes_themselves_twice_reads_both_times_that_it_is_done(cast: Cast) -> None:
    assert press_twice(visit(cast.helle), "/en/me/erase/", {}) == ["/en/me/erased/"] * 2
    assert not User.objects.filter(pk=cast.helle.pk).exists()


@pytest.mark.usefixtures("_both_read_first")
def test_so_do_staff_who_delete_somebody_twice(cast: Cast) -> None:
    poul = make.slip(cast.karen, make.home(cast.vorup)).person
    browser = visit(cast.karen)
    look_up(browser, poul)
    page = f"/en/staff/people/{poul.pk}/erase/"
    assert press_twice(browser, page, {"medium": "phone"}) == ["/en/staff/people/"] * 2
    assert not User.objects.filter(pk=poul.pk).exists()
