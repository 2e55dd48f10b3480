"""A talk to which everybody is invited has a page of its own; others have none."""

import re

import pypdfium2
import pytest
from django.core.cache import caches
from django.utils import translation

from partnership.places.models import Partnership
from partnership.tests.cast import NOW, Cast, slot, visit
from talks import printing
from talks.actions import bookings, offers
from talks.models import Booking, Speaker
from talks.tests.bookings import confirmed, requested, unverified
from talks.tests.sent_links import path_of
from talks.tests.test_access import at
from talks.tests.test_afterwards import over
from talks.tests.test_wishes import wished
from talks.tests.test_words import said

SHEETS = ("poster", "leaflet")


def text_of(booking: Booking, sheet: str, language: str = "en") -> str:
    document = pypdfium2.PdfDocument(printing.draw(booking, sheet, language))
    # An address may break after a slash.
    return re.sub(r"\s+", " ", document[0].get_textpage().get_text_range()).replace("/ ", "/")


def test_open_talks_ahead_stand_on_the_page_of_talks_and_others_do_not(cast: Cast) -> None:
    overview = at("overview").replace("/da/", "/en/")
    hidden = confirmed(cast)
    assert "Open to everybody near you" not in visit(None).get(overview).content.decode()
    for cache in caches.all():
        cache.clear()
    booking = confirmed(cast, slot(cast.speaker, days=30), is_public=True)
    page = visit(None).get(overview).content.decode().partition("Open to everybody near you")[2]
    assert f"/talks/open/{booking.pk}/" in page
    assert f"/talks/open/{hidden.pk}/" not in page


def test_anybody_reads_when_and_where_an_open_talk_is_and_nothing_of_its_chair(cast: Cast) -> None:
    booking = confirmed(cast, is_public=True, phone="20 30 40 50", note="Porten er låst")
    response = visit(None).get(at("open", booking.pk))
    page = response.content.decode()
    assert not response.cookies
    for known in ("Fælleshuset, Eksempelvej 1", "14. december 2026", "19.00–20.30", "Vorup Grundejerforening"):
        assert known in page
    main = page.partition("<main")[2].partition("</main")[0]
    for secret in ("Ruth", "ruth@", "20 30 40 50", "Porten"):
        assert secret not in main


@pytest.mark.parametrize(
    ("speaks", "language", "said"),
    [
        (["da"], "da", ""),
        (["da"], "en", "The talk is given in Danish."),
        (["en"], "da", "Foredraget holdes på engelsk."),
        (["en"], "en", "The talk is given in English."),
        (["da", "en"], "sv", "Föredraget hålls på danska."),
    ],
)
def test_whoever_reads_another_language_reads_in_which_the_talk_is(
    cast: Cast, speaks: list[str], language: str, said: str
) -> None:
    booking = confirmed(cast, is_public=True)
    Speaker.objects.filter(pk=cast.speaker.pk).update(languages=speaks)
    page = visit(None).get(at("open", booking.pk).replace("/da/", f"/{language}/")).content.decode()
    assert bool(said) == (said in page and any(word in page for word in ("is given in", "holdes på", "hålls på")))


@pytest.mark.parametrize(("language", "is_said"), [("da", False), ("en", True)])
def test_who_prints_the_sheets_reads_in_which_language_they_are(cast: Cast, language: str, is_said: bool) -> None:
    path = at("booking", confirmed(cast).pk).replace("/da/", f"/{language}/")
    for reader in (cast.ruth, cast.karen):
        page = visit(reader).get(path).content.decode()
        assert "/poster" in page
        assert ("Poster and leaflets are in Danish" in page) == is_said


@pytest.mark.parametrize("is_public", [False, None])
def test_a_talk_for_members_has_no_page(cast: Cast, is_public: bool | None) -> None:
    assert visit(None).get(at("open", confirmed(cast, is_public=is_public).pk)).status_code == 404


def test_only_a_talk_that_was_agreed_has_a_page_and_only_here(cast: Cast) -> None:
    asked = requested(cast, slot(cast.speaker, days=30), is_public=True)
    assert visit(None).get(at("open", asked.pk)).status_code == 404
    bookings.cancel(booking=asked, by=cast.ruth, now=NOW)
    assert visit(None).get(at("open", asked.pk)).status_code == 404
    booking = confirmed(cast, is_public=True)
    assert visit(None, host="kalmar.localhost").get(at("open", booking.pk)).status_code == 404


def main_of(booking: Booking) -> str:
    response = visit(None).get(at("open", booking.pk))
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2].partition("</main")[0]


def test_the_poster_of_a_cancelled_talk_leads_to_what_there_is_instead(cast: Cast) -> None:
    booking = confirmed(cast, is_public=True, place="Hos Ruth, Hemmelig Vej 9")
    other = confirmed(cast, slot(cast.speaker, days=40), is_public=True)
    bookings.cancel(booking=booking, by=cast.karen, why="Ruth er syg", now=NOW)
    main = main_of(booking)
    for known in ("Foredraget er aflyst", "mandag den 14. december 2026", at("open", other.pk), "/da/neighbours/join/"):
        assert known in main
    for secret in ("Hemmelig", "syg", "Sven", "Ruth"):
        assert secret not in main


def test_the_poster_of_a_talk_without_its_evening_says_that_another_is_chosen(cast: Cast) -> None:
    booking = confirmed(cast, is_public=True)
    offers.offer(booking=booking, slots=[slot(cast.speaker, days=30)], by=cast.karen, now=NOW)
    main = main_of(booking)
    title = visit(None).get(at("open", booking.pk)).content.decode().partition("<title>")[2].partition("</title>")[0]
    assert ("aflyst" in main, "aflyst" in title) == (False, False)
    assert ("Foredraget får en ny dag" in main, "Foredraget får en ny dag" in title) == (True, True)
    assert "Foreningen er ved at vælge en anden aften" in main


def test_the_poster_of_a_talk_that_is_over_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    booking = confirmed(cast, is_public=True)
    monkeypatch.setattr("partnership.clock.now", lambda: over(booking))
    assert "Foredraget er slut" in main_of(booking)


def test_the_poster_of_a_moved_talk_leads_to_its_new_time(cast: Cast) -> None:
    booking = confirmed(cast, is_public=True)
    assert "er flyttet" not in main_of(booking)
    bookings.move(booking=booking, slot=slot(cast.speaker, days=30), by=cast.karen, now=NOW)
    main = visit(None).get(at("open", booking.pk) + "?again").content.decode()
    assert ("Foredraget er flyttet" in main, "24. december 2026" in main) == (True, True)


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize(
    ("is_public", "says"), [(True, "Everybody is welcome."), (False, "For members only."), (None, "")]
)
def test_a_sheet_says_who_is_welcome_and_who_is_behind_it(
    cast: Cast, sheet: str, is_public: bool | None, says: str
) -> None:
    Partnership.objects.filter(pk=cast.randers.pk).update(partners=[{"name": "Kommunen"}, {"name": "Politiet"}])
    text = text_of(Booking.objects.with_names().get(pk=confirmed(cast, is_public=is_public).pk), sheet)
    assert says in text
    assert ("welcome" in text, "members only" in text) == (is_public is True, is_public is False)
    for words in ("Kommunen · Politiet", "Become a neighbour helper", "/en/neighbours/join/"):
        assert words in text


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_leads_to_the_talk_itself_only_if_everybody_may_come(cast: Cast, sheet: str) -> None:
    booking = confirmed(cast, is_public=True)
    assert f"/en/talks/open/{booking.pk}/" in text_of(booking, sheet)
    booking.is_public = False
    assert "/open/" not in text_of(booking, sheet)


@pytest.mark.parametrize(
    ("spoken", "says"), [([], "Alle er"), (["en", "da"], "Alle er"), (["ar", "en"], "Everybody is")]
)
def test_a_sheet_is_in_the_language_of_the_talk_whatever_its_chair_reads(
    cast: Cast, spoken: list[str], says: str
) -> None:
    type(cast.speaker).objects.filter(pk=cast.speaker.pk).update(languages=spoken)
    Partnership.objects.filter(pk=cast.randers.pk).update(languages=["da", "sv", "en"])
    booking = confirmed(cast, is_public=True)
    pdf = visit(cast.ruth).get(f"/sv/talks/bookings/{booking.pk}/poster.pdf").content
    assert says in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()


@pytest.mark.parametrize("sheet", SHEETS)
def test_sheets_are_set_in_the_portals_own_face(cast: Cast, sheet: str) -> None:
    with translation.override("da"):
        assert b"IBMPlexSans" in printing.draw(confirmed(cast), sheet)


@pytest.mark.parametrize("language", ["da", "sv", "en"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_longest_words_make_one_page_in_each_language(cast: Cast, sheet: str, language: str) -> None:
    partners = [{"name": "Østjyllands Politi og Lokalråd"}] * 4
    Partnership.objects.filter(pk=cast.randers.pk).update(partners=partners)
    cast.speaker.languages = ["da", "en", "ar"]
    cast.speaker.save()
    made = confirmed(cast, place=("Fælleshuset ved den gamle smedje, Eksempelvej 1, " * 4)[:160], is_public=True)
    booking = Booking.objects.with_names().get(pk=made.pk)
    booking.association.name = ("Grundejerforeningen Ved Den Gamle Skovridergård og Omegns Kolonihaver " * 2)[:120]
    assert len(pypdfium2.PdfDocument(printing.draw(booking, sheet, language))) == 1


@pytest.mark.parametrize("is_public", [True, False, None])
def test_the_chair_is_told_of_the_public_page_wherever_they_answer_or_read_about_it(
    cast: Cast, is_public: bool | None
) -> None:
    asked = unverified(cast, is_public=is_public)
    page = path_of(asked, "verify")
    told = [visit(None).get(page), visit(None).post(page)]
    assert ["offentlig side" in one.content.decode() for one in told] == [bool(is_public)] * 2
    asked = Booking.objects.get()
    bookings.confirm(booking=asked, place_seen=asked.place, by=cast.karen, now=NOW)
    for kind in ("requested", "confirmed"):
        assert ("offentlig side" in " ".join(said(kind, cast.ruth).paragraphs)) is bool(is_public), kind
    address = at("open", asked.pk)
    assert any(link.endswith(address) for _what, link in said("confirmed", cast.ruth).links) is bool(is_public)
    assert not any(link.endswith(address) for _what, link in said("confirmed", cast.sven).links)


def test_a_wish_says_so_where_it_is_confirmed(cast: Cast) -> None:
    for is_public, who in ((True, cast.ruth), (False, cast.helle)):
        wish = wished(cast, verified=False, is_public=is_public, email=who.email)
        page = visit(None).get(path_of(wish, "verify_wish")).content.decode()
        assert ("offentlig side" in page) is is_public


@pytest.mark.parametrize("address", ["/da/talks/book/", "/da/talks/wish/"])
def test_the_question_who_may_come_says_that_there_is_a_public_page(cast: Cast, address: str) -> None:
    slot(cast.speaker, days=30)
    question = visit(None).get(address).content.decode().partition("Hvem må komme")[2]
    assert "offentlig side" in question.partition("</fieldset>")[0]


def test_the_public_page_goes_when_the_answer_changes(cast: Cast) -> None:
    booking = confirmed(cast, is_public=True)
    assert visit(None).get(at("open", booking.pk)).status_code == 200
    visit(cast.ruth).post(at("place_facts", booking.pk), {"place": booking.place, "is_public": "no"})
    caches["pages"].clear()
    assert visit(None).get(at("open", booking.pk)).status_code == 404


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_sheet_names_a_person(cast: Cast, sheet: str) -> None:
    printed = text_of(confirmed(cast, is_public=True), sheet)
    for name in (cast.sven.name, cast.ruth.name):
        assert name not in printed


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_talk_with_steps_at_the_way_in_says_so_to_those_who_come(cast: Cast, sheet: str) -> None:
    booking = confirmed(cast, is_public=True, is_accessible=False)
    assert "There are steps at the way in." in text_of(booking, sheet)
    assert "Der er trin ved indgangen." in main_of(booking)
    booking.is_accessible = None
    assert "steps" not in text_of(booking, sheet)


@pytest.mark.parametrize(("spoken", "says"), [(["da", "en"], ""), (["en", "de"], "The talk is given in English.")])
def test_a_sheet_names_the_language_of_the_talk_and_not_all_that_its_speaker_can(
    cast: Cast, spoken: list[str], says: str
) -> None:
    Partnership.objects.filter(pk=cast.randers.pk).update(languages=["da", "sv", "en"])
    type(cast.speaker).objects.filter(pk=cast.speaker.pk).update(languages=spoken)
    text = text_of(Booking.objects.with_names().get(pk=confirmed(cast, is_public=True).pk), "poster")
    assert says in text
    assert (" and English" in text, "German" in text) == (False, False)
