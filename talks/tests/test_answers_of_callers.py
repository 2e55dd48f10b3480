"""What our letters ask an association, and staff write down when it calls: the year, and the two questions."""

import datetime as dt

import pytest

from partnership import clock
from partnership.people.mailboxes import is_verified
from partnership.people.models import Organisation, User
from partnership.people.tests.looking_up import look_up
from partnership.people.tests.test_organisations import deputise
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import for_callers
from talks.models import Booking, Feedback
from talks.tests.bookings import confirmed, unverified
from talks.tests.test_for_callers import EVERYONE, STAFF

ANSWERS = {"useful": "yes", "will_act": "maybe", "words": "Tak."}


def over(cast: Cast) -> Booking:
    now = clock.now()
    return confirmed(cast, slot(cast.speaker, days=(now - NOW).days - 2), now=NOW - dt.timedelta(days=40))


def test_the_two_questions_are_answered_on_the_telephone(cast: Cast) -> None:
    talk = over(cast)
    address = f"/en/staff/talks/{talk.pk}/call/questions/"
    assert address in look_up(visit(cast.karen), cast.ruth)
    assert address in visit(cast.karen).get(f"/en/staff/talks/{talk.pk}/call/").content.decode()
    visit(cast.karen).post(address, ANSWERS | {"medium": "phone"})
    said = Feedback.objects.get(booking=talk)
    assert (said.useful, said.will_act, said.words, said.medium) == ("yes", "maybe", "Tak.", "phone")
    assert said.written_by == cast.karen
    assert address not in look_up(visit(cast.karen), cast.ruth)


def test_without_how_they_told_nothing_is_written_down(cast: Cast) -> None:
    talk = over(cast)
    answer = visit(cast.karen).post(f"/en/staff/talks/{talk.pk}/call/questions/", ANSWERS | {"medium": ""})
    assert answer.status_code == 400
    assert not Feedback.objects.exists()


def test_a_talk_ahead_has_no_answers_yet(cast: Cast) -> None:
    talk = confirmed(cast, slot(cast.speaker, days=90))
    with pytest.raises(Refused) as refused:
        for_callers.answer_questions(booking=talk, by=cast.karen, medium="phone", now=NOW, **ANSWERS)
    assert refused.value.reason == "nothing_to_answer"


def test_an_association_is_confirmed_for_the_year_on_the_telephone(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.association.pk).update(confirmed_on=dt.date(2025, 3, 1))
    address = f"/en/staff/associations/{cast.association.pk}/right/"
    assert address in look_up(visit(cast.karen), cast.ruth)
    assert "Vorup Grundejerforening" in visit(cast.karen).get(address).content.decode()
    page = visit(cast.karen).post(address, follow=True).content.decode()
    assert "It is noted that the association is right, for this year." in page
    assert Organisation.objects.get(pk=cast.association.pk).confirmed_on == clock.today(cast.randers.zone)
    assert address not in look_up(visit(cast.karen), cast.ruth)


def test_that_call_confirms_nothing_that_a_stranger_has_typed(cast: Cast) -> None:
    typed = {"email": "owner@mail.example", "name": "Stranger", "association": "Skovvej"}
    booking = unverified(cast, on=slot(cast.speaker, 60), now=clock.now(), **typed)
    page = f"/en/staff/associations/{booking.association.pk}/right/"
    assert visit(cast.karen).post(page).status_code == 404
    assert Organisation.objects.get(pk=booking.association.pk).confirmed_on is None
    assert not is_verified(User.objects.get(email="owner@mail.example"))


@pytest.mark.parametrize("name", EVERYONE)
def test_only_the_staff_of_the_partnership_write_down_what_an_association_says(cast: Cast, name: str) -> None:
    by, talk = getattr(cast, name), over(cast)

    def attempt() -> None:
        for_callers.answer_questions(booking=talk, by=by, medium="phone", now=clock.now(), **ANSWERS)

    if name in STAFF:
        return attempt()
    with pytest.raises(Refused) as refused:
        attempt()
    assert refused.value.reason == "not_yours"
    return None


@pytest.mark.parametrize("name", EVERYONE)
def test_only_the_staff_of_the_partnership_confirm_an_association_for_it(cast: Cast, name: str) -> None:
    Organisation.objects.filter(pk=cast.association.pk).update(confirmed_on=dt.date(2025, 3, 1))
    visit(getattr(cast, name)).post(f"/en/staff/associations/{cast.association.pk}/right/")
    is_noted = Organisation.objects.get(pk=cast.association.pk).confirmed_on == clock.today(cast.randers.zone)
    assert is_noted == (name in STAFF)


def test_nobody_confirms_an_association_of_their_own_as_staff(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.association.pk).update(confirmed_on=dt.date(2025, 3, 1))
    deputise(cast.association, cast.karen)
    assert visit(cast.karen).get(f"/en/staff/associations/{cast.association.pk}/right/").status_code == 404
