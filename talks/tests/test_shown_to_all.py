"""What a citizen writes stands on no public page before staff have looked at it."""

import re
from html import unescape

import pytest
from django.core.cache import caches
from django.utils import translation

from partnership.outbox.queue.final_check import final_check
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, slot, visit
from talks import printing
from talks.actions import bookings, offers, place_facts, wishes
from talks.calendars.invitation import event_of
from talks.erasing import end_talks_of_chair
from talks.messages.about import facts_of
from talks.models import Booking
from talks.tests.bookings import confirmed, mail, requested
from talks.tests.test_access import ANSWERS, at, those_whom_it_lets
from talks.tests.test_offers import offered
from talks.tests.test_wishes import DAYS, wished

BAIT = "Baitvej 99"
TOLD = {"place": BAIT, "is_accessible": "yes", "has_projector": "no", "is_public": "yes", "note": "Baitnote"}
# Every text that a citizen writes about a talk, its association and themselves.
TEXTS = {"place": "Baitplace", "note": "Baitnote", "name": "Baitname", "phone": "20304051", "association": "Baithouse"}


def public_pages(booking: Booking) -> str:
    """Return the main part of every page that leads to a talk or shows it, as anybody reads it."""
    for cache in caches.all():
        cache.clear()
    pages = [visit(None).get(page) for page in ("/da/", at("overview"), at("open", booking.pk), at("book"))]
    return " ".join(page.content.decode().partition("<main")[2] for page in pages if page.status_code == 200)


def changes(cast: Cast, booking: Booking, **told: str) -> None:
    assert visit(cast.ruth).post(at("place_facts", booking.pk), TOLD | told).status_code == 302


def shows(cast: Cast, booking: Booking, place: str = BAIT):
    return visit(cast.karen).post(at("show", booking.pk), {"place": place, "is_public": "on"}, follow=True)


def buttons_on(page: str, action: str) -> dict[str, str]:
    """Return what stands hidden in one form of a page."""
    form = page.partition(f'action="{action}"')[2].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


@pytest.mark.parametrize("new", ["everybody may come", "the place", "nothing"])
@pytest.mark.parametrize("button", ["confirm", "offer", "show"])
def test_a_button_shows_what_stood_on_its_page_and_nothing_newer(cast: Cast, button: str, new: str) -> None:
    asked = requested(cast, is_public=new != "everybody may come", place="Skolen")
    if button == "show":
        asked = bookings.confirm(booking=asked, place_seen=None, by=cast.karen, now=NOW)
    on = slot(cast.speaker, days=30)
    action = at(button, asked.pk)
    seen = buttons_on(visit(cast.karen).get(at("answer", asked.pk)).content.decode(), action)
    if new != "nothing":
        changes(cast, asked, place="Skolen" if new == "everybody may come" else BAIT)
    typed = {"slots": [on.pk], "is_gone": "yes"} if button == "offer" else {}
    assert visit(cast.karen).post(action, seen | typed).status_code == 302
    asked.refresh_from_db()
    assert asked.state == {"confirm": "confirmed", "offer": "offered", "show": "confirmed"}[button]
    assert asked.is_seen == (new == "nothing")
    if button == "offer":
        offers.accept(hold=asked.holds.get(), by=cast.ruth, now=NOW)
    pages = public_pages(asked)
    assert ("Skolen" in pages, BAIT in pages) == (new == "nothing", False)
    assert Booking.objects.to_be_shown(NOW).exists() == (new != "nothing")


@pytest.mark.parametrize(
    ("place_seen", "is_seen"), [("Fælleshuset, Eksempelvej 1", True), ("Skolen", False), ("", False), (None, False)]
)
@pytest.mark.parametrize("is_public", [True, False, None])
@pytest.mark.parametrize("action", ["confirm", "offer"])
def test_seen_is_only_an_open_talk_at_the_place_that_stood_on_the_page(
    cast: Cast, action: str, is_public: bool | None, place_seen: str | None, is_seen: bool
) -> None:
    asked = requested(cast, is_public=is_public)
    if action == "confirm":
        booking = bookings.confirm(booking=asked, place_seen=place_seen, by=cast.karen, now=NOW)
    else:
        others = [slot(cast.speaker, days=30)]
        booking = offers.offer(booking=asked, slots=others, place_seen=place_seen, by=cast.karen, now=NOW)
    seen = bool(is_public) and is_seen
    booking.refresh_from_db()
    assert (booking.is_seen, booking.seen_place) == (seen, asked.place if seen else "")


def test_other_evenings_for_a_talk_leave_what_staff_have_seen(cast: Cast) -> None:
    booking = confirmed(cast, is_public=True)
    others = [slot(cast.speaker, days=30)]
    booking = offers.offer(booking=booking, slots=others, place_seen=None, by=cast.karen, now=NOW)
    booking.refresh_from_db()
    assert (booking.is_seen, booking.seen_place) == (True, booking.place)


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_of_a_citizen_is_public_before_staff_confirm_the_talk(cast: Cast, text: str) -> None:
    asked = requested(cast, is_public=True, **{text: TEXTS[text]})
    assert TEXTS[text] not in public_pages(asked)
    bookings.confirm(booking=asked, place_seen=asked.place, by=cast.karen, now=NOW)
    assert (TEXTS[text] in public_pages(asked)) == (text in ("place", "association"))


@pytest.mark.parametrize("was_public", [True, False])
def test_a_new_place_is_public_once_staff_have_looked_at_it(cast: Cast, was_public: bool) -> None:
    booking = confirmed(cast, is_public=was_public)
    changes(cast, booking)
    assert BAIT not in public_pages(booking)
    assert visit(None).get(at("open", booking.pk)).status_code == (200 if was_public else 404)
    assert ("Stedet kommer til at stå" in public_pages(booking)) == was_public
    karen = visit(cast.karen)
    assert at("answer", booking.pk) in karen.get(at("queue")).content.decode().partition('id="to-show"')[2]
    assert at("show", booking.pk) in karen.get(at("answer", booking.pk)).content.decode()
    assert "Den offentlige side viser stedet." in shows(cast, booking).content.decode()
    assert BAIT in public_pages(booking)
    assert "stedet vises på den offentlige side" in visit(cast.karen).get(at("answer", booking.pk)).content.decode()


def test_the_old_place_again_needs_nobody(cast: Cast) -> None:
    booking = confirmed(cast, is_public=True)
    changes(cast, booking)
    changes(cast, booking, place=booking.place)
    assert booking.place in public_pages(booking)
    assert not Booking.objects.to_be_shown(NOW).exists()


def test_what_was_closed_and_opened_again_waits(cast: Cast) -> None:
    booking = confirmed(cast, is_public=True)
    changes(cast, booking, is_public="no", place=booking.place)
    changes(cast, booking, is_public="yes", place=booking.place)
    assert visit(None).get(at("open", booking.pk)).status_code == 404


@pytest.mark.parametrize("how", ["the chair's change", "a request that is confirmed"])
def test_staff_who_looked_at_something_else_show_nothing_new(cast: Cast, how: str) -> None:
    if how == "the chair's change":
        booking = confirmed(cast, is_public=True)
        changes(cast, booking)
        assert "Se på det igen" in shows(cast, booking, place="Skolen").content.decode()
    else:
        booking = requested(cast, is_public=True)
        changes(cast, booking)
        visit(cast.karen).post(at("confirm", booking.pk), {"place": booking.place, "is_public": "on"})
    assert BAIT not in public_pages(booking)
    assert Booking.objects.to_be_shown(NOW).get() == booking


def test_what_staff_write_themselves_is_seen(cast: Cast) -> None:
    booking = confirmed(cast)
    visit(cast.karen).post(at("place_facts", booking.pk), TOLD)
    assert BAIT in public_pages(booking)


def test_those_who_answer_requests_show_places_and_nobody_else(cast: Cast) -> None:
    booking = confirmed(cast, is_public=True)

    def act(by) -> object:
        Booking.objects.filter(pk=booking.pk).update(is_seen=False, seen_place="")
        return place_facts.show_to_all(booking=booking, place=booking.place, by=by, now=NOW)

    assert those_whom_it_lets(cast, act) == ANSWERS
    steps = booking.steps.count()
    place_facts.show_to_all(booking=booking, place=booking.place, by=cast.karen, now=NOW)
    assert booking.steps.count() == steps
    Booking.objects.filter(pk=booking.pk).update(is_public=False)
    with pytest.raises(Refused):
        place_facts.show_to_all(booking=booking, place=booking.place, by=cast.karen, now=NOW)


def test_staff_have_seen_the_place_of_what_they_offer_and_of_a_wish(cast: Cast) -> None:
    booking, _three = offered(cast, requested(cast, is_public=True))
    offers.accept(hold=booking.holds.first(), by=cast.ruth, now=NOW)
    met = wishes.accept(wish=wished(cast, is_public=True), speaker=cast.speaker, day=DAYS[0], by=cast.karen, now=NOW)
    for one in (booking, met):
        assert one.place in public_pages(one)


def test_an_evening_that_the_speaker_loses_shows_no_new_place(cast: Cast) -> None:
    booking = confirmed(cast, is_public=True)
    changes(cast, booking)
    offers.call_off(booking=booking, slots=[slot(cast.speaker, days=30)], by=cast.sven, now=NOW)
    hold = booking.holds.get(closed_at=None)
    offers.accept(hold=hold, by=cast.ruth, now=NOW)
    assert BAIT not in public_pages(booking)


def test_a_talk_that_waited_has_no_page_once_its_chair_is_erased(cast: Cast) -> None:
    booking = confirmed(cast)
    changes(cast, booking)
    end_talks_of_chair(cast.ruth, NOW)
    booking.refresh_from_db()
    assert (booking.is_public, booking.place, booking.seen_place) == (True, "", "")
    assert visit(None).get(at("open", booking.pk)).status_code == 404


def test_staff_are_told_in_the_morning_and_the_chair_at_once(cast: Cast) -> None:
    booking = confirmed(cast, is_public=True)
    said = visit(cast.ruth).post(at("place_facts", booking.pk), TOLD, follow=True).content.decode()
    assert "viser stedet, når vi har godkendt det" in said
    (digest,) = mail("association_changed", cast.karen)
    assert "Den offentlige side venter" in " ".join(final_check(digest, digest.due_at).words.paragraphs)


def test_a_sheet_leads_to_no_page_that_waits(cast: Cast) -> None:
    booking = confirmed(cast)
    changes(cast, booking)
    ways = [way["address"] for way in printing._ways(Booking.objects.with_names().get(pk=booking.pk))]
    assert not any("/open/" in address for address in ways)


@pytest.mark.parametrize(
    "place", ["Ring 20 30 40 50", "Se evil .dk", "Huset, x@evil.example", "www.evil.example", "+45 2030"]
)
def test_a_place_is_neither_a_number_nor_an_address_to_follow(cast: Cast, place: str) -> None:
    booking = confirmed(cast)
    assert visit(cast.ruth).post(at("place_facts", booking.pk), TOLD | {"place": place}).status_code == 400


@pytest.mark.parametrize("language", ["da", "en"])
def test_where_an_online_talk_is_reads_the_same_on_page_and_paper_in_mail_and_calendar(
    cast: Cast, language: str
) -> None:
    booking = confirmed(cast, is_public=True)
    Booking.objects.filter(pk=booking.pk).update(format="online", place="", seen_place="", is_seen=True)
    booking = Booking.objects.get(pk=booking.pk)
    page = visit(None).get(f"/{language}/talks/open/{booking.pk}/").content.decode()
    with translation.override(language):
        told = printing.words(booking)["place"]
        assert told in unescape(page)
        (sent,) = mail("confirmed", cast.ruth)
        assert told in dict(facts_of(booking)).values()
        assert event_of(booking)["location"] == told
        assert told in unescape(visit(cast.ruth).get(f"/{language}/talks/bookings/{booking.pk}/").content.decode())
    words = final_check(sent, NOW).words
    assert "Giv det videre" in words.paragraphs[1]
