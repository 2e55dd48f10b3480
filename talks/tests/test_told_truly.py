"""Nothing about a talk promises a message to a chair or a speaker whom none reaches: neither page nor mail."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.utils import translation

from partnership import clock
from partnership.fields.printed_days import day_in_words
from partnership.outbox.models import Message
from partnership.outbox.post import kinds
from partnership.outbox.suppression import suppress
from partnership.people.models import User
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import for_callers
from talks.actions.bookings import lapse
from talks.messages import reaching
from talks.models import Booking
from talks.tests.bookings import confirmed, requested, unverified
from talks.tests.test_for_callers import wished
from talks.views import notified

PROMISES = {
    "en": ("an email", "by email", "gets an apology", "we tell the"),
    "da": ("en e-mail", "på mail", "undskyldning", "giver formanden besked", "giver foreningen besked"),
    "sv": ("ett e-post", "via e-post", "ursäkt", "meddelar ordföranden", "meddelar föreningen"),
}
NOT_REACHED = {"en": "No message reaches", "da": "Ingen besked når frem til", "sv": "Inget meddelande når"}


def stop(person: User) -> None:
    suppress(person.email or "", reason="hard bounce 5.1.1", now=NOW)


def told(cast: Cast, talk: Booking) -> dict[str, Callable[[], str]]:
    return {
        "with_chair": lambda: notified.with_chair("", talk),
        "with_both": lambda: notified.with_both("", talk, cast.speaker),
        "offered": lambda: notified.offered("", talk),
        "with_reader": lambda: notified.with_reader("", talk, cast.ruth),
        "call_first": lambda: reaching.call_first(talk),
        "apology": lambda: " ".join(reaching.apology_to_chair(talk)),
        "chair_is_told": lambda: " ".join(reaching.chair_is_told(talk)),
        "speaker_is_told": lambda: " ".join(reaching.speaker_is_told(talk)),
        "unreached": lambda: " ".join(reaching.unreached(talk)),
    }


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_no_sentence_promises_a_message_that_fails(cast: Cast, language: str) -> None:
    talk = confirmed(cast)
    stop(cast.ruth)
    stop(cast.sven)
    with translation.override(language):
        said = {name: sentence() for name, sentence in told(cast, talk).items()}
    wrong = {name: one for name, one in said.items() if any(promise in one.lower() for promise in PROMISES[language])}
    assert wrong == {}
    # What the chair reads themselves names no chair.
    assert [name for name, one in said.items() if NOT_REACHED[language] not in one] == ["with_reader"]


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_control_is_promised_a_message(cast: Cast, language: str) -> None:
    talk = confirmed(cast)
    with translation.override(language):
        said = {name: sentence() for name, sentence in told(cast, talk).items()}
    assert not any(NOT_REACHED[language] in one for one in said.values())
    assert (said["call_first"], said["unreached"]) == ("", "")


def test_one_who_is_reached_is_promised_what_the_other_is_not(cast: Cast) -> None:
    talk = confirmed(cast)
    stop(cast.sven)
    with translation.override("en"):
        said = notified.with_both("Done.", talk, cast.speaker)
    assert said.startswith("Done. The chair gets an email. No message reaches the speaker.")


def test_the_form_the_receipt_and_the_pages_of_a_call_say_that_nothing_arrives(cast: Cast) -> None:
    talk = confirmed(cast)
    slot(cast.speaker, days=40)
    stop(cast.ruth)
    browser = visit(cast.karen)
    pages = {
        "book": f"/en/staff/talks/for/{cast.ruth.pk}/book/",
        "call": f"/en/staff/talks/{talk.pk}/call/?done=1",
        "cancel": f"/en/staff/talks/{talk.pk}/call/cancel/",
        "talk": f"/en/staff/talks/{talk.pk}/",
    }
    read = {name: browser.get(page).content.decode() for name, page in pages.items()}
    said = {name: page for name, page in read.items() if "You get an email" in page or "hears of it by email" in page}
    assert said == {}
    assert "We cannot write to you now" in read["call"]
    assert [name for name, page in read.items() if "No message reaches the chair." not in page] == []


def test_what_would_not_arrive_is_not_sent_again(cast: Cast) -> None:
    talk, wish = confirmed(cast), wished(cast, cast.ruth)
    stop(cast.ruth)
    before = Message.objects.count()
    for case in (talk, wish):
        with pytest.raises(Refused) as refused:
            for_callers.send_again(case=case, submission=uuid.uuid4(), by=cast.karen, now=clock.now())
        assert refused.value.reason == "unreachable"
    assert Message.objects.count() == before
    pages = [f"/en/staff/talks/{talk.pk}/call/", f"/en/staff/talks/wishes/{wish.pk}/call/"]
    for page in (visit(cast.karen).get(address).content.decode() for address in pages):
        assert "Send it and its links again" not in page
        assert "No message reaches the chair." in page


@pytest.mark.parametrize("what", ["booking", "wish"])
def test_the_mail_on_a_broken_promise_tells_whether_the_apology_arrives(cast: Cast, what: str) -> None:
    kind, about = "talks.wish_promise_broken", {"wish": wished(cast, cast.ruth).pk}
    if what == "booking":
        kind, asked = "talks.promise_broken", requested(cast)
        lapse(booking=asked, now=asked.held_until)
        about = {"booking": asked.pk}
    message = Message(kind=kind, partnership=cast.randers, recipient=cast.anne, about=about)
    with translation.override("en"):
        before = kinds[kind].write(message)
        stop(cast.ruth)
        after = kinds[kind].write(message)
    assert before is not None
    assert after is not None
    assert "The chair gets an apology." in before.paragraphs
    assert "The chair gets an apology." not in after.paragraphs
    assert after.paragraphs[-1].startswith("No message reaches the chair.")


def test_staff_read_on_the_pages_of_a_talk_what_did_not_arrive(cast: Cast) -> None:
    talk = confirmed(cast)
    message = Message.objects.filter(kind="talks.confirmed", recipient=cast.ruth).get()
    Message.objects.filter(pk=message.pk).update(state="sent", ended_at=NOW, returned_as="hard", returned_at=NOW)
    browser = visit(cast.karen)
    pages = [f"/en/staff/talks/{talk.pk}/", f"/en/staff/talks/{talk.pk}/call/"]
    for page in (browser.get(address).content.decode() for address in pages):
        assert "Did not arrive: “Talk: confirmed” to Ruth. Call them." in page
    browser.post(f"/en/staff/messages/{message.pk}/seen-to/")
    for page in (browser.get(address).content.decode() for address in pages):
        assert "Did not arrive" not in page


@pytest.mark.parametrize("hour, has_day", [(10, False), (23, True)])
def test_a_link_that_ends_after_midnight_says_on_which_day(cast: Cast, hour: int, has_day: bool) -> None:
    now = clock.at(clock.local(NOW, cast.randers.zone).date(), dt.time(hour, 55), cast.randers.zone)
    asked = unverified(cast, now=now)
    message = Message.objects.get(kind="talks.verify", about__booking=asked.pk)
    message.written_at = now
    ends = clock.local(asked.held_until, cast.randers.zone)
    with translation.override("en"):
        words = kinds["talks.verify"].write(message)
        until = f"until {day_in_words(ends.date())}" if has_day else f"until {ends:%H:%M}"
    assert words is not None
    assert until in words.paragraphs[1]
