import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from partnership.environment import (
    broker_from_url,
    database_from_url,
    email_from_url,
    number_from,
    pair_from,
    reports_from_url,
    yes_or_no_from,
)


def test_a_database_over_tcp_is_read_with_its_escapes():
    read = database_from_url("postgres://por%40tal:p%2Fw@db.example:5433/portal?sslmode=verify-full")
    assert read == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "portal",
        "USER": "por@tal",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full"},
    }


def test_a_database_on_a_socket_is_read():
    read = database_from_url("postgres:///portal?host=/a%20b/services&user=postgres")
    assert (read["NAME"], read["HOST"], read["USER"], read["PORT"], read["OPTIONS"]) == (
        "portal", "/a b/services", "postgres", "", {},
    )  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///db.sqlite3",
        "postgres://me:secret@db.example",
        "postgres://me:secret@db.example/a/b",
        "postgres://me:secret@db.example:port/portal",
        "postgres://me:secret@db.example:99999/portal",
        "postgres://me:secret@db.example/portal?surprise=1",
        "postgres://me:secret@db.example/portal?sslmode",
        "postgres://me:secret@[::1/portal",
        "",
    ],
)
def test_a_database_url_that_is_nonsense_is_refused_by_name_and_without_its_password(url):
    with pytest.raises(ImproperlyConfigured) as refusal:
        database_from_url(url)
    assert str(refusal.value).startswith("DATABASE_URL ")
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://127.0.0.1:1025", 1025, False, False),
        ("smtp+tls://me:p%40w@mail.example", 587, True, False),
        ("smtps://me:p%40w@mail.example", 465, False, True),
    ],
)
def test_a_mail_server_is_read(url, port, tls, ssl):
    read = email_from_url(url)
    assert (read.port, read.tls, read.ssl) == (port, tls, ssl)
    assert (read.user, read.password) == (("me", "p@w") if "me" in url else ("", ""))


@pytest.mark.parametrize(
    "url", ["mail.example:25", "smtp://", "http://mail.example", "smtp://me:secret@mail.example", "smtp://h:x"]
)
def test_a_mail_server_that_is_nonsense_or_in_the_clear_is_refused_without_its_password(url):
    with pytest.raises(ImproperlyConfigured) as refusal:
        email_from_url(url)
    assert str(refusal.value).startswith("EMAIL_URL ")
    assert "secret" not in str(refusal.value)


def test_a_broker_over_tcp_keeps_its_address():
    assert broker_from_url("rediss://:pw@cache.example:6380/2") == "rediss://:pw@cache.example:6380/2"


def test_a_broker_on_a_socket_is_spelt_as_celery_spells_it():
    assert broker_from_url("unix:///a%20b/valkey.sock?db=3") == "redis+socket:///a%20b/valkey.sock?virtual_host=3"


@pytest.mark.parametrize("url", ["amqp://localhost", "redis://", "unix://valkey.sock", ""])
def test_a_broker_that_is_nonsense_is_refused_by_name(url):
    with pytest.raises(ImproperlyConfigured, match=r"^REDIS_URL "):
        broker_from_url(url)


@pytest.mark.parametrize("value", ["secret", ":secret", "gateway:", ":"])
def test_a_webhooks_secret_that_no_gateway_could_send_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match="SMS_WEBHOOK_SECRET"):
        pair_from("SMS_WEBHOOK_SECRET", value)
    assert pair_from("SMS_WEBHOOK_SECRET", "gateway:a:b") == "gateway:a:b"
    assert pair_from("SMS_WEBHOOK_SECRET", "") == ""


@pytest.mark.parametrize("value", ["", "many", "1.5", "-1", "٣"])
def test_a_number_that_is_none_is_refused_by_name(value):
    with pytest.raises(ImproperlyConfigured, match=r"^FORMS_AN_HOUR "):
        number_from("FORMS_AN_HOUR", value)
    assert number_from("FORMS_AN_HOUR", "0") == 0


@pytest.mark.parametrize(
    "url", ["errors.example", "https://errors.example/1", "https://secret@errors.example/", "ftp://secret@errors.example/1",
            "http://secret@errors.example/1", "https://secret@errors.example/portal", "https://secret@/1", "https://secret@errors.example/²",
            "https://secret@errors.example:x/1"]
)  # fmt: skip
def test_a_place_for_error_reports_that_is_none_or_in_the_clear_is_refused_without_its_key(url):
    with pytest.raises(ImproperlyConfigured) as refusal:
        reports_from_url(url)
    assert str(refusal.value).startswith("SENTRY_DSN ")
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("url", ["", "https://key@errors.example/1", "https://key@errors.example/sub/12"])
def test_a_place_for_error_reports_is_kept(url):
    assert reports_from_url(url) == url


@pytest.mark.parametrize("value", ["", "true", "1", "on", "Yes", "ja", "0", "false", "yes please"])
def test_yes_or_no_is_nothing_else(value: str):
    with pytest.raises(ImproperlyConfigured, match="SENDING_ENABLED must be yes or no"):
        yes_or_no_from("SENDING_ENABLED", value)


def test_yes_and_no_are_read():
    assert [yes_or_no_from("SENDING_ENABLED", value) for value in ("yes", "no", " yes\n")] == [True, False, True]


def test_the_portal_does_not_start_unless_it_is_said_whether_it_sends():
    """Each setting that is yes or no is read like this: none is compared with a word."""
    start = [sys.executable, "-c", "from partnership import settings"]
    said = subprocess.run(start, env={**os.environ, "SENDING_ENABLED": "true"}, capture_output=True, text=True)
    assert "SENDING_ENABLED must be yes or no." in said.stderr
    text = Path(settings.BASE_DIR, "partnership/settings.py").read_text()
    assert re.findall(r"env\([^)]*\) (?:==|in) .*", text) == []
