"""Every sentence that says how somebody is told is true: it promises what the queue does just before it sends."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.utils import translation

from partnership import clock
from partnership.outbox.channels import ways
from partnership.outbox.models import Bounce, Message
from partnership.outbox.queue.final_check import final_check
from partnership.outbox.suppression import digest_of, suppress
from partnership.outbox.tests.posted import post_one
from partnership.people.models import PostalAddress, User
from partnership.people.own.reached import way_in_words
from partnership.places.tests.builders import an_address
from partnership.tests.cast import Cast

NUMBER = "+4520304050"
# What a sentence says of a channel; none of them may stand in one about somebody whom it does not reach.
NAMED = {
    "en": {"mail": r"an email\b(?! address)|by email", "sms": r"text message", "letter": r"a letter|by letter"},
    "da": {"mail": r"en e-mail(?!adresse)|på mail", "sms": r"sms", "letter": r"\bbrev"},
    "sv": {"mail": r"ett e-post|(via|med) e-post", "sms": r"sms", "letter": r"\bbrev"},
}


def stopped(person: User) -> None:
    suppress(person.email or "", reason="hard bounce 5.1.1", now=clock.now())


def unwanted(person: User) -> None:
    suppress(person.email or "", reason="complaint", now=clock.now())
    digest = digest_of(person.email or "")
    Bounce.objects.create(digest=digest, kind=Bounce.Kind.COMPLAINT, at=clock.now(), report="complaint.1")


def held_back(person: User) -> None:
    written_down(person)
    person.mailbox_opens_at = clock.now() + dt.timedelta(days=14)


def no_longer_held_back(person: User) -> None:
    """Nobody has logged in since."""
    written_down(person)
    person.mailbox_opens_at = clock.now() - dt.timedelta(days=1)


def written_down(person: User) -> None:
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": False})


def without_mailbox(person: User) -> None:
    person.email = None


def texted(person: User) -> None:
    person.channel, person.phone, person.verified_phone = User.Channel.SMS, NUMBER, NUMBER


def said_stop(person: User) -> None:
    texted(person)
    suppress(NUMBER, reason="STOP", now=clock.now())


def as_always(person: User) -> None:
    """An email address that works."""


STATES: list[Callable[[User], None]] = [
    as_always,
    stopped,
    unwanted,
    held_back,
    no_longer_held_back,
    written_down,
    without_mailbox,
    texted,
    said_stop,
]


@pytest.fixture(params=STATES, ids=lambda state: state.__name__)
def reader(request, cast: Cast, settings) -> User:
    settings.SMS_URL = "http://127.0.0.1:9/"
    request.param(cast.helle)
    cast.helle.save()
    return cast.helle


@pytest.fixture(params=[False, True], ids=["no home", "a home"])
def with_home(request, cast: Cast, reader: User) -> User:
    if request.param:
        PostalAddress.objects.create(person=reader, address=an_address(cast.vorup))
    return reader


def used(cast: Cast, reader: User) -> str | None:
    """Return the channel that the queue uses for a message now; None if it fails, or waits."""
    message = post_one(cast.randers, reader, now=clock.now())
    decision = final_check(Message.objects.select_related("recipient", "partnership").get(pk=message.pk), clock.now())
    return decision.channel if decision.words else None


def sentences(reader: User) -> list[str]:
    way = ways.way_to(reader)
    return [
        way.to_staff,
        way.sentence,
        ways.channel_in_words(reader),
        ways.until_then(reader),
        ways.obstacle_to_staff(reader),
        way_in_words(reader),
    ]


def test_what_is_said_is_what_the_queue_does(cast: Cast, with_home: User) -> None:
    found, channel = ways.reached_now(with_home), used(cast, with_home)
    assert channel == (None if found.is_asked_first else found.channel)
    assert bool(found.obstacle) == (found.channel is None) == ways.way_to(with_home).is_blocked
    assert ways.way_to(with_home).arrives == (channel is not None)


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_no_sentence_promises_another_channel(cast: Cast, with_home: User, language: str) -> None:
    found = ways.reached_now(with_home)
    with translation.override(language):
        said = sentences(with_home)
    wrong = [
        (words, sentence)
        for channel, words in NAMED[language].items()
        for sentence in said
        if channel != found.channel and re.search(words, sentence.lower())
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_who_is_not_reached_is_to_be_called(cast: Cast, with_home: User, language: str) -> None:
    with translation.override(language):
        why, way = ways.obstacle_to_staff(with_home), ways.way_to(with_home)
    call = {"da": "Ring", "sv": "Ring", "en": "Call"}[language]
    assert (call in why) == (call in way.to_staff) == way.is_blocked


@pytest.mark.parametrize("state", [held_back])
def test_a_mailbox_that_is_new_here_says_from_which_day(cast: Cast, state: Callable[[User], None]) -> None:
    state(cast.helle)
    day = clock.local(cast.helle.mailbox_opens_at, cast.randers.zone).date()
    with translation.override("en"):
        assert f"{day.day} {day:%B}" in ways.obstacle_to_staff(cast.helle)
