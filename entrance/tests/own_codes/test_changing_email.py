"""Changing one's email address by a code to the new one: nothing tells whether the new mailbox is known."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from entrance.models import BrowserSession
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.people.actions.erasing import erase
from partnership.people.models import User
from partnership.tests.cast import Cast, visit

NEW = "helle.ny@randers.example"
ASK, TYPE = "/en/me/email/", "/en/me/email/code/"


@pytest.fixture
def helle(cast: Cast) -> Helper:
    return make.helper(cast.helle, make.home(cast.vorup))


def mail(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=f"entrance.{kind}").order_by("pk"))


def asks(browser: Client, to: str = NEW):
    return browser.post(ASK, {"email": to}, follow=True)


def code_sent() -> str:
    return mail("email_code")[-1].about["code"]


def address(person: User) -> str | None:
    return User.objects.get(pk=person.pk).email


def test_the_code_to_the_new_address_makes_it_count(cast: Cast, helle: Helper) -> None:
    browser = visit(cast.helle)
    assert f'href="{ASK}"' in browser.get("/en/me/").content.decode()
    assert NEW in asks(browser).content.decode()
    assert address(cast.helle) == "helle@randers.example"
    said = browser.post(TYPE, {"code": code_sent()}, follow=True)
    assert said.redirect_chain == [("/en/me/", 302)]
    assert NEW in said.content.decode()
    assert address(cast.helle) == NEW
    assert EmailAddress.objects.get(user=cast.helle).verified


@pytest.mark.parametrize(("chosen", "way"), [("", "write to you there"), ("letter", "by letter, as you chose")])
def test_it_is_for_logging_in_and_we_write_as_was_chosen(cast: Cast, helle: Helper, chosen: str, way: str) -> None:
    User.objects.filter(pk=cast.helle.pk).update(channel=chosen)
    browser = visit(cast.helle)
    asks(browser)
    said = browser.post(TYPE, {"code": code_sent()}, follow=True).content.decode()
    assert f"From now on you log in with {NEW}" in said
    assert way in said


def test_the_old_address_hears_of_it_and_the_new_one_is_not_asked_to_log_in(cast: Cast, helle: Helper) -> None:
    browser = visit(cast.helle)
    asks(browser)
    browser.post(TYPE, {"code": code_sent()})
    assert [message.mailbox for message in mail("address_changed")] == ["helle@randers.example"]
    assert mail("new_address") == []
    erase(person=User.objects.get(pk=cast.helle.pk), by=cast.anne, now=clock.now())
    assert mail("address_changed") == []


def test_the_helper_has_a_step_and_stays_logged_in_here_and_nowhere_else(cast: Cast, helle: Helper) -> None:
    elsewhere, browser = visit(cast.helle), visit(cast.helle)
    asks(browser)
    browser.post(TYPE, {"code": code_sent()})
    step = helle.steps.latest("pk")
    assert (step.by, step.medium, step.changed) == (cast.helle, "web", {"email": []})
    assert browser.get("/en/me/").status_code == 200
    assert elsewhere.get("/en/me/").status_code == 302
    assert BrowserSession.objects.filter(person=cast.helle).count() == 1


def test_of_staff_the_other_administrators_hear_of_it(cast: Cast) -> None:
    browser = visit(cast.karen)
    asks(browser, "karen.ny@randers.example")
    browser.post(TYPE, {"code": code_sent()})
    assert [message.recipient for message in mail("address_of_staff_changed")] == [cast.anne]


def without_tokens(page: str, email: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    return page.replace(email, "E-MAIL")


@pytest.mark.parametrize("owner", ["frede", "karen", "gunnar"])
def test_the_answer_is_the_same_for_a_mailbox_of_somebody_else_whose_owner_is_told(cast: Cast, owner: str) -> None:
    known = getattr(cast, owner)
    answers = []
    for email in (NEW, known.email):
        browser = visit(cast.helle)
        answer = asks(browser, email)
        wrong = browser.post(TYPE, {"code": "000000"})
        pages = [without_tokens(page.content.decode(), email) for page in (answer, wrong)]
        answers.append((answer.redirect_chain, answer.status_code, wrong.status_code, pages))
    assert answers[0] == answers[1]
    (told,) = mail("email_taken")
    assert told.recipient == known
    assert "Helle" not in str(final_check(told, clock.now()).words)


def test_no_code_makes_a_mailbox_of_somebody_else_count(cast: Cast) -> None:
    browser = visit(cast.helle)
    asks(browser, cast.frede.email)
    for code in ("", "000000", "none"):
        browser.post(TYPE, {"code": code})
    assert address(cast.helle) == "helle@randers.example"


def test_somebody_who_was_quicker_keeps_the_mailbox(cast: Cast) -> None:
    browser = visit(cast.helle)
    asks(browser)
    User.objects.filter(pk=cast.frede.pk).update(email=NEW)
    answer = browser.post(TYPE, {"code": code_sent()})
    assert answer.status_code == 400
    assert address(cast.helle) == "helle@randers.example"


def test_a_wrong_code_can_be_typed_five_times_and_then_the_right_one_does_not_work(cast: Cast) -> None:
    browser = visit(cast.helle)
    asks(browser)
    right = code_sent()
    wrong = "000000" if right != "000000" else "111111"
    assert [browser.post(TYPE, {"code": wrong}).status_code for _time in range(5)] == [400] * 5
    assert browser.post(TYPE, {"code": right}).status_code == 400
    assert address(cast.helle) == "helle@randers.example"


def test_an_older_code_does_not_work(cast: Cast) -> None:
    browser = visit(cast.helle)
    asks(browser)
    first = code_sent()
    asks(browser, "helle.nyere@randers.example")
    if code_sent() != first:
        assert browser.post(TYPE, {"code": first}).status_code == 400
    assert browser.post(TYPE, {"code": code_sent()}).status_code == 302
    assert address(cast.helle) == "helle.nyere@randers.example"


def test_the_address_that_counts_already_is_refused(cast: Cast) -> None:
    answer = visit(cast.helle).post(ASK, {"email": " HELLE@randers.example "})
    assert answer.status_code == 400
    assert not mail("email_code")


def test_who_finds_a_browser_open_is_asked_to_log_in_first(cast: Cast) -> None:
    browser = visit(cast.helle, second_factor=False)
    session = browser.session
    session["began"] = clock.now().timestamp() - 11 * 60
    session.save()
    answer = browser.get(ASK)
    assert answer.url.startswith("/accounts/login/")
    assert "next=/en/me/email/" in answer.url
    assert browser.get("/en/me/").status_code == 302


def test_a_mailbox_gets_only_so_many_codes_and_the_page_says_nothing(cast: Cast, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"mail_to_mailbox_from_here": "2/h/key"}
    pages = [asks(visit(cast.helle)) for _time in range(3)]
    assert {page.redirect_chain[0] for page in pages} == {(TYPE, 302)}
    assert len(mail("email_code")) == 2


def test_one_person_may_ask_only_so_often(cast: Cast, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"mail_from_person": "2/h/key"}
    browser = visit(cast.helle)
    asked = [browser.post(ASK, {"email": f"ny{number}@x.example"}).status_code for number in range(3)]
    assert asked == [302, 302, 429]


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_email_says_the_code_and_nothing_of_the_person(cast: Cast, language: str) -> None:
    visit(cast.helle).post(f"/{language}/me/email/", {"email": NEW})
    (message,) = mail("email_code")
    words = final_check(message, message.due_at).words
    assert words.facts[0][1].replace(" ", "") == message.about["code"]
    assert "Helle" not in str(words)
