"""Staff book, ask for, move and cancel talks for associations that call: the rules, the steps and who is told."""

import datetime as dt
import uuid

import pytest
from allauth.account.models import EmailAddress

from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.people.mailboxes import is_verified
from partnership.people.models import Organisation, OrganisationContact, User
from partnership.people.tests.test_details_by_staff import written_down
from partnership.people.tests.test_organisations import deputise
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, person, slot, visit
from talks.actions import bookings, for_callers, wishes
from talks.models import Booking, Slot, TalkWish
from talks.tests.bookings import confirmed, mail, requested, talk_request, unverified

EVERYONE = ["helle", "niels", "ruth", "frede", "sven", "karen", "palle", "anne", "kerstin", "gunnar"]
STAFF = {"karen", "anne"}
DAYS = [dt.date(2027, 2, 9), dt.date(2027, 2, 10)]
S = Booking.State


def called(cast: Cast, caller: User, on: Slot | None = None, by: User | None = None, **more: object) -> Booking:
    form = more.pop("submission", None) or uuid.uuid4()
    return for_callers.request_talk(
        partnership=cast.randers, slot=on or slot(cast.speaker), asked=talk_request(cast, **more), now=NOW,
        call=for_callers.Call(caller=caller, medium="phone", submission=form, by=by or cast.karen),
    )  # fmt: skip


def wished(cast: Cast, caller: User, by: User | None = None, form: uuid.UUID | None = None) -> TalkWish:
    return for_callers.wish_for_days(
        partnership=cast.randers, days=DAYS, from_hour=dt.time(19), asked=talk_request(cast), now=NOW,
        call=for_callers.Call(caller=caller, medium="phone", submission=form or uuid.uuid4(), by=by or cast.karen),
    )  # fmt: skip


def words_of(kind: str, to: User, now: dt.datetime = NOW) -> str:
    (message,) = mail(kind, to)
    words = final_check(message, now).words
    assert words is not None
    return " ".join([words.subject, *words.paragraphs])


def test_a_caller_without_email_gets_a_request_at_once_and_a_letter_that_promises_the_day(cast: Cast) -> None:
    gerda = written_down(cast)
    booking = called(cast, gerda, association="Nyvangs Grundejerforening")
    assert (booking.state, booking.association.chair) == (S.REQUESTED, gerda)
    assert (booking.name, booking.phone, booking.homes) == ("", "", None)
    step = booking.steps.get()
    assert (step.by, step.medium, step.to_state) == (cast.karen, "phone", S.REQUESTED)
    look = final_check(mail("requested", gerda)[0], NOW)
    assert (look.words is not None, look.channel) == (True, "letter")
    assert not mail("verify")


def test_the_one_who_wrote_it_down_is_not_told_to_answer_it_and_the_others_are(cast: Cast) -> None:
    kaja = person("Kaja", cast.randers)
    kaja.roles.create(partnership=cast.randers, kind="coordinator")
    called(cast, cast.ruth)
    assert [one.recipient for one in mail("to_answer")] == [kaja]


def test_the_association_that_the_caller_belongs_to_is_not_made_twice(cast: Cast) -> None:
    dora = person("Dora", cast.randers)
    deputise(cast.association, dora)
    assert called(cast, dora, association="vorup grundejerforening").association == cast.association
    ole = person("Ole", cast.randers)
    OrganisationContact.objects.create(organisation=cast.association, person=ole, role="contact")
    assert called(cast, ole, slot(cast.speaker, days=30), homes=99).association.chair == cast.ruth
    assert Organisation.objects.get(pk=cast.association.pk).homes == 99


@pytest.mark.parametrize("name", EVERYONE)
def test_only_the_staff_of_the_partnership_ask_move_cancel_and_send_again_for_a_caller(cast: Cast, name: str) -> None:
    by, other = getattr(cast, name), slot(cast.speaker, days=40)
    talk, wish = confirmed(cast), wished(cast, cast.ruth)
    # The chair moves and cancels their own talk, but writes nothing down as if they were staff.
    attempts = {
        "ask": lambda: called(cast, cast.frede, slot(cast.speaker, days=30), by=by, association="Another"),
        "wish": lambda: wished(cast, cast.frede, by=by),
        "send": lambda: for_callers.send_again(case=talk, submission=uuid.uuid4(), by=by, now=NOW),
        "move": lambda: bookings.move(booking=talk, slot=other, by=by, now=NOW, medium="phone"),
        "withdraw": lambda: wishes.withdraw(wish=wish, by=by, now=NOW, is_for_caller=True),
        "cancel": lambda: bookings.cancel(booking=talk, by=by, now=NOW, medium="phone"),
    }
    for what, attempt in attempts.items():
        if name in STAFF:
            attempt()
            continue
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.reason == "not_yours", what


def test_nobody_asks_for_an_association_of_their_own_as_staff(cast: Cast) -> None:
    deputise(cast.association, cast.karen)
    with pytest.raises(Refused) as refused:
        called(cast, cast.ruth)
    assert refused.value.reason == "not_yours"


def test_a_person_of_another_partnership_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        called(cast, cast.gunnar)
    assert refused.value.reason == "not_yours"


def test_a_double_click_makes_one_request_and_one_wish(cast: Cast) -> None:
    form, on = uuid.uuid4(), slot(cast.speaker)
    assert called(cast, cast.ruth, on, submission=form) == called(cast, cast.ruth, on, submission=form)
    assert wished(cast, cast.ruth, form=form) == wished(cast, cast.ruth, form=form)


def test_the_limit_of_three_open_requests_is_for_strangers_and_not_for_staff(cast: Cast) -> None:
    made = [called(cast, cast.ruth, slot(cast.speaker, days=days)) for days in (20, 22, 24, 27, 29)]
    assert {one.state for one in made} == {S.REQUESTED}


def test_a_slot_that_is_gone_is_refused_as_in_the_public_form(cast: Cast) -> None:
    on = slot(cast.speaker)
    called(cast, cast.ruth, on)
    with pytest.raises(Refused) as refused:
        called(cast, cast.ruth, on)
    assert refused.value.reason == "slot_taken"


def test_wished_days_are_promised_an_answer_at_once(cast: Cast) -> None:
    EmailAddress.objects.create(user=cast.ruth, email=cast.ruth.email, verified=True, primary=True)
    wish = wished(cast, cast.ruth)
    assert (wish.is_waiting, wish.medium, wish.written_by) == (True, "phone", cast.karen)
    assert mail("wish_received", cast.ruth)


def test_a_mailbox_that_was_written_down_is_asked_first_and_told_the_rest_once_it_is_verified(cast: Cast) -> None:
    gerda = written_down(cast, email="gerda@randers.example", address=None)
    booking = called(cast, gerda, association="Nyvang")
    assert not mail("requested", gerda)
    (asks,) = mail("typed_mailbox", gerda)
    look = final_check(asks, NOW)
    assert look.words is not None
    assert "Fælleshuset" not in str(look.words)  # the address may have been misheard
    bookings.verify(booking=booking, by=gerda, now=NOW)
    assert final_check(mail("requested", gerda)[0], NOW).words is not None
    bookings.verify(booking=booking, by=gerda, now=NOW)
    assert len(mail("requested", gerda)) == 1


def test_a_mailbox_of_wished_days_is_asked_first_too(cast: Cast) -> None:
    gerda = written_down(cast, email="gerda@randers.example", address=None)
    wish = wished(cast, gerda)
    assert (len(mail("typed_mailbox_of_wish", gerda)), len(mail("wish_received", gerda))) == (1, 0)
    wishes.verify_wish(wish=wish, by=gerda, now=NOW)
    assert len(mail("wish_received", gerda)) == 1


def test_moving_for_a_caller_tells_chair_speaker_and_the_other_coordinators_that_the_association_did(
    cast: Cast,
) -> None:
    kaja = person("Kaja", cast.randers)
    kaja.roles.create(partnership=cast.randers, kind="coordinator")
    talk = bookings.move(
        booking=confirmed(cast), slot=slot(cast.speaker, days=41), by=cast.karen, now=NOW, medium="phone"
    )
    assert (talk.steps.last().medium, talk.steps.last().by) == ("phone", cast.karen)
    User.objects.update(language="en")
    assert "as your association has asked us to" in words_of("moved", cast.ruth)
    assert "The association has moved the talk" in words_of("moved", cast.sven)
    assert mail("association_moved", kaja)
    assert not mail("association_moved", cast.karen)


def test_cancelling_for_a_caller_tells_chair_speaker_and_the_other_coordinators_that_the_association_did(
    cast: Cast,
) -> None:
    kaja = person("Kaja", cast.randers)
    kaja.roles.create(partnership=cast.randers, kind="coordinator")
    talk = bookings.cancel(booking=confirmed(cast), by=cast.karen, now=NOW, medium="phone")
    assert (talk.state, talk.steps.last().medium) == (S.CANCELLED, "phone")
    User.objects.update(language="en")
    assert "Your association has asked us to." in words_of("cancelled", cast.ruth)
    assert "The association cancelled it." in words_of("cancelled", cast.sven)
    assert mail("association_cancelled", kaja)
    assert not mail("association_cancelled", cast.karen)


def test_withdrawing_a_request_for_a_caller_says_that_they_asked(cast: Cast) -> None:
    bookings.cancel(booking=requested(cast), by=cast.karen, now=NOW, medium="phone")
    User.objects.update(language="en")
    assert "Your association has asked us to." in words_of("cancelled", cast.ruth)


def test_staff_who_cancel_for_reasons_of_their_own_still_say_so(cast: Cast) -> None:
    bookings.cancel(booking=confirmed(cast), by=cast.karen, now=NOW)
    User.objects.update(language="en")
    assert "We had to cancel it" in words_of("cancelled", cast.ruth)


@pytest.mark.parametrize("make, kind", [(requested, "requested"), (confirmed, "confirmed")])
def test_what_the_chair_heard_last_is_sent_again_once_for_each_press(cast: Cast, make, kind: str) -> None:
    talk, press = make(cast), uuid.uuid4()
    before = len(mail(kind, cast.ruth))
    assert for_callers.send_again(case=talk, submission=press, by=cast.karen, now=NOW)
    assert not for_callers.send_again(case=talk, submission=press, by=cast.karen, now=NOW)
    assert len(mail(kind, cast.ruth)) == before + 1


def test_nothing_is_sent_again_of_a_talk_that_is_cancelled(cast: Cast) -> None:
    talk = bookings.cancel(booking=confirmed(cast), by=cast.karen, now=NOW)
    count = Message.objects.count()
    assert not for_callers.send_again(case=talk, submission=uuid.uuid4(), by=cast.karen, now=NOW)
    assert Message.objects.count() == count


def test_a_call_does_not_verify_a_mailbox_that_somebody_typed_in_the_public_form(cast: Cast) -> None:
    asked = unverified(cast, email="typed@randers.example", association="Nyvang")
    chair = asked.association.chair
    called(cast, chair, slot(cast.speaker, days=30), association="Nyvang")
    assert not is_verified(chair)
    assert (len(mail("typed_mailbox", chair)), len(mail("requested", chair))) == (1, 0)


def test_the_page_of_a_call_does_not_say_who_a_protected_speaker_is(cast: Cast) -> None:
    User.objects.filter(pk=cast.sven.pk).update(is_protected=True)
    page = visit(cast.karen).get(f"/en/staff/talks/{confirmed(cast).pk}/call/").content.decode()
    assert "The speaker is" not in page
