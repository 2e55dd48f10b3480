"""What is said while a mailbox that staff have written down opens nothing yet is so for who reads it, and when."""

import pytest
from django.utils import translation

from entrance.tests.own_codes.test_mailboxes_held_back import (
    DAY,
    TAKEN,
    TWO_WEEKS,
    corrected,
    known_since,
    mail,
    poul,
    said_by,
)
from neighbours.actions import correcting
from neighbours.actions.leaving import leave
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.people.actions.mailboxes import change_mailbox, forget_mailboxes_before
from partnership.people.mailboxes import is_verified
from partnership.people.models import Role, User
from partnership.people.own.held_back import opens_on
from partnership.people.own.readable import in_words
from partnership.people.tests.looking_up import look_up
from partnership.places.models import Address
from partnership.tests.cast import Cast, visit, with_role

__all__ = ["poul"]  # a fixture


def test_the_mailbox_before_reads_that_the_new_one_opens_nothing_yet_and_own_data_list_it(cast: Cast) -> None:
    make.helper(cast.helle, make.home(cast.vorup))
    helle = known_since(cast.helle)
    corrected(cast, helle, by=cast.anne, email=TAKEN)
    (told,) = mail("entrance.address_changed")
    said = said_by(told, clock.now())
    assert "Nor can anybody log in with the new one before" in said
    assert "codes to log in go to" not in said
    with translation.override("en"):
        listed = next(part for part in in_words(helle) if part.anchor == "outbox-message")
    assert any(value == "Email address: changed, to the old one" for row in listed.rows for _label, value in row)


@pytest.mark.parametrize(("chosen", "said"), [("", "by letter"), ("sms", "by text message")])
def test_staff_read_how_the_person_is_written_to_until_then_and_who_deletes_them(cast, poul, chosen, said) -> None:
    known_since(poul, channel=chosen, verified_phone=poul.phone if chosen else "")
    corrected(cast, poul, email=TAKEN)
    page = look_up(visit(cast.karen), poul)
    assert f"Until then we write to them {said}." in page
    assert "on their own page from" in page


def test_a_letter_of_who_becomes_a_helper_meanwhile_says_whom_to_call(cast: Cast, poul: User) -> None:
    for helper in Helper.objects.filter(person=poul):
        leave(helper=helper, by=cast.karen, medium="phone", now=clock.now())
    assert not Helper.objects.confirmed().filter(person=poul).exists()
    corrected(cast, poul, email=TAKEN)
    slip = {"name": poul.name, "email": TAKEN, "phone": poul.phone, "answer": "same", "now": clock.now() + DAY}
    joined = make.slip(cast.karen, Address.objects.get(number="12"), **slip)
    letter = Message.objects.filter(recipient=joined.person, kind__startswith="neighbours.").latest("pk")
    assert letter.kind == "neighbours.welcome"
    assert "on the reply card that comes with this letter, or call" in said_by(letter, clock.now())


@pytest.mark.parametrize("between", [(TAKEN,), (TAKEN, "other@mail.example")])
def test_the_mailbox_that_was_used_before_counts_at_once_when_it_is_put_back(cast: Cast, between: tuple[str]) -> None:
    make.helper(cast.helle, make.home(cast.vorup))
    own, helle = cast.helle.email, known_since(cast.helle)
    for email in (*between, own):
        corrected(cast, helle, by=cast.anne, email=email)
    assert (helle.email, helle.has_open_mailbox, is_verified(helle)) == (own, True, True)
    assert helle.mailbox_before == ""
    told = mail("entrance.address_changed")
    assert "codes" not in said_by(told[-1], clock.now())
    assert "We have deleted this email address here" in said_by(told[-1], clock.now())
    (back,) = mail("entrance.mailbox_put_back")
    assert (back.recipient, back.to_mailbox) == (helle, own)
    assert "You log in with a code that we send here" in said_by(back)
    assert said_by(told[0], clock.now()) == ""  # it counts again, if this one has come no further
    *earlier, letter = mail("entrance.reach_written_home")
    assert "you use the email address again that you had here before" in said_by(letter, clock.now())
    assert [said_by(one, clock.now()) for one in earlier] == [""] * len(between)


def test_so_it_does_where_it_was_deleted_and_home_and_administrators_hear_of_it(cast: Cast) -> None:
    ada = with_role("Ada", cast.randers, Role.Kind.ADMINISTRATOR)
    helper = make.helper(cast.helle, make.home(cast.vorup))
    own, helle = cast.helle.email, known_since(cast.helle)
    corrected(cast, helle, by=cast.anne, email="")
    form = visit(cast.anne).get(f"/en/staff/helpers/{helper.pk}/correct/").content.decode()
    assert "The one that they used before counts at once." in form
    corrected(cast, helle, by=cast.anne, email=own)
    assert (helle.email, helle.has_open_mailbox, is_verified(helle)) == (own, True, True)
    assert [letter.about["details"] for letter in mail("entrance.reach_written_home")] == [["mailbox_back"]]
    assert [message.recipient for message in mail("neighbours.mailbox_corrected")] == [ada, ada]


@pytest.mark.parametrize("between", ["", TAKEN])
@pytest.mark.parametrize("later", [(), ("third@mail.example",)])
def test_it_waits_as_any_other_once_the_two_weeks_have_passed(cast: Cast, between: str, later: tuple[str]) -> None:
    make.helper(cast.helle, make.home(cast.vorup))
    own, helle = cast.helle.email, known_since(cast.helle)
    corrected(cast, helle, by=cast.anne, email=between)
    for email in (*later, own):
        corrected(cast, helle, by=cast.anne, email=email, now=clock.now() + TWO_WEEKS + DAY)
    assert (helle.email, helle.has_open_mailbox, is_verified(helle)) == (own, False, False)


def test_the_home_before_hears_of_it_too_if_they_have_moved_in_the_same_call(cast: Cast) -> None:
    helper = make.helper(cast.helle, make.home(cast.vorup))
    own, helle = cast.helle.email, known_since(cast.helle)
    corrected(cast, helle, by=cast.anne, email=TAKEN)
    helper.refresh_from_db()
    known = {"name": helle.name, "email": own, "phone": helle.phone, "why": "Ringede"}
    moved = correcting.Details(**known, address=make.home(cast.vorup, "14"))
    correcting.correct(helper=helper, details=moved, by=cast.anne, now=clock.now())
    letter = mail("entrance.reach_written_home")[-1]
    said = said_by(letter, clock.now())
    assert "you use the email address again" in said
    assert "you live somewhere else than we knew" in said
    assert letter.about["letter_to"] == Address.objects.get(number="12").pk


def test_another_mailbox_of_the_same_person_does_not(cast: Cast) -> None:
    """The control: only the one that its owner had verified counts."""
    make.helper(cast.helle, make.home(cast.vorup))
    helle = known_since(cast.helle)
    for email in (TAKEN, "other@mail.example", TAKEN):
        corrected(cast, helle, by=cast.anne, email=email)
    assert (helle.email, helle.has_open_mailbox) == (TAKEN, False)


def test_the_own_page_says_from_when_the_mailbox_can_be_used(cast: Cast, poul: User) -> None:
    corrected(cast, poul, email=TAKEN)
    assert opens_on(poul)
    with translation.override("en"):
        said = f"From {opens_on(poul)} you can log in with it."
    assert said in visit(poul).get("/en/me/").content.decode().partition(TAKEN)[2].partition("</dd>")[0]


def test_nothing_is_said_of_a_number_that_is_verified_by_now(cast: Cast, poul: User) -> None:
    corrected(cast, poul, phone="20 99 88 77")
    (letter,) = mail("entrance.reach_written_home")
    assert "we send no code to the number" in said_by(letter, clock.now())
    User.objects.filter(pk=poul.pk).update(verified_phone=poul.phone)
    letter.refresh_from_db()
    assert "we send no code to the number" not in said_by(letter, clock.now())


def test_what_is_said_late_of_a_mailbox_put_back_never_reaches_a_third_one(cast: Cast) -> None:
    make.helper(cast.helle, make.home(cast.vorup))
    own, helle = cast.helle.email, known_since(cast.helle)
    corrected(cast, helle, email=TAKEN)
    corrected(cast, helle, email=own)
    (back,) = mail("entrance.mailbox_put_back")
    *_earlier, letter = mail("entrance.reach_written_home")
    change_mailbox(person=helle, to="third@mail.example", now=clock.now(), verified=True)
    assert [said_by(one, clock.now()) for one in (back, letter)] == ["", ""]


def test_what_is_known_of_the_mailbox_before_is_deleted_the_night_after_two_weeks(cast: Cast) -> None:
    make.helper(cast.helle, make.home(cast.vorup))
    helle = known_since(cast.helle)
    corrected(cast, helle, email=TAKEN)
    assert (forget_mailboxes_before(clock.now()), forget_mailboxes_before(clock.now() + TWO_WEEKS + DAY)) == (0, 1)
    helle.refresh_from_db()
    assert (helle.mailbox_before, helle.mailbox_opens_at is None) == ("", False)
