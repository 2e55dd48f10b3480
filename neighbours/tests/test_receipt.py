"""The receipt of joining: it survives a reload and another language, and a wrong address is corrected there."""

import re
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client

from neighbours.actions.joining import confirm
from neighbours.actions.leaving import delete_unconfirmed
from neighbours.models import Helper, State
from neighbours.scopes import helpers_in_view
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.people.actions.erasing import erase
from partnership.people.models import User
from partnership.places.models import Address
from partnership.refusals import Refused
from partnership.tests.cast import Cast, visit

JOIN, SENT = "/da/neighbours/join/", "/da/neighbours/join/sent/"
WRONG, RIGHT = "vera@randers.exampel", "vera@randers.example"


@pytest.fixture
def door(cast: Cast) -> Address:
    return make.home(cast.vorup)


@pytest.fixture
def browser(door: Address) -> Client:
    """Return a browser in which somebody has joined with a wrong address."""
    client = visit(None)
    assert client.post(JOIN, make.typed(email=WRONG)).url == SENT
    return client


def corrects(browser: Client, email: str = RIGHT, **more: str):
    return browser.post(SENT, {"email": email, "submission": str(uuid.uuid4())} | more, follow=True)


def waiting(email: str) -> bool:
    return Helper.objects.filter(person__email=email, state=State.PENDING).exists()


def links_to(email: str) -> int:
    return Message.objects.filter(kind="neighbours.confirm", recipient__email=email).count()


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_receipt_shows_what_was_typed_after_a_reload_and_in_each_language(browser, language) -> None:
    page = browser.get(SENT.replace("da", language, 1))
    assert page.status_code == 200
    for typed in (WRONG, "Vera Vestergaard", "Eksempelvej 12"):
        assert typed in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_no_session_is_stored_for_a_stranger_and_nobody_else_sees_anything(browser: Client) -> None:
    assert not Session.objects.exists()
    cookie = browser.cookies["typed"]
    assert (cookie["httponly"], cookie["path"], cookie["max-age"]) == (True, "/", 1200)
    for forged in ("", "vera@randers.example", cookie.value[:-1] + ("x" if cookie.value[-1] != "x" else "y")):
        stranger = visit(None)
        stranger.cookies["typed"] = forged
        page = stranger.get(SENT)
        assert page.status_code == 200
        assert "vera@" not in page.content.decode()


def test_a_wrong_address_is_corrected_with_everything_else_kept(browser: Client, door: Address) -> None:
    page = corrects(browser)
    assert page.redirect_chain == [(SENT, 302)]
    assert RIGHT in page.content.decode()
    helper = Helper.objects.get(person__email=RIGHT)
    assert (helper.person.name, helper.household.address, helper.state) == ("Vera Vestergaard", door, State.PENDING)
    assert helper.asked_wording.language == "da"
    assert links_to(RIGHT) == 1


def test_the_link_to_the_wrong_address_ends_at_once_and_what_it_knew_is_deleted_at_night(browser: Client) -> None:
    page = f"/da/neighbours/confirm/{make.token(Helper.objects.get())}/"
    corrects(browser)
    for address in (page, page + "again/"):
        assert visit(None).post(address).status_code == 410
    assert not Message.objects.open().filter(recipient__email=WRONG).exists()
    assert delete_unconfirmed(now=clock.now()) == 1
    assert not User.objects.filter(email=WRONG).exists()
    assert waiting(RIGHT)


def test_who_typed_another_address_is_not_listed_or_counted_a_second_time(browser: Client, cast: Cast) -> None:
    corrects(browser)
    assert [one.person.email for one in helpers_in_view(cast.karen, cast.randers)] == [RIGHT]


@pytest.mark.parametrize("is_erased", [False, True], ids=["confirmed", "erased"])
def test_the_wrong_address_goes_when_the_right_one_is_confirmed_or_erased(
    browser: Client, is_erased: bool, django_capture_on_commit_callbacks
) -> None:
    corrects(browser)
    right = Helper.objects.get(person__email=RIGHT)
    with django_capture_on_commit_callbacks(execute=True):
        if is_erased:
            erase(person=right.person, by=right.person, now=clock.now())
        else:
            confirm(helper=right, now=clock.now())
    assert not User.objects.filter(email=WRONG).exists()
    assert User.objects.filter(name="Vera Vestergaard").count() == (0 if is_erased else 1)


def test_a_correction_that_fails_leaves_what_was_typed_before(browser: Client) -> None:
    page = f"/da/neighbours/confirm/{make.token(Helper.objects.get())}/"

    def breaks_down(execute, sql, *more):
        if sql.startswith("INSERT INTO") and Message._meta.db_table in sql:
            raise OperationalError
        return execute(sql, *more)

    with connection.execute_wrapper(breaks_down), pytest.raises(OperationalError):
        corrects(browser)
    assert visit(None).get(page).status_code == 200
    assert waiting(WRONG)
    assert not waiting(RIGHT)


def test_a_link_that_was_open_while_another_mailbox_was_typed_makes_no_helper(browser: Client) -> None:
    opened = Helper.objects.get()
    corrects(browser)
    with pytest.raises(Refused):
        confirm(helper=opened, now=clock.now())
    assert waiting(RIGHT)


def test_when_somebody_asked_to_join_is_kept_though_another_mailbox_was_typed(browser: Client) -> None:
    helper = Helper.objects.get()
    corrects(browser)
    again = Helper.objects.get(pk=helper.pk)
    assert again.joined_at == helper.joined_at
    assert again.replaced_at is not None
    make.ask(helper.partnership, helper.household.address, WRONG, name="Vibe", submission=uuid.uuid4())
    assert delete_unconfirmed(now=clock.now()) == 0
    assert waiting(WRONG)


def test_a_second_press_and_a_second_correction_leave_one_that_waits(browser: Client) -> None:
    key = str(uuid.uuid4())
    for _press in range(2):
        corrects(browser, "other@randers.example", submission=key)
    corrects(browser)
    assert delete_unconfirmed(now=clock.now()) == 2
    assert [helper.person.email for helper in Helper.objects.all()] == [RIGHT]
    assert links_to(RIGHT) == 1


def test_somebody_who_asked_to_join_themselves_still_waits_when_another_typed_their_address(cast, door) -> None:
    make.ask(cast.randers, door, WRONG, name="Vibe")
    stranger = visit(None)
    stranger.post(JOIN, make.typed(email=WRONG))
    corrects(stranger)
    assert waiting(WRONG)
    assert waiting(RIGHT)


def test_a_helper_whose_address_was_typed_stays_a_helper(cast: Cast, door: Address) -> None:
    helper = make.helper(cast.helle, door)
    stranger = visit(None)
    stranger.post(JOIN, make.typed(email=cast.helle.email))
    corrects(stranger)
    helper.refresh_from_db()
    assert helper.is_confirmed
    assert waiting(RIGHT)


def test_whom_the_wrong_address_belongs_to_makes_no_difference_to_the_page(cast: Cast, door: Address) -> None:
    make.helper(cast.helle, door)
    seen = set()
    for wrong in (WRONG, cast.helle.email, cast.karen.email, cast.gunnar.email):
        for right in (f"new-{wrong}", cast.ruth.email):
            stranger = visit(None)
            stranger.post(JOIN, make.typed(email=wrong))
            answer = stranger.post(SENT, {"email": right, "submission": str(uuid.uuid4())})
            seen.add((answer.status_code, answer.url, tuple(answer.cookies)))
    assert seen == {(302, SENT, ("typed",))}


def test_an_address_that_is_none_is_answered_on_the_receipt_and_nothing_is_lost(browser: Client) -> None:
    page = corrects(browser, "vera")
    assert page.status_code == 400
    for kept in ("Vera Vestergaard", "Eksempelvej 12", 'value="vera"'):
        assert kept in page.content.decode()
    assert waiting(WRONG)


def test_corrections_count_as_forms_from_one_address_on_the_net(browser: Client, settings) -> None:
    settings.FORMS_AN_HOUR = 2
    answers = [corrects(browser, f"{number}@randers.example").status_code for number in range(3)]
    assert answers == [200, 200, 429]
    assert not waiting("2@randers.example")


def test_one_mailbox_gets_three_links_a_day_from_corrections_too(door: Address) -> None:
    for number in range(6):
        stranger = visit(None)
        stranger.post(JOIN, make.typed(email=f"wrong{number}@randers.example"))
        corrects(stranger)
        corrects(stranger, f"away{number}@randers.example")
    assert links_to(RIGHT) == 3


def test_the_form_comes_back_filled_in_except_for_the_tick(browser: Client) -> None:
    page = browser.get(f"{JOIN}?again").content.decode()
    for typed in (WRONG, "Vera Vestergaard", "Eksempelvej 12", "8900"):
        assert f'value="{typed}"' in page
    assert not [box for box in re.findall(r"<input[^>]*checkbox[^>]*>", page) if "checked" in box]
    assert re.search(r'value="no"[^>]* checked', page)
    assert WRONG not in browser.get(JOIN).content.decode()
    browser.post(f"{JOIN}?again", make.typed(email=RIGHT, name="Vera Vester"))
    assert delete_unconfirmed(now=clock.now()) == 1
    assert [helper.person.name for helper in Helper.objects.all()] == ["Vera Vester"]


def link_to(email: str) -> str:
    return f"/da/neighbours/confirm/{make.token(Helper.objects.get(person__email=email))}/"


def ends(page: str) -> bool:
    return visit(None).post(page).status_code == 410


def test_after_the_form_was_filled_in_again_a_correction_still_ends_every_link_to_the_wrong_address(browser) -> None:
    first = link_to(WRONG)
    browser.post(f"{JOIN}?again", make.typed(email=WRONG, name="Vera Vester"))
    second = link_to(WRONG)
    corrects(browser)
    assert [ends(first), ends(second)] == [True, True]
    assert waiting(RIGHT)


def test_a_form_that_was_left_and_opened_again_ends_the_link_to_the_wrong_address_too(browser: Client) -> None:
    page = link_to(WRONG)
    browser.post(JOIN, make.typed(email=RIGHT, name=" vera  VESTERGAARD"))
    assert ends(page)


def test_the_page_before_sent_once_more_with_another_mailbox_ends_the_link_to_the_first(door: Address) -> None:
    client, form = visit(None), make.typed(email=WRONG)
    client.post(JOIN, form)
    page = link_to(WRONG)
    client.post(JOIN, form | {"email": RIGHT, "name": "Vibe"})
    assert ends(page)


def test_who_joins_after_another_at_the_same_computer_ends_nothing_of_theirs(browser: Client) -> None:
    browser.post(JOIN, make.typed(email="bo@randers.example", name="Bo Bech"))
    assert not ends(link_to(WRONG))
    assert waiting("bo@randers.example")


def test_who_joined_between_two_forms_of_a_stranger_still_waits_after_the_strangers_correction(cast, door) -> None:
    stranger = visit(None)
    stranger.post(JOIN, make.typed(email=WRONG))
    make.ask(cast.randers, door, WRONG, name="Vibe")
    stranger.post(f"{JOIN}?again", make.typed(email=WRONG, name="Hacket"))
    corrects(stranger)
    assert waiting(WRONG)


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_receipt_asks_once_to_call(browser: Client, language: str) -> None:
    page = browser.get(SENT.replace("da", language, 1)).content.decode().partition("<main")[2].partition("<aside")[0]
    asked = {"da": "ring", "sv": "ring", "en": "call us"}[language]
    assert page.lower().count(asked) == page.count('href="tel:') == 1
