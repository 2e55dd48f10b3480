"""Who asks for an evening is offered what its speaker gives, where they come; what is refused is said before."""

import re

import pytest

from partnership.tests.cast import Cast, slot, visit
from talks.models import Booking
from talks.tests.test_access import at
from talks.tests.test_pages import FREE, typed


def shown(cast: Cast, **asked: object) -> str:
    return visit(None).get(at("book"), asked).content.decode()


def offered(page: str, name: str) -> set[str]:
    """Return the values that can be chosen in a field of the form."""
    options = re.findall(rf'<input[^>]*name="{name}"[^>]*value="([^"]+)"', page)
    select = page.partition(f'<select name="{name}"')[2].partition("</select>")[0]
    return {*options, *filter(None, re.findall(r'<option value="([^"]*)"', select))}


def test_of_a_chosen_evening_only_its_speakers_talks_and_areas_are_offered(cast: Cast) -> None:
    cast.speaker.formats = ["burglary"]
    cast.speaker.save()
    cast.speaker.areas.set([cast.vorup])
    on = slot(cast.speaker)
    page = shown(cast, slot=on.pk)
    assert offered(page, "format") == {"burglary"}
    assert offered(page, "area") == {str(cast.vorup.pk)}
    assert "Er det rigtige område ikke med" in page


def test_a_speaker_who_also_speaks_online_is_offered_to_all_areas(cast: Cast) -> None:
    cast.speaker.areas.set([cast.vorup])
    page = shown(cast, slot=slot(cast.speaker).pk)
    assert str(cast.dronningborg.pk) in offered(page, "area")


def test_no_talk_that_is_longer_than_the_evening_is_offered(cast: Cast) -> None:
    page = shown(cast, slot=slot(cast.speaker, hours=1).pk)
    assert "burglary" not in offered(page, "format")


def test_the_list_of_evenings_names_the_limits_and_a_talk_too_far_away_comes_back_with_the_list(cast: Cast) -> None:
    cast.speaker.areas.set([cast.vorup])
    on = slot(cast.speaker)
    page = shown(cast)
    assert "På nettet for alle foreninger; ude hos jer kun i: Vorup" in page
    assert "Kun:" in page
    came_back = visit(None).post(at("book"), typed(cast, slot=on.pk, area=cast.dronningborg.pk))
    assert came_back.status_code == 400
    page = came_back.content.decode()
    assert 'href="#id_slot' in page
    assert offered(page, "slot") == {str(on.pk)}
    assert 'value="Vorup Grundejerforening"' in page


def test_whoever_chooses_another_evening_keeps_what_they_typed(cast: Cast) -> None:
    on, other = slot(cast.speaker, **FREE), slot(cast.speaker, days=90)
    page = visit(None).post(at("book"), typed(cast, slot=on.pk, another="", homes="121")).content.decode()
    assert offered(page, "slot") == {str(on.pk), str(other.pk)}
    assert 'value="Vorup Grundejerforening"' in page
    assert 'value="121"' in page
    assert f'<option value="{cast.vorup.pk}" selected' in page
    assert "alert-error" not in page
    assert not Booking.objects.exists()


def test_the_form_of_a_chosen_evening_says_where_its_speaker_comes(cast: Cast) -> None:
    cast.speaker.areas.set([cast.vorup])
    page = shown(cast, slot=slot(cast.speaker, **FREE).pk)
    assert "ude hos jer kun i:" in page
    groups = ("Foredragsholderen kommer", "Kun foredrag på nettet")
    comes, only_online = (page.index(f'<optgroup label="{one}') for one in groups)
    near, far = (page.index(f'<option value="{area.pk}"') for area in (cast.vorup, cast.dronningborg))
    assert comes < near < only_online < far


@pytest.mark.parametrize(
    ("given", "hours", "said"),
    [
        (["burglary"], 2, "Only for associations in: Vorup"),
        (["burglary", "online"], 2, "Online for all associations; at your place only in: Vorup"),
        (["online"], 2, ""),
        # Too short for a talk at their place.
        (["burglary", "online"], 1, ""),
    ],
)
def test_an_evening_names_areas_only_for_the_talks_that_are_held_there(
    cast: Cast, given: list[str], hours: int, said: str
) -> None:
    cast.speaker.formats = given
    cast.speaker.save()
    cast.speaker.areas.set([cast.vorup])
    on = slot(cast.speaker, hours=hours)
    browser = visit(None)
    pages = [browser.get(address).content.decode() for address in ("/en/talks/", f"/en/talks/book/?slot={on.pk}")]
    pages += [browser.get("/en/talks/book/").content.decode()]
    pages += [visit(cast.karen).get(f"/en{at('book_for', cast.ruth.pk)[3:]}").content.decode()]
    for page in pages:
        assert (said in page) if said else ("associations in:" not in page)
        assert ("only in:" in page) is ("only in:" in said)


def test_of_an_evening_that_is_online_only_all_areas_are_offered_alike(cast: Cast) -> None:
    cast.speaker.formats = ["online"]
    cast.speaker.save()
    cast.speaker.areas.set([cast.vorup])
    page = shown(cast, slot=slot(cast.speaker).pk)
    assert "<optgroup" not in page
    assert offered(page, "area") == {str(cast.vorup.pk), str(cast.dronningborg.pk)}
