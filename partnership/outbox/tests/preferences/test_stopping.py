"""The one-click stop."""

import re
import time

import pytest

from devtools.mail import Sink
from partnership.outbox.kinds import Words, kind, kinds, names, words
from partnership.outbox.models import Message
from partnership.outbox.preferences.stopping import choices_of
from partnership.outbox.queue.claiming import LEASE, claim
from partnership.outbox.tests.posted import post_one
from partnership.outbox.tests.queue.test_delivering import consents, send
from partnership.people.actions.consents import give_consent
from partnership.people.models import Consent
from partnership.tests.cast import NOW, Cast, visit


@words("test.other", consent="other")
def other(message: Message) -> Words:
    return Words(subject="Something else", paragraphs=["Another kind."])


kinds.add(other)


@pytest.fixture
def link(cast: Cast, sink: Sink) -> str:
    consents(cast.helle)
    post_one(cast.randers, cast.helle, kind="test.notice")
    send()
    header = str(sink.messages[0].message["List-Unsubscribe"])
    return re.search(r"<https?://[^/]+(/[^>]+)>", header).group(1)


def test_a_mail_program_stops_by_one_post_without_cookie_or_token(cast: Cast, link: str) -> None:
    response = visit(None).post(link, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not Consent.objects.live(cast.helle, "notices")


def test_opening_the_link_stops_nothing(cast: Cast, link: str) -> None:
    assert visit(None).get(link).status_code == 200
    assert visit(None).head(link).status_code == 200
    assert Consent.objects.live(cast.helle, "notices")


def test_stopping_twice_is_stopping_once(cast: Cast, link: str) -> None:
    for _press in range(2):
        assert visit(None).post(link).status_code == 200
    assert Consent.objects.filter(person=cast.helle, is_given=False).count() == 1


def test_a_link_that_we_did_not_make_is_nothing(cast: Cast, link: str) -> None:
    assert visit(None).post(link.rstrip("/") + "x/").status_code == 404
    assert Consent.objects.live(cast.helle, "notices")


def test_the_link_works_only_under_its_own_name(cast: Cast, link: str) -> None:
    assert visit(None, host="kalmar.localhost").post(link).status_code == 410


def test_what_waits_is_withdrawn_within_five_seconds_of_the_press(cast: Cast, sink: Sink, link: str) -> None:
    for number in range(20):
        post_one(cast.randers, cast.helle, f"test.queued.{number}", "test.notice")
    held = post_one(cast.randers, cast.helle, "test.held", "test.notice")
    Message.objects.filter(pk=held.pk).update(state="retry")
    sink.messages.clear()
    pressed = time.monotonic()
    assert visit(None).post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert set(Message.objects.exclude(state="sent").values_list("state", flat=True)) == {"withdrawn"}
    send()
    assert time.monotonic() - pressed < 5
    assert not sink.messages


def test_what_a_worker_holds_at_that_moment_is_stopped_too(cast: Cast, sink: Sink, link: str) -> None:
    sink.messages.clear()
    for number in range(3):
        post_one(cast.randers, cast.helle, f"test.held.{number}", "test.notice")
    claim(urgent=False, batch=10, now=NOW)
    visit(None).post(link)
    assert set(Message.objects.filter(key__startswith="test.held").values_list("state", flat=True)) == {"claimed"}
    send(NOW + LEASE * 2)
    assert not sink.messages


def test_every_kind_that_needs_a_consent_can_be_stopped_and_no_other(cast: Cast, sink: Sink) -> None:
    for purpose in {kind(name).consent for name in names()} - {""}:
        give_consent(person=cast.helle, purpose=purpose, text="Yes.", language="da", medium="web", now=NOW)
    for name in ("test.notice", "test.other", "test.answer"):
        post_one(cast.randers, cast.helle, name, name)
    send()
    assert len(sink.messages) == 3
    for mail in sink.messages:
        is_bulk = not mail.subject.startswith("Answer")
        assert ("List-Unsubscribe" in mail.message, "List-Unsubscribe-Post" in mail.message) == (is_bulk, is_bulk)
        assert ("Auto-Submitted" in mail.message) is not is_bulk


def test_the_token_is_too_long_to_guess(link: str) -> None:
    signature = link.rstrip("/").rpartition(":")[2]
    assert len(signature) * 6 >= 128


def test_the_page_offers_a_choice_of_what_to_keep(cast: Cast, link: str) -> None:
    give_consent(
        person=cast.helle,
        purpose="other",
        text="Write to me about other things.",
        language="da",
        medium="web",
        now=NOW,
    )
    page = visit(None).get(link).content.decode()
    assert "Write to me about other things." in page
    assert visit(None).post(link, {"choose": "1", "wanted": ["notices"]}).status_code == 200
    assert {one.purpose: one.is_on for one in choices_of(cast.helle)} == {"notices": True, "other": False}


def test_a_link_in_an_email_never_gives_a_consent(cast: Cast, link: str) -> None:
    visit(None).post(link)
    visit(None).post(link, {"choose": "1", "wanted": ["notices", "other"]})
    assert not Consent.objects.live(cast.helle, "notices")
    assert not Consent.objects.live(cast.helle, "other")


def test_the_reader_stops_and_starts_again_on_the_own_page(cast: Cast, link: str) -> None:
    browser = visit(cast.helle)
    assert browser.post("/da/me/messages/choice/", {"purpose": "notices"}).status_code == 302
    assert not Consent.objects.live(cast.helle, "notices")
    assert b"again" in browser.get("/da/me/").content
    browser.post("/da/me/messages/choice/", {"purpose": "notices", "again": "1"})
    assert Consent.objects.live(cast.helle, "notices")
    browser.post("/da/me/messages/choice/", {"purpose": "never asked", "again": "1"})
    assert not Consent.objects.live(cast.helle, "never asked")


@pytest.mark.parametrize("purpose", ["", "neighbours", "never asked"])
def test_the_own_page_stops_only_what_is_listed_there(cast: Cast, purpose: str) -> None:
    give_consent(person=cast.helle, purpose="neighbours", text="Yes.", language="da", medium="web", now=NOW)
    answer = post_one(cast.randers, cast.helle)
    assert visit(cast.helle).post("/da/me/messages/choice/", {"purpose": purpose}).status_code == 302
    answer.refresh_from_db()
    assert answer.state == "queued"
    assert Consent.objects.live(cast.helle, "neighbours")
