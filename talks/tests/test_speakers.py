"""What speakers give, where, in which languages, and who steps in for them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from partnership.people.tests.looking_up import open_in_administration
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import bookings, offers, speakers
from talks.languages import spoken_by
from talks.models import Booking, Speaker
from talks.tests.bookings import confirmed, requested, unverified
from talks.tests.test_access import at, those_whom_it_lets
from talks.tests.test_words import said


def described(cast: Cast, **changes: object) -> Speaker:
    given = {"formats": cast.speaker.formats, "languages": [], "areas": [], "substitutes": []}
    return speakers.describe(speaker=cast.speaker, by=cast.anne, **(given | changes))


def test_a_speaker_with_areas_gets_bookings_from_those_alone(cast: Cast) -> None:
    described(cast, areas=[cast.dronningborg])
    with pytest.raises(Refused) as refused:
        unverified(cast, area=cast.vorup)
    assert refused.value.reason == "too_far"
    assert unverified(cast, slot(cast.speaker, days=25), area=cast.dronningborg)
    assert unverified(cast, slot(cast.speaker, days=26), area=cast.vorup, format="online", place="")


def test_a_speaker_without_areas_goes_everywhere(cast: Cast) -> None:
    described(cast)
    assert unverified(cast, area=cast.vorup)
    assert unverified(cast, slot(cast.speaker, days=25), area=cast.dronningborg, association="Anden")


def test_only_speakers_who_go_there_are_proposed(cast: Cast) -> None:
    booking, free = requested(cast), slot(cast.speaker, days=30)
    assert f'value="{free.pk}"' in visit(cast.karen).get(at("answer", booking.pk)).content.decode()
    described(cast, areas=[cast.dronningborg])
    assert f'value="{free.pk}"' not in visit(cast.karen).get(at("answer", booking.pk)).content.decode()


def test_the_public_page_says_where_a_speaker_goes(cast: Cast) -> None:
    slot(cast.speaker)
    before = visit(None).get("/en/talks/").content.decode()
    described(cast, areas=[cast.dronningborg])
    after = visit(None).get("/sv/talks/").content.decode()
    assert ("Dronningborg" in before, "Dronningborg" in after) == (False, True)


def test_the_number_of_queries_does_not_grow_with_the_evenings(cast: Cast) -> None:
    booking = requested(cast)
    counts = []
    for days in (30, 40):
        slot(speaker(person(f"S{days}", cast.randers)), days=days)
        with translation.override("da"), CaptureQueriesContext(connection) as queries:
            offers.slots_instead(booking, NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_when_a_speaker_cannot_come_the_same_day_with_a_substitute_is_offered_first(cast: Cast) -> None:
    booking = confirmed(cast)
    signe, per = (speaker(person(name, cast.randers)) for name in ("Signe", "Per"))
    sooner, same_day, another = slot(per, days=10), slot(signe), slot(per, days=40)
    later = slot(signe, days=40)
    assert offers.slots_instead(booking, NOW)[0] == sooner
    described(cast, substitutes=[signe])
    booking = Booking.objects.with_names().get()
    assert offers.slots_instead(booking, NOW) == [same_day, sooner, later, another]
    page = visit(cast.sven).get(at("call_off", booking.pk)).content.decode()
    assert page.index("Signe") < page.index("Per")


def test_other_days_come_in_order_of_time_whoever_speaks(cast: Cast) -> None:
    signe, per = (speaker(person(name, cast.randers)) for name in ("Signe", "Per"))
    described(cast, substitutes=[signe])
    confirmed(cast)
    far, near = slot(signe, days=40), slot(per, days=21)
    assert offers.slots_instead(Booking.objects.with_names().get(), NOW) == [near, far]


def test_of_many_evenings_those_of_a_substitute_are_not_cut_off(cast: Cast) -> None:
    signe = speaker(person("Signe", cast.randers))
    described(cast, substitutes=[signe])
    booking = confirmed(cast)
    for days in range(21, 31):
        slot(cast.speaker, days=days)
    last = slot(signe, days=60)
    found = offers.slots_instead(Booking.objects.with_names().get(pk=booking.pk), NOW)
    assert (last in found, len(found)) == (True, 6)


def test_a_chair_reads_in_which_language_a_talk_is_given_if_it_is_not_the_partnerships_own(cast: Cast) -> None:
    booking = confirmed(cast)
    assert "Sprog" not in dict(said("confirmed", cast.ruth).facts)
    assert "<dt>Sprog</dt>" not in visit(cast.ruth).get(at("booking", booking.pk)).content.decode()
    described(cast, languages=["en"])
    assert dict(said("confirmed", cast.ruth).facts)["Sprog"] == "engelsk"
    assert "<dt>Sprog</dt>" in visit(cast.ruth).get(at("booking", booking.pk)).content.decode()


def test_who_may_say_what_a_speaker_gives(cast: Cast) -> None:
    given = {"formats": ["burglary"], "languages": [], "areas": [], "substitutes": []}
    assert those_whom_it_lets(cast, lambda by: speakers.describe(speaker=cast.speaker, by=by, **given)) == {"anne"}


@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        ("no_format", lambda cast: {"formats": []}),
        ("no_format", lambda cast: {"formats": ["fishing"]}),
        ("themselves", lambda cast: {"substitutes": [cast.speaker]}),
        ("elsewhere", lambda cast: {"areas": [cast.malmen]}),
        ("elsewhere", lambda cast: {"substitutes": [speaker(person("Stina", cast.kalmar))]}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(cast: Cast, reason: str, changes) -> None:
    before = list(cast.speaker.formats)
    with pytest.raises(Refused) as refused:
        described(cast, **changes(cast))
    assert refused.value.reason == reason
    cast.speaker.refresh_from_db()
    assert (cast.speaker.formats, cast.speaker.areas.count(), cast.speaker.substitutes.count()) == (before, 0, 0)


def of_an_administrator(cast: Cast):
    return visit(cast.anne), reverse("admin:talks_speaker_change", args=[cast.speaker.pk])


def test_an_administrator_says_it_in_the_administration(cast: Cast) -> None:
    signe = speaker(person("Signe", cast.randers))
    anne, page = of_an_administrator(cast)
    form = open_in_administration(anne, page)
    assert ("Malmen" in form, "Dronningborg" in form) == (False, True)
    typed = {
        "partnership": cast.randers.pk, "person": cast.sven.pk, "is_active": "on", "formats": ["flats", "burglary"],
        "languages": ["da", "en"], "areas": [cast.vorup.pk], "substitutes": [signe.pk],
    }  # fmt: skip
    assert anne.post(page, typed).status_code == 302
    sven = Speaker.objects.get(pk=cast.speaker.pk)
    assert (sven.formats, sven.languages) == (["burglary", "flats"], ["da", "en"])
    assert (list(sven.areas.all()), list(sven.substitutes.all())) == ([cast.vorup], [signe])
    assert anne.post(page, typed | {"substitutes": [sven.pk]}).status_code == 200
    assert anne.post(page, typed | {"formats": []}).status_code == 200


def test_a_talk_that_is_agreed_stays_when_its_speaker_goes_elsewhere(cast: Cast) -> None:
    booking = confirmed(cast)
    described(cast, areas=[cast.dronningborg], formats=["flats"])
    booking.refresh_from_db()
    assert (booking.state, booking.speaker) == ("confirmed", cast.speaker)
    assert bookings.cancel(booking=booking, by=cast.karen, now=NOW + dt.timedelta(hours=1)).state == "cancelled"


@pytest.mark.parametrize(
    ("language", "words"), [("da", "dansk eller somali"), ("sv", "danska eller somaliska"), ("en", "Danish or Somali")]
)
def test_languages_are_written_as_within_a_sentence_of_the_readers_own(cast: Cast, language: str, words: str) -> None:
    cast.speaker.languages = ["da", "so"]
    with translation.override(language):
        assert spoken_by(cast.speaker, cast.kalmar) == words
