"""Bounces in every server's format are understood and acted on."""

import datetime as dt
import io
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from devtools.mail import Sink
from partnership.outbox.channels.email import envelope_sender, message_id
from partnership.outbox.models import Bounce, Message, Suppression
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.returns.bouncing import record_report
from partnership.outbox.returns.reports import read
from partnership.outbox.suppression import digest_of
from partnership.outbox.tests.posted import post_one
from partnership.outbox.tests.returns import dsn_corpus as corpus
from partnership.tests.cast import NOW, Cast
from partnership.tests.rolling_back import rolled_back

DAY = dt.timedelta(days=1)
HARD = corpus.FATES[0]
SOFT = corpus.Fate("5.2.2", "552 5.2.2 mailbox full", "soft")


def sent(cast: Cast, key: str = "test.1", to=None, now: dt.datetime = NOW) -> Message:
    message = post_one(cast.randers, to or cast.helle, key, now=now)
    Message.objects.filter(pk=message.pk).update(state="sent", ended_at=now)
    message.refresh_from_db()
    return message


def original(message: Message) -> dict[str, str]:
    return {
        "From": "Randers <portal@randers.localhost>",
        "To": message.to_mailbox,
        "Subject": "Hej",
        "Message-ID": message_id(message),
    }


def bounce(message: Message, fate=HARD, shape=corpus.postfix, back_to="portal@randers.localhost") -> bytes:
    return shape(fate, message.to_mailbox, original(message), back_to)


def note(raw: bytes, now: dt.datetime = NOW) -> list[str]:
    return [record_report(report, now=now).kind for report in read(raw)]


def is_stopped(address: str) -> bool:
    return Suppression.objects.filter(digest=digest_of(address)).exists()


def test_the_corpus_has_two_hundred_reports_of_seven_servers() -> None:
    assert len(corpus.samples()) >= 200


@pytest.mark.parametrize(
    "shape", dict.fromkeys(shape for shape, _fate in corpus.samples()), ids=lambda shape: shape.__name__
)
def test_every_server_is_understood(cast: Cast, shape) -> None:
    wrong = []
    for number, fate in ((n, fate) for n, (of, fate) in enumerate(corpus.samples()) if of is shape):
        with rolled_back():
            (kind,) = note(bounce(sent(cast), fate, shape))
            found = kind, is_stopped(cast.helle.email), Bounce.objects.count()
        if found != (fate.kind, fate.kind == "hard", bool(fate.kind)):
            wrong.append((number, fate, found))
    assert wrong == []


def test_one_hard_bounce_is_enough(cast: Cast, sink) -> None:
    note(bounce(sent(cast)))
    post_one(cast.randers, cast.helle, "test.2")
    code = post_one(cast.randers, cast.helle, "account.x", "account.login_code", about={"code": "123456"})
    deliver(urgent=False, now=NOW)
    assert dict(Message.objects.values_list("key", "state"))["test.2"] == "failed"
    assert [mail.to for mail in sink.messages] == [[cast.helle.email]]
    code.refresh_from_db()
    assert code.state == "sent"


def test_four_soft_ones_in_thirty_days_are_enough_and_three_are_not(cast: Cast) -> None:
    for number in range(3):
        note(bounce(sent(cast, f"test.{number}"), SOFT), NOW + number * DAY)
    assert not is_stopped(cast.helle.email)
    note(bounce(sent(cast, "test.3"), SOFT), NOW + 29 * DAY)
    assert is_stopped(cast.helle.email)


def test_four_soft_ones_over_two_months_are_not(cast: Cast) -> None:
    for number in range(4):
        now = NOW + number * 15 * DAY
        note(bounce(sent(cast, f"test.{number}", now=now), SOFT), now)
    assert not is_stopped(cast.helle.email)


def test_the_same_report_read_ten_times_counts_once(cast: Cast) -> None:
    raw = bounce(sent(cast), SOFT)
    for _time in range(10):
        note(raw)
    assert Bounce.objects.count() == 1


def test_a_complaint_stops_the_email(cast: Cast) -> None:
    message = sent(cast)
    raw = corpus.complaint(message.to_mailbox, original(message), "portal@randers.localhost")
    assert note(raw) == ["complaint"]
    assert is_stopped(cast.helle.email)


def test_nobody_silences_a_neighbour_with_a_made_up_report(cast: Cast) -> None:
    message = sent(cast)
    made_up = {**original(message), "Message-ID": f"<{'0' * 40}@randers.localhost>"}
    assert note(corpus.postfix(HARD, cast.helle.email, made_up, "portal@randers.localhost")) == [""]
    forged = f"bounces+{message.pk}-{'0' * 16}@randers.localhost"
    assert note(corpus.postfix(HARD, cast.helle.email, made_up, forged)) == [""]
    assert not is_stopped(cast.helle.email)


def test_a_report_about_one_reader_stops_no_other(cast: Cast) -> None:
    message = sent(cast)
    assert note(
        corpus.postfix(HARD, cast.karen.email, {**original(message), "To": cast.karen.email}, "x@y.example")
    ) == [""]
    assert not is_stopped(cast.karen.email)


def test_the_address_that_it_comes_back_to_names_the_message(cast: Cast, settings, sink) -> None:
    settings.BOUNCE_ADDRESS = "bounces@portal.example"
    message = post_one(cast.randers, cast.helle)
    deliver(urgent=False, now=NOW)
    (mail,) = sink.messages
    assert mail.sender == envelope_sender(message)
    assert str(mail.message["From"]) == "Randers <portal@randers.localhost>"
    # An Exchange server that returns no part of the email.
    assert note(corpus.exchange(HARD, cast.helle.email, {"Subject": "Hej"}, mail.sender)) == ["hard"]
    assert is_stopped(cast.helle.email)


def test_mail_that_is_no_report_is_left_alone(cast: Cast) -> None:
    sent(cast)
    for raw in (
        b"",
        b"\xff\xfe\x00",
        b"From: helle@randers.example\n\nTak! 550 5.1.1",
        b"Content-Type: multipart/report\n\n",
    ):
        assert read(raw) == []


@given(st.binary(max_size=2_000), st.integers(0, 200), st.integers(0, 1_500))
@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_in_an_email_breaks_the_reader(noise: bytes, sample: int, place: int) -> None:
    shape, fate = corpus.samples()[sample]
    raw = shape(fate, "a@b.example", {"Message-ID": "<1@b.example>", "To": "a@b.example"}, "p@r.example")
    read(raw[:place] + noise + raw[place:])
    read(noise)


@pytest.mark.parametrize(
    "answer, stopped",
    [
        ("550 5.1.1 User unknown", True),
        ("550 No such user", True),
        ("552 5.2.2 Mailbox full", False),
        ("554 5.7.1 Blocked", False),
    ],
)
def test_a_refusal_at_the_door_counts_too(cast: Cast, settings, answer: str, stopped: bool) -> None:
    with RefusingServer(refusal=answer) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        post_one(cast.randers, cast.helle)
        deliver(urgent=False, now=NOW)
    assert is_stopped(cast.helle.email) is stopped


def test_the_command_reads_a_maildir_and_says_what_it_found(cast: Cast, tmp_path, monkeypatch) -> None:
    message = sent(cast)
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "new" / "1").write_bytes(bounce(message))
    (tmp_path / "cur" / "2:2,S").write_bytes(b"From: a@b.example\n\nHej")
    out = io.StringIO()
    call_command("read_bounces", str(tmp_path), "--delete", stdout=out)
    assert out.getvalue().strip() == "hard: 1, no report: 1"
    assert not list((tmp_path / "new").iterdir())
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(bounce(message))))
    call_command("read_bounces", "-", stdout=out)
    assert Bounce.objects.count() == 1


@dataclass
class RefusingServer(Sink):
    """A mail server that refuses every recipient with one answer."""

    refusal: str = ""

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        return self.refusal
