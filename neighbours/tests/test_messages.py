"""The words of emails, and when nothing is sent."""

import datetime as dt

import pytest
from django.utils import translation

from neighbours.actions import joining, leaving
from neighbours.actions.requests import JoinRequest
from neighbours.links import read_token
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check


@pytest.fixture
def waiting(cast):
    return make.ask(cast.randers, make.home(cast.vorup))


def look(name: str):
    message = Message.objects.get(kind=name)
    return message, final_check(message, message.due_at)


def test_the_link_in_the_email_opens_the_own_page_of_confirming(cast, waiting):
    _message, seen = look("neighbours.confirm")
    _label, url = seen.words.button
    assert url.startswith("http://randers.localhost")
    token = url.rstrip("/").rpartition("/")[2]
    assert read_token(token, cast.randers, clock.now()).helper == waiting
    assert waiting.person.email not in url


def test_a_message_that_is_sent_late_names_days_that_are_true_on_any_day(cast, waiting):
    helper = waiting
    helper.joined_at = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
    helper.save()
    told = []
    for name in ("neighbours.confirm", "neighbours.confirm_reminder"):
        message = Message.objects.get(kind=name)
        message.due_at = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.UTC)
        with translation.override("en"):
            told.append(" ".join(kind(name).write(message).paragraphs))
    assert "The link works until the end of Wednesday 9 December 2026." in told[0]
    assert "You asked to become a neighbour helper on Tuesday 24 November 2026." in told[1]


def test_the_reminders_link_works_for_fourteen_days_from_the_reminder(cast, waiting):
    message, seen = look("neighbours.confirm_reminder")
    token = seen.words.button[1].rstrip("/").rpartition("/")[2]
    in_sixteen_days = message.due_at + (message.due_at - message.created_at) * 4
    assert not read_token(token, cast.randers, in_sixteen_days).is_expired


@pytest.mark.parametrize("name", ["neighbours.confirm", "neighbours.confirm_reminder"])
def test_nothing_is_sent_to_one_who_has_confirmed_meanwhile(cast, waiting, name):
    joining.confirm(helper=waiting, now=clock.now())
    assert look(name)[1].words is None


def test_no_welcome_is_sent_to_one_who_has_left_meanwhile(cast, waiting):
    joining.confirm(helper=waiting, now=clock.now())
    leaving.leave(helper=waiting, by=waiting.person, now=clock.now())
    assert look("neighbours.welcome")[1].words is None


def ask_where_one_does_not_live(cast) -> None:
    asked = JoinRequest(
        partnership=cast.randers, name="G", email=cast.gunnar.email, address=make.home(cast.vorup, "18"),
        consent_text="x", language="da", submission=make.SUBMISSION,
    )  # fmt: skip
    joining.ask_to_join(join_request=asked, now=clock.now())


def test_every_kind_has_words_in_three_languages(cast, waiting):
    make.helper(cast.helle, make.home(cast.vorup, "14"))
    make.ask(cast.randers, make.home(cast.vorup, "16"), cast.helle.email)
    ask_where_one_does_not_live(cast)
    told = {
        "neighbours.confirm": "vera@randers.example",
        "neighbours.confirm_reminder": "vera@randers.example",
        "neighbours.already_helper": cast.helle.email,
        "neighbours.welcome": cast.helle.email,
        "neighbours.elsewhere": cast.gunnar.email,
    }
    for name, email in told.items():
        message = Message.objects.filter(kind=name, recipient__email=email).latest("pk")
        for language in ("da", "sv", "en"):
            with translation.override(language):
                words = kind(name).write(message)
            assert words.subject
            assert len(words.subject) < 78
            assert all(words.paragraphs)
        assert kind(name).transactional


def test_the_email_about_another_home_leads_there(cast):
    ask_where_one_does_not_live(cast)
    _message, seen = look("neighbours.elsewhere")
    assert seen.words.button[1].startswith("http://kalmar.localhost")
