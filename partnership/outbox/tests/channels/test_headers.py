"""Whatever a name or a subject contains, an email has its own headers, one reader, and only that reader's words."""

import email
import re
from email import policy

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from devtools.mail import Sink
from partnership.outbox.channels.email import email_for
from partnership.outbox.kinds import Words, kinds, words
from partnership.outbox.models import Message
from partnership.outbox.posting import post
from partnership.outbox.queue.delivering import deliver
from partnership.people.models import User
from partnership.places.models import Partnership
from partnership.tests.cast import NOW, Cast

ALLOWED = {
    "content-type", "mime-version", "subject", "from", "to", "reply-to", "date", "message-id", "auto-submitted",
    "list-unsubscribe", "list-unsubscribe-post",
}  # fmt: skip
nasty = st.one_of(
    st.text(max_size=500),
    st.text("\r\n\t :,;<>@\"'\\=?\u2028\u2029\x0b\x0c\x85\x00æøåB", max_size=500),
    st.sampled_from(
        ["\r\nBcc: all@example.dk", "a\nTo: b@c.dk", "x\r\n\r\n<script>", "=?utf-8?q?=0D=0ABcc:_a@b.dk?=", "Å" * 500]
    ),
)


@words("test.said", transactional=True)
def said(message: Message) -> Words:
    name = message.recipient.name if message.recipient else ""
    return Words(f"For {name}", [f"This is {message.key} to {name}."], facts=[("Number", str(message.about["number"]))])


kinds.add(said)


def place(name: str = "Randers") -> Partnership:
    return Partnership(
        pk=1, name=name, short_name=name, country="DK", language="da", host_names=["randers.localhost"],
        contact_name=name, contact_phone="12 34 56 78", contact_email="kontakt@randers.example",
    )  # fmt: skip


@pytest.mark.django_db
@given(nasty, nasty, nasty, nasty)
@hypothesis_settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_makes_a_header(subject: str, short_name: str, name: str, sentence: str) -> None:
    # Whoever has logged in is greeted by name.
    reader = User(pk=1, name=name, email="helle@randers.example", language="da", last_login=NOW)
    message = Message(key=f"key {subject}", kind="test.said", partnership=place(short_name), recipient=reader)
    sent = email_for(message, Words(subject, [sentence], button=(sentence, "https://randers.example/")))
    seen = email.message_from_bytes(sent.message().as_bytes(linesep="\r\n"), policy=policy.compat32)
    assert {header.lower() for header, _value in seen.items()} <= ALLOWED
    assert [len(seen.get_all(one, [])) for one in ("From", "To", "Subject", "Message-ID")] == [1, 1, 1, 1]
    assert seen["To"] == "helle@randers.example"
    assert seen["Bcc"] is None
    assert sent.recipients() == ["helle@randers.example"]


def test_a_name_with_a_line_break_would_make_a_header_without_the_care() -> None:
    """The control: the same text put into a header directly does make a header."""
    raw = b"From: Randers\r\nBcc: all@example.dk <a@b.dk>\r\nTo: c@d.dk\r\n\r\n"
    assert email.message_from_bytes(raw)["Bcc"] is not None


@pytest.mark.proof
@pytest.mark.django_db
def test_two_thousand_emails_hold_their_own_readers_words_only(cast: Cast, sink: Sink) -> None:
    readers = User.objects.bulk_create(
        User(email=f"reader{number}@randers.example", name=f"Reader-{number}-", partnership=cast.randers, language="da")
        for number in range(2_000)
    )
    with transaction.atomic():
        for number, reader in enumerate(readers):
            post(
                kind="test.said", partnership=cast.randers, to=reader, about={"number": f"({number})"},
                key=f"said.{number}.", now=NOW,
            )  # fmt: skip
    while deliver(urgent=False, now=NOW):
        pass
    assert len(sink.messages) == 2_000
    for mail in sink.messages:
        assert len(mail.to) == 1
        number = mail.to[0].removeprefix("reader").partition("@")[0]
        for part in (mail.text, mail.html):
            assert f"said.{number}. to Reader-{number}-" in part
            assert set(re.findall(r"Reader-\d+-|said\.\d+\.", part)) == {f"Reader-{number}-", f"said.{number}."}
            assert f"({number})" in part
        assert mail.subject == f"For Reader-{number}-"
    assert len({mail.message["Message-ID"] for mail in sink.messages}) == 2_000
