"""What the speaker reads of the place before a talk, and what is said of a screen that is missing."""

import pytest

from partnership.outbox.models import Message
from partnership.people.models import User
from partnership.tests.cast import NOW, Cast, visit
from talks.actions import bookings
from talks.models import Booking
from talks.tests.bookings import confirmed, mail
from talks.tests.test_access import at
from talks.tests.test_strangers_mail import as_sent

BRINGS = "Der er ingen: tag en med"


def told(cast: Cast, kind: str, person: User) -> str:
    message: Message = mail(kind, person)[0]
    return " ".join(as_sent(message).replace("\xa0", " ").split())


@pytest.mark.parametrize("kind", ["confirmed", "reminder_7days", "reminder_1day"])
def test_each_email_to_the_speaker_says_where_for_whom_and_whom_to_call(cast: Cast, kind: str) -> None:
    User.objects.filter(pk=cast.ruth.pk).update(phone="+4520304050")
    confirmed(cast, has_projector=True, note="Porten er låst")
    text = told(cast, kind, cast.sven)
    place = "Adgang uden trin: Ja Skærm eller projektor: Ja Hvem må komme: "
    for fact in ("Fælleshuset, Eksempelvej 1", place, "120", "ruth@", "Porten er låst"):
        assert fact in text
    assert "Det sørger foreningen for" in text
    assert BRINGS not in text


def test_the_speaker_agrees_with_the_contact_on_who_opens(cast: Cast) -> None:
    confirmed(cast)
    assert "hvem der lukker op" in told(cast, "confirmed", cast.sven)
    assert "hvem der lukker op" not in told(cast, "confirmed", cast.ruth)


def test_a_missing_screen_is_said_to_both_with_who_brings_one(cast: Cast) -> None:
    booking = confirmed(cast, has_projector=False)
    speaker, chair = told(cast, "confirmed", cast.sven), told(cast, "confirmed", cast.ruth)
    assert BRINGS in speaker
    assert "projektor: Nej" not in speaker
    assert cast.randers.contact_phone in speaker
    assert "Vi har bedt foredragsholderen tage en med" in chair
    pages = [visit(who).get(at("booking", booking.pk)).content.decode() for who in (cast.sven, cast.ruth)]
    assert [BRINGS in page for page in pages] == [True, False]
    assert not any("en hvid væg" in words for words in (speaker, chair, *pages))


@pytest.mark.parametrize("more", [{"has_projector": None}, {"format": "group_start"}], ids=["not known", "needs none"])
def test_no_screen_is_missed_where_none_is_known_to_be_or_none_is_needed(cast: Cast, more: dict) -> None:
    confirmed(cast, **({"has_projector": False} | more))
    assert BRINGS not in told(cast, "confirmed", cast.sven)


def test_an_online_talk_has_no_place(cast: Cast) -> None:
    confirmed(cast, format="online", place="")
    text = told(cast, "confirmed", cast.sven)
    assert ("trin" in text, "lukker op" in text) == (False, False)


@pytest.mark.parametrize(
    ("name", "to_chair", "to_speaker"),
    [
        ("ruth", "Det var dig, der aflyste", "Foreningen har aflyst"),
        ("helle", "Det var stedfortræderen, der aflyste", "Foreningen har aflyst"),
        ("karen", "Vi var nødt til at aflyse", "Vi var nødt til at aflyse"),
    ],
)
def test_who_cancelled_is_said(cast: Cast, name: str, to_chair: str, to_speaker: str) -> None:
    cast.association.contacts.create(person=cast.helle, role="deputy")
    booking = Booking.objects.with_names().get(pk=confirmed(cast).pk)
    bookings.cancel(booking=booking, by=getattr(cast, name), now=NOW)
    assert to_chair in told(cast, "cancelled", cast.ruth)
    assert to_speaker in told(cast, "cancelled", cast.sven)
