"""However people give and withdraw consent while notices wait, none is sent without a current consent."""

import datetime as dt
import itertools
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devtools.mail import Sink
from partnership.outbox.models import Message
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.tests.posted import post_one
from partnership.people.actions.consents import give_consent, withdraw_consent
from partnership.people.models import Consent, User
from partnership.tests.cast import NOW, Cast

MINUTE = dt.timedelta(minutes=1)
numbers = itertools.count()
STEPS = st.lists(
    st.sampled_from(["give", "withdraw", "queue", "queue later", "send", "server says later", "leave"]),
    min_size=3,
    max_size=12,
)


class History:
    """One person's history. `allowed` is whether they consent, computed here independently of the code."""

    def __init__(self, cast: Cast, sink: Sink, number: int) -> None:
        self.where, self.sink, self.now = cast.randers, sink, NOW
        self.person = User.objects.create_user(f"p{number}@randers.example", "P", partnership=cast.randers)
        self.allowed, self.number, self.queued = False, number, 0
        sink.messages.clear()

    def take(self, step: str) -> None:
        self.now += 30 * MINUTE
        before = len(self.sink.messages)
        facts = {"person": self.person, "purpose": "notices", "medium": "web", "now": self.now}
        match step:
            case "give":
                give_consent(**facts, text="Yes.", language="da")
                self.allowed = True
            case "withdraw":
                withdraw_consent(**facts)
                self.allowed = False
            case "queue" | "queue later":
                self.queued += 1
                due = self.now + 45 * MINUTE if step == "queue later" else self.now
                post_one(
                    self.where, self.person, f"n.{self.number}.{self.queued}", "test.notice", now=self.now, due_at=due
                )
            case "leave":
                User.objects.filter(pk=self.person.pk).update(is_active=False)
                self.allowed = False
            case _:
                self.sink.behaviour = "accept" if step == "send" else "454 Later"
                deliver(urgent=False, now=self.now)
        sent = len(self.sink.messages) - before
        assert not sent or (self.allowed and Consent.objects.live(self.person, "notices")), step


@given(steps=STEPS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_notice_leaves_without_a_live_yes(cast: Cast, sink: Sink, steps: list[str]) -> None:
    play(cast, sink, steps)


@pytest.mark.proof
def test_a_thousand_histories(cast: Cast, sink: Sink) -> None:
    """Forty crowds of 25 people, whose notices are sent together."""
    chance = random.Random(1)
    own = ["give", "withdraw", "queue", "queue later", "leave"]
    sent = 0
    for _crowd in range(40):
        Message.objects.all().delete()
        crowd = {history.person.email: history for history in (History(cast, sink, next(numbers)) for _ in range(25))}
        for _step in range(6):
            for history in crowd.values():
                history.take(chance.choices(own, weights=[4, 3, 6, 2, 0.3], k=1)[0])
            sink.behaviour = chance.choices(["accept", "454 Later"], weights=[4, 1], k=1)[0]
            before = len(sink.messages)
            deliver(urgent=False, now=history.now)
            for notice in sink.messages[before:]:
                reader = crowd[notice.to[0]]
                assert reader.allowed
                assert Consent.objects.live(reader.person, "notices")
        sent += len(sink.messages)
    assert sent > 200  # or the test proves nothing


def play(cast: Cast, sink: Sink, steps: list[str]) -> int:
    """Run one history and return how many notices were sent in it."""
    Message.objects.all().delete()
    history = History(cast, sink, next(numbers))
    for step in [*steps, "send"]:
        history.take(step)
    return len(sink.messages)
