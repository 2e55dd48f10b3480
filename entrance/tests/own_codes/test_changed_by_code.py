"""Whoever gets at one letter with a code, or somebody's telephone, is in their page for an hour. What they change there
of where the person is reached waits for two weeks and is told at home, and ends when the person moves or is hidden.
"""

import datetime as dt
import uuid

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from devtools.sms import Gateway
from entrance.own_codes.finding import with_number
from neighbours.actions import correcting
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.post import channel_to
from partnership.outbox.queue.final_check import final_check
from partnership.paper import printed_codes
from partnership.paper.models import PrintedCode
from partnership.people.actions import protecting
from partnership.people.actions.mailboxes import give_typed_mailbox
from partnership.people.mailboxes import is_verified
from partnership.people.models import User
from partnership.people.own.homes import home_of
from partnership.tests.cast import Cast, visit

THIEF, NUMBER = "thief@mail.example", "20 30 40 50"
DAY = dt.timedelta(days=1)
TOLD_HOME = "entrance.reach_by_code_home"


@pytest.fixture(autouse=True)
def texts(settings):
    with Gateway() as gateway:
        settings.SMS_URL = gateway.url
        yield


@pytest.fixture
def passed(monkeypatch) -> dict[str, dt.timedelta]:
    """How much time has passed, which a test changes."""
    now, passed = clock.now, {"is": dt.timedelta(0)}
    monkeypatch.setattr("partnership.clock.now", lambda: now() + passed["is"])
    return passed


@pytest.fixture
def poul(cast: Cast, passed) -> User:
    """A helper since a month, known on paper alone."""
    helper = make.slip(cast.karen, make.home(cast.vorup), phone="")
    return _a_month_later(helper.person, passed)


@pytest.fixture
def vera(cast: Cast, passed) -> User:
    """A helper since a month, who uses email."""
    make.helper(cast.helle, make.home(cast.vorup))
    used = {"verified": True, "primary": True}
    EmailAddress.objects.update_or_create(user=cast.helle, email=cast.helle.email, defaults=used)
    return _a_month_later(cast.helle, passed)


def _a_month_later(person: User, passed: dict[str, dt.timedelta]) -> User:
    passed["is"] += 30 * DAY
    User.objects.filter(pk=person.pk).update(language="en")
    person.refresh_from_db()
    return person


def by_letter(person: User) -> Client:
    """Order a letter with a code as anybody can, and type the code."""
    home, browser = home_of(person), visit(None)
    where = {"address": f"{home.street} {home.number}", "postcode": home.postcode}
    visit(None).post("/en/me/without-account/letter/", {"name": person.name} | where)
    code = PrintedCode.objects.get(about=person.pk, ended_at=None, used_at=None)
    browser.post("/en/me/without-account/code/", {"code": printed_codes.digits_of(code)})
    return browser


def writes_mailbox(browser: Client, mailbox: str = THIEF) -> str:
    browser.post("/en/me/email/", {"email": mailbox})
    sent = Message.objects.filter(kind="entrance.email_code").order_by("-pk").first()
    code = sent.about["code"] if sent else "000000"
    return browser.post("/en/me/email/code/", {"code": code}, follow=True).content.decode()


def corrected(person: User, by: User, **new: object) -> None:
    """Let staff write what the person has told them by telephone."""
    helper = Helper.objects.select_related("household__address").get(person=person)
    home = helper.household.address if helper.household else None
    known = {"name": person.name, "email": person.email or "", "phone": person.phone, "address": home, "why": "Ringede"}
    said = {"medium": "phone", "submission": uuid.uuid4(), "by": by, "now": clock.now()}
    correcting.correct(helper=helper, details=correcting.Details(**(known | new)), **said)


def told(kind: str = TOLD_HOME) -> list[str]:
    """Return what each message of this kind says, in English."""
    rows = Message.objects.filter(kind=kind).order_by("pk")
    said = [final_check(row, clock.now()).words for row in rows]
    return [" ".join(words.paragraphs) for words in said if words]


def again(person: User) -> User:
    return User.objects.select_related("partnership").get(pk=person.pk)


def may_log_in(mailbox: str) -> bool:
    browser = visit(None)
    browser.post("/accounts/login/code/", {"email": mailbox})
    sent = Message.objects.filter(kind__startswith="account.").order_by("-pk").first()
    if sent is None or sent.to_mailbox != mailbox or "code" not in sent.about:
        return False
    browser.post("/accounts/login/code/confirm/", {"code": sent.about["code"]})
    return browser.get("/en/me/").status_code == 200


def test_somebody_corrects_their_address_and_adds_a_mailbox_that_works_two_weeks_later(
    cast: Cast, poul: User, passed
) -> None:
    make.home(cast.dronningborg, "7", "Nyvej")
    browser = by_letter(poul)
    moved = browser.post("/en/neighbours/address/", {"address": "Nyvej 7", "postcode": "8900"}, follow=True)
    assert "We send no code by letter there before" in moved.content.decode()
    assert "only two weeks later" in browser.get("/en/me/email/").content.decode()
    added = writes_mailbox(browser, "poul@randers.example")
    assert "poul@randers.example is noted. From " in added
    assert "Until then we write to you by letter." in added
    helper = Helper.objects.get(person=poul)
    assert [sorted(step.changed or {}) for step in helper.steps.order_by("-pk")[:2]] == [["email"], ["address"]]
    assert home_of(again(poul)).street == "Nyvej"
    passed["is"] += 14 * DAY
    assert may_log_in("poul@randers.example")
    person = again(poul)
    assert (person.email, person.reached_by) == ("poul@randers.example", "mail")


# -- A mailbox ------------------------------------------------------------------------------------------------------


def test_a_mailbox_waits_for_two_weeks_and_is_told_at_home(poul: User, passed) -> None:
    home = home_of(poul)
    assert "you can log in with it" in writes_mailbox(by_letter(poul))
    person = again(poul)
    assert person.is_held_back(clock.now())
    assert not is_verified(person)
    assert channel_to(person) == "letter"
    (letter,) = Message.objects.filter(kind=TOLD_HOME)
    assert letter.about["letter_to"] == home.pk
    (said,) = told()
    assert "new email address" in said
    assert "nobody can log in with it" in said
    assert "It looks like this: t…@m…" in said
    assert "mail.example" not in said
    assert not may_log_in(THIEF)
    passed["is"] += 14 * DAY
    assert may_log_in(THIEF)
    assert channel_to(again(poul)) == "mail"


def test_one_that_staff_hold_back_is_replaced_by_another_that_waits(cast: Cast, poul: User, passed) -> None:
    corrected(poul, cast.karen, email="poul@randers.example")
    passed["is"] += DAY
    writes_mailbox(by_letter(poul))
    person = again(poul)
    assert person.email == THIEF
    assert person.mailbox_opens_at - clock.now() > 13 * DAY
    assert len(told()) == 1


def test_a_second_letter_makes_nothing_of_the_first_count_sooner(poul: User, passed) -> None:
    browser = by_letter(poul)
    writes_mailbox(browser)
    passed["is"] += 8 * DAY
    browser = by_letter(poul)
    writes_mailbox(browser, "thief2@mail.example")
    assert again(poul).mailbox_opens_at - clock.now() > 13 * DAY
    assert len(told()) == 2


@pytest.mark.parametrize("factor", ["", "totp"])
def test_a_code_on_paper_replaces_no_mailbox_that_is_used_and_no_factor(vera: User, factor: str) -> None:
    if factor:
        Authenticator.objects.create(user=vera, type=factor, data={"secret": "x"})
    browser = by_letter(vera)
    assert "/en/me/email/" not in browser.get("/en/me/").content.decode()
    said = browser.get("/en/me/email/", follow=True)
    assert said.redirect_chain == [("/en/me/", 302)]
    assert "log out and log in with it" in said.content.decode()
    writes_mailbox(browser)
    assert not Message.objects.filter(kind="entrance.email_code").exists()
    person = again(vera)
    assert (person.email, is_verified(person)) == (vera.email, True)
    assert Authenticator.objects.filter(user=vera).exists() == bool(factor)


def test_what_the_owner_had_verified_counts_at_once_when_it_is_put_back_and_not_the_thiefs(vera: User, cast) -> None:
    """Whoever finds a browser open replaces the mailbox by their own, and it counts."""
    browser, own = visit(vera), vera.email
    writes_mailbox(browser)
    assert is_verified(again(vera))
    give_typed_mailbox(again(vera), own, clock.now())
    person = again(vera)
    assert (person.email, is_verified(person), person.is_held_back(clock.now())) == (own, True, False)
    give_typed_mailbox(person, THIEF, clock.now())
    assert again(vera).is_held_back(clock.now())


def test_two_weeks_later_the_mailbox_before_is_one_like_any_other(vera: User, passed) -> None:
    own = vera.email
    writes_mailbox(visit(vera))
    passed["is"] += 15 * DAY
    give_typed_mailbox(again(vera), own, clock.now())
    assert again(vera).is_held_back(clock.now())


def test_the_owner_puts_a_mailbox_back_with_a_letter_and_a_code_to_it(cast: Cast, vera: User, passed) -> None:
    own = vera.email
    corrected(vera, cast.anne, email="misheard@mail.example")
    passed["is"] += DAY
    writes_mailbox(by_letter(again(vera)), own)
    assert is_verified(again(vera))
    assert may_log_in(own)


# -- A number, a home, protection, a name --------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["messages", "details"])
def test_a_number_gets_no_code_for_two_weeks_and_is_told_at_home(poul: User, passed, form: str) -> None:
    browser = by_letter(poul)
    typed = {"channel": "sms", "language": "en"} if form == "messages" else {"name": poul.name}
    said = browser.post(f"/en/me/{form}/", typed | {"phone": NUMBER}, follow=True)
    assert said.redirect_chain[-1][0] == "/en/me/"
    assert "we send no code to the number" in said.content.decode()
    for asks in (browser.get("/en/me/messages/number/"), browser.post("/en/me/messages/number/again/")):
        assert asks.status_code == 302
    assert not Message.objects.filter(kind="account.number_code").exists()
    person = again(poul)
    here = person.partnership
    assert channel_to(person) == "letter"
    assert with_number(here, NUMBER, person.name, clock.now()) is None
    assert "new telephone number" in told()[0]
    assert "It ends in 50." in told()[0]
    passed["is"] += 14 * DAY + dt.timedelta(minutes=1)
    assert with_number(here, NUMBER, person.name, clock.now()) == person


def test_the_home_before_is_told_of_a_move_and_of_what_is_changed_after_it(cast: Cast, poul: User) -> None:
    before = home_of(poul)
    make.home(cast.vorup, "9", "Tyvevej")
    browser = by_letter(poul)
    browser.post("/en/neighbours/address/", {"address": "Tyvevej 9", "postcode": "8900"})
    assert home_of(again(poul)) != before
    writes_mailbox(browser)
    letters = Message.objects.filter(kind=TOLD_HOME).order_by("pk")
    assert [row.about["letter_to"] == before.pk for row in letters] == [True, True, False]
    there, _at_the_new_home = told()  # one letter tells both
    assert "new address" in there
    assert "new email address" in there
    assert "Tyvevej" not in there
    letters.filter(pk=letters[1].pk).delete()
    assert "new email address" in told()[0], "what waits is told with the move, too"


def test_who_uses_email_hears_of_it_there_too(cast: Cast, vera: User) -> None:
    make.home(cast.vorup, "9", "Tyvevej")
    by_letter(vera).post("/en/neighbours/address/", {"address": "Tyvevej 9", "postcode": "8900"})
    assert len(told()) == 1
    (mail,) = Message.objects.filter(kind="entrance.reach_by_code")
    assert mail.to_mailbox == vera.email


def test_a_code_on_paper_ends_no_protection_but_begins_one(poul: User, cast: Cast) -> None:
    browser = by_letter(poul)
    browser.post("/en/me/protection/", {"is_protected": "yes"})
    assert again(poul).is_protected
    said = browser.post("/en/me/protection/", {"is_protected": "no"}, follow=True).content.decode()
    assert "Call us" in said
    assert again(poul).is_protected
    browser = visit(poul)
    browser.post("/en/me/protection/", {"is_protected": "no"})
    assert not again(poul).is_protected


def test_the_letters_go_to_somebody_who_lives_there(poul: User) -> None:
    """A name that is quite another would make the warning a letter for nobody."""
    browser = by_letter(poul)
    refused = browser.post("/en/me/details/", {"name": "Tyge Tyv", "phone": ""})
    assert refused.status_code == 400
    assert "Call us" in refused.content.decode()
    browser.post("/en/me/details/", {"name": "Poul Papirsen", "phone": ""})
    assert again(poul).name == "Poul Papirsen"
    browser.post("/en/me/details/", {"name": "Tyge Papirsen", "phone": ""})
    assert again(poul).name == "Poul Papirsen"


def test_the_channel_is_told_at_home(vera: User) -> None:
    by_letter(vera).post("/en/me/messages/", {"channel": "letter", "phone": "", "language": "en"})
    assert "in another way" in told()[0]


def test_whoever_logs_in_by_email_changes_all_as_before(vera: User) -> None:
    browser = visit(vera)
    browser.post("/en/me/details/", {"name": "Vera Vest", "phone": NUMBER})
    writes_mailbox(browser, "vera.new@mail.example")
    person = again(vera)
    assert (person.name, person.phone, person.email) == ("Vera Vest", NUMBER, "vera.new@mail.example")
    assert is_verified(person)
    assert not told()


# -- What ends it ---------------------------------------------------------------------------------------------------


def protects(cast: Cast, person: User) -> None:
    protecting.protect(person=person, by=cast.karen, now=clock.now())


def moves(cast: Cast, person: User) -> None:
    corrected(person, cast.karen, address=make.home(cast.vorup, "99", "Skjulvej"))


@pytest.mark.parametrize("change", [protects, moves])
def test_what_waits_ends_when_staff_write_a_move_or_protection(cast: Cast, poul: User, passed, change) -> None:
    browser = by_letter(poul)
    browser.post("/en/me/details/", {"name": poul.name, "phone": NUMBER})
    writes_mailbox(browser)
    passed["is"] += 5 * DAY
    change(cast, again(poul))
    person = again(poul)
    assert (person.email, person.phone) == (None, "")
    (said,) = told("entrance.unproven_deleted")
    assert "an email address" in said
    assert "a telephone number" in said
    since = Message.objects.filter(recipient=poul, created_at__gte=clock.now() - DAY)
    assert not [row.kind for row in since if row.to_mailbox]
    passed["is"] += 60 * DAY
    assert not may_log_in(THIEF)
    assert with_number(person.partnership, NUMBER, person.name, clock.now()) is None


def test_what_staff_write_in_the_same_form_stays(cast: Cast, poul: User) -> None:
    writes_mailbox(by_letter(poul))
    there = make.home(cast.vorup, "99", "Skjulvej")
    corrected(again(poul), cast.karen, email="poul@randers.example", phone=NUMBER, address=there)
    person = again(poul)
    assert (person.email, person.phone) == ("poul@randers.example", NUMBER)
    assert person.is_held_back(clock.now())


def test_staff_read_what_has_ended_and_what_to_do(cast: Cast, poul: User) -> None:
    writes_mailbox(by_letter(poul))
    staff, page = visit(cast.karen), f"/en/staff/people/{poul.pk}/"
    staff.post(page, {"purpose": "call"})
    said = staff.post(f"{page}protection/", {"is_protected": "yes"}, follow=True).content.decode()
    assert "Deleted for safety" in said
    assert "email address" in said
