"""Staff tell the association why a talk is cancelled or called off; a speaker is not asked why."""

import pytest

from partnership.people.actions.erasing import erase
from partnership.people.models import Organisation
from partnership.tests.cast import NOW, Cast, person, slot, visit
from talks.models import Booking
from talks.tests.bookings import confirmed
from talks.tests.test_access import at
from talks.tests.test_erasing import took_place
from talks.tests.test_words import said

WHY = "Salen er lukket den uge."


def read_by_the_chair(cast: Cast, kind: str) -> str:
    return str(said(kind, cast.ruth))


def test_the_association_reads_why_staff_cancel(cast: Cast) -> None:
    booking = confirmed(cast)
    visit(cast.karen).post(at("staff_cancel", booking.pk), {"why": WHY})
    assert WHY in read_by_the_chair(cast, "cancelled")
    assert booking.steps.latest("pk").why == WHY


@pytest.mark.parametrize("offers", [True, False])
def test_the_association_reads_why_staff_call_off(cast: Cast, offers: bool) -> None:
    booking, other = confirmed(cast), slot(cast.speaker, days=40)
    typed = {"slots": [other.pk]} if offers else {"cancels": "on", "sure": "yes"}
    visit(cast.karen).post(at("call_off", booking.pk), typed | {"why": WHY})
    assert WHY in read_by_the_chair(cast, "offered" if offers else "cancelled")


@pytest.mark.parametrize("where", ["staff_cancel", "call_off"])
def test_what_staff_write_to_the_chair_is_not_read_by_the_speaker(cast: Cast, where: str) -> None:
    booking, _other = confirmed(cast), slot(cast.speaker, days=40)
    visit(cast.karen).post(at(where, booking.pk), {"why": WHY, "cancels": "on", "sure": "yes"})
    assert WHY in read_by_the_chair(cast, "cancelled")
    assert WHY not in str(said("cancelled", cast.sven))


def test_a_speaker_is_not_asked_why_and_what_is_sent_all_the_same_is_dropped(cast: Cast) -> None:
    booking, other = confirmed(cast), slot(cast.speaker, days=40)
    assert 'name="why"' not in visit(cast.sven).get(at("call_off", booking.pk)).content.decode()
    assert 'name="why"' in visit(cast.karen).get(at("call_off", booking.pk)).content.decode()
    visit(cast.sven).post(at("call_off", booking.pk), {"slots": [other.pk], "why": WHY})
    assert Booking.objects.get().steps.latest("pk").why == ""


def test_a_reason_that_is_too_long_comes_back_and_cancels_nothing(cast: Cast) -> None:
    booking = confirmed(cast)
    page = visit(cast.karen).post(at("staff_cancel", booking.pk), {"why": "x" * 301})
    assert page.status_code == 400
    booking.refresh_from_db()
    assert booking.state == "confirmed"


def test_two_associations_without_a_name_are_told_apart_in_the_administration(cast: Cast) -> None:
    nameless = []
    for days, name in ((5, "Ruth"), (9, "Rita")):
        chair = cast.ruth if name == "Ruth" else person("Rita", cast.randers)
        booking = took_place(cast, days, email=chair.email, name=name, association=f"{name}s forening")
        nameless.append(booking.association)
        erase(person=chair, by=chair, now=NOW)
    names = {str(Organisation.objects.get(pk=one.pk)) for one in nameless}
    assert len(names) == 2
    page = visit(cast.anne).get("/admin/people/organisation/").content.decode()
    assert all(f"({one.pk})" in page for one in nameless)
