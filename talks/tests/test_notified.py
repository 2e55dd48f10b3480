"""Staff read how chair and speaker hear of what they did."""

import pytest
from django.utils import translation

from neighbours.tests import builders as make
from partnership.people.actions import organisations
from partnership.people.models import User
from partnership.tests.cast import Cast, slot, visit
from talks.models import Booking
from talks.tests.bookings import requested
from talks.views.notified import with_both, with_chair


@pytest.fixture
def booking(cast: Cast) -> Booking:
    return requested(cast, slot(cast.speaker, days=60))


def by_letter(person: User) -> None:
    """Let a person be reached by letter: they have chosen it, and we know where they live."""
    make.helper(person, make.home(person.partnership.areas.first(), str(person.pk)))
    User.objects.filter(pk=person.pk).update(channel=User.Channel.LETTER)


def test_chair_and_speaker_with_email_each_get_one(cast: Cast, booking: Booking) -> None:
    said = visit(cast.karen).post(f"/en/staff/talks/{booking.pk}/confirm/", follow=True).content.decode()
    assert "The talk is confirmed. Chair and speaker each get an email." in said
    assert "Letters wait" not in said


def test_a_chair_who_is_reached_by_letter_gets_a_letter_that_waits_to_be_printed(cast: Cast, booking: Booking) -> None:
    by_letter(cast.ruth)
    typed = {"why": "Nobody is free.", "is_gone": "no"}
    said = visit(cast.karen).post(f"/en/staff/talks/{booking.pk}/decline/", typed, follow=True)
    assert "The chair gets a letter. Letters wait to be printed under Messages." in said.content.decode()


def test_each_is_said_where_the_two_differ(cast: Cast, booking: Booking) -> None:
    by_letter(cast.ruth)
    said = visit(cast.karen).post(f"/en/staff/talks/{booking.pk}/confirm/", follow=True).content.decode()
    assert "The chair gets a letter, and the speaker gets an email." in said


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_an_erased_speaker_and_a_chair_whom_nothing_reaches_are_said_so(cast: Cast, booking: Booking, language) -> None:
    User.objects.filter(pk=cast.ruth.pk).update(email=None)
    booking = Booking.objects.with_names().get(pk=booking.pk)
    with translation.override(language):
        assert with_both("Done.", booking, None) == with_chair("Done.", booking)
        assert len(with_chair("Done.", booking)) > len("Done. ") + 10


def test_a_cancelled_request_tells_the_speaker_nothing_and_says_so(cast: Cast, booking: Booking) -> None:
    said = visit(cast.karen).post(f"/en/staff/talks/{booking.pk}/cancel/", follow=True).content.decode()
    assert "The request is withdrawn. The chair gets an email." in said


@pytest.mark.parametrize(
    ("who", "way", "said"),
    [
        ("ruth", "", "You will get an email that says so."),
        ("ruth", "letter", "You will get a letter that says so."),
        ("frede", "", "We tell the chair."),
    ],
)
def test_chair_and_deputy_read_who_hears_of_it_and_how(cast: Cast, booking: Booking, who, way, said) -> None:
    organisations.name_deputy(
        organisation=booking.association, name="Frede", email=cast.frede.email, by=booking.association.chair
    )
    if way:
        by_letter(cast.ruth)
    page = visit(getattr(cast, who)).post(f"/en/talks/bookings/{booking.pk}/", follow=True).content.decode()
    assert f"The request is withdrawn. {said}" in page


def test_what_staff_can_do_stands_after_the_facts_and_before_what_has_happened(cast: Cast, booking: Booking) -> None:
    page = visit(cast.karen).get(f"/en/staff/talks/{booking.pk}/").content.decode()
    order = [page.index(words) for words in ("<dl", "<aside", "Confirm the talk", "</aside>", "What has happened")]
    assert order == sorted(order)
