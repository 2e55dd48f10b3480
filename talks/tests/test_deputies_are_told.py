"""A deputy hears of a talk that is agreed, moved or cancelled, as the chair does, once, and reads of nobody who is
protected.
"""

import datetime as dt

import pytest

from partnership.outbox.queue.final_check import final_check
from partnership.people.actions.mailboxes import verify_mailbox
from partnership.people.models import Organisation, OrganisationContact, User
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import bookings
from talks.actions.associations import tell_of_contacts
from talks.actions.deputies import end_deputy
from talks.erasing import end_talks_of_chair
from talks.models import Booking
from talks.tests.bookings import confirmed, mail, requested
from talks.tests.test_access import at
from talks.tests.test_strangers_mail import as_sent


@pytest.fixture
def deputy(cast: Cast) -> User:
    deputise(cast.association, cast.frede)
    verify_mailbox(cast.frede, NOW)
    return cast.frede


def moved(cast: Cast, by: User) -> Booking:
    talk = confirmed(cast, slot(cast.speaker, days=40))
    return bookings.move(booking=talk, slot=slot(cast.speaker, days=50), by=by, now=NOW)


def test_the_deputy_is_told_of_a_talk_that_is_agreed(cast: Cast, deputy: User) -> None:
    talk = confirmed(cast)
    (message,) = mail("confirmed", deputy)
    words = final_check(message, NOW).words
    assert words.calendar.method == "REQUEST"
    chairs = final_check(mail("confirmed", cast.ruth)[0], NOW).words
    assert {url for _text, url in words.links}.isdisjoint({url for _text, url in chairs.links if "/open/" not in url})
    assert talk.association.chair.email not in as_sent(message)


@pytest.mark.parametrize("by", ["ruth", "frede", "karen"])
def test_the_deputy_is_told_once_of_a_talk_that_is_moved(cast: Cast, deputy: User, by: str) -> None:
    moved(cast, getattr(cast, by))
    (message,) = mail("moved", deputy)
    said = {"ruth": "Formanden har flyttet", "frede": "Du har flyttet", "karen": "Vi har flyttet"}
    assert said[by] in as_sent(message)


@pytest.mark.parametrize("by", ["ruth", "frede", "karen"])
def test_the_deputy_is_told_once_of_a_talk_that_is_cancelled(cast: Cast, deputy: User, by: str) -> None:
    why = "Til formanden alene." if by == "karen" else ""
    bookings.cancel(booking=confirmed(cast), by=getattr(cast, by), now=NOW, why=why)
    (message,) = mail("cancelled", deputy)
    words = final_check(message, NOW).words
    assert words.calendar.method == "CANCEL"
    assert "Til formanden alene." not in as_sent(message)
    assert ("Det var dig" in as_sent(message)) is (by == "frede")


def test_a_request_that_is_withdrawn_is_not_told(cast: Cast, deputy: User) -> None:
    bookings.cancel(booking=requested(cast), by=cast.ruth, now=NOW)
    assert mail("cancelled", deputy) == []


def test_a_deputy_who_never_used_the_mailbox_is_told_nothing(cast: Cast) -> None:
    User.objects.filter(pk=cast.frede.pk).update(last_login=None)
    deputise(cast.association, cast.frede)
    moved(cast, cast.ruth)
    assert mail("moved", cast.frede) == mail("confirmed", cast.frede) == []


def test_who_is_no_longer_the_deputy_gets_nothing_that_waits(cast: Cast, deputy: User) -> None:
    confirmed(cast)
    OrganisationContact.objects.filter(person=deputy).delete()
    (message,) = mail("confirmed", deputy)
    assert not final_check(message, NOW).words


@pytest.mark.parametrize("what", ["confirmed", "moved", "cancelled"])
def test_nothing_of_a_protected_chair_is_told_to_the_deputy(cast: Cast, deputy: User, what: str) -> None:
    User.objects.filter(pk=cast.ruth.pk).update(is_protected=True, name="Hemmelig Ruth", phone="87654321")
    talk = moved(cast, cast.karen)
    bookings.cancel(booking=talk, by=cast.karen, now=NOW) if what == "cancelled" else None
    if what == "confirmed":
        talk = confirmed(cast, slot(cast.speaker, days=70))
    for message in mail(what, deputy):
        sent = as_sent(message) if final_check(message, NOW).words else ""
        assert not any(secret in sent for secret in ("Hemmelig", "87654321", "87 65 43 21", cast.ruth.email))
    assert mail(what, deputy)


def reminders(to: User) -> list[tuple[str, str]]:
    """Return the kind and state of each reminder to somebody."""
    rows = to.messages.filter(kind__startswith="talks.reminder_").order_by("due_at")
    return [(row.kind.removeprefix("talks.reminder_"), row.state) for row in rows]


def test_the_deputy_is_reminded_as_the_chair_is_and_not_thanked(cast: Cast, deputy: User) -> None:
    confirmed(cast)
    assert reminders(deputy) == reminders(cast.ruth) == [("7days", "queued"), ("1day", "queued")]
    assert mail("thanks", deputy) == []
    (message,) = mail("reminder_7days", deputy)
    assert "Om en uge: " in final_check(message, message.due_at).words.subject


def test_who_becomes_the_deputy_later_is_reminded_and_the_one_before_no_longer(cast: Cast, deputy: User) -> None:
    confirmed(cast)
    verify_mailbox(cast.helle, NOW)
    cast.association.contacts.filter(role="deputy").update(person=cast.helle)
    tell_of_contacts(Organisation.objects.get(pk=cast.association.pk), cast.ruth, deputy, NOW)
    assert reminders(cast.helle) == [("7days", "queued"), ("1day", "queued")]
    assert reminders(deputy) == [("7days", "withdrawn"), ("1day", "withdrawn")]


def test_a_deputy_who_steps_down_is_reminded_no_longer(cast: Cast, deputy: User) -> None:
    confirmed(cast)
    end_deputy(association=cast.association, by=deputy, now=NOW)
    assert reminders(deputy) == [("7days", "withdrawn"), ("1day", "withdrawn")]


def test_a_deputy_who_takes_over_is_reminded_once(cast: Cast, deputy: User) -> None:
    confirmed(cast)
    end_talks_of_chair(cast.ruth, NOW + dt.timedelta(hours=1))
    assert sorted(reminders(deputy)) == [
        ("1day", "queued"), ("1day", "withdrawn"), ("7days", "queued"), ("7days", "withdrawn"),
    ]  # fmt: skip


def test_a_deputy_who_takes_over_is_called_the_contact_person(cast: Cast, deputy: User) -> None:
    confirmed(cast)
    end_talks_of_chair(cast.ruth, NOW)
    association = Organisation.objects.get(pk=cast.association.pk)
    assert (association.chair, association.chair_title) == (deputy, "Kontaktperson")
    assert "Kontaktperson: Frede" in as_sent(mail("contacts_changed", cast.karen)[0])
    booking = Booking.objects.get(association=association)
    assert "<dt>Kontaktperson</dt>" in visit(cast.karen).get(at("answer", booking.pk)).content.decode()
