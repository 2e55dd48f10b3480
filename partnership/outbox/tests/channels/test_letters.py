"""Letters: put in the tray, printed in a batch, posted."""

import datetime as dt
import re
import threading

import pypdfium2
import pytest
from django.db import connection

from partnership import clock
from partnership.outbox.channels.postal_timing import DESK
from partnership.outbox.counting import Letters, late_messages, letters_waiting
from partnership.outbox.models import Letter, LetterBatch, Message
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.reasons import UNREACHABLE
from partnership.outbox.staff import letter_batches
from partnership.outbox.tests.posted import post_one
from partnership.outbox.tests.queue.test_delivering import consents
from partnership.outbox.tests.readers import forget_home, on_paper
from partnership.people.actions.consents import withdraw_consent
from partnership.people.actions.erasing import consequences_of, erase
from partnership.people.models import User
from partnership.people.own.homes import home_of
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, assemble, visit


def lay(cast: Cast, number: str = "7", key: str = "test.1", kind: str = "test.answer", **more) -> Message:
    person = on_paper(cast, f"Reader {number}", number)
    if kind == "test.notice":
        consents(person)
    post_one(cast.randers, person, key, kind, **more)
    deliver(urgent=False, now=NOW)
    return Message.objects.get(key=key)


def make(cast: Cast) -> LetterBatch:
    return letter_batches.make_batch(partnership=cast.randers, by=cast.karen, now=NOW)


def test_who_has_no_email_gets_a_letter(cast: Cast, sink) -> None:
    message = lay(cast)
    assert (message.state, message.attempts, message.ended_at, len(sink.messages)) == ("paper", 1, None, 0)
    deliver(urgent=False, now=NOW)
    batch = make(cast)
    assert bytes(batch.pdf).startswith(b"%PDF-")
    assert letter_batches.hand_over_batch(batch=batch, by=cast.karen, now=NOW) == 1
    message.refresh_from_db()
    assert (message.state, message.reason, message.about) == ("sent", "letter, batch 1", {})


def test_the_file_says_that_it_is_accessible(cast: Cast) -> None:
    lay(cast)
    pdf = bytes(make(cast).pdf)
    assert b"pdfuaid" in pdf
    assert b"/Lang" in pdf
    assert b"/MarkInfo" in pdf


def test_a_batch_is_printed_again_the_same(cast: Cast) -> None:
    lay(cast)
    batch = make(cast)
    first, second = (letter_batches.print_again(batch=batch, by=cast.karen, now=NOW) for _time in range(2))
    assert first == second == bytes(batch.pdf)


def test_posting_twice_is_posting_once(cast: Cast) -> None:
    lay(cast)
    batch = make(cast)
    assert [letter_batches.hand_over_batch(batch=batch, by=cast.karen, now=NOW) for _time in range(2)] == [1, 0]


def test_batches_are_numbered_and_a_letter_is_in_one_only(cast: Cast) -> None:
    lay(cast)
    assert make(cast).number == 1
    lay(cast, "8", "test.2")
    assert make(cast).number == 2
    with pytest.raises(Refused, match=r".") as refused:
        make(cast)
    assert refused.value.reason == "nothing_waits"


def test_each_letter_is_looked_at_once_more_before_it_is_printed(cast: Cast, sink) -> None:
    lay(cast, "7", "test.kept")
    lay(cast, "8", "test.untrue")
    withdrawn = lay(cast, "9", "test.withdrawn", "test.notice")
    mailed = lay(cast, "10", "test.mailed")
    Message.objects.filter(key="test.untrue").update(about={"untrue": True})
    withdraw_consent(person=withdrawn.recipient, purpose="notices", medium="phone", now=NOW)
    User.objects.filter(pk=mailed.recipient_id).update(email="ten@randers.example")
    batch = make(cast)
    assert [letter.message.key for letter in batch.letters.all()] == ["test.kept"]
    assert dict(Message.objects.values_list("key", "state")) == {
        "test.kept": "paper",
        "test.untrue": "withdrawn",
        "test.withdrawn": "withdrawn",
        "test.mailed": "queued",
    }
    deliver(urgent=False, now=NOW)
    assert [mail.to for mail in sink.messages] == [["ten@randers.example"]]


def test_one_that_cannot_be_written_holds_up_no_other(cast: Cast) -> None:
    lay(cast, "7", "test.fine")
    broken = lay(cast, "8", "test.broken")
    Message.objects.filter(pk=broken.pk).update(about={"broken": True})
    assert make(cast).letters.count() == 1
    broken.refresh_from_db()
    assert (broken.state, broken.reason) == ("paper", "LookupError: a word is missing")


def test_one_withdrawn_after_printing_is_taken_out_and_not_counted_as_sent(cast: Cast) -> None:
    lay(cast)
    gone = lay(cast, "8", "test.2")
    batch = make(cast)
    Message.objects.filter(pk=gone.pk).update(state="withdrawn", ended_at=NOW)
    assert [letter.position for letter in letter_batches.to_take_out(batch, NOW)] == [2]
    assert letter_batches.hand_over_batch(batch=batch, by=cast.karen, now=NOW) == 1
    gone.refresh_from_db()
    assert gone.state == "withdrawn"


def test_the_printers_file_forgets_who_is_erased(cast: Cast) -> None:
    lay(cast)
    gone = lay(cast, "8", "test.2")
    batch = make(cast)
    erase(person=gone.recipient, by=cast.anne, now=NOW)
    batch.refresh_from_db()
    assert bytes(batch.pdf) == b""
    assert letter_batches.print_again(batch=batch, by=cast.karen, now=NOW).startswith(b"%PDF-")
    assert [letter.position for letter in letter_batches.to_take_out(batch, NOW)] == [2]
    assert letter_batches.hand_over_batch(batch=batch, by=cast.karen, now=NOW, taken_out=[2]) == 1
    assert batch.letters.count() == 1


def test_who_is_erased_after_printing_is_said_to_staff_by_position(cast: Cast) -> None:
    gone = lay(cast)
    make(cast)
    [consequence] = consequences_of(gone.recipient, NOW)
    assert consequence.to_staff.startswith("Er bunke 1 printet? Så tag brev 1 ud")


def test_a_printed_letter_to_somebody_who_cannot_be_reached_by_now_fails_and_can_be_tried_again(cast: Cast) -> None:
    gone = lay(cast, about={"to": "you"})
    batch = make(cast)
    forget_home(gone.recipient)
    assert letter_batches.hand_over_batch(batch=batch, by=cast.karen, now=NOW, taken_out=[1]) == 0
    gone.refresh_from_db()
    assert (gone.state, gone.reason, gone.about) == ("failed", UNREACHABLE, {"to": "you"})
    assert not Letter.objects.exists()


def test_a_letter_that_is_missing_in_a_reprint_waits_for_the_next_batch(cast: Cast) -> None:
    gone, broken = lay(cast), lay(cast, "8", "test.broken")
    lay(cast, "9", "test.3")
    batch = make(cast)
    erase(person=gone.recipient, by=cast.anne, now=NOW)
    Message.objects.filter(pk=broken.pk).update(about={"broken": True})
    letter_batches.print_again(batch=batch, by=cast.karen, now=NOW)
    assert [letter.position for letter in letter_batches.to_take_out(batch, NOW)] == [1, 2]
    assert letter_batches.hand_over_batch(batch=batch, by=cast.karen, now=NOW) == 1
    assert [message.key for message in letter_batches.in_the_tray(cast.randers)] == ["test.broken"]


def test_a_letter_to_a_home_that_its_reader_has_left_is_said_also_after_a_reprint(cast: Cast) -> None:
    gone, moved = lay(cast), lay(cast, "8", "test.2")
    lay(cast, "9", "test.3")
    batch = make(cast)
    home_of(moved.recipient).number = "10"
    erase(person=gone.recipient, by=cast.anne, now=NOW)
    letter_batches.print_again(batch=batch, by=cast.karen, now=NOW)
    assert [letter.position for letter in letter_batches.to_take_out(batch, NOW)] == [1, 2]
    assert [message.key for message in letter_batches.in_the_tray(cast.randers)] == ["test.2"]


@pytest.mark.parametrize("change", ["moves", "is renamed"])
def test_a_letter_to_an_earlier_name_or_address_is_printed_again_with_the_next_batch(cast: Cast, change: str) -> None:
    lay(cast)
    other = lay(cast, "8", "test.2")
    batch = make(cast)
    assert letter_batches.to_print_again(batch, []) == []
    if change == "moves":
        home_of(other.recipient).number = "9"
    else:
        User.objects.filter(pk=other.recipient_id).update(name="Vera Nygaard")
    assert [letter.position for letter in letter_batches.to_print_again(batch, [])] == [2]
    assert letter_batches.hand_over_batch(batch=batch, by=cast.karen, now=NOW, taken_out=[2]) == 1
    assert [message.key for message in letter_batches.in_the_tray(cast.randers)] == ["test.2"]


def test_a_letter_printed_before_addresses_were_noted_is_for_staff_to_look_at(cast: Cast) -> None:
    lay(cast)
    other = lay(cast, "8", "test.2")
    batch = make(cast)
    assert letter_batches.to_look_at(batch, []) == []
    batch.letters.filter(position=2).update(printed_to="")
    home_of(other.recipient).number = "9"
    page = f"/da/staff/messages/letters/{batch.number}/"
    checked = visit(cast.karen).post(f"{page}check/").content.decode()
    assert "Se selv efter" in checked
    assert 'name="out"\n                 value="2"' in checked
    assert "Overgiv dem" not in checked
    visit(cast.karen).post(f"{page}posted/", {"out": "2"})
    assert [message.key for message in letter_batches.in_the_tray(cast.randers)] == ["test.2"]


def test_another_partnerships_letters_stay_in_its_own_tray(cast: Cast) -> None:
    lay(cast)
    with pytest.raises(Refused) as refused:
        letter_batches.make_batch(partnership=cast.kalmar, by=cast.kerstin, now=NOW)
    assert refused.value.reason == "nothing_waits"


@pytest.mark.parametrize("name", ["helle", "niels", "ruth", "sven", "palle", "frede", "kerstin", "gunnar"])
def test_only_the_staff_of_the_partnership_print_and_post(cast: Cast, name: str) -> None:
    lay(cast)
    batch, by = make(cast), getattr(cast, name)
    for act in (
        lambda: letter_batches.make_batch(partnership=cast.randers, by=by, now=NOW),
        lambda: letter_batches.print_again(batch=batch, by=by, now=NOW),
        lambda: letter_batches.hand_over_batch(batch=batch, by=by, now=NOW),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reason == "not_yours"


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_print_each_letter_once() -> None:
    cast = assemble()
    for number in range(6):
        lay(cast, str(number + 20), f"test.{number}")
    said = []

    def press() -> None:
        try:
            said.append(make(cast).letters.count())
        except Refused as refused:
            said.append(refused.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _person in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(map(str, said)) == ["6", "nothing_waits", "nothing_waits", "nothing_waits"]


def test_the_words_are_never_read_as_markup(cast: Cast) -> None:
    lay(cast)
    nasty = '#pagebreak() *x* $y$ \\ ] } " #include("/etc/passwd") \u2028 <b>'
    User.objects.filter(name="Reader 7").update(name=nasty[:80])
    assert re.search(rb"/Count 1\b", bytes(make(cast).pdf))


def test_staff_are_told_of_a_batch_with_somebody_who_is_erased(cast: Cast) -> None:
    def alerts() -> int:
        page = visit(cast.karen).get("/da/staff/messages/letters/").content.decode()
        return page.count("hvilket brev der ikke må sendes")

    now = clock.now()
    lay(cast)
    gone = lay(cast, "8", "test.2")
    batch = letter_batches.make_batch(partnership=cast.randers, by=cast.karen, now=now)
    assert alerts() == 0
    erase(person=gone.recipient, by=cast.anne, now=now)
    assert alerts() == 1
    letter_batches.print_again(batch=batch, by=cast.karen, now=now)
    assert alerts() == 0


def test_a_tray_of_letters_that_need_no_printing_is_emptied_and_staff_are_told(cast: Cast) -> None:
    message = lay(cast)
    User.objects.filter(pk=message.recipient_id).update(email="now@reader.example")
    page = visit(cast.karen).post("/en/staff/messages/letters/", follow=True).content.decode()
    assert "No letter is left to print" in page
    assert "No new letters to print" in page
    message.refresh_from_db()
    assert message.state == "queued"
    assert not LetterBatch.objects.exists()


def test_a_letter_that_cannot_be_written_stays_in_the_tray_and_staff_are_told_where_to_look(cast: Cast) -> None:
    message = lay(cast)
    Message.objects.filter(pk=message.pk).update(about={"broken": True})
    page = visit(cast.karen).post("/en/staff/messages/letters/", follow=True).content.decode()
    assert "could not be written as letters" in page
    assert "1 letter waits" in page
    assert "LookupError" in Message.objects.get(pk=message.pk).reason


def test_a_batch_that_is_not_posted_waits_and_says_what_to_do_next(cast: Cast) -> None:
    lay(cast)
    make(cast)
    page = " ".join(visit(cast.karen).get("/en/staff/messages/letters/").content.decode().split())
    assert "0 letters" not in page
    assert "1 letter is in a batch below, and is not noted as posted." in page
    assert "press “They are handed over to the post”. Until then they count as waiting" in page


def test_letters_wait_until_they_are_noted_as_posted_and_are_late_after_two_days(cast: Cast) -> None:
    lay(cast)
    batch, later = make(cast), NOW + DESK + dt.timedelta(minutes=1)
    lay(cast, "9", "test.2")
    assert letters_waiting(cast.randers, NOW) == Letters(to_print=1, to_hand_over=1, late=0)
    assert letters_waiting(cast.randers, later) == Letters(to_print=1, to_hand_over=1, late=2)
    assert late_messages(cast.randers, later).count == 2
    letter_batches.hand_over_batch(batch=batch, by=cast.karen, now=later)
    assert letters_waiting(cast.randers, later) == Letters(to_print=1, to_hand_over=0, late=1)


def test_a_long_sender_stands_on_one_line(cast: Cast) -> None:
    cast.randers.name = "Bo Trygt! i Randers Kommune og omegn"
    cast.randers.contact_name = "Sekretariatet for det lokale partnerskab"
    cast.randers.save()
    lay(cast)
    page = pypdfium2.PdfDocument(bytes(make(cast).pdf))[0].get_textpage()
    lines = page.get_text_bounded().splitlines()
    assert f"{cast.randers.name} · {cast.randers.contact_name}" in lines


def test_a_letter_says_once_whom_to_call_in_an_emergency(cast: Cast) -> None:
    lay(cast)
    text = pypdfium2.PdfDocument(bytes(make(cast).pdf))[0].get_textpage().get_text_bounded()
    assert text.count("112") == 1
