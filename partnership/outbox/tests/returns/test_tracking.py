"""Webhooks of two mail providers."""

import base64
import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import include, path

from partnership.outbox.models import Bounce, Suppression
from partnership.outbox.suppression import digest_of
from partnership.outbox.urls_unprefixed import of_provider
from partnership.tests.cast import Cast, visit
from partnership.urls import urlpatterns as portal

urlpatterns = [*portal, path("anymail/", include("anymail.urls"))]
ADDRESS = "helle@randers.example"


@pytest.fixture
def hook(cast: Cast, settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": "portal:secret"}
    settings.ROOT_URLCONF = __name__

    def tell(what: dict, provider: str = "postmark", secret: str = "portal:secret"):
        headers = {"authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}
        return visit(None).post(
            f"/anymail/{provider}/tracking/", json.dumps(what), content_type="application/json", headers=headers
        )

    return tell


def postmark(kind: str, number: int = 1) -> dict:
    return {
        "RecordType": "SpamComplaint" if kind == "SpamComplaint" else "Bounce",
        "ID": number,
        "Type": kind,
        "MessageID": f"{number}-2706-49ad",
        "Email": ADDRESS,
        "BouncedAt": "2026-11-24T10:00:00Z",
        "Description": "what it was",
    }


def is_stopped() -> bool:
    return Suppression.objects.filter(digest=digest_of(ADDRESS)).exists()


@pytest.mark.parametrize(
    "kind, counted", [("HardBounce", "hard"), ("SpamComplaint", "complaint"), ("BadEmailAddress", "hard")]
)
def test_a_bounce_and_a_complaint_stop_the_email(hook, kind: str, counted: str) -> None:
    assert hook(postmark(kind)).status_code == 200
    assert Bounce.objects.get().kind == counted
    assert is_stopped()


def test_the_same_event_told_twice_counts_once(hook) -> None:
    for _time in range(2):
        assert hook(postmark("HardBounce")).status_code == 200
    assert Bounce.objects.count() == 1


def test_another_providers_language_is_understood_too(hook) -> None:
    event = {
        "event": "hard_bounce",
        "email": ADDRESS,
        "id": 7,
        "ts_epoch": 1790000000000,
        "message-id": "<x@y>",
        "reason": "gone",
    }
    assert hook(event, "brevo").status_code == 200
    assert is_stopped()


@pytest.mark.parametrize("secret", ["portal:wrong", ":"])
def test_nobody_else_tells_us_anything(hook, secret: str) -> None:
    assert hook(postmark("HardBounce"), secret=secret).status_code == 400
    assert not is_stopped()


DEEP = "[" * 100_000
ODD = [
    DEEP, '{"Email": ' + DEEP, "", "[]", "null", "1", '"x"', "[1]", "\xff",
    *(json.dumps(postmark("HardBounce") | odd) for odd in (
        {"Email": ["x"]}, {"Email": {"x": "y"}}, {"Email": 7}, {"Email": "x\0@y"}, {"ID": "\0"},
        {"ID": "\ud800"}, {"Email": "\ud800@y"},
        {"Type": ["x"]}, {"RecordType": ["x"]}, {"RecordType": {}}, {"BouncedAt": 7},
        {"Metadata": 7}, {"Metadata": ["x"]},
    )),
    json.dumps({"FromFull": {}}),
]  # fmt: skip


@pytest.mark.parametrize("what", ODD, ids=lambda what: what[:40])
def test_a_notice_that_cannot_be_read_is_refused(cast: Cast, settings, what: str) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": "portal:secret"}
    settings.ROOT_URLCONF = "partnership.outbox.tests.returns.postmark_urls"
    browser = visit(None)
    browser.raise_request_exception = False
    headers = {"authorization": f"Basic {base64.b64encode(b'portal:secret').decode()}"}
    answer = browser.post(
        "/anymail/postmark/tracking/", what.encode("latin-1"), content_type="application/json", headers=headers
    )
    assert answer.status_code == 400
    assert not Bounce.objects.exists()


def test_there_is_no_webhook_without_a_secret(cast: Cast) -> None:
    assert visit(None).post("/anymail/postmark/tracking/", "{}", content_type="application/json").status_code == 404


def test_only_the_providers_own_address_exists() -> None:
    assert [str(one.pattern) for one in of_provider("postmark")] == ["postmark/tracking/"]
    for unknown in ("", "post", "postmark/tracking", "../x"):
        with pytest.raises(ImproperlyConfigured, match="MAIL_PROVIDER"):
            of_provider(unknown)
