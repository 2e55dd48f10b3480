"""What a chair without email reads on paper: the last word on a talk, in words that are true when they are read."""

import datetime as dt
import re

from partnership.outbox.channels.letters import sheet_for
from partnership.outbox.models import LetterBatch, Message
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.queue.final_check import final_check
from partnership.outbox.staff import letter_batches
from partnership.people.models import Organisation, User
from partnership.people.own.homes import home_of
from partnership.people.tests.test_details_by_staff import written_down
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import bookings, offers
from talks.actions.associations import ask_for_the_year
from talks.models import Booking
from talks.tests.bookings import mail
from talks.tests.test_for_callers import called, wished

HOUR = dt.timedelta(hours=1)


def by_telephone(cast: Cast) -> tuple[User, Booking]:
    """Return somebody without email who has called and asked for a talk, and that talk."""
    gerda = written_down(cast)
    return gerda, called(cast, gerda, association="Nyvangs Grundejerforening")


def confirm(cast: Cast, booking: Booking) -> Booking:
    return bookings.confirm(booking=booking, by=cast.karen, now=NOW, place_seen=None)


def move(cast: Cast, booking: Booking, days: int = 41) -> Booking:
    to = slot(cast.speaker, days=days)
    return bookings.move(booking=booking, slot=to, by=cast.karen, now=NOW, medium="phone")


def print_letters(cast: Cast, now: dt.datetime = NOW) -> LetterBatch | None:
    deliver(urgent=False, now=now)
    return letter_batches.make_batch(partnership=cast.randers, by=cast.karen, now=now)


def kinds_in(batch: LetterBatch | None) -> list[str]:
    assert batch is not None
    return [letter.message.kind for letter in batch.letters.select_related("message")]


def test_one_call_that_books_confirms_and_moves_gives_one_letter(cast: Cast) -> None:
    gerda, booking = by_telephone(cast)
    move(cast, confirm(cast, booking))
    assert kinds_in(print_letters(cast)) == ["talks.moved"]
    ended = Message.objects.filter(recipient=gerda, state="withdrawn")
    assert set(ended.filter(reason="a newer letter says how it stands").values_list("kind", flat=True)) == {
        "talks.requested",
        "talks.confirmed",
    }


def test_two_talks_of_one_chair_are_two_letters(cast: Cast) -> None:
    gerda, booking = by_telephone(cast)
    called(cast, gerda, slot(cast.speaker, days=30), association="Nyvangs Grundejerforening")
    confirm(cast, booking)
    assert sorted(kinds_in(print_letters(cast))) == ["talks.confirmed", "talks.requested"]


def test_a_letter_that_was_printed_before_the_talk_moved_on_is_to_be_taken_out(cast: Cast) -> None:
    _gerda, booking = by_telephone(cast)
    first = print_letters(cast)
    assert first is not None
    assert letter_batches.to_take_out(first, NOW) == []
    confirm(cast, booking)
    assert [letter.position for letter in letter_batches.to_take_out(first, NOW)] == [1]
    page = visit(cast.karen).post(f"/en/staff/messages/letters/{first.number}/check/").content.decode()
    assert "They no longer hold" in page
    visit(cast.karen).post(f"/en/staff/messages/letters/{first.number}/posted/", {"out": "1"})
    asked = Message.objects.get(kind="talks.requested", recipient__name="Gerda Holm")
    assert (asked.state, asked.reason) == ("withdrawn", "a newer letter says how it stands")
    assert kinds_in(print_letters(cast)) == ["talks.confirmed"]


def test_a_printed_letter_on_a_talk_that_is_cancelled_is_to_be_taken_out(cast: Cast) -> None:
    _gerda, booking = by_telephone(cast)
    confirm(cast, booking)
    batch = print_letters(cast)
    assert batch is not None
    bookings.cancel(booking=booking, by=cast.karen, now=NOW, medium="phone")
    assert len(letter_batches.to_take_out(batch, NOW)) == 1


def test_what_was_taken_out_and_holds_again_waits_for_the_next_batch(cast: Cast) -> None:
    by_telephone(cast)
    batch = print_letters(cast)
    assert batch is not None
    assert letter_batches.hand_over_batch(batch=batch, by=cast.karen, now=NOW, taken_out=[1]) == 0
    assert letter_batches.in_the_tray(cast.randers).count() == 1


def letter(kind: str, to: User, now: dt.datetime = NOW) -> dict:
    """Return the newest letter of a kind to somebody, as it would be printed, in English."""
    User.objects.filter(pk=to.pk).update(language="en")
    message = mail(kind, User.objects.get(pk=to.pk))[-1]
    look = final_check(message, now)
    assert look.words is not None
    assert look.channel == "letter"
    home = home_of(message.recipient)
    return sheet_for(message, look.words, home, position=1, number=1, now=now)


def text_of(sheet: dict) -> str:
    return " ".join([sheet["subject"], *sheet["paragraphs"], *sheet["remarks"]])


def test_who_was_never_told_of_the_earlier_evening_reads_nothing_of_a_new_one(cast: Cast) -> None:
    gerda, booking = by_telephone(cast)
    move(cast, confirm(cast, booking))
    print_letters(cast)
    assert "new evening" not in text_of(letter("moved", gerda))


def test_who_was_told_of_the_earlier_evening_is_asked_about_the_poster(cast: Cast) -> None:
    gerda, booking = by_telephone(cast)
    batch = print_letters(cast) if confirm(cast, booking) else None
    assert batch is not None
    letter_batches.hand_over_batch(batch=batch, by=cast.karen, now=NOW)
    move(cast, booking)
    deliver(urgent=False, now=NOW)
    assert "We print one with the new evening for you: call" in text_of(letter("moved", gerda))


def test_without_email_the_poster_is_printed_by_us(cast: Cast) -> None:
    gerda, booking = by_telephone(cast)
    confirm(cast, booking)
    said = text_of(letter("confirmed", gerda))
    assert "Would you like a poster and leaflets for the neighbours? We print them for you: call" in said
    assert "page" not in said


def test_no_letter_to_somebody_without_email_leads_to_a_page_that_is_locked(cast: Cast) -> None:
    gerda, booking = by_telephone(cast)
    asked = letter("requested", gerda)
    confirm(cast, booking)
    sheets = [asked, letter("confirmed", gerda)]
    move(cast, booking)
    wished(cast, gerda)
    deputise(cast.association, gerda)
    sheets += [letter("moved", gerda), letter("wish_received", gerda)]
    for sheet in sheets:
        assert sheet["action"] is None, sheet["subject"]
        assert "your page" not in text_of(sheet)
        assert "call us on" in text_of(sheet).lower()


def test_a_code_that_opens_without_a_log_in_stays_on_paper(cast: Cast) -> None:
    gerda, booking = by_telephone(cast)
    bookings.decline(booking=booking, by=cast.karen, why="No speaker.", now=NOW)
    assert letter("declined", gerda)["action"]["label"] == "See free evenings"


def test_who_has_email_and_chose_letters_keeps_the_code_of_their_page(cast: Cast) -> None:
    gerda, _booking = by_telephone(cast)
    User.objects.filter(pk=gerda.pk).update(email="gerda@randers.example", channel="letter")
    assert letter("requested", gerda)["action"] is not None


def test_a_letter_asks_for_nothing_that_paper_does_not_have(cast: Cast) -> None:
    """No button, press or form: it says what to answer, and whom to call."""
    gerda, booking = by_telephone(cast)
    Organisation.objects.update(confirmed_on=None)
    ask_for_the_year(partnership=cast.randers, now=NOW)
    offers.offer(booking=booking, slots=[slot(cast.speaker, days=45)], by=cast.karen, why="Sven er syg.", now=NOW)
    choosing = letter("offered", gerda)
    offers.decline_offer(booking=Booking.objects.get(pk=booking.pk), by=cast.karen, medium="phone", now=NOW)
    for sheet in (choosing, letter("none_suited", gerda), letter("confirm_association", gerda)):
        said = text_of(sheet).lower()
        assert not re.search(r"\b(press|button|click|form|below)\b", said), said
        assert sheet["action"] is None or sheet["action"]["sentence"].startswith("Call us on"), said
        assert "call us" in said or sheet["action"], said


DAY = dt.timedelta(days=1)


def test_one_reminder_of_a_talk_is_printed_and_it_names_the_day(cast: Cast) -> None:
    gerda, booking = by_telephone(cast)
    confirm(cast, booking)
    for days in range(9, 0, -1):
        deliver(urgent=False, now=booking.starts_at - days * DAY)
    reminders = Message.objects.filter(recipient=gerda, kind__startswith="talks.reminder", state="paper")
    assert [one.kind for one in reminders] == ["talks.reminder_7days"]
    sheet = letter("reminder_7days", gerda, booking.starts_at - 5 * DAY)
    assert sheet["subject"] == "A reminder of the talk: Monday 14 December 2026"
    page = visit(cast.karen).get(f"/en/staff/messages/{reminders.get().pk}/").content.decode()
    assert "A reminder of the talk: Monday 14 December 2026" in page


def test_a_talk_that_is_near_is_reminded_of_by_the_second_letter(cast: Cast) -> None:
    gerda, booking = by_telephone(cast)
    near = booking.starts_at - 6 * DAY
    bookings.confirm(booking=booking, by=cast.karen, now=near, place_seen=None)
    deliver(urgent=False, now=near)
    deliver(urgent=False, now=near + DAY)
    reminders = Message.objects.filter(recipient=gerda, kind__startswith="talks.reminder", state="paper")
    assert [one.kind for one in reminders] == ["talks.reminder_1day"]


def test_staff_print_poster_and_leaflet_from_the_pages_of_a_talk(cast: Cast) -> None:
    _gerda, booking = by_telephone(cast)
    confirm(cast, booking)
    for page in (f"/en/staff/talks/{booking.pk}/", f"/en/staff/talks/{booking.pk}/call/"):
        content = visit(cast.karen).get(page).content.decode()
        for sheet in ("poster", "leaflet"):
            address = f"/en/talks/bookings/{booking.pk}/{sheet}.pdf"
            assert address in content, page
            assert visit(cast.karen).get(address).status_code == 200
