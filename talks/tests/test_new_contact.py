"""When the chair stops, the deputy is the contact: the speaker hears of it, and can call."""

import datetime as dt

from partnership.outbox.queue.final_check import final_check
from partnership.people.actions.erasing import erase
from partnership.people.models import User
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import bookings
from talks.models import DeputyInvitation
from talks.tests.bookings import confirmed, mail, requested
from talks.tests.test_access import at
from talks.tests.test_deputies import asks, deputy, mails, path_in
from talks.tests.test_strangers_mail import as_sent

NUMBER = "+45 20 30 40 50"


def test_the_speaker_gets_the_new_contact_of_a_talk_ahead_when_the_deputy_takes_over(cast: Cast) -> None:
    deputise(cast.association, cast.helle)
    User.objects.filter(pk=cast.helle.pk).update(phone=NUMBER)
    booking = confirmed(cast)
    requested(cast, slot(cast.speaker, days=30))
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    (told,) = mail("new_contact")
    words = final_check(told, NOW).words
    assert told.recipient == cast.sven
    assert words.button[1].endswith(at("booking", booking.pk))
    contact = dict(words.facts)["Kontakt"].replace("\xa0", " ")
    assert "Helle" in contact
    assert "20 30 40 50" in contact


def test_who_says_yes_may_give_a_telephone_and_reads_that_they_become_the_contact(cast: Cast) -> None:
    asks(cast, cast.frede.email)
    page = path_in(mails()[0])
    shown = visit(None).get(page).content.decode()
    assert "bliver stedfortræderen kontaktperson" in shown
    assert 'name="phone"' in shown
    assert visit(None).post(page, {"phone": "abc", "answer": "yes"}).status_code == 400
    assert deputy(cast) == ""
    assert visit(None).post(page, {"phone": "20 30 40 50", "answer": "yes"}).status_code == 200
    cast.frede.refresh_from_db()
    assert (deputy(cast), cast.frede.phone) == (cast.frede.email, "20 30 40 50")
    assert "bliver du kontaktperson" in as_sent(mail("deputy_named", cast.frede)[0]).replace("\n", " ")


def test_who_says_no_needs_no_telephone_that_is_one(cast: Cast) -> None:
    asks(cast, cast.frede.email)
    assert visit(None).post(path_in(mails()[0]), {"phone": "abc", "answer": "no"}).status_code == 200
    assert not DeputyInvitation.objects.exists()


def test_a_number_that_gets_our_texts_stays_when_its_owner_says_yes(cast: Cast) -> None:
    User.objects.filter(pk=cast.frede.pk).update(phone="+4511111111", channel=User.Channel.SMS)
    asks(cast, cast.frede.email)
    visit(None).post(path_in(mails()[0]), {"phone": "20 30 40 50", "answer": "yes"})
    cast.frede.refresh_from_db()
    assert cast.frede.phone == "+4511111111"


def opening(cast: Cast, who: User) -> str:
    return final_check(mail("moved", who)[0], NOW).words.paragraphs[0].replace("\xa0", " ")


def test_a_deputy_who_moves_a_talk_gets_it_in_writing_and_all_read_who_moved_it_from_when(cast: Cast) -> None:
    deputise(cast.association, cast.helle)
    booking = confirmed(cast, slot(cast.speaker, days=20))
    bookings.move(booking=booking, slot=slot(cast.speaker, days=30), by=cast.helle, now=NOW)
    assert {one.recipient for one in mail("moved")} == {cast.helle, cast.ruth, cast.sven}
    assert opening(cast, cast.helle).startswith("Du har flyttet foredraget fra mandag den 14. december")
    assert opening(cast, cast.ruth).startswith("Stedfortræderen har flyttet foredraget fra mandag den 14. december")
    assert opening(cast, cast.sven).startswith("Foreningen har flyttet foredraget fra mandag den 14. december")


def test_what_staff_move_is_said_to_be_moved_by_us_and_not_to_a_deputy_who_never_came(cast: Cast) -> None:
    deputise(cast.association, cast.helle)
    booking = confirmed(cast)
    bookings.move(booking=booking, slot=slot(cast.speaker, days=30), by=cast.karen, now=NOW + dt.timedelta(hours=1))
    assert {one.recipient for one in mail("moved")} == {cast.ruth, cast.sven}
    assert opening(cast, cast.ruth).startswith("Vi har flyttet foredraget fra")
