"""Whoever takes another's name and home on their own page learns from nothing whether the other lives there."""

import datetime as dt
import uuid

import pytest
from django.test import Client

from entrance.own_codes.finding import PURPOSE, send_letter
from entrance.tests.own_codes.test_without_account import CODE, DAY, LETTER, mail, printed
from neighbours.actions import joining
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Letter, LetterBatch
from partnership.paper import printed_codes
from partnership.paper.models import PrintedCode
from partnership.people.actions import moves
from partnership.people.models import LookUp, User
from partnership.people.own.sections import sections_of
from partnership.places.models import Address
from partnership.tests.cast import Cast, visit

NAME = "Bente Bro"
LISTED = {"outbox.Message", "outbox.MessageStep", "outbox.Letter", "paper.PrintedCode"}


def asks_for_letter(number: str) -> None:
    visit(None).post(LETTER, {"name": NAME, "address": f"Eksempelvej {number}", "postcode": "8900"})


def takes_name(browser: Client) -> None:
    browser.post("/en/me/details/", {"name": NAME, "phone": ""})


def moves_to(browser: Client, number: str) -> None:
    form = {"address": f"Eksempelvej {number}", "postcode": "8900", "submission": str(uuid.uuid4())}
    assert browser.post("/en/neighbours/address/", form).status_code == 302


def listed(person: User) -> dict[str, int]:
    """Return how many rows of letters and their codes the person reads of."""
    return {section.name: len(found) for section, found in sections_of(person) if section.name in LISTED}


@pytest.fixture
def bente(cast: Cast) -> User:
    """Bente lives at number 44, and nobody whom we know at 46. Helle, a helper at number 12, knows the name."""
    make.home(cast.vorup, "46")
    make.helper(cast.helle, make.home(cast.vorup))
    return make.slip(cast.karen, make.home(cast.vorup, "44"), name=NAME).person


@pytest.mark.parametrize("is_protected", [False, True])
@pytest.mark.parametrize("waits", [0, 15])
def test_own_data_say_the_same_wherever_the_other_lives(
    cast: Cast, bente: User, is_protected: bool, waits: int
) -> None:
    User.objects.filter(pk=bente.pk).update(is_protected=is_protected)
    browser, seen = visit(cast.helle), []
    takes_name(browser)
    for number in ("44", "46"):
        before = listed(cast.helle)
        moves_to(browser, number)
        if waits:
            User.objects.filter(pk=cast.helle.pk).update(letter_codes_from=clock.now() - DAY)
        asks_for_letter(number)
        assert b"code by letter" not in browser.get("/en/me/data/").content.replace(b"get a code by letter", b"")
        seen.append((before, listed(cast.helle)))
    assert seen[0] == seen[1]


def test_whoever_has_moved_there_gets_no_letter_and_stops_none(cast: Cast, bente: User) -> None:
    browser = visit(cast.helle)
    takes_name(browser)
    moves_to(browser, "44")
    asks_for_letter("44")
    assert [letter.recipient for letter in mail("letter_code")] == [bente]


def test_whoever_has_only_changed_the_name_gets_none_and_stops_none(cast: Cast, bente: User) -> None:
    User.objects.filter(pk=cast.helle.pk).update(name=NAME)
    browser = visit(cast.helle)
    moves_to(browser, "44")
    User.objects.filter(pk=cast.helle.pk).update(name="Helle", letter_codes_from=None)
    takes_name(browser)
    asks_for_letter("44")
    assert [letter.recipient for letter in mail("letter_code")] == [bente]


def test_whoever_has_joined_there_on_the_web_gets_none_and_stops_none(cast: Cast, bente: User) -> None:
    home = Address.objects.get(street="Eksempelvej", number="44")
    waiting = make.ask(cast.randers, home, "stranger@mail.example", name=NAME)
    joining.confirm(helper=waiting, now=clock.now())
    asks_for_letter("44")
    assert [letter.recipient for letter in mail("letter_code")] == [bente]


@pytest.mark.parametrize(("after", "gets_one"), [(13 * DAY, False), (14 * DAY + dt.timedelta(minutes=1), True)])
def test_after_two_weeks_the_new_home_gets_the_letter(cast: Cast, bente: User, after, gets_one: bool) -> None:
    moves.wait_with_letters(bente, clock.now() - after)
    asks_for_letter("44")
    assert bool(mail("letter_code")) is gets_one
    assert send_letter(person=bente, now=clock.now(), again=uuid.uuid4()) is gets_one


def test_staff_read_that_the_letter_has_to_wait(cast: Cast, bente: User) -> None:
    moves.wait_with_letters(bente, clock.now())
    page = visit(cast.karen).post(f"/en/staff/people/{bente.pk}/code/", follow=True).content.decode()
    assert "We have had this name or address for a short time only." in page
    assert not mail("letter_code")


def test_a_letter_is_listed_once_its_code_is_used(cast: Cast, bente: User) -> None:
    asks_for_letter("44")
    before = listed(bente)
    code = printed(cast)
    assert Letter.objects.filter(message__kind="entrance.letter_code").exists()
    assert "paper.PrintedCode" not in listed(bente)
    browser = visit(None)
    browser.post(CODE, {"code": code})
    after = listed(bente)
    assert after["outbox.Message"] == before["outbox.Message"] + 1
    assert after["paper.PrintedCode"] == 1
    assert "code by letter" in browser.get("/en/me/data/").content.decode()


def test_a_look_up_of_the_letter_is_for_staff_alone(cast: Cast, bente: User) -> None:
    before = len(listed_look_ups(bente))
    asks_for_letter("44")
    (letter,) = mail("letter_code")
    staff = visit(cast.karen)
    assert staff.get(f"/en/staff/messages/{letter.pk}/").status_code == 200
    printed(cast)
    number = LetterBatch.objects.get().number
    assert staff.post(f"/en/staff/messages/letters/{number}/pdf/").status_code == 200
    noted = LookUp.objects.filter(person_id=bente.pk, seen_on="codes")
    assert noted.count() == 2
    assert not {row.pk for row in noted} & set(listed_look_ups(bente))
    # Of the letter that welcomes them, in the same file.
    assert len(listed_look_ups(bente)) == before + 1


def listed_look_ups(person: User) -> dict[int, LookUp]:
    found = {section.name: rows for section, rows in sections_of(person)}
    return {row.pk: row for row in found.get("people.LookUp", [])}


def test_the_letter_is_forgotten_with_its_code(cast: Cast, bente: User) -> None:
    asks_for_letter("44")
    (letter,) = mail("letter_code")
    assert letter.forget_after == PrintedCode.objects.get(purpose=PURPOSE).expires_at
    assert letter.forget_after - letter.created_at == printed_codes.LASTS


def test_the_page_that_asks_says_who_has_to_wait(cast: Cast) -> None:
    assert "in the last two weeks" in visit(None).get(LETTER).content.decode()
    assert moves.NO_CODE_FOR == 14 * DAY
