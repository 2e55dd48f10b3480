"""The demonstration's pages: log in as anyone with one click, read the mailbox; only with DEBUG."""

from email.message import EmailMessage

import pytest
from django.test import Client

from devtools import mail
from partnership.people.models import Role, User
from partnership.places.models import Partnership
from partnership.tests.cast import Cast, visit

WITH_DEV = pytest.mark.urls("demo.tests.addresses")


@pytest.fixture
def demonstration(cast: Cast, settings) -> Cast:
    """Return the cast of the tests (their addresses are those of the demonstration's) with DEBUG on."""
    settings.DEBUG = True
    Partnership.objects.update(is_demonstration=True)
    return cast


@pytest.fixture
def mailbox(tmp_path, monkeypatch):
    monkeypatch.setattr(mail, "folder", lambda: tmp_path)
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Din kode", "portal@randers.localhost", "helle@randers.example"
    message.set_content("Brug koden 123 456 på http://randers.localhost:8000/da/me/")
    message.add_alternative("<p>Brug koden <b>123 456</b></p><script>alert(1)</script>", subtype="html")
    message.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="invite.ics")
    return mail.store(message.as_bytes(), "portal@randers.localhost", ["helle@randers.example"]).stem


def from_host(host: str) -> Client:
    return Client(headers={"host": host})


@pytest.mark.parametrize("path", ["/dev/", "/dev/mail/", "/dev/log-in/1/"])
def test_without_debug_the_pages_are_not_there(cast: Cast, path: str) -> None:
    assert from_host("randers.localhost").get(path).status_code == 404
    assert from_host("randers.localhost").post(path).status_code == 404


@WITH_DEV
@pytest.mark.parametrize("path", ["/dev/", "/dev/mail/"])
def test_even_with_their_addresses_the_pages_do_not_answer_without_debug(cast: Cast, path: str) -> None:
    Partnership.objects.update(is_demonstration=True)
    browser = from_host("randers.localhost")
    assert browser.get(path).status_code == 404
    assert browser.post(f"/dev/log-in/{cast.karen.pk}/").status_code == 404
    assert "_auth_user_id" not in browser.session


@WITH_DEV
def test_each_host_lists_its_own_cast(demonstration: Cast) -> None:
    here = from_host("randers.localhost").get("/dev/").content.decode()
    assert "karen@randers.example" in here
    assert "kerstin@kalmar.example" not in here
    there = from_host("kalmar.localhost").get("/dev/").content.decode()
    assert "kerstin@kalmar.example" in there
    assert "karen@randers.example" not in there


@WITH_DEV
def test_under_no_partnerships_name_the_way_to_both_is_shown(demonstration: Cast) -> None:
    page = from_host("localhost").get("/dev/")
    assert page.status_code == 200
    assert "//randers.localhost" in page.content.decode()
    assert "//kalmar.localhost" in page.content.decode()


@WITH_DEV
def test_one_click_is_a_log_in_and_staff_need_show_no_second_factor(demonstration: Cast) -> None:
    browser = from_host("randers.localhost")
    answer = browser.post(f"/dev/log-in/{demonstration.karen.pk}/")
    assert answer.status_code == 302
    assert answer["Location"] == "/da/dashboard/"
    assert browser.get("/da/me/").status_code == 200


@WITH_DEV
def test_a_helper_lands_on_the_own_page(demonstration: Cast) -> None:
    browser = from_host("randers.localhost")
    assert browser.post(f"/dev/log-in/{demonstration.helle.pk}/")["Location"] == "/da/me/"


@WITH_DEV
def test_nobody_outside_the_cast_can_be_logged_in_as(demonstration: Cast) -> None:
    stranger = User.objects.create_user("staff@randers.example", "Real", partnership=demonstration.randers)
    Role.objects.create(user=stranger, partnership=demonstration.randers, kind=Role.Kind.ADMINISTRATOR)
    browser = from_host("randers.localhost")
    assert browser.post(f"/dev/log-in/{stranger.pk}/").status_code == 404
    assert browser.post(f"/dev/log-in/{demonstration.kerstin.pk}/").status_code == 404


@WITH_DEV
def test_a_partnership_that_is_no_demonstration_lets_nobody_in(demonstration: Cast) -> None:
    Partnership.objects.filter(slug="randers").update(is_demonstration=False)
    assert from_host("randers.localhost").post(f"/dev/log-in/{demonstration.karen.pk}/").status_code == 404


@WITH_DEV
def test_logging_in_asks_for_the_token_of_a_form(demonstration: Cast) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"host": "randers.localhost"})
    assert browser.post(f"/dev/log-in/{demonstration.helle.pk}/").status_code == 403
    assert browser.get(f"/dev/log-in/{demonstration.helle.pk}/").status_code == 405


@WITH_DEV
def test_the_mailbox_lists_and_shows_what_was_sent(demonstration: Cast, mailbox: str) -> None:
    browser = from_host("randers.localhost")
    assert "Din kode" in browser.get("/dev/mail/").content.decode()
    assert "Din kode" not in browser.get("/dev/mail/?to=ruth@randers.example").content.decode()
    page = browser.get(f"/dev/mail/{mailbox}/").content.decode()
    assert "123 456" in page
    assert 'href="http://randers.localhost:8000/da/me/"' in page
    assert "invite.ics" in page
    assert "alert(1)" not in page


@WITH_DEV
def test_the_html_of_an_email_is_fenced_in(demonstration: Cast, mailbox: str) -> None:
    answer = from_host("randers.localhost").get(f"/dev/mail/{mailbox}/html/")
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("sandbox")
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@WITH_DEV
def test_an_attachment_comes_as_it_was_sent(demonstration: Cast, mailbox: str) -> None:
    browser = from_host("randers.localhost")
    answer = browser.get(f"/dev/mail/{mailbox}/0/")
    assert answer.content == b"BEGIN:VCALENDAR"
    assert "invite.ics" in answer["Content-Disposition"]
    assert browser.get(f"/dev/mail/{mailbox}/1/").status_code == 404
    assert browser.get("/dev/mail/no-such-mail/").status_code == 404


def test_visiting_as_the_cast_needs_no_demonstration(cast: Cast) -> None:
    assert visit(cast.helle).get("/da/me/").status_code == 200
