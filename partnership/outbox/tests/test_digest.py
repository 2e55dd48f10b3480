"""What staff need not know at once comes in one email the next morning."""

import datetime as dt
import re

import pytest
from django.utils import translation

from partnership import clock
from partnership.outbox.digest import _words_of, next_morning
from partnership.outbox.models import Message
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.staff.actions import send_now
from partnership.tests.cast import NOW, Cast, slot
from talks.actions import bookings
from talks.actions.patterns import stay_away
from talks.messages import posting
from talks.models import Booking
from talks.tests.bookings import confirmed, requested

DUE = dt.datetime(2026, 11, 30, 6, tzinfo=dt.UTC)  # the morning on which the answers of that week are due
MORNING = dt.datetime(2026, 11, 25, 6, tzinfo=dt.UTC)  # 7.00 in Randers


def cancelled(cast: Cast, *days: int) -> None:
    """Let the association cancel its talks of these days."""
    for day in days:
        bookings.cancel(booking=confirmed(cast, slot(cast.speaker, days=day)), by=cast.ruth, now=NOW)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC), dt.datetime(2026, 11, 25, 6, tzinfo=dt.UTC)),
        (dt.datetime(2026, 11, 25, 5, 59, tzinfo=dt.UTC), dt.datetime(2026, 11, 25, 6, tzinfo=dt.UTC)),
        (dt.datetime(2026, 11, 25, 6, tzinfo=dt.UTC), dt.datetime(2026, 11, 26, 6, tzinfo=dt.UTC)),
        (dt.datetime(2027, 3, 27, 20, tzinfo=dt.UTC), dt.datetime(2027, 3, 28, 5, tzinfo=dt.UTC)),
    ],
    ids=["by day", "before seven", "at seven", "over the change of clocks"],
)
def test_it_is_told_at_the_next_seven_oclock(cast: Cast, now: dt.datetime, told: dt.datetime) -> None:
    assert next_morning(cast.randers, now) == told


def test_nothing_comes_before_the_morning(cast: Cast, sink) -> None:
    cancelled(cast, 30)
    deliver(urgent=False, now=NOW)
    assert not [mail for mail in sink.messages if mail.to == [cast.karen.email]]


def test_one_thing_is_told_in_its_own_words(cast: Cast, sink) -> None:
    cancelled(cast, 30)
    (mail,) = mornings(cast, sink)
    assert mail.subject == "Vorup Grundejerforening har aflyst sit foredrag"


def test_three_things_are_one_email_and_none_is_told_twice(cast: Cast, sink) -> None:
    cancelled(cast, 30, 31, 32)
    (mail,) = mornings(cast, sink)
    assert mail.subject == "Vorup Grundejerforening har aflyst sit foredrag, og 2 ting mere"
    assert mail.text.count("har aflyst sit foredrag") == 3
    assert mornings(cast, sink) == []


def test_what_is_no_longer_true_is_left_out(cast: Cast, sink) -> None:
    cancelled(cast, 30, 31)
    Booking.objects.earliest("pk").delete()
    (mail,) = mornings(cast, sink)
    assert mail.subject == "Vorup Grundejerforening har aflyst sit foredrag"


def test_what_was_told_alone_before_its_kind_was_in_the_digest_is_not_told_again(cast: Cast, sink) -> None:
    cancelled(cast, 30)
    digest = first_digest(cast)
    (key,) = digest.about["things"]
    Message.objects.get(key=key).delete()
    Message.objects.filter(pk=digest.pk).update(key=key, state="sent", ended_at=NOW)
    posting.tell_coordinators(Booking.objects.get(), "association_cancelled", NOW)
    assert mornings(cast, sink) == []


def test_a_thing_told_on_an_earlier_morning_is_not_told_again(cast: Cast, sink) -> None:
    cancelled(cast, 30)
    mornings(cast, sink)
    days_later = NOW + dt.timedelta(days=3)
    posting.tell_coordinators(Booking.objects.get(), "association_cancelled", days_later)
    assert mornings(cast, sink, days_later + dt.timedelta(days=1)) == []


def test_what_comes_after_staff_have_sent_it_early_is_in_a_second_one(cast: Cast, sink) -> None:
    cancelled(cast, 30)
    send_now(message=first_digest(cast), by=cast.karen, now=NOW)
    assert len(mornings(cast, sink, NOW)) == 1
    cancelled(cast, 31)
    (mail,) = mornings(cast, sink)
    assert mail.subject == "Vorup Grundejerforening har aflyst sit foredrag"


def test_each_thing_has_its_own_link_right_below_it(cast: Cast, sink) -> None:
    cancelled(cast, 30, 31)
    (mail,) = mornings(cast, sink)
    links = re.findall(r'<h2[^>]*>([^<]*)</h2>.*?<a href="([^"]*)"[^>]*>([^<]*)</a>', mail.html, re.DOTALL)
    pages = {f"/staff/talks/{one.pk}/" for one in Booking.objects.all()}
    assert {page for _title, url, _link in links for page in pages if url.endswith(page)} == pages
    assert len({link for _title, _url, link in links}) == 2
    assert all("Vorup Grundejerforening" in link for _title, _url, link in links)
    assert [line for line in mail.text.splitlines() if line.startswith("http")] == [url for _title, url, _link in links]


def test_deadlines_are_counted_by_their_day(cast: Cast, sink) -> None:
    for day in (40, 41):
        requested(cast, slot(cast.speaker, days=day))
    mornings(cast, sink, NOW)
    (mail,) = mornings(cast, sink, DUE)
    assert mail.subject == "2 svar skal gives senest tirsdag den 1. december 2026"


def test_news_and_deadlines_are_counted_apart_and_the_deadlines_come_first(cast: Cast, sink) -> None:
    for day in (40, 41):
        requested(cast, slot(cast.speaker, days=day))
    for day in (30, 31, 32):
        booking = confirmed(cast, slot(cast.speaker, days=day))
        bookings.cancel(booking=booking, by=cast.ruth, now=DUE - dt.timedelta(hours=9))
    mornings(cast, sink, DUE - dt.timedelta(hours=9))
    (mail,) = mornings(cast, sink, DUE)
    assert mail.subject == "2 svar skal gives senest tirsdag den 1. december 2026, og 3 ting er nye"
    titles = re.findall("<h2[^>]*>([^<]*)</h2>", mail.html)
    assert ["har aflyst" in title for title in titles] == [False, False, True, True, True]


def test_a_thing_that_is_due_later_is_told_on_that_morning(cast: Cast) -> None:
    asked = [requested(cast, slot(cast.speaker, days=day)) for day in (40, 41)]
    for person in (cast.karen, cast.anne):
        (warning,) = Message.objects.filter(kind="outbox.digest", recipient=person, due_at__gt=MORNING)
        assert {thing["about"]["booking"] for thing in warning.about["things"].values()} == {one.pk for one in asked}
        assert warning.due_at == dt.datetime(2026, 11, 30, 6, tzinfo=dt.UTC)


def test_the_same_thing_said_again_is_one_thing(cast: Cast, sink) -> None:
    cancelled(cast, 30)
    posting.tell_coordinators(Booking.objects.get(), "association_cancelled", NOW)
    (mail,) = mornings(cast, sink)
    assert mail.subject == "Vorup Grundejerforening har aflyst sit foredrag"


def test_what_happens_after_the_morning_is_told_on_the_next(cast: Cast, sink) -> None:
    cancelled(cast, 30)
    mornings(cast, sink)
    bookings.cancel(booking=confirmed(cast, slot(cast.speaker, days=31)), by=cast.ruth, now=MORNING)
    assert mornings(cast, sink) == []
    assert len(mornings(cast, sink, MORNING + dt.timedelta(days=1))) == 1


def test_a_thing_among_others_says_what_it_says_alone(cast: Cast, sink) -> None:
    booking = confirmed(cast, slot(cast.speaker, days=30))
    day = clock.local(booking.starts_at, cast.randers.zone).date()
    stay_away(speaker=cast.speaker, first_on=day, last_on=day, by=cast.sven, now=NOW)
    later = confirmed(cast, slot(cast.speaker, days=31))
    bookings.move(booking=later, slot=slot(cast.speaker, days=33), by=cast.ruth, now=NOW)
    cancelled(cast, 35)
    digest = first_digest(cast)
    with translation.override("en"):
        parts = [_words_of(thing, digest) for thing in digest.about["things"].values()]
    assert len(parts) == 3
    for words in parts:
        assert words
        assert words.brief
        # The day that it was on stands in a line of its own there.
        told = " ".join(words.brief.lines)
        for sentence in words.paragraphs:
            assert sentence in told or (sentence.startswith("It was on ") and "We tell the speaker." in told)


def first_digest(cast: Cast) -> Message:
    return Message.objects.filter(kind="outbox.digest", recipient=cast.karen).earliest("due_at")


def mornings(cast: Cast, sink, now: dt.datetime = MORNING) -> list:
    """Send what is due in the morning, and return what the coordinator got."""
    before = len(sink.messages)
    deliver(urgent=False, now=now)
    return [mail for mail in sink.messages[before:] if mail.to == [cast.karen.email]]
