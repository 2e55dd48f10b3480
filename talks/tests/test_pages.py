"""The room's pages: what they store, what they refuse, and what may be cached."""

import datetime as dt
import re
import uuid

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation

from partnership import clock
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import offers, patterns
from talks.models import Booking, Slot
from talks.tests.bookings import confirmed, mail, requested
from talks.tests.sent_links import path_of

BOOK = "/da/talks/book/"
FREE = {"days": 60}  # pages tell the time by the clock, so the slot lies well ahead of it


def typed(cast: Cast, **changes: object) -> dict[str, object]:
    facts = {
        "slot": changes.get("slot") or slot(cast.speaker, **FREE).pk,
        "format": "burglary",
        "association": "Vorup Grundejerforening",
        "kind": "homeowners",
        "homes": "120",
        "area": cast.vorup.pk,
        "place": "Fælleshuset",
        "name": "Ruth",
        "email": "ruth@randers.example",
        "note": "",
        "submission": str(uuid.uuid4()),
    }
    return facts | changes


def send(cast: Cast, **changes: object):
    return visit(None).post(BOOK, typed(cast, **changes))


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_public_page_is_the_same_for_all_and_any_cache_may_hold_it(cast: Cast, language: str) -> None:
    slot(cast.speaker, **FREE)
    response = visit(cast.ruth).get(f"/{language}/talks/")
    assert response.status_code == 200
    assert not response.cookies
    assert response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert "Ruth" not in response.content.decode()


def test_a_good_request_is_taken_and_answered_with_where_to_look(cast: Cast) -> None:
    browser = visit(None)
    response = browser.post(BOOK, typed(cast), follow=True)
    assert response.redirect_chain == [("/da/talks/book/sent/", 302)]
    assert "ruth@randers.example" in response.content.decode()
    assert [message.recipient for message in mail("verify")] == [cast.ruth]


def test_the_receipt_shows_the_address_only_in_the_same_browser_and_cannot_be_forged(cast: Cast) -> None:
    browser = visit(None)
    response = browser.post(BOOK, typed(cast))
    cookie = response.cookies["typed"]
    assert set(response.cookies) == {"typed"}  # no session: nobody has logged in
    assert (cookie["httponly"], cookie["path"], cookie["max-age"]) == (True, "/", 1200)
    receipt = browser.get("/da/talks/book/sent/")
    assert "ruth@randers.example" in receipt.content.decode()
    assert "no-store" in receipt.headers["Cache-Control"]
    for forged in ("", "mallory@example.org", cookie.value[:-1] + "x"):
        stranger = visit(None)
        stranger.cookies["typed"] = forged
        page = stranger.get("/da/talks/book/sent/")
        assert page.status_code == 200
        assert "@example.org" not in page.content.decode()
        assert "ruth@" not in page.content.decode()


def test_known_and_unknown_addresses_get_the_same_answer(cast: Cast) -> None:
    slot(cast.speaker, days=70)
    known = send(cast)
    unknown = visit(None).post(BOOK, typed(cast, slot=slot(cast.speaker, days=80).pk, email="nobody@randers.example"))
    elsewhere = visit(None).post(BOOK, typed(cast, slot=slot(cast.speaker, days=90).pk, email=cast.gunnar.email))
    assert {(one.status_code, one.url) for one in (known, unknown, elsewhere)} == {(302, "/da/talks/book/sent/")}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "070761-4285"),
        ("association", "070761 4285"),
        ("note", "Mit nummer er 0707614285."),
        ("place", "x" * 5000),
        ("name", "x" * 5000),
        ("name", "Ruth\x00"),
        ("email", "ruth"),
        ("email", ""),
        ("homes", "mange"),
        ("homes", "-3"),
        ("area", "999999"),
        ("format", "fishing"),
        ("slot", "999999"),
        ("slot", "drop table"),
        ("place", ""),
    ],
)
def test_bad_input_gets_a_sentence_keeps_what_was_typed_and_writes_nothing(cast: Cast, field: str, value: str) -> None:
    response = send(cast, **{field: value})
    page = response.content.decode()
    assert response.status_code == 400
    assert re.search(r'role="alert"', page)
    kept = "ruth@randers.example" if field != "email" else "Fælleshuset"
    assert kept in page
    assert not Booking.objects.exists()


def test_an_empty_form_says_what_to_write_in_each_box_from_top_to_bottom(cast: Cast) -> None:
    slot(cast.speaker, **FREE)
    page = visit(None).post("/en/talks/book/", {"note": ""}).content.decode()
    summary = page[page.index('role="alert"') : page.index("<form")]
    asked = re.findall(r'href="#id_([a-z_]+?)(?:_0)*"', summary)
    assert asked == ["slot", "format", "association", "kind", "homes", "area", "place", "name", "email"]
    assert "Enter the name of the association." in summary
    assert "Fill in" not in summary


def test_the_wishes_are_asked_for_in_the_order_of_the_page_as_well(cast: Cast) -> None:
    page = visit(None).post("/en/talks/wish/", {"note": ""}).content.decode()
    summary = page[page.index('role="alert"') : page.index("<form")]
    assert re.findall(r'href="#id_([a-z_]+?)(?:_0)?"', summary)[:3] == ["first", "second", "from_hour"]


def test_letters_in_place_of_a_number_of_homes_are_shown_again(cast: Cast) -> None:
    page = send(cast, homes="otte og fyrre").content.decode()
    assert 'value="otte og fyrre"' in page
    assert 'type="number"' not in page


def test_a_place_is_asked_for_unless_the_talk_is_online(cast: Cast) -> None:
    assert send(cast, format="online", place="").status_code == 302
    slot(cast.speaker, **FREE, hour=10)
    page = visit(None).get("/en/talks/book/").content.decode()
    label = r"Where will the talk take place\?"
    assert re.search(label, page)
    assert not re.search(label + r"\s*<span[^>]*>\s*\(optional\)", page)


def test_a_slot_taken_while_the_form_was_open_keeps_the_form(cast: Cast) -> None:
    taken = slot(cast.speaker, **FREE)
    confirmed(cast, taken)
    other = slot(cast.speaker, days=66)
    response = visit(None).post(BOOK, typed(cast, slot=taken.pk, note="Vi glæder os"))
    page = response.content.decode()
    assert response.status_code == 400
    assert "Vi glæder os" in page
    assert f'value="{other.pk}"' in page
    assert Booking.objects.count() == 1


def test_who_comes_with_a_slot_chosen_is_not_asked_for_it_again(cast: Cast) -> None:
    wanted, other = slot(cast.speaker, **FREE), slot(cast.speaker, days=66)
    page = visit(None).get(f"{BOOK}?slot={wanted.pk}").content.decode()
    assert re.search(rf'<input type="hidden" name="slot" value="{wanted.pk}"', page)
    assert f'value="{other.pk}"' not in page
    confirmed(cast, wanted)
    page = visit(None).get(f"{BOOK}?slot={wanted.pk}").content.decode()
    assert f'value="{wanted.pk}"' not in page
    assert f'value="{other.pk}"' in page


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "9" * 40, "\u0665", "1 OR 1=1"])
def test_a_slot_that_is_none_shows_them_all(cast: Cast, nonsense: str) -> None:
    free = slot(cast.speaker, **FREE)
    response = visit(None).get(BOOK, {"slot": nonsense})
    assert response.status_code == 200
    assert f'value="{free.pk}"' in response.content.decode()


def test_a_crowd_from_one_address_is_asked_to_wait_and_keeps_what_it_typed(cast: Cast, settings) -> None:
    settings.FORMS_AN_HOUR = 5  # talks may be asked for a tenth as often, in two hours
    assert send(cast).status_code == 302
    response = send(cast, slot=slot(cast.speaker, days=66).pk, note="Vi glæder os")
    assert response.status_code == 429
    assert "Vi glæder os" in response.content.decode()
    assert Booking.objects.count() == 1


def test_a_form_from_yesterday_is_met_kindly_and_writes_nothing(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "randers.localhost"})
    response = strict.post(BOOK, typed(cast))
    assert response.status_code == 403
    assert not Booking.objects.exists()


def test_a_slot_can_not_be_offered_on_a_day_that_has_passed(cast: Cast) -> None:
    past = {"speaker": cast.speaker.pk, "day_0": "1", "day_1": "2", "day_2": "2020", "starts": "19.00", "ends": "21.00"}
    response = visit(cast.sven).post("/da/talks/evenings/", past)
    assert response.status_code == 400
    assert 'value="2020"' in response.content.decode()
    assert not cast.speaker.slots.exists()


def test_a_slot_in_the_hour_that_spring_skips_is_refused(cast: Cast) -> None:
    day = {"day_0": "28", "day_1": "3", "day_2": "2027"}
    skipped = {"speaker": cast.speaker.pk, **day, "starts": "2.30", "ends": "5.00"}
    assert visit(cast.sven).post("/da/talks/evenings/", skipped).status_code == 400
    assert not cast.speaker.slots.exists()


@pytest.mark.parametrize(
    ("languages", "reading", "words"),
    [
        ([], "da", ""),
        (["da"], "da", ""),
        (["da", "en"], "da", "Dansk eller engelsk"),
        (["ar", "xx"], "da", "Arabisk eller xx"),
        ([], "en", "Danish"),
        (["da"], "sv", "Danska"),
    ],
)
def test_the_languages_of_a_speaker_are_said_where_they_are_not_just_the_one_that_is_read(
    cast: Cast, languages: list[str], reading: str, words: str
) -> None:
    cast.speaker.languages = languages
    page = Template("{% load talks_words %}{% spoken speaker as words %}{{ words|capfirst }}")
    request = RequestFactory().get("/")
    request.partnership = cast.randers
    with translation.override(reading):
        assert page.render(Context({"request": request, "speaker": cast.speaker})) == words


def test_a_speaker_reads_what_takes_each_evening(cast: Cast) -> None:
    confirmed(cast, slot(cast.speaker, days=30))
    requested(cast, slot(cast.speaker, days=31))
    page = visit(cast.sven).get("/da/talks/evenings/").content.decode()
    talk, asked = page.index("Optaget af et foredrag"), page.index("Reserveret til en, der har bestilt")
    assert page.index("24. december") < talk < page.index("25. december") < asked


def test_an_evening_on_a_day_away_is_not_shown_as_free_but_one_that_only_staff_can_use_is(cast: Cast) -> None:
    for days in (3, 9, 12):
        slot(cast.speaker, days=days)
    confirmed(cast, slot(cast.speaker, days=30))
    patterns.stay_away(
        speaker=cast.speaker, first_on=dt.date(2026, 12, 6), last_on=dt.date(2026, 12, 6), by=cast.sven, now=NOW
    )
    shown = visit(cast.sven).get("/da/talks/evenings/").context["months"]
    assert [on.isoformat() for month in shown for on, _slot in month.slots] == [
        "2026-11-27",
        "2026-12-03",
        "2026-12-24",
    ]


def test_one_day_away_is_one_day(cast: Cast) -> None:
    patterns.stay_away(
        speaker=cast.speaker, first_on=dt.date(2026, 12, 3), last_on=dt.date(2026, 12, 3), by=cast.sven, now=NOW
    )
    page = visit(cast.sven).get("/da/talks/evenings/").content.decode()
    assert page.count("3. december 2026") == 2  # and for screen readers


@pytest.mark.parametrize("name", ["change", "accept"])
def test_an_evening_that_is_gone_meanwhile_gets_a_sentence_of_its_own(cast: Cast, name: str) -> None:
    if name == "change":
        booking, field = confirmed(cast), "slot"
        slot(cast.speaker, days=50)
    else:
        on = slot(cast.speaker, days=40)
        booking = offers.offer(booking=requested(cast), slots=[on], by=cast.karen, now=NOW)
        field = "hold"
    link = path_of(booking, name, version=booking.sequence if name == "accept" else 0)
    page = visit(None).post(link, {field: "999999"}).content.decode()
    assert "Vælg et af de svar" not in page
    assert "Vælg en anden" in page


@pytest.mark.parametrize("who", ["ruth", "frede", "gunnar", ""])
def test_one_mailbox_holds_few_evenings_whoever_has_it_and_wherever_the_forms_come_from(
    cast: Cast, settings, who: str
) -> None:
    """What is held looks the same for addresses that we know and those that we do not."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    name, _at, domain = (getattr(cast, who).email if who else "vera@where.example").partition("@")
    evenings = [slot(cast.speaker, days=60 + day) for day in range(6)]
    for number, evening in enumerate(evenings):
        browser = visit(None)
        form = typed(cast, slot=evening.pk, email=f"{name}+{number}@{domain}" if number else f"{name}@{domain}")
        assert browser.post(BOOK, form, headers={"x-forwarded-for": f"192.0.2.{number}"}).status_code == 302
    free = Slot.objects.bookable(clock.now())
    assert [free.filter(pk=evening.pk).exists() for evening in evenings] == [False] * 3 + [True] * 3


def test_browsers_do_not_require_a_place_which_an_online_talk_has_not(cast: Cast) -> None:
    free = slot(cast.speaker, **FREE)
    page = visit(None).get(BOOK).content.decode()
    (place,) = re.findall(r'<input[^>]* id="id_place"[^>]*>', page)
    assert " required" not in place
    assert "Skriv, hvor foredraget" in send(cast, slot=free.pk, place="").content.decode(), (
        "a talk at a place needs one"
    )


def test_the_month_of_a_public_page_shows_each_day_and_names_of_speakers_limits_as_text(cast: Cast) -> None:
    cast.vorup.name = "<b>Vorup</b>"
    cast.vorup.save()
    cast.speaker.areas.add(cast.vorup)
    free = slot(cast.speaker, **FREE)
    page = visit(None).get("/da/talks/").content.decode()
    assert "&lt;b&gt;Vorup&lt;/b&gt;" in page
    day = clock.local(free.starts_at, cast.randers.zone).date()
    assert f'<td><a href="#day-{day}">{day.day}<span class="sr-only">, 1 ledig aften</span></a></td>' in page
    assert f'id="day-{day}"' in page
