"""From a due row to acceptance by the mail server, with everything that can go wrong."""

import datetime as dt
import re
from email.message import EmailMessage

import pytest

from devtools.mail import Sink
from partnership.outbox.models import Message
from partnership.outbox.queue.claiming import end
from partnership.outbox.queue.delivering import LEASE, RETRIES, claim, deliver
from partnership.outbox.suppression import suppress
from partnership.outbox.tests.posted import post_one
from partnership.people.actions.consents import give_consent, withdraw_consent
from partnership.people.models import User
from partnership.tests.cast import NOW, Cast

MINUTE = dt.timedelta(minutes=1)


def send(now: dt.datetime = NOW) -> None:
    deliver(urgent=False, now=now)


def consents(person: User) -> None:
    give_consent(person=person, purpose="notices", text="Yes.", language="da", medium="web", now=NOW - MINUTE)


def test_a_due_message_is_sent_once(cast: Cast, sink: Sink) -> None:
    message = post_one(cast.randers, cast.helle)
    send()
    send()
    message.refresh_from_db()
    assert (message.state, message.ended_at, len(sink.messages)) == ("sent", NOW, 1)
    assert sink.messages[0].to == [cast.helle.email]


def test_a_message_waits_for_its_hour(cast: Cast, sink: Sink) -> None:
    post_one(cast.randers, cast.helle, due_at=NOW + MINUTE)
    send()
    assert not sink.messages
    send(NOW + MINUTE)
    assert len(sink.messages) == 1


def test_better_unsent_than_absurdly_late(cast: Cast, sink: Sink) -> None:
    message = post_one(cast.randers, cast.helle, due_at=NOW, expires_at=NOW + dt.timedelta(hours=1))
    send(NOW + dt.timedelta(days=1))
    message.refresh_from_db()
    assert (message.state, message.reason, len(sink.messages)) == ("expired", "its time had passed", 0)


def test_what_is_no_longer_true_is_withdrawn(cast: Cast, sink: Sink) -> None:
    message = post_one(cast.randers, cast.helle, about={"untrue": True})
    send()
    message.refresh_from_db()
    assert (message.state, len(sink.messages)) == ("withdrawn", 0)


def test_text_and_html_say_the_same_in_the_readers_language(cast: Cast, sink: Sink) -> None:
    post_one(cast.randers, cast.helle)
    send()
    (mail,) = sink.messages
    assert "Here it is." in mail.text
    assert "Here it is." in mail.html
    assert 'lang="da"' in mail.html


def test_the_message_id_is_the_same_at_every_attempt(cast: Cast, sink: Sink) -> None:
    post_one(cast.randers, cast.helle)
    sink.behaviour = ["drop", "accept"]
    send()
    send(NOW + 10 * MINUTE)
    ids = [str(mail.message["Message-ID"]) for mail in sink.messages]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert re.fullmatch(r"<[0-9a-f]{40}@randers\.localhost>", ids[0])


def test_a_yes_before_the_line_dies_is_a_yes(cast: Cast, sink: Sink) -> None:
    message = post_one(cast.randers, cast.helle)
    sink.behaviour = "drop after 250"
    send()
    message.refresh_from_db()
    assert (message.state, len(sink.messages)) == ("sent", 1)


def test_a_server_that_says_later_is_asked_later(cast: Cast, sink: Sink) -> None:
    message = post_one(cast.randers, cast.helle)
    sink.behaviour = ["454 Later", "accept"]
    send()
    message.refresh_from_db()
    assert (message.state, message.try_at) == ("retry", NOW + RETRIES[0])
    assert "454" in message.reason
    send(NOW + RETRIES[0])
    message.refresh_from_db()
    assert message.state == "sent"


def test_a_server_that_says_no_is_not_asked_again(cast: Cast, sink: Sink) -> None:
    message = post_one(cast.randers, cast.helle)
    sink.behaviour = "550 No such user"
    send()
    send(NOW + dt.timedelta(days=1))
    message.refresh_from_db()
    assert (message.state, sink.attempts) == ("failed", 1)
    assert "550" in message.reason


def test_a_server_that_always_defers_is_given_up_on(cast: Cast, sink: Sink) -> None:
    message = post_one(cast.randers, cast.helle)
    sink.behaviour = "454 Later"
    now = NOW
    for wait in (*RETRIES, MINUTE):
        send(now)
        now += wait
    message.refresh_from_db()
    assert (message.state, sink.attempts) == ("failed", len(RETRIES) + 1)


def test_a_server_that_is_down_costs_no_attempt_and_stops_the_batch(cast: Cast, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for number in range(3):
        post_one(cast.randers, cast.helle, f"test.{number}")
    send()
    assert set(Message.objects.values_list("state", "attempts")) == {("retry", 0)}


def test_words_that_always_break_are_given_up_on(cast: Cast, sink: Sink) -> None:
    message = post_one(cast.randers, cast.helle, about={"broken": True})
    now = NOW
    for wait in (*RETRIES, MINUTE):
        send(now)
        now += wait
    message.refresh_from_db()
    assert (message.state, message.attempts, len(sink.messages)) == ("failed", len(RETRIES) + 1, 0)


def test_words_that_break_hold_up_nobody_else(cast: Cast, sink: Sink) -> None:
    broken = post_one(cast.randers, cast.helle, "test.a", about={"broken": True})
    post_one(cast.randers, cast.helle, "test.b")
    send()
    broken.refresh_from_db()
    assert (broken.state, len(sink.messages)) == ("retry", 1)
    assert "a word is missing" in broken.reason


def test_a_dead_workers_claim_is_taken_over_when_its_lease_ends(cast: Cast, sink: Sink) -> None:
    post_one(cast.randers, cast.helle)
    assert len(claim(urgent=False, batch=10, now=NOW)) == 1
    send(NOW + LEASE - MINUTE)
    assert not sink.messages
    send(NOW + LEASE + MINUTE)
    assert len(sink.messages) == 1


def test_a_worker_whose_claim_was_taken_over_notes_nothing(cast: Cast, sink: Sink) -> None:
    post_one(cast.randers, cast.helle)
    (late,) = claim(urgent=False, batch=10, now=NOW)
    (new,) = claim(urgent=False, batch=10, now=NOW + LEASE + MINUTE)
    end(late, Message.State.FAILED, NOW, "too slow")
    assert Message.objects.get() == new
    assert Message.objects.get().state == "claimed"


def test_the_urgent_worker_takes_nothing_else(cast: Cast, sink: Sink) -> None:
    post_one(cast.randers, cast.helle)
    deliver(urgent=True, now=NOW)
    assert not sink.messages


def test_a_code_to_log_in_goes_before_a_thousand_others(cast: Cast) -> None:
    for number in range(20):
        post_one(cast.randers, cast.helle, f"test.{number}")
    code = post_one(cast.randers, cast.helle, "account.x", "account.login_code", about={"code": "123456"})
    assert claim(urgent=False, batch=1, now=NOW) == [code]


def test_the_code_is_forgotten_when_it_is_sent(cast: Cast, sink: Sink) -> None:
    code = post_one(cast.randers, cast.helle, "account.x", "account.login_code", about={"code": "123456"})
    send()
    code.refresh_from_db()
    assert (code.state, code.about) == ("sent", {})
    assert "123 456" in sink.messages[0].text


@pytest.mark.parametrize("gone, state", [({"is_active": False}, "withdrawn"), ({"email": None}, "failed")])
def test_someone_who_has_left_gets_nothing(cast: Cast, sink: Sink, gone: dict, state: str) -> None:
    message = post_one(cast.randers, cast.helle)
    User.objects.filter(pk=cast.helle.pk).update(**gone)
    send()
    message.refresh_from_db()
    assert (message.state, len(sink.messages)) == (state, 0)


def test_no_notice_without_a_yes(cast: Cast, sink: Sink) -> None:
    message = post_one(cast.randers, cast.helle, kind="test.notice")
    send()
    message.refresh_from_db()
    assert (message.state, len(sink.messages)) == ("withdrawn", 0)


def test_no_notice_after_a_no_that_came_while_it_waited(cast: Cast, sink: Sink) -> None:
    consents(cast.helle)
    post_one(cast.randers, cast.helle, kind="test.notice")
    withdraw_consent(person=cast.helle, purpose="notices", medium="web", now=NOW)
    send()
    assert not sink.messages


def header(message: EmailMessage, name: str) -> str:
    return str(message[name] or "").strip()


def test_a_notice_carries_a_one_click_stop_and_an_answer_does_not(cast: Cast, sink: Sink) -> None:
    consents(cast.helle)
    post_one(cast.randers, cast.helle, "test.n", "test.notice")
    post_one(cast.randers, cast.helle, "test.a")
    send()
    by_subject = {mail.subject: mail.message for mail in sink.messages}
    assert header(by_subject["A notice"], "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    assert header(by_subject["A notice"], "List-Unsubscribe").startswith("<http://randers.localhost")
    assert "List-Unsubscribe" not in by_subject["Answer test.a"]


def test_an_address_that_bounced_gets_codes_and_nothing_else(cast: Cast, sink: Sink) -> None:
    suppress(cast.helle.email, reason="550", now=NOW)
    post_one(cast.randers, cast.helle, "test.a")
    post_one(cast.randers, cast.helle, "account.x", "account.login_code", about={"code": "123456"})
    send()
    assert [mail.subject for mail in sink.messages] == ["123 456 er din kode"]


def test_each_message_has_one_reader(cast: Cast, sink: Sink) -> None:
    for number, person in enumerate(cast.everyone().values()):
        post_one(person.partnership, person, f"test.{number}")
    send()
    assert sorted(mail.to for mail in sink.messages) == sorted([one.email] for one in cast.everyone().values())
    assert all(len(mail.message.get_all("To")) == 1 for mail in sink.messages)


@pytest.mark.parametrize("nasty", ["A\r\nBcc: all@example.dk", "A\nB", "\r\nX: y"])
def test_a_line_break_in_a_name_makes_no_header(cast: Cast, sink: Sink, nasty: str) -> None:
    cast.randers.short_name = nasty
    cast.randers.save(update_fields=["short_name"])
    post_one(cast.randers, cast.helle)
    send()
    (mail,) = sink.messages
    assert mail.message["Bcc"] is None
    assert mail.message["X"] is None
