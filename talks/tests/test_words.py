"""The words of emails to chair, speaker and staff."""

import datetime as dt

import pytest
from django.utils.html import escape

from partnership.outbox.channels.layout import sender_of, text_and_html
from partnership.outbox.kinds import Words
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.people.models import Organisation, OrganisationContact, User
from partnership.tests.cast import NOW, Cast, person, slot, speaker
from talks.actions import bookings
from talks.tests.bookings import confirmed, mail, requested, unverified
from talks.tests.test_wishes import wished


def said(kind: str, to: User) -> Words:
    """Return the words of the newest message of a kind, as they would be sent."""
    message = mail(kind, to)[-1]
    words = final_check(message, max(NOW, message.due_at)).words
    assert words
    return words


@pytest.mark.parametrize("kind", ["confirmed", "reminder_7days", "reminder_1day"])
def test_the_chair_can_cancel_from_each_email_about_the_talk_and_the_speaker_reads_their_note(
    cast: Cast, kind: str
) -> None:
    confirmed(cast, note="Ring på ved bagdøren")
    for_chair, for_speaker = said(kind, cast.ruth), said(kind, cast.sven)
    assert [address.split("/")[5] for _what, address in for_chair.links][-1] == "cancel"
    assert not for_speaker.links
    assert "Ring på ved bagdøren" in dict(for_speaker.facts).values()
    assert "Ring på ved bagdøren" not in dict(for_chair.facts).values()


def test_the_subject_of_a_confirmed_and_of_a_cancelled_talk_names_the_day(cast: Cast) -> None:
    booking = confirmed(cast)
    assert "14. december 2026" in said("confirmed", cast.ruth).subject
    bookings.cancel(booking=booking, by=cast.ruth, now=NOW)
    assert "14. december 2026" in said("cancelled", cast.ruth).subject


def test_only_the_chair_of_a_cancelled_talk_is_shown_free_slots(cast: Cast) -> None:
    bookings.cancel(booking=confirmed(cast), by=cast.karen, now=NOW)
    assert said("cancelled", cast.ruth).button
    assert said("cancelled", cast.sven).button is None


def test_a_speaker_who_loses_a_talk_reads_the_day_it_was_on(cast: Cast) -> None:
    booking, signes = confirmed(cast), slot(speaker(person("Signe", cast.randers)), days=30)
    bookings.move(booking=booking, slot=signes, by=cast.karen, now=NOW)
    words = said("relieved", cast.sven)
    assert "14. december 2026" in words.paragraphs[0]
    assert words.calendar


def test_staff_read_whom_to_call_about_a_deadline_and_a_wish(cast: Cast) -> None:
    requested(cast)
    wished(cast)
    for kind, who in (("promise_due", cast.anne), ("wish_to_answer", cast.karen), ("wish_promise_due", cast.anne)):
        assert any("Ruth, ruth@randers.example" in told for _what, told in said(kind, who).facts_and_things)


def test_a_telephone_number_is_not_broken_over_two_lines(cast: Cast) -> None:
    wished(cast)
    message: Message = mail("wish_received", cast.ruth)[0]
    text, _html = text_and_html(sender_of(cast.randers), "da", said("wish_received", cast.ruth), "Ruth", "")
    assert message.partnership.contact_phone.replace(" ", "\N{NO-BREAK SPACE}") in text


def test_further_actions_are_links_in_html_and_addresses_in_text(cast: Cast) -> None:
    confirmed(cast)
    words = said("confirmed", cast.ruth)
    text, html = text_and_html(sender_of(cast.randers), "da", words, "Ruth", "")
    for what, address in words.links:
        assert f">{escape(what)}</a>" in html
        assert html.count(address) == 1, "its long token is in the link alone, and widens no telephone"
        assert f"{what}:\n{address}\n" in text


def test_what_waits_for_an_association_without_a_chair_is_still_said_to_staff(cast: Cast) -> None:
    bookings.lapse(booking=(booking := requested(cast)), now=booking.held_until + dt.timedelta(hours=1))
    assert "Kontakt" in dict(said("promise_broken", cast.anne).facts)
    Organisation.objects.update(name="")
    OrganisationContact.objects.all().delete()
    assert "Kontakt" not in dict(said("promise_broken", cast.anne).facts)


@pytest.mark.parametrize(
    ("kind", "late", "says"),
    [
        ("reminder_7days", dt.timedelta(0), "Om en uge: "),
        ("reminder_7days", dt.timedelta(days=1), "Om 6 dage: "),
        ("reminder_7days", dt.timedelta(days=4), "Om 3 dage: "),
        ("reminder_1day", dt.timedelta(0), "I morgen: "),
        ("reminder_1day", dt.timedelta(hours=8), "I dag: "),
    ],
)
def test_a_reminder_that_is_sent_late_counts_the_days_that_are_left(
    cast: Cast, kind: str, late: dt.timedelta, says: str
) -> None:
    """The talk is at 19.00 local time; eight hours after the reminder of the day before it is the day itself."""
    confirmed(cast)
    (message,) = mail(kind, cast.ruth)
    assert final_check(message, message.due_at + late).words.subject.startswith(says)


def test_a_deadline_that_is_near_names_its_day_whenever_it_is_read(cast: Cast) -> None:
    requested(cast)
    assert said("promise_due", cast.anne).subject.startswith("Lovet senest tirsdag den 1. december 2026: ")


def test_an_email_with_a_deadline_names_the_hour_whenever_it_is_sent(cast: Cast) -> None:
    unverified(cast)
    (message,) = mail("verify", cast.ruth)
    late = final_check(message, NOW + dt.timedelta(minutes=100)).words
    assert "indtil kl.\xa012.00" in " ".join(late.paragraphs)


@pytest.mark.parametrize("kind", ["confirmed", "cancelled"])
def test_only_an_email_speaks_of_an_attached_file(cast: Cast, kind: str) -> None:
    booking = confirmed(cast)
    if kind == "cancelled":
        bookings.cancel(booking=booking, by=cast.karen, now=NOW)
    words = said(kind, cast.ruth)
    text, _html = text_and_html(sender_of(cast.randers), "da", words, "Ruth", "")
    assert "vedhæftede fil" in " ".join(text.split())
    # A letter is written from the paragraphs.
    assert "vedhæftede" not in " ".join(words.paragraphs)


def test_no_line_of_an_email_ends_inside_hours_or_a_telephone_number(cast: Cast) -> None:
    type(cast.randers).objects.filter(pk=cast.randers.pk).update(contact_phone="070-174 06 20")
    confirmed(cast)
    message = mail("confirmed", cast.ruth)[0]
    message.partnership.refresh_from_db()
    words = final_check(message, NOW).words
    _text, html = text_and_html(sender_of(message.partnership), "da", words, "Ruth", "")
    whole = '<span style="white-space:nowrap">'
    assert f"{whole}19.00–20.30</span>" in html
    assert f"{whole}070-174\xa006\xa020</span>" in html
