"""A code by text message or letter lets people without an email address in: to see, download, correct and erase."""

import datetime as dt
import difflib
import re

import pypdfium2
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from devtools.sms import Gateway
from entrance.models import BrowserSession
from entrance.own_codes import finding
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.preferences.reaching import stop_texts
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.staff.letter_batches import make_batch
from partnership.paper import printed_codes
from partnership.paper.models import PrintedCode
from partnership.people import limits
from partnership.people.actions.own_settings import change_details
from partnership.people.models import Organisation, Role, User
from partnership.people.tests.canary import everything_in_the_database
from partnership.people.tests.looking_up import look_up
from partnership.tests.cast import Cast, visit

START = "/en/me/without-account/"
TEXT, TEXT_CODE = f"{START}text/", f"{START}text/code/"
LETTER, ASKED, CODE = f"{START}letter/", f"{START}letter/asked/", f"{START}code/"
NAME, NUMBER = "Poul Papir", "12 34 56 78"
DAY = dt.timedelta(days=1)


@pytest.fixture
def gateway(settings):
    with Gateway() as gateway:
        settings.SMS_URL = gateway.url
        yield gateway


@pytest.fixture
def poul(cast: Cast) -> Helper:
    return make.slip(cast.karen, make.home(cast.vorup))


def mail(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=f"entrance.{kind}").order_by("pk"))


def asks_by_text(browser: Client, **typed: str):
    return browser.post(TEXT, {"name": NAME, "phone": NUMBER} | typed, follow=True)


def asks_by_letter(browser: Client | None = None, **typed: str):
    form = {"name": NAME, "address": "Eksempelvej 12", "postcode": "8900"} | typed
    return (browser or visit(None)).post(LETTER, form, follow=True)


def printed(cast: Cast) -> str:
    """Let staff print the letters, and read the code from the paper."""
    deliver(urgent=False)
    batch = make_batch(partnership=cast.randers, by=cast.karen, now=clock.now())
    assert batch
    document = pypdfium2.PdfDocument(bytes(batch.pdf))
    text = "".join(document[page].get_textpage().get_text_range() for page in range(len(document)))
    return re.findall(r"\d{4}\s\d{4}\s\d{4}", text)[-1]


# -- By text message -----------------------------------------------------------------------------------------------


def test_a_code_by_text_lets_somebody_without_email_see_and_erase_everything(cast, poul, gateway) -> None:
    browser = visit(None)
    assert TEXT in browser.get(START).content.decode()
    asks_by_text(browser)
    deliver(urgent=True)
    (text,) = gateway.texts
    code = re.search(r"\d{3} ?\d{3}", text.text)[0]
    inside = browser.post(TEXT_CODE, {"code": code}, follow=True)
    assert inside.redirect_chain == [("/en/me/", 302)]
    assert NAME in browser.get("/en/me/data/").content.decode()
    assert browser.get("/en/me/data/download/")["Content-Type"] == "application/zip"
    assert browser.post("/en/me/erase/", follow=True).redirect_chain == [("/en/me/erased/", 302)]
    assert NAME not in everything_in_the_database()


def test_where_no_texts_are_sent_the_way_is_not_offered(cast: Cast, settings) -> None:
    settings.SMS_URL = ""
    assert TEXT not in visit(None).get(START).content.decode()
    assert visit(None).get(TEXT).status_code == 404


def plain(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_the_answer_to_a_number_is_the_same_for_known_and_unknown(cast, poul, gateway) -> None:
    answers = []
    for typed in ({}, {"phone": "20 99 99 99"}, {"name": "Somebody Else", "phone": "20 99 99 98"}):
        browser = visit(None)
        asked = asks_by_text(browser, **typed)
        wrong = browser.post(TEXT_CODE, {"code": "000000"})
        pages = [plain(page.content.decode()) for page in (asked, wrong)]
        answers.append((asked.redirect_chain, asked.status_code, wrong.status_code, pages, set(browser.cookies)))
    assert answers[0] == answers[1] == answers[2]
    assert len(mail("text_code")) == 1


def test_the_tries_of_a_code_do_not_begin_again_when_somebody_logs_in_in_the_same_browser(
    cast: Cast, poul: Helper, gateway
) -> None:
    browser = visit(None)
    asks_by_text(browser)
    code = mail("text_code")[0].about["code"]
    wrong = "000000" if code != "000000" else "111111"
    for _guess in range(5):
        browser.post(TEXT_CODE, {"code": wrong})
    before = browser.session.session_key
    browser.force_login(cast.niels, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.session.session_key != before
    assert browser.post(TEXT_CODE, {"code": code}).status_code == 400


def test_where_two_have_one_number_the_name_tells_them_apart(cast, poul, gateway) -> None:
    make.slip(cast.karen, make.home(cast.vorup, "14"), name="Åse Ærø", phone="12345678")
    for name, sent in (("Somebody", 0), ("aase  ÆRØ", 1)):
        asks_by_text(visit(None), name=name)
        assert len(mail("text_code")) == sent
    assert mail("text_code")[0].recipient.name == "Åse Ærø"


def test_who_types_anothers_name_and_number_on_their_own_page_stops_no_code_to_the_other(cast, poul, gateway) -> None:
    change_details(person=cast.helle, name=NAME, phone=NUMBER, now=clock.now())
    asks_by_text(visit(None))
    assert [message.recipient for message in mail("text_code")] == [poul.person]


def test_a_number_has_only_so_many_texts(cast, poul, gateway, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"mail_to_mailbox": "2/h/key"}
    for phone in (NUMBER, "12345678", "+45 12 34 56 78", "0045 12345678"):
        asks_by_text(visit(None), phone=phone)
    assert len(mail("text_code")) == 2


def test_a_number_that_answered_stop_gets_no_code(cast, poul, gateway) -> None:
    stop_texts(number="+4512345678", now=clock.now())
    asks_by_text(visit(None))
    deliver(urgent=True)
    assert mail("text_code")[0].state == Message.State.WITHDRAWN


def not_let_in(cast: Cast) -> dict[str, User]:
    """Return people who act for others, or whose number nobody has verified."""
    User.objects.filter(pk__in=[cast.sven.pk, cast.ruth.pk, cast.niels.pk]).update(verified_phone=NUMBER)
    return {name: getattr(cast, name) for name in ("karen", "palle", "anne", "niels", "ruth", "sven", "helle")}


@pytest.mark.parametrize("who", ["karen", "palle", "anne", "niels", "ruth", "sven", "helle"])
def test_nobody_who_acts_for_others_is_let_in_and_no_number_that_only_staff_have_typed(cast, gateway, who) -> None:
    person = not_let_in(cast)[who]
    User.objects.filter(pk=person.pk).update(phone=NUMBER)
    asks_by_text(visit(None), name=person.name)
    assert not mail("text_code")


def test_somebody_with_a_mailbox_who_has_verified_the_number_is_let_in(cast, gateway) -> None:
    User.objects.filter(pk=cast.helle.pk).update(phone=NUMBER, verified_phone=NUMBER)
    asks_by_text(visit(None), name="Helle")
    assert mail("text_code")[0].recipient == cast.helle


def test_who_gets_a_role_after_the_code_was_sent_is_not_let_in(cast, poul, gateway) -> None:
    browser = visit(None)
    asks_by_text(browser)
    Role.objects.create(user=poul.person, partnership=cast.randers, kind=Role.Kind.NABOVEN, area=cast.vorup)
    answer = browser.post(TEXT_CODE, {"code": mail("text_code")[0].about["code"]})
    assert answer.status_code == 400
    assert not BrowserSession.objects.filter(person=poul.person).exists()


def test_at_another_partnership_nobody_is_found(cast, poul, gateway) -> None:
    browser = visit(None, host="kalmar.localhost")
    browser.post(TEXT.replace("/en/", "/sv/"), {"name": NAME, "phone": "+45 12 34 56 78"})
    assert not mail("text_code")


# -- By letter -----------------------------------------------------------------------------------------------------


def test_a_code_by_letter_lets_somebody_see_and_erase_everything(cast: Cast, poul: Helper) -> None:
    assert asks_by_letter().redirect_chain == [(ASKED, 302)]
    code = printed(cast)
    browser = visit(None)
    inside = browser.post(CODE, {"code": code}, follow=True)
    assert inside.redirect_chain == [("/en/me/", 302)]
    assert NAME in inside.content.decode()
    assert browser.post("/en/me/erase/", follow=True).redirect_chain == [("/en/me/erased/", 302)]
    assert NAME not in everything_in_the_database()
    assert not PrintedCode.objects.exists()


def test_the_code_works_once_and_the_log_in_lasts_an_hour(cast: Cast, poul: Helper) -> None:
    asks_by_letter()
    code, browser = printed(cast), visit(None)
    browser.post(CODE, {"code": code})
    assert browser.session.get_expiry_age() <= 60 * 60
    again = visit(None).post(CODE, {"code": code})
    assert again.status_code == 400
    assert BrowserSession.objects.filter(person=poul.person).count() == 1


def test_a_log_in_by_code_is_offered_nothing_that_asks_for_one_by_email(cast: Cast, poul: Helper) -> None:
    asks_by_letter()
    browser = visit(None)
    page = browser.post(CODE, {"code": printed(cast)}, follow=True).content.decode()
    assert "/accounts/2fa/" not in page
    assert "/en/me/email/" in page
    assert "so that you hear of it" not in browser.get("/en/me/email/").content.decode()
    session = browser.session
    session["began"] = session["began"] - 15 * 60
    session.save()
    assert "/en/me/email/" not in browser.get("/en/me/").content.decode()
    for asks in ("/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/en/me/email/"):
        said = browser.get(asks, follow=True)
        assert said.redirect_chain[0][0] == "/en/me/", asks
        assert said.status_code == 200
        assert NAME in said.content.decode()


def test_the_answer_to_an_address_is_the_same_for_known_and_unknown(cast: Cast, poul: Helper) -> None:
    make.home(cast.vorup, "40")
    answers = [asks_by_letter(**typed) for typed in ({}, {"address": "Eksempelvej 40"}, {"name": "Another"})]
    assert len({(str(one.redirect_chain), plain(one.content.decode())) for one in answers}) == 1
    assert len(mail("letter_code")) == 1


def test_an_address_that_the_register_does_not_have_comes_back_also_one_that_staff_have_typed(cast, poul) -> None:
    poul.household.address.register_id = "typed-1"
    poul.household.address.save()
    cast.randers.addresses.filter(pk=poul.household.address_id).update(is_closed=True)
    for line in ("Findes Ikke 3", "Eksempelvej 12"):
        assert asks_by_letter(address=line).status_code == 400
    assert not mail("letter_code")


def test_asking_for_a_letter_runs_the_same_statements_whoever_lives_there(cast: Cast, poul: Helper) -> None:
    """Otherwise the time would tell whom we know at an address."""

    def asked(**typed: str) -> list[str]:
        cache.clear()
        browser = visit(None)
        with CaptureQueriesContext(connection) as queries:
            browser.post(LETTER, {"name": NAME, "address": "Eksempelvej 12", "postcode": "8900"} | typed)
        return [re.sub(r"\d+|'[^']*'", "", query["sql"])[:60] for query in queries]

    unknown = asked(name="Somebody Else")
    known = asked()
    again = asked()
    assert len(mail("letter_code")) == 1
    assert not User.objects.filter(name=finding.NOBODY).exists()
    assert len(unknown) == len(known), "\n".join(difflib.unified_diff(unknown, known))
    for kind in ("INSERT", "UPDATE", "SELECT"):
        counts = {sum(one.startswith(kind) for one in asked) for asked in (unknown, known, again)}
        assert len(counts) == 1


def test_whoever_asks_twice_gets_one_letter_and_a_week_later_another(cast: Cast, poul: Helper) -> None:
    asks_by_letter()
    asks_by_letter()
    assert len(mail("letter_code")) == 1
    PrintedCode.objects.update(made_at=clock.now() - 8 * DAY)
    asks_by_letter()
    assert len(mail("letter_code")) == 2
    assert PrintedCode.objects.filter(purpose=finding.PURPOSE, ended_at=None).count() == 1


def test_two_in_one_home_get_their_own(cast: Cast, poul: Helper) -> None:
    make.slip(cast.karen, poul.household.address, name="Petra Papir", phone="")
    asks_by_letter(name="Nobody")
    assert not mail("letter_code")
    asks_by_letter(name="petra papir")
    assert mail("letter_code")[0].recipient.name == "Petra Papir"


def test_staff_cannot_read_the_code_on_their_pages(cast: Cast, poul: Helper) -> None:
    asks_by_letter()
    deliver(urgent=False)
    (message,) = mail("letter_code")
    page = visit(cast.karen).get(f"/en/staff/messages/{message.pk}/").content.decode()
    assert not re.search(r"\d{4}\s\d{4}\s\d{4}", page)


def test_a_letter_that_found_no_home_is_not_printed_later_without_its_code(cast: Cast, poul: Helper) -> None:
    asks_by_letter()
    home = poul.household
    Helper.objects.filter(pk=poul.pk).update(household=None)
    deliver(urgent=False)
    (message,) = mail("letter_code")
    assert message.state == "failed"
    Helper.objects.filter(pk=poul.pk).update(household=home)
    page = f"/da/staff/messages/{message.pk}/"
    staff = visit(cast.karen)
    assert "try-again" not in staff.get(page).content.decode()
    staff.post(f"{page}try-again/")
    deliver(urgent=False)
    assert [one.state for one in mail("letter_code")] == ["failed"]


def test_somebody_at_the_library_gets_a_new_letter_from_staff_and_the_one_before_ends(cast: Cast, poul: Helper) -> None:
    asks_by_letter()
    lost = printed(cast)
    staff, page = visit(cast.karen), f"/en/staff/people/{poul.person_id}/code/"
    assert page in look_up(staff, poul.person)
    assert NAME in staff.get(page).content.decode()
    assert "among those to print" in staff.post(page, follow=True).content.decode()
    handed_over = printed(cast)
    assert visit(None).post(CODE, {"code": lost}).status_code == 400
    assert visit(None).post(CODE, {"code": handed_over}).status_code == 302


def test_a_double_click_of_staff_prints_one_letter_whose_code_works(cast: Cast, poul: Helper) -> None:
    staff, page = visit(cast.karen), f"/en/staff/people/{poul.person_id}/code/"
    found = re.search(r'name="submission" value="([^"]+)"', staff.get(page).content.decode())
    assert found
    for _click in range(2):
        assert "among those to print" in staff.post(page, {"submission": found[1]}, follow=True).content.decode()
    assert len(mail("letter_code")) == 1
    assert visit(None).post(CODE, {"code": printed(cast)}).status_code == 302


@pytest.mark.parametrize("who", ["niels", "palle", "kerstin", "frede"])
def test_nobody_except_staff_has_a_letter_printed(cast: Cast, poul: Helper, who: str) -> None:
    visit(getattr(cast, who)).post(f"/en/staff/people/{poul.person_id}/code/")
    assert not mail("letter_code")


def test_a_chair_gets_no_code_by_letter(cast: Cast) -> None:
    helper = make.helper(cast.ruth, make.home(cast.vorup))
    assert Organisation.objects.chaired_by(cast.ruth).exists()
    asks_by_letter(name="Ruth")
    visit(cast.karen).post(f"/en/staff/people/{helper.person_id}/code/")
    assert not mail("letter_code")


def test_guessing_is_limited(cast: Cast, settings) -> None:
    settings.FORMS_AN_HOUR = 1
    asked = [visit(None).post(CODE, {"code": f"{number:012}"}).status_code for number in range(3)]
    assert asked == [400, 400, 429]


def test_a_hundred_wrong_codes_of_one_library_keep_nobody_there_out(cast: Cast, poul: Helper, settings) -> None:
    asks_by_letter()
    code = printed(cast)
    settings.FORMS_AN_HOUR = 60
    wrong = {visit(None).post(CODE, {"code": f"{number:012}"}).status_code for number in range(100)}
    assert wrong == {400}
    assert visit(None).post(CODE, {"code": code}).status_code == 302


def test_a_hundred_addresses_that_guess_day_and_night_find_no_letter_before_it_ends() -> None:
    at_most = int(limits.limited_forms["entrance.printed_code"].share * 60) * 24 * printed_codes.LASTS.days
    open_letters, addresses = 500, 100
    assert at_most * open_letters * addresses / 10**printed_codes.DIGITS < 0.01


@pytest.mark.parametrize("typed", ["", "123", "abc", "1" * 13, "1" * 500])
def test_what_is_no_code_comes_back(cast: Cast, typed: str) -> None:
    assert visit(None).post(CODE, {"code": typed}).status_code == 400


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_letter_is_one_page_and_says_until_when(cast: Cast, poul: Helper, language: str) -> None:
    User.objects.filter(pk=poul.person_id).update(language=language)
    asks_by_letter()
    deliver(urgent=False)
    Message.objects.filter(kind="neighbours.welcome").delete()
    batch = make_batch(partnership=cast.randers, by=cast.karen, now=clock.now())
    document = pypdfium2.PdfDocument(bytes(batch.pdf))
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    assert f"/{language}/me/without-account/code/" in text.replace("\r\n", "")
