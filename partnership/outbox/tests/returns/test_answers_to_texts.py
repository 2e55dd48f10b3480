"""STOP as an answer to a text: no more texts, and email instead."""

import base64
import json

import pytest
from allauth.account.models import EmailAddress
from django.urls import path

from devtools.sms import Gateway
from partnership.outbox.models import Suppression
from partnership.outbox.preferences.reaching import stop_texts
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.returns.incoming import incoming_text
from partnership.outbox.suppression import digest_of
from partnership.outbox.tests.posted import post_one
from partnership.outbox.tests.readers import on_paper, prefers
from partnership.people.models import User
from partnership.people.own.sections import sections_of
from partnership.tests.cast import NOW, Cast, visit
from partnership.urls import urlpatterns as portal

urlpatterns = [*portal, path("sms/incoming", incoming_text)]
SECRET = "gateway:s@crett"
JSON = "application/json"
NUMBER = "+4512345678"
PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'


@pytest.fixture
def hook(cast: Cast, settings):
    settings.SMS_WEBHOOK_SECRET = SECRET
    settings.ROOT_URLCONF = __name__

    def tell(text: object = "STOP", number: object = NUMBER, secret: str = SECRET, body: object = None, kind=JSON):
        body = json.dumps({"from": number, "text": text}) if body is None else body
        headers = {"authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}
        return visit(None).post("/sms/incoming", body, content_type=kind, headers=headers)

    return tell


@pytest.fixture
def reader(cast: Cast) -> User:
    return prefers(cast.helle, "sms", "12 34 56 78")


def channel_of(person: User) -> str:
    return User.objects.values_list("channel", flat=True).get(pk=person.pk)


@pytest.mark.parametrize(
    "text",
    ["stop", "STOP", " STOP ", "Stop.", "\nstop!\n", "»Stop«", "STOP RANDERS", "stop tak", "Stopp", "stoppa", "STOPP!",
     "Afmeld", "avsluta", "AVANMÄL", "*stop*", "AVANMA\u0308L", "S\u200bTOP", "ＳＴＯＰ"],
)  # fmt: skip
def test_stop_in_danish_and_swedish_ends_the_texts(hook, reader: User, text: str) -> None:
    assert hook(text).status_code == 204
    assert channel_of(reader) == "mail"


@pytest.mark.parametrize("text", ["", "   ", "tak for det", "Stopur", "stopped by", "ja, stop", "nonstop", "👍"])
def test_anything_else_changes_nothing(hook, reader: User, text: str) -> None:
    assert hook(text).status_code == 204
    assert channel_of(reader) == "sms"


def test_what_waits_goes_by_email_and_the_number_stays(hook, reader: User, cast: Cast, settings, sink) -> None:
    with Gateway() as gateway:
        settings.SMS_URL = gateway.url
        post_one(cast.randers, reader)
        hook()
        deliver(urgent=False, now=NOW)
    assert (gateway.attempts, len(sink.messages)) == (0, 1)
    reader.refresh_from_db()
    assert reader.phone == "12 34 56 78"


def test_a_repeated_answer_changes_nothing_and_a_later_choice_stays(hook, reader: User) -> None:
    assert hook().content == hook().content
    assert channel_of(reader) == "mail"
    prefers(reader, "letter", "12 34 56 78")
    hook()
    assert channel_of(reader) == "letter"


def test_everyone_with_the_number_is_left_alone_and_nobody_else(hook, reader: User, cast: Cast) -> None:
    same = prefers(cast.ruth, "sms", "+45 1234 5678")
    other = prefers(cast.niels, "sms", "12 34 56 79")
    swedish = prefers(cast.gunnar, "sms", "12 34 56 78")
    without_plus = prefers(cast.sven, "sms", "45 12 34 56 78")
    hook()
    found = [channel_of(person) for person in (reader, same, other, swedish, without_plus)]
    assert found == ["mail", "mail", "sms", "sms", "mail"]


@pytest.mark.parametrize("number", [NUMBER, "4512345678", "004512345678", "+45 12 34 56 78", 4512345678])
def test_the_number_is_understood_as_gateways_write_it(hook, reader: User, number: object) -> None:
    hook(number=number)
    assert channel_of(reader) == "mail"


def test_a_swedish_number_too(hook, cast: Cast) -> None:
    gunnar = prefers(cast.gunnar, "sms", "070-123 45 67")
    hook("Stopp", number="+46701234567")
    assert channel_of(gunnar) == "mail"


@pytest.mark.parametrize("text, is_lifted", [("START", True), (" Start.", True), ("starter", False), ("ja", False)])
def test_only_start_lets_a_number_be_asked_for_again(hook, reader: User, text: str, is_lifted: bool) -> None:
    hook()
    assert Suppression.objects.count() == 1
    assert hook(text).status_code == 204
    assert (Suppression.objects.count(), channel_of(reader)) == (0 if is_lifted else 1, "mail")


def test_stop_counts_from_a_number_of_no_plan_that_we_know(hook) -> None:
    hook(number="+99912345678")
    assert Suppression.objects.filter(digest=digest_of("+99912345678")).exists()


def test_nobody_else_lets_a_number_be_asked_for_again(hook, reader: User) -> None:
    hook()
    assert hook("START", secret="gateway:wrong").status_code == 403
    hook("START", number="+4587654321")
    assert Suppression.objects.count() == 1


def test_without_an_address_letters_are_sent_again(hook, cast: Cast) -> None:
    oda = prefers(on_paper(cast), "sms", "12 34 56 78")
    hook()
    oda.refresh_from_db()
    assert oda.reached_by == "letter"


def test_the_answer_does_not_tell_whether_the_number_is_known(hook, reader: User) -> None:
    known, unknown, no_number = hook(), hook(number="+4587654321"), hook(number="")
    assert channel_of(reader) == "mail"
    for answer in (unknown, no_number):
        assert (answer.status_code, answer.content, dict(answer.headers)) == (
            known.status_code,
            known.content,
            dict(known.headers),
        )


@pytest.mark.parametrize("secret", ["gateway:wrong", ":", "", SECRET + "x", SECRET.upper()])
def test_nobody_else_stops_anyones_texts(hook, reader: User, secret: str) -> None:
    assert hook(secret=secret).status_code == 403
    assert channel_of(reader) == "sms"


@pytest.mark.parametrize("header", [None, "Bearer x", "Basic", "Basic é"])
def test_without_the_header_it_is_refused(hook, reader: User, header: str | None) -> None:
    headers = {"authorization": header} if header else {}
    body = json.dumps({"from": NUMBER, "text": "stop"})
    answer = visit(None).post("/sms/incoming", body, content_type="application/json", headers=headers)
    assert (answer.status_code, channel_of(reader)) == (403, "sms")


def test_an_empty_secret_opens_to_nobody(hook, reader: User, settings) -> None:
    settings.SMS_WEBHOOK_SECRET = ""
    assert hook(secret="").status_code == 403
    assert channel_of(reader) == "sms"


@pytest.mark.parametrize("body", ["", "stop", "[]", "3", "null", "{}", '{"from": "+4512345678"}', "\x00", "{" * 50])
def test_what_is_no_text_is_refused(hook, reader: User, body: str) -> None:
    assert hook(body=body).status_code == 400
    assert channel_of(reader) == "sms"


def test_looking_stops_nothing_and_without_a_secret_there_is_no_such_address(hook, reader: User, settings) -> None:
    assert visit(None).get("/sms/incoming").status_code == 405
    settings.ROOT_URLCONF = "partnership.urls"
    assert hook().status_code == 404
    assert channel_of(reader) == "sms"


def test_a_text_comes_from_the_number_that_can_be_answered(cast: Cast, reader: User, settings) -> None:
    with Gateway() as gateway:
        settings.SMS_URL, settings.SMS_FROM = gateway.url, "+4552521234"
        post_one(cast.randers, reader)
        deliver(urgent=False, now=NOW)
    assert gateway.texts[0].sender == "+4552521234"


def test_the_privacy_page_says_stop_only_where_it_works(cast: Cast, settings) -> None:
    settings.SMS_URL, settings.SMS_WEBHOOK_SECRET = "http://127.0.0.1:1/", SECRET
    assert b"STOP" not in visit(None).get("/da/privacy/").content
    settings.SMS_FROM = "+4552521234"
    assert b"STOP" in visit(None).get("/da/privacy/").content


def test_a_body_that_is_nested_too_deep_is_refused(hook, reader: User) -> None:
    assert hook(body="[" * 100_000).status_code == 400


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "multipart/form-data", "text/plain", ""])
@pytest.mark.parametrize("body", [b"", b"--x--", PART])
def test_a_body_of_another_kind_is_a_bad_request(hook, kind: str, body: bytes) -> None:
    assert hook(body=body, kind=kind).status_code == 400


def test_own_data_do_not_tell_whether_a_number_that_was_only_typed_has_answered_stop(cast: Cast) -> None:
    browser = visit(cast.helle)
    browser.post("/en/me/details/", {"name": "Helle", "phone": "12 34 56 78"})
    before = browser.get("/en/me/data/").content.decode()
    stop_texts(number=NUMBER, now=NOW)
    said = "An address of yours that we no longer write to"
    assert said not in before
    assert said not in browser.get("/en/me/data/").content.decode()
    User.objects.filter(pk=cast.helle.pk).update(verified_phone="12 34 56 78")
    assert said in browser.get("/en/me/data/").content.decode()


def test_own_data_name_no_mailbox_that_staff_have_typed_and_nobody_has_used(cast: Cast) -> None:
    Suppression.objects.create(digest=digest_of(cast.helle.email), reason="complaint", at=NOW)
    used = EmailAddress.objects.create(user=cast.helle, email=cast.helle.email, verified=True)
    assert [section.name for section, _rows in sections_of(cast.helle)].count("outbox.Suppression") == 1
    EmailAddress.objects.filter(pk=used.pk).update(verified=False)
    assert "outbox.Suppression" not in [section.name for section, _rows in sections_of(cast.helle)]
