"""A code that was not delivered is deleted, and what spoke of it is not tried again; all else about a log-in is."""

import contextlib

import pytest
from django.utils import timezone

from partnership.outbox.kinds import kind, kinds
from partnership.outbox.models import Message
from partnership.outbox.queue.claiming import claim, end
from partnership.outbox.staff import actions
from partnership.outbox.staff.listing import can
from partnership.outbox.staff.samples import sample_of, sample_words
from partnership.outbox.tests.posted import post_one
from partnership.refusals import Refused
from partnership.tests.cast import Cast

ABOUT_A_LOG_IN = [kind.name for kind in kinds if kind.is_account]
WITH_CODE = {
    "account.login_code",
    "account.number_code",
    "entrance.email_code",
    "entrance.letter_code",
    "entrance.text_code",
}
ABOUT = {"code": "123456", "row": 1, "printed": 1}


def test_the_kinds_that_hold_a_code_say_so() -> None:
    assert {kind.name for kind in kinds if kind.holds_code} == WITH_CODE
    assert set(ABOUT_A_LOG_IN) > WITH_CODE


@pytest.mark.parametrize("name", ABOUT_A_LOG_IN)
def test_staff_try_again_what_is_kept_and_only_that(cast: Cast, name: str) -> None:
    now = timezone.now()
    post_one(cast.randers, cast.helle, kind=name, about=ABOUT, now=now)
    (message,) = claim(urgent=False, batch=1, now=now)
    end(message, Message.State.FAILED, now)
    message = Message.objects.get()
    assert message.about == ({} if name in WITH_CODE else ABOUT)
    assert can(message, timezone.now()).try_again is (name not in WITH_CODE)
    if name not in WITH_CODE:
        actions.try_again(message=message, by=cast.karen, now=now)
        return
    with pytest.raises(Refused) as refused:
        actions.try_again(message=message, by=cast.karen, now=now)
    assert refused.value.reason == "forgotten"


@pytest.mark.parametrize("name", ABOUT_A_LOG_IN)
def test_no_message_without_its_code_is_taken_for_a_sample(cast: Cast, name: str) -> None:
    message = Message(kind=name, partnership=cast.randers, recipient=cast.helle)
    with pytest.raises(KeyError) if name in WITH_CODE else contextlib.nullcontext():
        kind(name).write(message)


@pytest.mark.parametrize("name", ABOUT_A_LOG_IN)
def test_a_sample_for_staff_says_that_it_is_one(cast: Cast, name: str) -> None:
    sample = sample_of(name, cast.randers, cast.karen)
    assert sample
    assert sample.is_sample
    if name in WITH_CODE:
        words = sample_words(name, None, cast.randers, cast.karen)
        assert words
        assert "000" in str(words)
