"""Who asks for an evening is offered what its speaker gives, where they come; what is refused is said before."""

import re

from partnership.tests.cast import Cast, slot, visit
from talks.tests.test_access import at
from talks.tests.test_pages import typed


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
    assert "Er jeres område ikke med" in page


def test_a_speaker_who_also_speaks_online_is_offered_to_all_areas(cast: Cast) -> None:
    cast.speaker.areas.set([cast.vorup])
    page = shown(cast, slot=slot(cast.speaker).pk)
    assert str(cast.dronningborg.pk) in offered(page, "area")


def test_no_talk_that_is_longer_than_the_evening_is_offered(cast: Cast) -> None:
    page = shown(cast, slot=slot(cast.speaker, hours=1).pk)
    assert "burglary" not in offered(page, "format")


def test_the_list_of_evenings_names_the_limits_and_a_talk_too_far_away_comes_back_at_its_area(cast: Cast) -> None:
    cast.speaker.areas.set([cast.vorup])
    on = slot(cast.speaker)
    page = shown(cast)
    assert "Kun for foreninger i: Vorup" in page
    assert "Kun:" in page
    came_back = visit(None).post(at("book"), typed(cast, slot=on.pk, area=cast.dronningborg.pk))
    assert came_back.status_code == 400
    assert 'href="#id_area"' in came_back.content.decode()
