"""How long somebody stays logged in, and the list of log-ins on the own page."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.test import Client

from entrance.devices import device_of
from entrance.models import BrowserSession
from entrance.sessions import BEGAN
from partnership import clock
from partnership.people.actions.mailboxes import change_mailbox
from partnership.people.models import User
from partnership.tests.cast import Cast, visit

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0"


def last_used(client: Client, ago: dt.timedelta) -> Client:
    BrowserSession.objects.filter(pk=client.session.session_key).update(used_at=clock.now() - ago)
    return client


def began(client: Client, ago: dt.timedelta | None) -> Client:
    session = client.session
    session.pop(BEGAN)
    if ago:
        session[BEGAN] = (clock.now() - ago).timestamp()
    # Saved as it is, without a new beginning.
    row = BrowserSession.objects.get(pk=session.session_key)
    row.session_data = session.encode(dict(session.items()))
    row.save(update_fields=["session_data"])
    return client


MINUTES, HOURS = (lambda number: dt.timedelta(minutes=number)), (lambda number: dt.timedelta(hours=number))
STAFF = ("karen", "palle", "anne")


@pytest.mark.parametrize("name", STAFF)
def test_staff_are_logged_out_after_half_an_hour_without_use(cast: Cast, name: str) -> None:
    who = getattr(cast, name)
    assert last_used(visit(who), MINUTES(29)).get("/da/me/").status_code == 200
    client = last_used(visit(who), MINUTES(31))
    assert client.get("/da/me/?x=1").headers["Location"] == "/accounts/login/?next=/da/me/%3Fx%3D1"
    assert "Af hensyn til sikkerheden" in client.get("/accounts/login/").content.decode()
    assert BrowserSession.objects.filter(person=who).count() == 1


def test_staff_are_logged_out_after_ten_hours_however_busy(cast: Cast) -> None:
    assert began(visit(cast.karen), HOURS(9.9)).get("/da/me/").status_code == 200
    assert began(visit(cast.karen), HOURS(10.1)).get("/da/me/").status_code == 302


def test_a_session_of_staff_from_before_these_limits_is_over(cast: Cast) -> None:
    assert began(visit(cast.karen), None).get("/da/me/").status_code == 302


def test_a_platform_administrator_is_staff(cast: Cast) -> None:
    root = User.objects.create_superuser("root@portal.example", "Root")
    assert last_used(visit(root, host="randers.localhost"), MINUTES(31)).get("/admin/").status_code == 302


@pytest.mark.parametrize("path", ["/accounts/2fa/", "/da/talks/book/", "/admin/", "/da/staff/helpers/"])
def test_no_page_knows_staff_who_were_away(cast: Cast, path: str) -> None:
    client = last_used(visit(cast.karen), HOURS(2))
    assert "Karen" not in client.get(path, follow=True).content.decode()
    assert client.get("/da/me/").status_code == 302


def test_helpers_stay_logged_in_for_weeks(cast: Cast) -> None:
    helle = began(last_used(visit(cast.helle), dt.timedelta(days=20)), dt.timedelta(days=50))
    assert helle.get("/da/me/").status_code == 200


def test_use_is_noted_and_keeps_staff_logged_in(cast: Cast) -> None:
    karen = last_used(visit(cast.karen), MINUTES(25))
    karen.get("/da/me/")
    used = BrowserSession.objects.get(pk=karen.session.session_key).used_at
    assert clock.now() - used < MINUTES(1)
    # At most once a minute, since every page of everybody logged in would write otherwise.
    karen.get("/da/me/")
    assert BrowserSession.objects.get(pk=karen.session.session_key).used_at == used


def test_a_form_that_was_open_too_long_leads_back_to_its_page(cast: Cast) -> None:
    karen = last_used(visit(cast.karen), HOURS(1))
    form = "http://randers.localhost/da/staff/talks/7/?show=all"
    sent = karen.post("/da/staff/talks/7/decline/", {"why": "Nej"}, headers={"referer": form})
    assert sent.headers["Location"] == "/accounts/login/?next=/da/staff/talks/7/%3Fshow%3Dall"
    elsewhere = visit(None).post("/da/staff/talks/7/decline/", headers={"referer": "https://evil.example/x"})
    assert elsewhere.headers["Location"] == "/accounts/login/?next=/da/staff/talks/7/decline/"


# -- The list of log-ins ---------------------------------------------------------------------------------------------


def log_ins_on(page: str) -> list[str]:
    return re.findall(r'action="(/da/me/sign-ins/\w+/end/)"', page)


def test_people_see_their_log_ins_and_end_one(cast: Cast) -> None:
    here, there, _another = visit(cast.helle), visit(cast.helle), visit(cast.ruth)
    last_used(there, HOURS(2)).get("/da/me/", headers={"user-agent": FIREFOX})
    page = here.get("/da/me/").content.decode()
    assert "Firefox, Windows" in page
    first, second = log_ins_on(page)
    assert here.session.session_key not in page
    assert here.post(first).headers["Location"] == "/da/me/"
    assert there.get("/da/me/").status_code == 302
    assert here.get("/da/me/").status_code == 200
    here.post(second)
    assert here.get("/da/me/").status_code == 302


def test_people_end_all_others_at_once(cast: Cast) -> None:
    here, there, ruth = visit(cast.helle), visit(cast.helle), visit(cast.ruth)
    here.post("/da/me/sign-ins/end/")
    assert [one.get("/da/me/").status_code for one in (here, there, ruth)] == [200, 302, 200]


def test_nobody_ends_a_log_in_of_somebody_else(cast: Cast) -> None:
    ruth, helle = visit(cast.ruth), visit(cast.helle)
    (of_ruth,) = log_ins_on(ruth.get("/da/me/").content.decode())
    helle.post(of_ruth)
    assert ruth.get("/da/me/").status_code == 200


def test_a_log_in_that_no_longer_opens_anything_is_not_listed(cast: Cast) -> None:
    last_used(visit(cast.karen), HOURS(1))
    assert len(log_ins_on(visit(cast.karen).get("/da/me/").content.decode())) == 1


def test_log_ins_are_deleted_with_the_person(cast: Cast) -> None:
    visit(cast.frede)
    cast.frede.delete()
    assert not BrowserSession.objects.exists()


@pytest.mark.parametrize(
    ("header", "device"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/18.0 Safari/605.1.15", "Safari, Mac"),
        ("curl/8.5 <script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(header: str, device: str) -> None:
    assert device_of(header) == device


def test_a_session_of_djangos_own_reads_in_ours(cast: Cast) -> None:
    """As the migration copies it."""
    data = DjangosStore().encode({"_auth_user_id": str(cast.helle.pk)})
    assert BrowserSession(session_data=data).get_decoded() == {"_auth_user_id": str(cast.helle.pk)}
    assert settings.SESSION_ENGINE == "entrance.sessions"


def test_whoever_was_logged_out_by_another_mailbox_reads_why_at_the_next_page(cast: Cast) -> None:
    browser = visit(cast.helle)
    assert browser.get("/en/me/").status_code == 200
    change_mailbox(person=cast.helle, to="helle.ny@randers.example", now=clock.now())
    page = browser.get("/en/me/", follow=True).content.decode()
    assert "You have been logged out here: your email address or your role was changed" in page
    # Who has not been here before is told nothing of the kind, nor is anybody told twice.
    assert "You have been logged out" not in visit(None).get("/en/me/", follow=True).content.decode()
    assert "You have been logged out here" not in browser.get("/en/me/", follow=True).content.decode()
