"""After a talk: thanks, two questions, attendance. Also posters, and the order of the queue."""

import datetime as dt

import pypdfium2
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.places.models import Area, AreaFact
from partnership.places.need import facts_of
from partnership.places.tests.builders import an_area
from partnership.tests.cast import NOW, Cast, slot, visit
from talks import history, need, printing
from talks.actions import afterwards, bookings, closing
from talks.forms.afterwards import CloseForm
from talks.messages import posting
from talks.models import Booking, Feedback
from talks.tests.bookings import confirmed, mail, requested
from talks.tests.sent_links import path_of
from talks.tests.test_access import at

S = Booking.State


def over(booking: Booking) -> dt.datetime:
    return booking.ends_at + dt.timedelta(hours=14)


def test_the_speaker_is_asked_the_morning_after_and_the_chair_two_days_later(cast: Cast) -> None:
    booking = confirmed(cast)
    (chair,), (speaker,) = mail("thanks"), mail("thanks_speaker")
    assert (chair.recipient, speaker.recipient) == (cast.ruth, cast.sven)
    for message, days in ((speaker, 1), (chair, 3)):
        wall = clock.local(message.due_at, cast.randers.zone)
        assert (wall.date(), wall.hour) == (booking.starts_at.date() + dt.timedelta(days=days), 10)


def test_nobody_is_thanked_for_a_talk_that_was_moved_or_cancelled_or_did_not_take_place(cast: Cast) -> None:
    booking = confirmed(cast)
    first = mail("thanks")[0]
    bookings.move(booking=booking, slot=slot(cast.speaker, days=30), by=cast.karen, now=NOW)
    first.refresh_from_db()
    assert first.state == "withdrawn"
    booking.refresh_from_db()
    closing.close(booking=booking, took_place=False, attendance=None, by=cast.karen, now=over(booking))
    booking.refresh_from_db()
    assert booking.state == S.DID_NOT_TAKE_PLACE
    assert not Message.objects.open().filter(kind__startswith="talks.thanks").exists()


def test_the_two_answers_are_stored_and_the_newest_word_counts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    booking = confirmed(cast)
    path = path_of(booking, "feedback")
    typed = {"useful": "yes", "will_act": "maybe", "words": "Tak!"}
    assert "checked" not in visit(None).get(path).content.decode()
    visit(None).post(path, typed)
    assert not Feedback.objects.exists()  # the talk has not taken place yet
    monkeypatch.setattr(clock, "now", lambda: over(booking))
    visit(None).post(path, typed)
    visit(cast.ruth).post(path, typed | {"useful": "partly"})
    assert Feedback.objects.get().useful == "partly"


def test_the_two_questions_opened_again_have_the_answers_and_say_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = confirmed(cast)
    path = path_of(booking, "feedback")
    monkeypatch.setattr(clock, "now", lambda: over(booking))
    visit(None).post(path, {"useful": "yes", "will_act": "maybe", "words": "Tak for kaffen"})
    page = visit(cast.ruth).get(path).content.decode()
    assert "Du har allerede svaret." in page
    assert page.count("checked") == 2
    assert "Tak for kaffen" in page
    assert history.standing(booking) == "Tidspunktet for foredraget er passeret."


def test_the_speaker_says_how_many_came(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    booking = confirmed(cast)
    monkeypatch.setattr(clock, "now", lambda: over(booking))
    assert "attendance" in visit(cast.sven).get(at("booking", booking.pk)).content.decode()
    visit(cast.sven).post(at("close_own", booking.pk), {"took_place": "yes", "attendance": "37"})
    booking.refresh_from_db()
    assert (booking.state, booking.attendance) == (S.TOOK_PLACE, 37)


def test_the_speaker_finds_a_talk_on_their_page_until_they_have_said_how_it_went(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = confirmed(cast)
    question = f"{at('booking', booking.pk)}#what-came"
    assert question not in visit(cast.sven).get("/da/me/").content.decode()
    monkeypatch.setattr(clock, "now", lambda: over(booking))
    assert question in visit(cast.sven).get("/da/me/").content.decode()
    assert question not in visit(cast.ruth).get("/da/me/").content.decode()
    visit(cast.sven).post(at("close_own", booking.pk), {"took_place": "yes", "attendance": "37"})
    assert question not in visit(cast.sven).get("/da/me/").content.decode()


def test_the_chair_cannot_close_their_own_talk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    booking = confirmed(cast)
    monkeypatch.setattr(clock, "now", lambda: over(booking))
    assert (
        visit(cast.ruth).post(at("close_own", booking.pk), {"took_place": "yes", "attendance": "370"}).status_code
        == 404
    )
    booking.refresh_from_db()
    assert booking.state == "confirmed"


@pytest.mark.parametrize("days_down", [0, 1, 2])
def test_a_reminder_after_an_outage_is_sent_or_expires_but_never_speaks_of_the_past(cast: Cast, days_down: int) -> None:
    booking = confirmed(cast)
    reminders = mail("reminder_1day") + mail("reminder_7days")
    assert len(reminders) == 4, "chair and speaker"
    for message in reminders:
        woken = message.due_at + dt.timedelta(days=days_down)
        look = final_check(message, woken)
        assert (look.words is None) == (message.expires_at <= woken)
        assert look.words is None or woken < booking.starts_at


@pytest.mark.parametrize("shift", [dt.timedelta(hours=-1), dt.timedelta(hours=1), dt.timedelta(days=1)])
def test_a_clock_that_jumps_makes_no_second_reminder(cast: Cast, shift: dt.timedelta) -> None:
    booking = confirmed(cast)
    posted = set(Message.objects.values_list("key", "due_at"))
    with transaction.atomic():
        posting.tell_confirmed(booking, NOW + shift)
    assert set(Message.objects.values_list("key", "due_at")) == posted


def test_a_talk_moved_away_and_back_is_reminded_of_once(cast: Cast) -> None:
    old = slot(cast.speaker)
    booking = confirmed(cast, old)
    bookings.move(booking=booking, slot=slot(cast.speaker, days=30), by=cast.karen, now=NOW)
    bookings.move(booking=booking, slot=old, by=cast.karen, now=NOW)
    waiting = Message.objects.open().filter(kind="talks.reminder_1day", recipient=cast.ruth)
    assert [one.due_at for one in waiting] == [old.starts_at - dt.timedelta(days=1)]


def fact(where: object, name: str, value: float, period: str = "2025") -> None:
    AreaFact.objects.create(area=where, fact=name, period=period, value=value)


def test_the_queue_stands_by_need_and_not_by_who_came_first(cast: Cast) -> None:
    fact(cast.vorup, "burglaries_per_1000_homes", 2.0)
    fact(cast.dronningborg, "burglaries_per_1000_homes", 9.0)
    fact(cast.dronningborg, "helpers_per_100_homes", 10.0)
    first = requested(cast)
    needier = requested(
        cast, slot(cast.speaker, days=25), area=cast.dronningborg, association="Bækken", email="b@randers.example"
    )
    waiting = need.by_need(Booking.objects.waiting().with_names(), facts_of(cast.randers))
    assert [booking for booking, _need in waiting] == [needier, first]
    assert waiting[0][1].homes_without_helper == 108
    page = visit(cast.karen).get("/da/staff/talks/").content.decode()
    assert page.index("Bækken") < page.index("Vorup Grundejerforening")
    assert "1,0" in page  # burglaries a year: 9 per 1,000 homes, times 108


def test_the_queue_gives_needs_as_a_number_that_a_note_explains_and_links_to_the_follow_up(cast: Cast) -> None:
    fact(cast.vorup, "need", 0.005, "2026-11-22")
    requested(cast)
    silent = an_area(cast.randers, "Hald", "8102")
    Area.objects.filter(pk=silent.pk).update(homes=4700)
    fact(silent, "need", 0.005, "2026-11-22")
    page = visit(cast.karen).get("/da/staff/talks/").content.decode()
    assert "22. november 2026" in page
    assert "23,5" in page  # burglaries a year: 0.005 times 4,700
    assert "2026-11-22" not in page
    assert "Behov*" in page
    assert "Foreningens boliger uden nabohjælper gange indbrud pr. bolig om året." in " ".join(page.split())
    assert "/da/staff/talks/afterwards/" in page


def test_only_the_newest_figure_of_an_area_counts(cast: Cast) -> None:
    fact(cast.vorup, "burglaries_per_1000_homes", 50.0, "2024")
    fact(cast.vorup, "burglaries_per_1000_homes", 1.0, "2025")
    assert need.of(requested(cast), facts_of(cast.randers)).burglaries == 1.0


def test_areas_without_an_association_have_a_line_of_their_own(cast: Cast) -> None:
    silent = an_area(cast.randers, "Hald", "8102")
    fact(silent, "burglaries_per_1000_homes", 7.0)
    fact(cast.vorup, "burglaries_per_1000_homes", 9.0)
    found = need.areas_without_association(cast.randers, facts_of(cast.randers))
    assert [one for one, _need in found] == [silent]
    requested(cast)
    page = " ".join(visit(cast.karen).get("/en/staff/talks/").content.decode().split())
    of_associations, of_areas = page.split('id="without"')
    assert "The association’s homes without a neighbour helper, times" in of_associations
    assert "Need of the whole area*" in of_areas
    assert "All the area’s homes without a neighbour helper, times" in of_areas


def test_the_queue_asks_the_database_the_same_number_of_questions_however_long_it_is(
    cast: Cast,
) -> None:
    counts = []
    for number in range(2):
        requested(cast, slot(cast.speaker, days=20 + number), association=f"F{number}", email=f"{number}@r.example")
        client = visit(cast.karen)
        with CaptureQueriesContext(connection) as queries:
            client.get("/da/staff/talks/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("sheet", ["poster", "leaflet"])
@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_a_sheet_is_one_page_with_the_place_and_the_hour(cast: Cast, sheet: str, language: str) -> None:
    booking = confirmed(cast)
    document = pypdfium2.PdfDocument(printing.draw(booking, sheet, language))
    text = document[0].get_textpage().get_text_range()
    assert len(document) == 1
    hours = "19:00\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}20:30" if language == "en" else "19.00–20.30"
    for words in (hours, "Fælleshuset, Eksempelvej 1", "Vorup Grundejerforening", "randers.localhost"):
        assert words in text
    assert cast.ruth.name not in text.replace("Bo Trygt", "")


def test_the_longest_names_still_make_one_page(cast: Cast) -> None:
    long = "Grundejerforeningen Ved Den Gamle Skovridergård og Omegns Kolonihaver " * 2
    booking = confirmed(cast, place=("Fælleshuset ved den gamle smedje, Eksempelvej 1, " * 4)[:160], is_public=True)
    booking.association.name = long[:120]
    for sheet in ("poster", "leaflet"):
        assert len(pypdfium2.PdfDocument(printing.draw(booking, sheet))) == 1


def test_a_poster_is_for_those_who_see_the_talk_once_it_is_confirmed(cast: Cast) -> None:
    asked = requested(cast, slot(cast.speaker, days=25))
    booking = confirmed(cast)
    assert visit(cast.ruth).get(at("poster", booking.pk))["Content-Type"] == "application/pdf"
    assert visit(cast.frede).get(at("leaflet", booking.pk)).status_code == 404
    assert visit(cast.ruth).get(at("poster", asked.pk)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "fine"),
    [
        ({"took_place": "yes", "attendance": "31"}, True),
        ({"took_place": "no", "attendance": ""}, True),
        ({"took_place": "yes", "attendance": ""}, False),
        ({"took_place": "yes", "attendance": "mange"}, False),
        ({"attendance": "31"}, False),
    ],
)
def test_a_count_is_required_for_a_talk_that_took_place(typed: dict[str, str], fine: bool) -> None:
    assert CloseForm(typed).is_valid() is fine


def test_the_chair_is_told_when_a_talk_did_not_take_place(cast: Cast) -> None:
    booking = confirmed(cast)
    over = booking.ends_at + dt.timedelta(hours=1)
    closing.close(booking=booking, took_place=False, attendance=None, by=cast.sven, now=over)
    (told,) = mail("did_not_take_place", cast.ruth)
    assert final_check(told, over).words.button


def test_a_count_of_a_talk_that_did_not_take_place_is_asked_about() -> None:
    form = CloseForm({"took_place": "no", "attendance": "5"})
    assert "attendance" in form.errors


def test_coordinators_are_told_what_the_chair_answered_and_the_list_leads_to_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = confirmed(cast)
    path, said = path_of(booking, "feedback"), "Kan I komme igen til foråret?"
    monkeypatch.setattr(clock, "now", lambda: over(booking))
    typed = {"useful": "yes", "will_act": "maybe", "words": said}
    for _press in range(2):
        visit(None).post(path, typed)
    (told,) = mail("questions_answered")
    assert told.recipient == cast.karen
    words = final_check(told, told.due_at).words
    assert said in str(words.facts_and_things)
    assert at("answer", booking.pk) in str(words)
    page = visit(cast.karen).get(at("queue")).content.decode()
    assert said in page
    assert at("answer", booking.pk) in page


def test_another_answer_is_told_again_and_none_to_whoever_wrote_it_down(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = confirmed(cast)
    first = afterwards.answer(booking=booking, useful="yes", will_act="no", words="", now=over(booking))
    later = over(booking) + dt.timedelta(minutes=1)
    afterwards.answer(booking=booking, useful="no", will_act="no", words="", now=later, written_by=cast.karen)
    first.refresh_from_db()
    assert first.useful == "no"
    (told,) = mail("questions_answered")
    assert final_check(told, later).words is None, "the answer that it tells of is replaced"
    afterwards.answer(booking=booking, useful="yes", will_act="yes", words="", now=later + dt.timedelta(minutes=1))
    (digest,) = mail("questions_answered")
    assert len(digest.about["things"]) == 2
    told = str(final_check(digest, digest.due_at).words)
    assert told.count("Fik de noget ud af det? Ja") == 1, "the newest answer, once"
    assert "Fik de noget ud af det? Nej" not in told


def test_coordinators_read_that_the_speaker_says_no_where_the_chair_has_answered(cast: Cast) -> None:
    booking = confirmed(cast)
    afterwards.answer(booking=booking, useful="yes", will_act="maybe", words="Godt!", now=over(booking))
    closing.close(booking=booking, took_place=False, attendance=None, by=cast.sven, now=over(booking))
    (digest,) = mail("answers_disagree")
    assert digest.recipient == cast.karen
    words = final_check(digest, digest.due_at).words
    assert words
    assert words.subject == "Blev foredraget holdt? Vorup Grundejerforening"
    assert ("Kommentar", "Godt!") in words.facts
    closing.correct(booking=booking, took_place=True, attendance=12, by=cast.karen, now=over(booking))
    told = final_check(digest, digest.due_at).words
    assert "Blev foredraget holdt?" not in str(told), "it is corrected"


def test_nobody_reads_so_where_the_chair_has_not_answered(cast: Cast) -> None:
    booking = confirmed(cast)
    closing.close(booking=booking, took_place=False, attendance=None, by=cast.sven, now=over(booking))
    assert mail("answers_disagree") == []
