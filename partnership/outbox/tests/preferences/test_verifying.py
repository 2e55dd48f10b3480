"""A number gets no texts before its owner has typed the code that was texted to it."""

import datetime as dt
import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from devtools.sms import Gateway
from partnership import clock
from partnership.fields.unbroken import unbroken
from partnership.outbox.models import Message, NumberCode, Suppression
from partnership.outbox.preferences import verifying
from partnership.outbox.preferences.forms import about_email
from partnership.outbox.preferences.reaching import allow_texts, set_channel, stop_texts
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.staff.samples import may_be_shown
from partnership.outbox.tests.posted import post_one
from partnership.outbox.tests.readers import on_paper, prefers
from partnership.people.models import User
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, assemble, visit

NUMBER, DIALLED = "12 34 56 78", "+4512345678"
PAGE, REACH = "/en/me/messages/number/", "/en/me/messages/"
CHOICE = {"channel": "sms", "phone": NUMBER, "language": "en"}
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def gateway(settings):
    with Gateway() as gateway:
        settings.SMS_URL = gateway.url
        yield gateway


@pytest.fixture
def helle(cast: Cast, gateway: Gateway) -> User:
    """Return Helle, who has chosen texts to a number that is not verified."""
    return wants_texts(cast.helle)


def wants_texts(person: User, phone: str = NUMBER, now: dt.datetime = NOW) -> User:
    set_channel(person=person, channel="sms", phone=phone, language="en", now=now)
    person.refresh_from_db()
    return person


def code_of(gateway: Gateway) -> str:
    return re.sub(r"\D", "", gateway.texts[-1].text.split(" is ")[0])


def texted(helle: User, gateway: Gateway, now: dt.datetime = NOW) -> str:
    verifying.send_code(person=helle, now=now)
    deliver(urgent=True, now=now)
    return code_of(gateway)


def refusal(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.reason


def is_verified(person: User) -> bool:
    person.refresh_from_db()
    return person.phone_is_verified


def test_until_the_code_is_typed_the_old_channel_is_used(cast: Cast, helle: User, gateway, sink) -> None:
    post_one(cast.randers, helle, "test.before")
    deliver(urgent=False, now=NOW)
    assert (gateway.attempts, len(sink.messages), helle.reached_by) == (0, 1, "mail")
    code = texted(helle, gateway)
    assert [text.to for text in gateway.texts] == [DIALLED]
    verifying.verify(person=helle, code=code, now=NOW + MINUTE)
    post_one(cast.randers, helle, "test.after")
    deliver(urgent=False, now=NOW)
    assert (len(gateway.texts), len(sink.messages), is_verified(helle)) == (2, 1, True)


def test_the_whole_flow_on_the_own_page(cast: Cast, gateway: Gateway) -> None:
    browser = visit(cast.helle)
    assert browser.post(REACH, CHOICE).headers["Location"] == PAGE
    deliver(urgent=True)
    asked = browser.get(PAGE).content.decode()
    assert f"on its way to {unbroken(NUMBER)}" in asked
    assert 'inputmode="numeric"' in asked
    assert 'autocomplete="one-time-code"' in asked
    assert PAGE in browser.get("/en/me/").content.decode()
    code = code_of(gateway)
    assert browser.post(PAGE, {"code": f"{code[:3]} {code[3:]}"}).headers["Location"] == "/en/me/"
    assert is_verified(cast.helle)
    assert cast.helle.reached_by == "sms"
    assert PAGE not in browser.get("/en/me/").content.decode()
    assert browser.get(PAGE).headers["Location"] == REACH
    assert browser.post(REACH, CHOICE).headers["Location"] == "/en/me/"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef"])
def test_what_is_no_code_is_said_on_the_field_and_costs_no_try(helle: User, gateway, typed: str) -> None:
    texted(helle, gateway, clock.now())
    page = visit(helle).post(PAGE, {"code": typed})
    assert page.context["form"].errors["code"]
    assert NumberCode.objects.get().tries == 0


def test_a_wrong_code_is_counted_and_the_sixth_try_is_refused_also_with_the_right_one(helle: User, gateway) -> None:
    code = texted(helle, gateway)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    reasons = [refusal(lambda: verifying.verify(person=helle, code=wrong, now=NOW)) for _try in range(5)]
    reasons.append(refusal(lambda: verifying.verify(person=helle, code=code, now=NOW)))
    assert reasons == ["wrong_code"] * 5 + ["too_many_tries"]
    assert not is_verified(helle)
    verifying.verify(person=helle, code=texted(helle, gateway, NOW + 2 * MINUTE), now=NOW + 3 * MINUTE)
    assert is_verified(helle)


def test_a_code_lives_fifteen_minutes_and_is_not_texted_later(helle: User, gateway) -> None:
    code, late = texted(helle, gateway), NOW + 15 * MINUTE
    assert refusal(lambda: verifying.verify(person=helle, code=code, now=late)) == "no_code"
    verifying.send_code(person=helle, now=late)
    deliver(urgent=True, now=late + 15 * MINUTE)
    assert (len(gateway.texts), Message.objects.filter(state="expired").count()) == (1, 1)


def test_a_new_code_ends_the_old_one_and_a_double_click_makes_none(helle: User, gateway) -> None:
    first = texted(helle, gateway)
    assert texted(helle, gateway, NOW + MINUTE / 2) == first
    second = texted(helle, gateway, NOW + 2 * MINUTE)
    assert len(gateway.texts) == 2
    if first != second:
        assert refusal(lambda: verifying.verify(person=helle, code=first, now=NOW + 2 * MINUTE)) == "wrong_code"
    verifying.verify(person=helle, code=second, now=NOW + 2 * MINUTE)


def test_a_number_is_sent_at_most_three_codes_a_day(cast: Cast, helle: User, gateway) -> None:
    for number in range(2):
        texted(helle, gateway, NOW + 2 * number * MINUTE)
    ruth = wants_texts(cast.ruth, DIALLED)
    texted(ruth, gateway, NOW + 6 * MINUTE)
    for person in (helle, ruth):
        assert refusal(lambda who=person: verifying.send_code(person=who, now=NOW + 9 * MINUTE)) == "enough_today"
    assert len(gateway.texts) == 3
    texted(ruth, gateway, NOW + dt.timedelta(days=1, minutes=9))
    assert len(gateway.texts) == 4


def test_one_person_cannot_have_a_street_texted(helle: User, gateway) -> None:
    for number in range(5):
        texted(wants_texts(helle, f"12 34 56 7{number}"), gateway, NOW + 2 * number * MINUTE)
    wants_texts(helle, "12 34 56 79")
    assert refusal(lambda: verifying.send_code(person=helle, now=NOW + dt.timedelta(hours=20))) == "enough_today"
    assert len(gateway.texts) == 5


def test_an_address_on_the_net_is_limited_and_nothing_is_lost(cast: Cast, gateway, settings) -> None:
    settings.FORMS_AN_HOUR = 1
    visit(cast.ruth).post(REACH, CHOICE | {"phone": "87 65 43 21"})
    answer = visit(cast.helle).post(REACH, CHOICE)
    assert answer.status_code == 429
    assert unbroken(cast.randers.contact_phone) in answer.content.decode()
    cast.helle.refresh_from_db()
    assert (cast.helle.channel, cast.helle.phone) == ("sms", NUMBER)
    assert NumberCode.objects.count() == 1


@pytest.mark.parametrize("elsewhere", ["12 34 56 79", ""])
def test_a_code_verifies_only_the_number_it_was_sent_to(helle: User, gateway, elsewhere: str) -> None:
    code = texted(helle, gateway)
    User.objects.filter(pk=helle.pk).update(phone=elsewhere)
    helle.refresh_from_db()
    assert refusal(lambda: verifying.verify(person=helle, code=code, now=NOW)) == "no_code"


def test_a_code_is_not_texted_to_a_number_that_was_written_after_it(helle: User, gateway) -> None:
    verifying.send_code(person=helle, now=NOW)
    wants_texts(helle, "12 34 56 79")
    deliver(urgent=True, now=NOW)
    assert gateway.attempts == 0


def test_a_changed_number_is_not_verified(cast: Cast, gateway, sink) -> None:
    helle = prefers(cast.helle, "sms", NUMBER)
    User.objects.filter(pk=helle.pk).update(phone="12 34 56 79")  # as an administrator does
    post_one(cast.randers, helle)
    deliver(urgent=False, now=NOW)
    assert (gateway.attempts, len(sink.messages)) == (0, 1)


def test_the_same_number_in_another_spelling_stays_verified_and_a_deleted_one_does_not(cast: Cast, gateway) -> None:
    helle = wants_texts(prefers(cast.helle, "sms", NUMBER), DIALLED)
    assert is_verified(helle)
    set_channel(person=helle, channel="mail", phone="", language="en", now=NOW)
    assert not is_verified(wants_texts(helle))


def test_stop_holds_until_the_number_says_start(cast: Cast, helle: User, gateway) -> None:
    code = texted(helle, gateway)
    stop_texts(number=DIALLED, now=NOW)
    ruth = wants_texts(cast.ruth)
    wants_texts(helle)
    assert refusal(lambda: verifying.verify(person=helle, code=code, now=NOW)) == "wrong_code"
    verifying.send_code(person=ruth, now=NOW)
    deliver(urgent=True, now=NOW)
    assert len(gateway.texts) == 1
    allow_texts(number=DIALLED)
    verifying.verify(person=helle, code=texted(helle, gateway, NOW + 2 * MINUTE), now=NOW + 2 * MINUTE)
    assert is_verified(helle)


def test_stop_also_ends_the_verification_of_people_who_do_not_use_texts(cast: Cast, gateway) -> None:
    helle = prefers(cast.helle, "mail", NUMBER)
    stop_texts(number=DIALLED, now=NOW)
    assert not is_verified(wants_texts(helle))


def test_the_page_is_the_same_for_a_number_that_has_said_stop(cast: Cast, gateway) -> None:
    def answer(person: User, phone: str) -> str:
        browser = visit(person)
        assert browser.post(REACH, CHOICE | {"phone": phone}).headers["Location"] == PAGE
        page = browser.get(PAGE).content.decode()
        main = page.partition("<main")[2].partition("</main>")[0].replace(unbroken(phone), "")
        return re.sub(r'value="[^"]{64}"|nonce="[^"]*"', "", main)

    stop_texts(number=DIALLED, now=NOW)
    assert answer(cast.helle, NUMBER) == answer(cast.ruth, "12 34 56 79")
    assert Suppression.objects.count() == 1


def test_who_has_no_email_is_sent_letters_until_the_code_is_typed(cast: Cast, gateway) -> None:
    oda = on_paper(cast)
    post_one(cast.randers, oda)
    deliver(urgent=False, now=NOW)
    oda = wants_texts(oda)
    assert (oda.reached_by, Message.objects.get().state) == ("letter", "paper")
    verifying.verify(person=oda, code=texted(oda, gateway), now=NOW)
    deliver(urgent=False, now=NOW)
    assert [text.key.split(".")[0] for text in gateway.texts] == ["account", "test"]


def test_the_code_is_kept_nowhere_and_shown_to_no_staff(cast: Cast, helle: User, gateway) -> None:
    gateway.behaviour = 400
    verifying.send_code(person=helle, now=NOW)
    message = Message.objects.get()
    code = message.about["code"]
    assert not may_be_shown(message)
    deliver(urgent=True, now=NOW)
    message.refresh_from_db()
    assert (message.state, message.about) == ("failed", {})
    assert code not in str(NumberCode.objects.values().get())
    assert "/try-again/" not in visit(cast.karen).get(f"/en/staff/messages/{message.pk}/").content.decode()


def test_where_no_texts_are_sent_nothing_of_it_shows(cast: Cast, settings) -> None:
    settings.SMS_URL = ""
    browser: Client = visit(cast.helle)
    assert browser.get(PAGE).status_code == 404
    assert browser.post(f"{PAGE}again/").status_code == 404
    assert "phone" not in browser.get(REACH).context["form"].fields
    prefers(cast.helle, "sms", NUMBER)
    User.objects.filter(pk=cast.helle.pk).update(verified_phone="")
    assert PAGE not in browser.get("/en/me/").content.decode()
    assert browser.get(REACH).context["form"].initial["channel"] == "mail"
    assert browser.post(REACH, {"channel": "mail", "phone": NUMBER, "language": "da"}).status_code == 302


def test_nobody_else_can_type_the_code(cast: Cast, helle: User, gateway) -> None:
    code = texted(helle, gateway, clock.now())
    visit(wants_texts(cast.ruth)).post(PAGE, {"code": code})
    assert visit(None).post(PAGE, {"code": code}).status_code == 302
    assert not is_verified(cast.ruth)
    assert not is_verified(helle)


@pytest.mark.django_db(transaction=True)
def test_who_ask_at_once_get_three_codes_between_them(gateway) -> None:
    cast = assemble()
    people = [
        wants_texts(person) for person in list(cast.everyone().values())[:8] if person.partnership == cast.randers
    ]
    start = threading.Barrier(len(people))

    def ask(person: User) -> None:
        try:
            start.wait(timeout=10)
            verifying.send_code(person=person, now=NOW)
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert (NumberCode.objects.count(), Message.objects.count()) == (3, 3)


def test_the_own_page_says_whether_a_code_was_sent_and_how_we_write_until_then(helle, gateway) -> None:
    browser = visit(helle)
    page = browser.get("/en/me/").content.decode()
    assert "a code that we send there" in page
    assert "Until then we write to you by email." in page
    assert browser.post("/en/me/messages/number/again/").status_code == 302
    page = browser.get("/en/me/").content.decode()
    assert "the code that we sent there" in page


@pytest.mark.parametrize("who", ["with a mailbox", "without one", "with one that opens nothing yet"])
def test_what_is_said_of_email_beside_the_choice_is_so_for_who_reads_it(cast: Cast, who: str) -> None:
    person, now = cast.helle, clock.now()
    if who == "without one":
        person.email = None
    elif who != "with a mailbox":
        person.mailbox_opens_at = now + dt.timedelta(days=1)
    with translation.override("en"):
        said = about_email(person, now)
    assert ("codes to log in" in said) == (who == "with a mailbox")
    assert ("Write your email address" in said) == (who == "without one")
