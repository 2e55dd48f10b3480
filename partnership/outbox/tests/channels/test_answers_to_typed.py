"""What answers whoever typed a mailbox goes to that mailbox or nowhere: not by letter, text or to staff's lists."""

import pytest
from django.db import transaction

from partnership.outbox.channels.choosing import channel_for
from partnership.outbox.kinds import kind, kinds
from partnership.outbox.models import Message
from partnership.outbox.posting import answer_typed
from partnership.outbox.queue.final_check import final_check
from partnership.outbox.scopes import examples, messages_in_view
from partnership.outbox.tests.posted import post_one
from partnership.outbox.tests.readers import on_paper, prefers
from partnership.people.models import User
from partnership.tests.cast import NOW, Cast

ANSWERS = sorted(kind.name for kind in kinds if kind.to_typed)
NUMBER = "12 34 56 78"


def test_the_rooms_answers_to_typed_mailboxes_are_of_this_sort() -> None:
    assert {"talks.elsewhere", "talks.too_many", "talks.verify", "neighbours.elsewhere"} <= set(ANSWERS)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_goes_to_the_mailbox_whatever_the_channel_and_nowhere_while_it_is_held_back(
    cast: Cast, settings, name: str
) -> None:
    settings.SMS_URL = "http://127.0.0.1:1/"
    oda = on_paper(cast)
    User.objects.filter(pk=oda.pk).update(email="oda@randers.example", phone=NUMBER, verified_phone=NUMBER)
    found = []
    for changed in ({"channel": "letter"}, {"channel": "sms"}, {"mailbox_opens_at": NOW}, {"email": None}):
        User.objects.filter(pk=oda.pk).update(**changed)
        oda.refresh_from_db()
        found.append(channel_of(Message(kind=name, recipient=oda, partnership=cast.randers)))
    assert found == ["mail", "mail", None, None]


def channel_of(message: Message) -> str | None:
    return channel_for(message, kind(message.kind))


@pytest.mark.parametrize("name", ["test.answer", "talks.elsewhere"])
def test_nobody_prints_a_letter_to_somebody_of_another_partnership(cast: Cast, name: str) -> None:
    """Whose mailbox was typed, and where they live, is for their own partnership to know."""
    gunnar = prefers(cast.gunnar, "letter")
    message = post_one(cast.randers, gunnar, kind=name)
    assert channel_of(message) == "mail"
    assert not messages_in_view(cast.karen, cast.randers).exists()
    assert not examples(name, cast.randers).exists()
    User.objects.filter(pk=gunnar.pk).update(mailbox_opens_at=NOW)
    message = Message.objects.get()
    assert final_check(message, NOW).words is None


def test_one_that_goes_once_a_day_has_the_key_of_those_that_are_stored(cast: Cast) -> None:
    about = {"kind": "talks.elsewhere", "partnership": cast.randers, "to": cast.gunnar, "about": {}, "now": NOW}
    with transaction.atomic():
        assert answer_typed(key="k", a_day=1, **about)
        assert not answer_typed(key="k", a_day=1, **about)
    assert Message.objects.get().key == f"k.{NOW:%Y-%m-%d}"


def test_a_kind_that_could_go_elsewhere_is_no_answer(cast: Cast) -> None:
    with pytest.raises(ValueError, match="to_typed"), transaction.atomic():
        answer_typed(kind="test.answer", partnership=cast.randers, to=cast.helle, key="k", about={}, a_day=1, now=NOW)
