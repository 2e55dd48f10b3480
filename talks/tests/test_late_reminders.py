"""A message that goes out late counts the days that are left when it is written."""

import datetime as dt

import pytest
from django.utils import translation

from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.tests.cast import Cast
from talks.tests.bookings import confirmed, mail


def written(message: Message, days_before: float) -> str:
    """Return the words of a message that is sent so many days before the talk."""
    starts_at = dt.datetime.fromisoformat(message.about["starts_at"])
    message.written_at = starts_at - dt.timedelta(days=days_before)
    with translation.override("en"):
        words = kind(message.kind).write(message)
    return " ".join([words.subject, *words.paragraphs])


@pytest.mark.parametrize("kind_of_message", ["reminder_7days", "reminder_1day"])
@pytest.mark.parametrize(("days", "said"), [(7, "In a week:"), (5, "In 5 days:"), (1, "Tomorrow:"), (0.1, "Today:")])
def test_a_reminder_says_how_many_days_are_left(cast: Cast, kind_of_message: str, days: float, said: str) -> None:
    confirmed(cast)
    assert written(mail(kind_of_message, cast.ruth)[0], days).startswith(said)


@pytest.mark.parametrize(("days", "is_soon"), [(7, False), (2, False), (1, True), (0.1, True)])
def test_the_link_of_an_online_talk_is_not_promised_for_a_day_that_has_passed(
    cast: Cast, days: float, is_soon: bool
) -> None:
    confirmed(cast, format="online", place="")
    for to in (cast.ruth, cast.sven):
        said = written(mail("reminder_1day", to)[0], days)
        assert ("no later than the day before" in said) is not is_soon
    assert ("to your contact today" in said) is is_soon
