"""The limit on emails to a mailbox because somebody typed its address; its owner still gets a code."""

import re
from types import SimpleNamespace

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.test import Client

from entrance.owners import READS_MAIL
from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.people.links import digest_of
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
    about = {"recipient": user} if user else {"mailbox__istartswith": email.partition("@")[0]}
    return list(
        Message.objects.filter(**about, kind__startswith="account.").order_by("pk").values_list("kind", flat=True)
    )


def code_in_newest_mail(person: User) -> str:
    return Message.objects.filter(recipient=person, kind="account.login_code").latest("pk").about["code"]


def log_in(person: User) -> Client:
    """Return a browser in which `person` has logged in, and out again."""
    browser = visit(None)
    ask(person.email, browser)
    assert browser.post(TYPE, {"code": code_in_newest_mail(person)}).status_code == 302
    browser.post("/accounts/logout/")
    return browser


def test_a_flood_for_one_address_is_a_few_emails_and_every_page_the_same(cast: Cast, hours) -> None:
    assert flood(cast.ruth.email, 30) == flood("nobody@where.example", 30) == {(302, TYPE)}
    assert mails(cast.ruth.email) == ["account.login_code"] * 6
    assert mails("nobody@where.example") == ["account.unknown_account"] * 6


@pytest.mark.parametrize(("ips", "most"), [(1, 8), (3, 16)])
def test_a_day_of_it_is_as_few_emails_for_a_known_address_as_for_an_unknown_one(
    cast: Cast, hours, ips: int, most: int
) -> None:
    for _hour in range(12):
        flood(cast.ruth.email, ips)
        flood("nobody@where.example", ips)
        hours.now += 60 * 60
    assert len(mails(cast.ruth.email)) == len(mails("nobody@where.example")) == most


def test_ways_to_write_one_mailbox_share_its_limit(cast: Cast, hours) -> None:
    for number in range(9):
        ask(f"Nobody+{number}@where.example")
    assert len(mails("nobody@where.example")) == 4


def test_an_account_at_another_partnership_is_written_to_no_more_often(cast: Cast, hours) -> None:
    for number in range(9):
        ask(cast.gunnar.email, host="randers.localhost", ip=f"10.0.{number}.1")
    assert mails(cast.gunnar.email) == ["account.at_home_elsewhere"] * 6


def test_the_owners_browser_gets_its_code_during_a_flood(cast: Cast, hours) -> None:
    own = log_in(cast.ruth)
    hours.now += 24 * 3600
    flood(cast.ruth.email)
    before = len(mails(cast.ruth.email))
    ask(cast.ruth.email, own)
    assert len(mails(cast.ruth.email)) == before + 1
    own.post(TYPE, {"code": code_in_newest_mail(cast.ruth)})
    assert own.get("/da/me/").status_code == 200


def test_somebody_elses_browser_does_not_use_the_owners_share(cast: Cast, hours) -> None:
    another = log_in(cast.helle)
    flood(cast.ruth.email)
    before = len(mails(cast.ruth.email))
    ask(cast.ruth.email, another)
    another.cookies["been_here"] = "made-up:by:hand"
    ask(cast.ruth.email, another)
    assert len(mails(cast.ruth.email)) == before


def test_a_stranger_at_one_ip_address_leaves_codes_for_the_owner_on_a_new_device(cast: Cast, hours) -> None:
    for hour in range(4):
        for _time in range(6):
            ask(cast.ruth.email)
        before = len(mails(cast.ruth.email))
        ask(cast.ruth.email, ip="10.9.9.9")
        assert len(mails(cast.ruth.email)) == before + 1, hour
        hours.now += 3600


def own_link(message: Message) -> str:
    words = kind(message.kind).write(message)
    return (words.links or [words.button])[0][1].partition("/accounts")[2]


@pytest.mark.parametrize("first_at", ["randers.localhost", "kalmar.localhost"])
def test_the_link_in_an_email_of_the_flood_gets_the_owner_a_code_on_a_new_device(
    cast: Cast, hours, first_at: str
) -> None:
    for number in range(9):
        ask(cast.ruth.email, host=first_at, ip=f"10.0.{number}.1")
    link = own_link(Message.objects.filter(recipient=cast.ruth).latest("pk"))
    before = len(mails(cast.ruth.email))
    for typed in ("", link[:-1].rpartition("=")[2], READS_MAIL.make(digest_of(cast.helle))):
        visit(None).post(ASK, {"email": cast.ruth.email, "own": typed})
    new = visit(None)
    ask(cast.ruth.email, new)
    assert len(mails(cast.ruth.email)) == before
    page = new.get(f"/accounts{link}").content.decode()
    own = re.search(r'name="own" value="([^"]+)"', page)[1]
    new.post(ASK, {"email": cast.ruth.email, "own": own})
    new.post(TYPE, {"code": code_in_newest_mail(cast.ruth)})
    assert new.get("/da/me/").status_code == 200


def test_a_code_that_was_not_sent_cannot_be_guessed(cast: Cast, hours) -> None:
    flood(cast.ruth.email)
    stranger = visit(None)
    ask(cast.ruth.email, stranger)
    assert "'code':" not in str(dict(stranger.session))


def test_the_cookie_opens_nothing_and_goes_to_the_log_in_alone(cast: Cast, hours) -> None:
    cookie = log_in(cast.ruth).cookies["been_here"]
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
