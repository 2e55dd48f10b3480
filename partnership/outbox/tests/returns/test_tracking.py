"""Webhooks of mail providers."""

import base64
import json

import pytest
from anymail.signals import AnymailTrackingEvent
from django.core.exceptions import ImproperlyConfigured
from django.urls import include, path

from partnership.outbox.models import Bounce, Suppression
from partnership.outbox.returns.tracking import record
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


def brevo(kind: str, reason: str, number: int = 1) -> dict:
    return {
        "event": kind, "email": ADDRESS, "id": number, "ts_epoch": 1790000000000, "message-id": f"<{number}@y>",
        "reason": reason,
    }  # fmt: skip


def mailjet(error: str, is_hard: bool, number: int = 1) -> dict:
    return {
        "event": "bounce", "time": 1790000000, "MessageID": number, "email": ADDRESS, "blocked": False,
        "hard_bounce": is_hard, "error_related_to": "recipient", "error": error,
    }  # fmt: skip


def sparkpost(bounce_class: str, reason: str, number: int = 1) -> list[dict]:
    event = {
        "type": "bounce", "bounce_class": bounce_class, "event_id": f"{number}", "transmission_id": "65832150921904138",
        "raw_rcpt_to": ADDRESS, "raw_reason": reason, "timestamp": "1790000000", "rcpt_meta": {},
    }  # fmt: skip
    return [{"msys": {"message_event": event}}]


def sendgrid(kind: str, status: str, reason: str, number: int = 1) -> list[dict]:
    return [
        {"event": "bounce", "type": kind, "email": ADDRESS, "timestamp": 1790000000, "sg_event_id": f"{number}",
         "smtp-id": f"<{number}@y>", "status": status, "reason": reason}
    ]  # fmt: skip


FULL = "smtp;452 4.2.2 The email account that you tried to reach is over quota"
NOBODY = "smtp;550 5.1.1 The email account that you tried to reach does not exist"
SOFT = {
    "postmark says so": ("postmark", postmark("SoftBounce") | {"Details": FULL}),
    "postmark gives no answer": ("postmark", postmark("SoftBounce")),
    "postmark, full for good": ("postmark", postmark("HardBounce") | {"Details": "smtp;552 5.2.2 Mailbox full"}),
    "postmark, slow server": ("postmark", postmark("SoftBounce") | {"Details": "smtp;451 4.3.0 Try again later"}),
    "brevo says so": ("brevo", brevo("soft_bounce", "mailbox full")),
    "brevo, without a code": ("brevo", brevo("soft_bounce", "Unable to find MX of domain")),
    "mailjet, full": ("mailjet", mailjet("quota exceeded", False)),
    "mailjet, full and given up": ("mailjet", mailjet("quota exceeded", True)),
    "sparkpost, soft": ("sparkpost", sparkpost("20", "421 4.4.0 Connection lost")),
    "sparkpost, full": ("sparkpost", sparkpost("22", "552 5.2.2 Over quota")),
    "sparkpost, transient": ("sparkpost", sparkpost("70", "450 4.2.1 Later")),
    "sendgrid, deferred too often": ("sendgrid", sendgrid("blocked", "4.2.2", "452 4.2.2 full")),
}
HARD = {
    "postmark says so": ("postmark", postmark("HardBounce")),
    "postmark's server says so": ("postmark", postmark("SoftBounce") | {"Details": NOBODY}),
    "brevo says so": ("brevo", brevo("hard_bounce", "Inactive")),
    "brevo's server says so": ("brevo", brevo("soft_bounce", "550 5.1.1 user unknown")),
    "brevo, not a mailbox": ("brevo", brevo("invalid_email", "")),
    "mailjet": ("mailjet", mailjet("user unknown", True)),
    "sparkpost, nobody": ("sparkpost", sparkpost("10", "550 5.1.1 User unknown")),
    "sparkpost, no recipient": ("sparkpost", sparkpost("30", "Bounced")),
    "sendgrid": ("sendgrid", sendgrid("bounce", "5.0.0", "550 The recipient is gone")),
}
BLOCKED = "smtp;550 5.7.1 Service unavailable, our server is on a list"


@pytest.mark.parametrize("provider, notice", SOFT.values(), ids=list(SOFT))
def test_a_full_mailbox_or_a_slow_server_does_not_stop_the_email(hook, provider: str, notice: dict) -> None:
    assert hook(notice, provider).status_code == 200
    assert Bounce.objects.get().kind == "soft"
    assert not is_stopped()


@pytest.mark.parametrize("provider, notice", HARD.values(), ids=list(HARD))
def test_a_mailbox_that_does_not_exist_stops_the_email(hook, provider: str, notice: dict) -> None:
    assert hook(notice, provider).status_code == 200
    assert Bounce.objects.get().kind == "hard"
    assert is_stopped()


def test_four_soft_bounces_in_thirty_days_stop_the_email(hook) -> None:
    for number in range(1, 5):
        assert not is_stopped()
        hook(postmark("SoftBounce", number) | {"Details": FULL})
    assert is_stopped()


@pytest.mark.parametrize("kind", ["SoftBounce", "HardBounce"])
def test_a_bounce_that_blames_our_server_counts_against_nobody(hook, kind: str) -> None:
    assert hook(postmark(kind) | {"Details": BLOCKED}).status_code == 200
    assert not Bounce.objects.exists()


@pytest.mark.parametrize("kind, counted", [("Permanent", "hard"), ("Transient", "soft"), ("Undetermined", "soft")])
def test_amazons_type_of_bounce_is_read(cast: Cast, kind: str, counted: str) -> None:
    # Its webhook needs a library that we do not have; this is the event that anymail makes of a notice.
    notice = {"eventType": "Bounce", "bounce": {"bounceType": kind, "bounceSubType": "General"}}
    event = AnymailTrackingEvent(
        event_type="bounced", reject_reason="bounced", recipient=ADDRESS, event_id="1", esp_event=notice
    )
    record(None, event, "Amazon SES")
    assert Bounce.objects.get().kind == counted


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
