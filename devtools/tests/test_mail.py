import smtplib
import socket
from email.message import EmailMessage

import pytest

from devtools import mail as devmail
from devtools.mail import HOST, Mailbox, Sink


def a_message(subject="Dit foredrag er bekræftet", **headers):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "portal@randers.localhost", "karen@example.org", subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Vi ses på Eksempelvej 1.")
    message.add_alternative("<p>Vi ses på Eksempelvej 1.</p>", subtype="html")
    message.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="foredrag.ics")
    return message


def send(port, message=None, to="karen@example.org", timeout=2):
    with smtplib.SMTP(HOST, port, timeout=timeout) as line:
        line.send_message(message or a_message(), to_addrs=to)


def test_a_sink_counts_what_it_accepted_and_reads_it():
    with Sink() as sink:
        send(sink.port)
    (mail,) = sink.messages
    assert (mail.sender, mail.to, mail.subject) == (
        "portal@randers.localhost", ["karen@example.org"], "Dit foredrag er bekræftet",
    )  # fmt: skip
    assert mail.text.strip() == "Vi ses på Eksempelvej 1."
    assert mail.html.strip() == "<p>Vi ses på Eksempelvej 1.</p>"
    assert mail.attachments == [("foredrag.ics", "text/calendar", b"BEGIN:VCALENDAR")]


@pytest.mark.parametrize("code", [451, 550])
def test_a_sink_refuses_when_told_to_and_counts_no_message(code):
    with Sink(f"{code} Not today") as sink:
        with pytest.raises(smtplib.SMTPDataError) as refusal:
            send(sink.port)
    assert refusal.value.smtp_code == code
    assert (sink.attempts, sink.messages) == (1, [])


def test_a_sink_answers_message_by_message_and_goes_on_as_it_ended():
    with Sink(["451 Later", "accept"]) as sink:
        with pytest.raises(smtplib.SMTPDataError):
            send(sink.port)
        send(sink.port)
        send(sink.port)
    assert (sink.attempts, len(sink.messages)) == (3, 2)


def test_a_sink_that_hangs_keeps_the_sender_waiting_and_still_closes():
    with Sink("hang") as sink:
        with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
            send(sink.port, timeout=0.5)
    assert (sink.attempts, sink.messages) == (1, [])


def test_a_sink_that_drops_the_line_has_the_message_while_the_sender_does_not_know():
    with Sink("drop") as sink:
        with pytest.raises(smtplib.SMTPServerDisconnected):
            send(sink.port)
    assert len(sink.messages) == 1


def test_a_sink_that_drops_the_line_after_its_250_is_a_success_to_the_sender():
    with Sink("drop after 250") as sink:
        line = smtplib.SMTP(HOST, sink.port, timeout=2)
        assert line.send_message(a_message()) == {}
        with pytest.raises(smtplib.SMTPServerDisconnected):
            line.noop()
        line.close()
    assert len(sink.messages) == 1


def test_a_closed_sink_gives_its_port_back():
    with Sink() as sink:
        pass
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind((HOST, sink.port))


def test_the_local_mailbox_keeps_mail_as_files_and_shows_the_newest_first(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path))
    with devmail._serving(Mailbox(), HOST, 0) as port:
        send(port, a_message("Den første"))
        send(port, a_message("Den anden"), to="hidden@example.org")
    newest, oldest = devmail.messages()
    assert (newest.subject, oldest.subject) == ("Den anden", "Den første")
    assert newest.to == ["hidden@example.org"]
    assert devmail.message(oldest.name).subject == "Den første"
    assert {path.suffix for path in (tmp_path / "mail").iterdir()} == {".eml"}


def test_the_local_mailbox_does_not_look_for_names_that_are_not_its_own(tmp_path):
    (tmp_path / "mail").mkdir()
    (tmp_path / "secret.eml").write_bytes(b"Subject: secret\r\n\r\n")
    assert devmail.message("../secret", tmp_path / "mail") is None


def test_the_local_mailbox_forgets_the_oldest(tmp_path, monkeypatch):
    monkeypatch.setattr(devmail, "KEPT", 3)
    for number in range(5):
        devmail.store(b"Subject: %d\r\n\r\nText" % number, "a@example.org", ["b@example.org"], tmp_path)
    assert [mail.subject for mail in devmail.messages(tmp_path)] == ["4", "3", "2"]


def test_an_envelope_cannot_write_headers(tmp_path):
    devmail.store(b"Subject: x\r\n\r\nText", "a@example.org\r\nSubject: forged", ["b@example.org"], tmp_path)
    (mail,) = devmail.messages(tmp_path)
    assert mail.message.get_all("Subject") == ["x"]
