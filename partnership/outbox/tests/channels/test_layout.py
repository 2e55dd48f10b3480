"""A filled-in layout equals the rendered templates, and no name or subject makes a header."""

from email import message_from_bytes, policy

import pytest
from django.conf import LazySettings
from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from devtools.mail import Sink
from partnership.outbox.channels.layout import Sender, text_and_html
from partnership.outbox.channels.smtp.connection import SmtpConnection
from partnership.outbox.channels.smtp.mime import as_bytes
from partnership.outbox.kinds import Words

SENDER = Sender("Bo Trygt & Co", "Naboskabskontoret", "", "kontakt@randers.example", ("112", "114"), "http://x/s.png")
NASTY = st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.sampled_from(
    ["<b>", "&amp;", "linje\nto", "\ue000", "x" * 500, "{{ words }}", "æøå " * 40]
)
LINE = NASTY.filter(bool)
WORDS = st.builds(
    Words,
    subject=NASTY,
    paragraphs=st.lists(LINE, min_size=1, max_size=3),
    facts=st.lists(st.tuples(NASTY, NASTY), max_size=5),
    button=st.none() | st.tuples(LINE, LINE),
    links=st.lists(st.tuples(LINE, LINE), max_size=2),
)


@given(
    words=WORDS,
    name=NASTY,
    language=st.sampled_from(["da", "sv", "en"]),
    stop=st.sampled_from(["", "http://x/?a&b"]),
    sender=st.sampled_from([SENDER, SENDER._replace(name="Bo \ue007\ue000 Trygt", contact_name="\uf8fe")]),
)
@example(words=Words("", ["\uf900"]), name="", language="da", stop="", sender=SENDER)  # Django writes it as U+8C48
@example(words=Words("", [" 0 "]), name="", language="da", stop="", sender=SENDER)
@hypothesis_settings(max_examples=150, deadline=None)
def test_filling_in_is_rendering(words: Words, name: str, language: str, stop: str, sender: Sender) -> None:
    context = {
        "words": words, "partnership": sender, "language": language, "recipient_name": name,
        "lead": words.paragraphs[0], "unsubscribe_url": stop, "street_url": sender.street_url,
    }  # fmt: skip
    with override(language):
        rendered = tuple(render_to_string(f"outbox/mail.{half}", context) for half in ("txt", "html"))
    assert text_and_html(sender, language, words, name, stop) == rendered


@pytest.mark.parametrize(("facts", "is_first"), [(4, False), (5, True)])
def test_a_button_stands_above_many_facts(facts: int, is_first: bool) -> None:
    words = Words("Svar", ["Et ønske venter."], [("Hvad", "FAKTA")] * facts, ("Svar", "http://x/svar"))
    for one in text_and_html(SENDER, "da", words, "", ""):
        assert (one.index("http://x/svar") < one.index("FAKTA")) is is_first


def an_email(**more: object) -> EmailMultiAlternatives:
    facts = {"subject": "Hej", "body": "Hej", "from_email": "a@b.example", "to": ["c@d.example"]} | more
    mail = EmailMultiAlternatives(**facts)
    mail.attach_alternative("<p>Hej</p>", "text/html")
    return mail


@given(subject=NASTY, name=NASTY, body=NASTY)
@hypothesis_settings(max_examples=300, deadline=None)
def test_no_subject_or_name_makes_a_header_and_all_words_arrive(subject: str, name: str, body: str) -> None:
    mail = an_email(subject=subject, body=body, headers={"From": "a@b.example", "X-Name": name, "Message-ID": "<1@x>"})
    if any(sign in subject + name for sign in "\r\n"):
        with pytest.raises(BadHeaderError):
            as_bytes(mail)
        return
    content = as_bytes(mail)
    parsed = message_from_bytes(content, policy=policy.default)
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert sorted(parsed.keys()) == sorted(
        ["MIME-Version", "Content-Type", "Subject", "From", "To", "Date", "X-Name", "Message-ID"]
    )
    expected = "\n".join(body.replace("\r\n", "\n").replace("\r", "\n").split("\n")).rstrip("\n")
    text = parsed.get_body(("plain",)).get_payload(decode=True).decode().replace("\r\n", "\n")
    assert text.rstrip("\n") == expected


@pytest.mark.parametrize("attached", [True, False])
def test_a_long_subject_arrives_as_it_was_written(attached: bool) -> None:
    subject = "Foredraget er bekræftet: mandag den 14. december 2026, og der er plads til flere naboer"
    mail = an_email(subject=subject)
    if attached:
        mail.attach("evening.ics", "BEGIN:VCALENDAR", "text/calendar")
    content = as_bytes(mail)
    assert message_from_bytes(content, policy=policy.default)["Subject"] == subject
    assert max(len(line) for line in content.split(b"\r\n") if b"=?utf-8" in line) <= 78  # RFC 5322


@pytest.mark.parametrize("body", [".", "..\n.\n", "a\n.b\n..c", "\n.\n", "From me\n"])
def test_dots_at_the_beginning_of_a_line_arrive(body: str, settings: LazySettings) -> None:
    with Sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        connection = SmtpConnection()
        connection.send(an_email(body=body))
        connection.hang_up()
    assert sink.messages[0].text.replace("\r\n", "\n").rstrip("\n") == body.rstrip("\n")


def test_no_line_of_text_ends_within_the_telephone_number() -> None:
    sender = SENDER._replace(contact_phone="12 34 56 78")
    paragraph = "Does the evening not suit you? Then call us at the office on 12 34 56 78."
    text, _html = text_and_html(sender, "en", Words("Subject", [paragraph]), "", "")
    assert "12\N{NO-BREAK SPACE}34\N{NO-BREAK SPACE}56\N{NO-BREAK SPACE}78." in text
