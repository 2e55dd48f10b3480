"""Text messages: short, cheap, and sent once over real HTTP."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devtools.sms import Gateway
from partnership.outbox.channels import sms
from partnership.outbox.kinds import Words
from partnership.outbox.models import Message
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.tests.posted import post_one
from partnership.outbox.tests.queue.test_delivering import consents
from partnership.outbox.tests.readers import prefers
from partnership.places.models import Partnership
from partnership.tests.cast import NOW, Cast


@pytest.fixture
def gateway(settings):
    with Gateway() as gateway:
        settings.SMS_URL = gateway.url.replace("http://", "http://portal:s%40crett@")
        yield gateway


@pytest.fixture
def reader(cast: Cast):
    return prefers(cast.helle, "sms", "12 34 56 78")


def send(now: dt.datetime = NOW) -> Message:
    deliver(urgent=False, now=now)
    return Message.objects.get()


def test_who_chose_texts_gets_a_text_and_no_email(cast, reader, gateway, sink) -> None:
    post_one(cast.randers, reader)
    message = send()
    (text,) = gateway.texts
    assert (message.state, message.reason, len(sink.messages)) == ("sent", "text message", 0)
    assert (text.to, text.sender, text.key) == ("+4512345678", "Randers", "test.1")
    assert text.text == "Randers: Answer test.1.\nHere it is.\nWhen: Now"
    assert text.authorization.startswith("Basic ")


def test_an_answer_that_is_lost_makes_no_second_text(cast, reader, gateway) -> None:
    post_one(cast.randers, reader)
    gateway.behaviour = ["yes, then drop", 202]
    assert send().state == "retry"
    assert send(NOW + dt.timedelta(minutes=10)).state == "sent"
    assert (gateway.attempts, len(gateway.texts)) == (2, 1)


@pytest.mark.parametrize(
    "status, state",
    [(503, "retry"), (429, "retry"), (401, "retry"), (302, "retry"), (308, "retry"), (400, "failed"), (404, "failed")],
)
def test_what_the_gateway_says_decides_whether_we_ask_again(cast, reader, gateway, status, state) -> None:
    post_one(cast.randers, reader)
    gateway.behaviour = status
    message = send()
    assert message.state == state
    assert str(status) in message.reason
    assert "s@crett" not in message.reason


def test_a_gateway_that_is_away_is_asked_again(cast, reader, settings) -> None:
    settings.SMS_URL = "http://127.0.0.1:1/send"
    post_one(cast.randers, reader)
    assert send().state == "retry"


def test_a_gateway_that_does_not_answer_is_asked_once_in_a_batch(cast, reader, gateway, sink) -> None:
    """Each request takes seconds, and the emails behind it wait."""
    for number in range(3):
        post_one(cast.randers, reader, f"test.{number}")
    post_one(cast.randers, cast.ruth, "test.mail")
    gateway.behaviour = 503
    deliver(urgent=False, now=NOW)
    assert (gateway.attempts, len(sink.messages)) == (1, 1)
    assert sorted(Message.objects.values_list("state", "attempts")) == [
        ("retry", 0), ("retry", 0), ("retry", 1), ("sent", 1)
    ]  # fmt: skip
    gateway.behaviour = 202
    deliver(urgent=False, now=NOW)
    assert len(gateway.texts) == 2


def test_without_a_gateway_or_a_number_it_goes_by_email(cast, sink, settings) -> None:
    settings.SMS_URL = ""
    post_one(cast.randers, prefers(cast.helle, "sms", "12 34 56 78"))
    send()
    assert len(sink.messages) == 1


def test_a_number_that_is_none_falls_back_to_email(cast, gateway, sink) -> None:
    post_one(cast.randers, prefers(cast.helle, "sms", "1234"))
    send()
    assert (len(sink.messages), gateway.attempts) == (1, 0)


def test_a_code_to_log_in_never_goes_by_text(cast, reader, gateway, sink) -> None:
    post_one(cast.randers, reader, kind="account.login_code", about={"code": "123456"})
    send()
    assert (len(sink.messages), gateway.attempts) == (1, 0)


def test_no_text_without_a_yes_and_one_with_a_way_to_stop(cast, reader, gateway) -> None:
    post_one(cast.randers, reader, "test.a", "test.notice")
    deliver(urgent=False, now=NOW)
    assert not gateway.texts
    consents(reader)
    post_one(cast.randers, reader, "test.b", "test.notice")
    deliver(urgent=False, now=NOW)
    assert "stopp" in gateway.texts[0].text
    assert "http" not in gateway.texts[0].text


@pytest.mark.parametrize(
    "text, cost",
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("æøåÆØÅäöÄÖéü" * 13, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("š" * 70, 1),
        ("š" * 71, 2),
        ("👋" * 35, 1),
        ("👋" * 36, 2),
    ],
)
def test_a_text_costs_what_the_network_counts(text, cost) -> None:
    assert sms.parts(text) == cost


def test_a_long_opening_is_cut_before_the_hour_and_the_hour_before_where_there_is_more() -> None:
    message = Message(kind="test.answer", key="x", partnership=Partnership(short_name="Bo Trygt! Randers"))
    facts = [("When", "3 December, 19.00"), ("Where", "Vorup"), ("Talk", "Tomorrow"), ("Which way", "x" * 400)]
    words = Words("Tomorrow: the talk", ["word " * 200], facts, ("Open", "https://randers.example/da/me/"))
    text = sms.text_of(message, words)
    assert sms.parts(text) == sms.LONGEST
    assert "...\nWhen: 3 December, 19.00\nWhere: Vorup\nWhich way: xxx" in text
    assert text.endswith("\nLog ind på vores hjemmeside for at se mere.")
    assert "https" not in text
    assert "Talk: Tomorrow" not in text  # the subject already says it
    longer = sms.text_of(message, Words(words.subject, words.paragraphs, [*facts, ("More", "y" * 300)], words.button))
    assert longer.startswith(
        "Bo Trygt! Randers: Tomorrow: the talk.\nWhen: 3 December, 19.00\nWhere: Vorup\nWhich way: xxx"
    )
    assert "More" not in longer


FACTS = st.lists(st.tuples(st.text(max_size=20), st.text(max_size=300)), max_size=6)


@given(st.text(max_size=500), st.text(max_size=3_000), FACTS, st.booleans())
def test_no_text_is_longer_than_four_unless_its_title_is(subject, paragraph, facts, has_link) -> None:
    message = Message(kind="test.answer", key="x", partnership=Partnership(short_name="Bo Trygt! Randers"))
    button = ("Open", "https://randers.example/da/me/") if has_link else None
    text = sms.text_of(message, Words(subject, [paragraph], facts, button))
    bare = sms.text_of(message, Words(subject, [], [], button))
    assert sms.parts(text) <= sms.LONGEST or text == bare
    assert not has_link or text.endswith("for at se mere.")


def text_with(subject: str, paragraphs: list[str], facts: list[tuple[str, str]] = []) -> str:  # noqa: B006 - only read
    message = Message(kind="test.answer", key="x", partnership=Partnership(short_name="Randers"))
    return sms.text_of(message, Words(subject, paragraphs, facts, None))


def test_what_to_do_if_it_is_wrong_is_in_the_text_too() -> None:
    """It stands in the last paragraph of many messages, which a text left out."""
    call = "Er det ikke rigtigt? Ring til os i dag: Naboskabskontoret, 12 34 56 78."
    text = text_with("Vi har noteret en anden adresse til dig", ["Vi har fået at vide, at du er flyttet.", call])
    assert text == (
        "Randers: Vi har noteret en anden adresse til dig.\nVi har fået at vide, at du er flyttet.\n" + call
    )


def test_a_paragraph_that_has_no_room_is_left_out_whole() -> None:
    text = text_with("Emne", ["Det første.", "ord " * 300, "Ring til os."])
    assert text == "Randers: Emne.\nDet første.\nRing til os."


def test_a_long_paragraph_loses_whole_sentences() -> None:
    sentence = f"Vi ses kl. 19.00 hos {'x' * 80}."
    text = text_with("Emne", [" ".join([sentence] * 9)], [("Hvor", "y" * 200)])
    assert text == f"Randers: Emne.\n{sentence} {sentence} {sentence}\nHvor: {'y' * 200}"


@pytest.mark.parametrize("subject", ["Hvordan gik foredraget?", "Tak!", "Tak."])
def test_a_subject_keeps_the_sign_it_ends_with(subject: str) -> None:
    assert text_with(subject, []) == f"Randers: {subject}"


def test_the_lines_of_a_fact_stay_apart() -> None:
    assert text_with("Emne", [], [("Dage", "tirsdag\nonsdag")]) == "Randers: Emne.\nDage: tirsdag, onsdag"
