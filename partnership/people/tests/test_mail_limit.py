"""The limit on emails to a mailbox because somebody typed its address; its owner still gets a code."""

from types import SimpleNamespace

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.test import Client

from partnership.outbox.models import Message
from partnership.people.models import User
from partnership.tests.cast import Cast, visit

ASK, TYPE = "/accounts/login/code/", "/accounts/login/code/confirm/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town(cast: Cast) -> Cast:
    return cast


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The limits' own clock; `now` is in seconds."""
    clock = SimpleNamespace(now=1_700_000_000.0)
    monkeypatch.setattr(ratelimit, "time", SimpleNamespace(time=lambda: clock.now, monotonic=lambda: clock.now))
    return clock


def ask(email: str, browser: Client | None = None, *, host: str = "", ip: str = "10.0.0.1") -> tuple[int, str]:
    answer = (browser or visit(None, host=host)).post(ASK, {"email": email}, REMOTE_ADDR=ip)
    return answer.status_code, answer.headers.get("Location", "")


def flood(email: str, times: int = 12) -> set[tuple[int, str]]:
    """Ask again and again, from many IP addresses; return how the pages answered."""
    return {ask(email, ip=f"10.0.{number}.1") for number in range(times)}


def mails(email: str) -> list[str]:
    user = User.objects.filter(email=email).first()
    about = {"recipient": user} if user else {"address__istartswith": email.partition("@")[0]}
    return list(
        Message.objects.filter(**about, kind__startswith="account.").order_by("pk").values_list("kind", flat=True)
    )


def code_in_newest_mail(person: User) -> str:
    return Message.objects.filter(recipient=person, kind="account.login_code").latest("pk").about["code"]


def sign_in(person: User) -> Client:
    """Return a browser in which `person` has signed in, and out again."""
    browser = visit(None)
    ask(person.email, browser)
    assert browser.post(TYPE, {"code": code_in_newest_mail(person)}).status_code == 302
    browser.post("/accounts/logout/")
    return browser


def test_a_flood_for_one_address_is_a_few_emails_and_every_page_the_same(cast: Cast, hours) -> None:
    assert flood(cast.ruth.email, 30) == flood("nobody@where.example", 30) == {(302, TYPE)}
    assert mails(cast.ruth.email) == ["account.login_code"] * 5
    assert mails("nobody@where.example") == ["account.unknown_account"] * 2


def test_half_a_day_of_it_is_no_more_than_an_email_each_half_hour(cast: Cast, hours) -> None:
    for _half_hour in range(24):
        flood(cast.ruth.email, 2)
        flood("nobody@where.example", 1)
        hours.now += 30 * 60
    assert len(mails(cast.ruth.email)) <= 16 + 24
    assert len(mails("nobody@where.example")) == 4


def test_ways_to_write_one_mailbox_share_its_limit(cast: Cast, hours) -> None:
    for number in range(9):
        ask(f"Nobody+{number}@where.example")
    assert len(mails("nobody@where.example")) == 2


def test_an_account_at_another_partnership_is_written_to_no_more_often(cast: Cast, hours) -> None:
    for number in range(9):
        ask(cast.gunnar.email, host="randers.localhost", ip=f"10.0.{number}.1")
    assert mails(cast.gunnar.email) == ["account.at_home_elsewhere"] * 5


def test_the_owners_browser_gets_its_code_during_a_flood(cast: Cast, hours) -> None:
    own = sign_in(cast.ruth)
    hours.now += 24 * 3600
    flood(cast.ruth.email)
    before = len(mails(cast.ruth.email))
    ask(cast.ruth.email, own)
    assert len(mails(cast.ruth.email)) == before + 1
    own.post(TYPE, {"code": code_in_newest_mail(cast.ruth)})
    assert own.get("/da/me/").status_code == 200


def test_somebody_elses_browser_does_not_use_the_owners_share(cast: Cast, hours) -> None:
    another = sign_in(cast.helle)
    flood(cast.ruth.email)
    before = len(mails(cast.ruth.email))
    ask(cast.ruth.email, another)
    another.cookies["been_here"] = "made-up:by:hand"
    ask(cast.ruth.email, another)
    assert len(mails(cast.ruth.email)) == before


def test_on_a_new_device_the_owner_waits_half_an_hour_at_most(cast: Cast, hours) -> None:
    flood(cast.ruth.email)
    before = len(mails(cast.ruth.email))
    hours.now += 30 * 60 + 1
    ask(cast.ruth.email)
    assert len(mails(cast.ruth.email)) == before + 1


def test_a_code_that_was_not_sent_cannot_be_guessed(cast: Cast, hours) -> None:
    flood(cast.ruth.email)
    stranger = visit(None)
    ask(cast.ruth.email, stranger)
    assert "'code':" not in str(dict(stranger.session))


def test_the_cookie_opens_nothing_and_goes_to_the_log_in_alone(cast: Cast, hours) -> None:
    cookie = sign_in(cast.ruth).cookies["been_here"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/accounts/", True, "Lax")
    stranger = visit(None)
    stranger.cookies["been_here"] = cookie.value
    assert stranger.get("/da/me/").status_code == 302


def test_the_counts_are_not_thrown_out_by_many_more(cast: Cast, hours) -> None:
    flood(cast.ruth.email)
    before = len(mails(cast.ruth.email))
    for number in range(160):  # of each: Django's default cache deletes above 300
        cache.set(f"zz{number}", 1, 3600)
        cache.set(f"aa{number}", 1, 3600)
    ask(cast.ruth.email)
    assert len(mails(cast.ruth.email)) == before
