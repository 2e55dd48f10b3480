"""A chair without an email address reaches their own data by a code, and nothing that they do for others; and a code
never goes to somebody else of the home or the number of who asked.
"""

import re
import uuid

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import translation

from entrance.models import BrowserSession
from entrance.own_codes import own_data_only
from entrance.tests.own_codes.test_without_account import (
    CODE,
    TEXT_CODE,
    asks_by_letter,
    asks_by_text,
    gateway,
    mail,
    printed,
)
from neighbours.tests import builders as make
from partnership.outbox.queue.delivering import deliver
from partnership.people.models import Role, User
from partnership.people.tests.looking_up import look_up
from partnership.people.tests.test_details_by_staff import written_down
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, slot, visit
from partnership.tests.test_open_urls import every_address, is_closed
from talks.actions import bookings, for_callers
from talks.models import Booking
from talks.tests.bookings import talk_request

__all__ = ["gateway"]
GERDA = {"name": "Gerda Holm", "address": "Eksempelvej 7"}
DATA = "/en/me/data/"


def booked_by_telephone(cast: Cast, caller: User) -> Booking:
    return for_callers.request_talk(
        partnership=cast.randers, slot=slot(cast.speaker), asked=talk_request(cast, association="Nyvang"),
        call=for_callers.Call(caller=caller, medium="phone", submission=uuid.uuid4(), by=cast.karen), now=NOW,
    )  # fmt: skip


@pytest.fixture
def gerda(cast: Cast) -> User:
    """A caller without email, who has booked a talk and so is the chair of an association."""
    caller = written_down(cast)
    booked_by_telephone(cast, caller)
    return caller


def by_letter(cast: Cast) -> Client:
    asks_by_letter(**GERDA)
    browser = visit(None)
    browser.post(CODE, {"code": printed(cast)})
    return browser


# -- Whose code it is ----------------------------------------------------------------------------------------------


def test_a_letter_never_goes_to_somebody_else_in_the_home_of_who_asks(cast: Cast, gerda: User) -> None:
    make.slip(cast.karen, gerda.postal_address.address, name="Ulla Andersson", phone="")
    asks_by_letter(**GERDA)
    assert [letter.recipient for letter in mail("letter_code")] == [gerda]
    asks_by_letter(**GERDA | {"name": "ULLA  andersson"})
    assert [letter.recipient.name for letter in mail("letter_code")] == ["Gerda Holm", "Ulla Andersson"]


def test_somebody_who_may_have_no_code_gets_nobody_elses(cast: Cast, gateway) -> None:
    home = make.home(cast.vorup)
    make.slip(cast.karen, home, name="Ulla Andersson", phone="20 11 22 33")
    make.helper(cast.karen, home)
    User.objects.filter(pk=cast.karen.pk).update(phone="20 11 22 33", verified_phone="20 11 22 33")
    asks_by_letter(name="Karen")
    asks_by_text(visit(None), name="Karen", phone="20 11 22 33")
    assert not mail("letter_code")
    assert not mail("text_code")


@pytest.mark.parametrize("name", ["Greta Gren", "Gerda", "Holm"])
def test_the_name_of_somebody_who_is_known_alone_is_compared_too(cast: Cast, gateway, name: str) -> None:
    written_down(cast)
    asks_by_letter(**GERDA | {"name": name})
    asks_by_text(visit(None), name=name, phone="20 11 22 33")
    assert not mail("letter_code")
    assert not mail("text_code")


def test_two_of_one_name_get_nothing_also_if_only_one_may_be_let_in(cast: Cast, gateway) -> None:
    person = written_down(cast)
    make.helper(cast.karen, person.postal_address.address)
    long_there, number = {"letter_codes_from": None}, "20 11 22 33"
    User.objects.filter(pk=cast.karen.pk).update(name="Gerda Holm", phone=number, verified_phone=number, **long_there)
    asks_by_letter(**GERDA)
    asks_by_text(visit(None), name="Gerda Holm", phone="20 11 22 33")
    assert not mail("letter_code")
    assert not mail("text_code")


# -- What it opens -------------------------------------------------------------------------------------------------


def test_a_chair_without_email_sees_corrects_and_erases_what_we_know_by_a_letter(cast: Cast, gerda: User) -> None:
    asks_by_letter(**GERDA)
    browser = visit(None)
    inside = browser.post(CODE, {"code": printed(cast)}, follow=True)
    assert inside.redirect_chain == [(DATA, 302)]
    page = inside.content.decode()
    assert "Gerda Holm" in page
    assert 'href="/en/me/erase/"' in page
    browser.post("/en/me/details/", {"name": "Gerda Holme", "phone": "20 11 22 33"})
    assert User.objects.get(pk=gerda.pk).name == "Gerda Holme"
    assert browser.get("/en/me/data/download/")["Content-Type"] == "application/zip"
    assert browser.post("/en/me/erase/", follow=True).redirect_chain == [("/en/me/erased/", 302)]
    assert not User.objects.filter(pk=gerda.pk).exists()


def test_a_chair_without_email_reads_the_own_data_by_a_text(cast: Cast, gerda: User, gateway) -> None:
    browser = visit(None)
    asks_by_text(browser, name="Gerda Holm", phone="20 11 22 33")
    deliver(urgent=True)
    inside = browser.post(TEXT_CODE, {"code": re.search(r"\d{3} ?\d{3}", gateway.texts[0].text)[0]}, follow=True)
    assert inside.redirect_chain == [(DATA, 302)]


def test_a_chair_without_email_is_told_a_way_to_keep_the_talk_that_is_open_to_them(cast: Cast, gerda: User) -> None:
    """The page on which others name a deputy is closed to whoever has logged in with a code."""
    bookings.confirm(booking=Booking.objects.get(), place_seen=None, by=cast.karen, now=NOW)
    page = " ".join(by_letter(cast).get("/en/me/erase/").content.decode().split())
    assert "will be cancelled" in page
    assert "on your page, who takes over" not in page
    assert "If it should stay, first call" in page
    assert "name a deputy for Nyvang, who takes over" in page


def test_a_deputy_without_email_gets_in_too(cast: Cast) -> None:
    deputise(cast.association, written_down(cast))
    assert by_letter(cast).get(DATA).status_code == 200


def closed_addresses(pk: int) -> list[str]:
    """Return every closed address of the portal in Danish, for rows of that number, but those that the code opens."""
    closed = [where for where, pattern in every_address() if is_closed(pattern) and where.startswith("da/")]
    filled = [re.sub(r"<int:\w+>", str(pk), re.sub(r"<(str|slug):\w+>", "x", where)) for where in closed]
    return [f"/{address}" for address in filled if resolve_name(f"/{address}") not in own_data_only.OPEN]


def resolve_name(address: str) -> str:
    with translation.override("da"):
        return resolve(address).view_name


def test_the_code_opens_nothing_that_its_reader_does_for_others(cast: Cast, gerda: User) -> None:
    browser, by_email, talk = by_letter(cast), visit(gerda), Booking.objects.get()
    opened_by_email = 0
    for address in closed_addresses(talk.pk):
        opened_by_email += by_email.get(address).status_code == 200
        for method in ("get", "post"):
            answer = getattr(browser, method)(address)
            assert (answer.status_code, answer.get("Location")) == (302, "/da/me/data/"), (method, address)
    assert opened_by_email > 3
    assert Booking.objects.get().state == talk.state
    assert not mail("email_code")


@pytest.mark.parametrize(
    "address", ["/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/sessions/", "/admin/"]
)
def test_the_code_makes_no_other_way_to_log_in(cast: Cast, gerda: User, address: str) -> None:
    answer = by_letter(cast).get(address)
    assert answer.status_code in (302, 404)
    assert "2fa" not in answer.get("Location", "")


def test_a_log_in_by_code_ends_once_its_reader_has_a_role_or_could_use_email(cast: Cast, gerda: User) -> None:
    browser = by_letter(cast)
    assert browser.get(DATA).status_code == 200
    Role.objects.create(user=gerda, partnership=cast.randers, kind=Role.Kind.NABOVEN, area=cast.vorup)
    assert browser.get(DATA).status_code == 302
    assert not BrowserSession.objects.filter(person=gerda).exists()


def test_who_comes_to_speak_for_others_in_the_hour_of_the_code_sees_only_their_own_data_from_then_on(cast) -> None:
    person = written_down(cast)
    browser = by_letter(cast)
    assert browser.get("/en/me/").status_code == 200
    booked_by_telephone(cast, person)
    assert browser.get("/en/me/").url == DATA


def test_staff_have_a_letter_printed_for_a_chair_without_email_and_read_why_another_gets_none(cast, gerda) -> None:
    staff, page = visit(cast.karen), f"/en/staff/people/{gerda.pk}/code/"
    assert page in look_up(staff, gerda)
    assert "among those to print" in staff.post(page, follow=True).content.decode()
    other = f"/en/staff/people/{cast.ruth.pk}/code/"
    assert other not in look_up(staff, cast.ruth)
    assert "log in by email" in staff.post(other, follow=True).content.decode()
    assert len(mail("letter_code")) == 1
