"""A contact with a person is noted in a code and one line, taken back the same day, and deleted after a year."""

import datetime as dt
import uuid

import pytest

from partnership import clock
from partnership.people.actions.contacts import note_contact, take_note_back
from partnership.people.actions.forgetting import run
from partnership.people.models import ContactNote
from partnership.people.tests.looking_up import look_up, page_of
from partnership.refusals import Refused
from partnership.tests.cast import Cast, visit

YEAR = dt.timedelta(days=366)
OPEN, LOG_IN, NO = 302, 302, 403
WHO = {
    "nobody": LOG_IN, "helle": NO, "niels": NO, "ruth": NO, "frede": NO, "sven": NO, "palle": NO,
    "karen": OPEN, "anne": OPEN, "kerstin": LOG_IN, "gunnar": LOG_IN,
}  # fmt: skip


def noted(cast: Cast, now: dt.datetime | None = None, **more) -> ContactNote:
    note = {
        "person": cast.frede, "here": cast.randers, "code": "called_us", "line": "Vil have en brochure",
        "by": cast.karen, "submission": uuid.uuid4(), "now": now or clock.now(),
    }  # fmt: skip
    return note_contact(**(note | more))


def writes(cast: Cast, **typed: str):
    form = {"code": "called_us", "line": "Vil have en brochure", "submission": str(uuid.uuid4())}
    return visit(cast.karen).post(f"{page_of(cast.frede)}note/", form | typed)


def test_staff_note_a_contact_and_read_it_on_the_page(cast: Cast) -> None:
    assert writes(cast).url == page_of(cast.frede)
    seen = look_up(visit(cast.anne), cast.frede)
    assert "they called us, Karen" in " ".join(seen.split())
    assert "Vil have en brochure" in seen


def test_a_double_click_is_one_note(cast: Cast) -> None:
    once = str(uuid.uuid4())
    for _again in range(2):
        assert writes(cast, submission=once).status_code == 302
    assert ContactNote.objects.count() == 1


@pytest.mark.parametrize("typed", [{"line": "Cpr 010190-1234"}, {"line": "x" * 121}, {"code": ""}, {"code": "ill"}])
def test_what_must_not_be_noted_is_refused(cast: Cast, typed: dict) -> None:
    assert writes(cast, **typed).status_code == 400
    assert not ContactNote.objects.exists()


def test_only_staff_of_the_partnership_note_and_take_back(cast: Cast) -> None:
    assert set(WHO) == {"nobody", *cast.everyone()}
    note = noted(cast)
    for who, may in WHO.items():
        browser = visit(getattr(cast, who, None), host="randers.localhost")
        form = {"code": "other", "submission": str(uuid.uuid4())}
        assert browser.post(f"{page_of(cast.frede)}note/", form).status_code == may, who
        assert browser.get(f"{page_of(cast.frede)}notes/{note.pk}/undo/").status_code in (may, 405), who
    assert set(ContactNote.objects.values_list("by", flat=True)) == {cast.karen.pk, cast.anne.pk}
    assert visit(cast.kerstin).post(f"{page_of(cast.frede)}notes/{note.pk}/undo/").status_code == 404
    for by, here in ((cast.helle, cast.randers), (cast.kerstin, cast.kalmar), (cast.kerstin, cast.randers)):
        with pytest.raises(Refused):
            noted(cast, by=by, here=here)


def test_a_mistaken_note_is_taken_back_by_its_writer_within_a_day(cast: Cast) -> None:
    note, now = noted(cast), clock.now()
    with pytest.raises(Refused):
        take_note_back(note=note, by=cast.anne, now=now)
    with pytest.raises(Refused):
        take_note_back(note=note, by=cast.karen, now=now + dt.timedelta(days=2))
    assert "Noted by mistake? Delete it" not in look_up(visit(cast.anne), cast.frede)
    assert "Noted by mistake? Delete it" in look_up(visit(cast.karen), cast.frede)
    visit(cast.karen).post(f"{page_of(cast.frede)}notes/{note.pk}/undo/")
    assert not ContactNote.objects.exists()


def test_a_note_of_another_person_is_not_reached_through_this_ones_page(cast: Cast) -> None:
    note = noted(cast, person=cast.helle)
    assert visit(cast.karen).post(f"{page_of(cast.frede)}notes/{note.pk}/undo/").status_code == 404
    assert "brochure" not in look_up(visit(cast.karen), cast.frede)


def test_the_privacy_page_says_that_contacts_are_noted_and_for_how_long(cast: Cast) -> None:
    seen = " ".join(visit(None).get("/en/privacy/").content.decode().split())
    assert "One year" in seen.partition("That you have been in touch with us")[2].partition("</li>")[0]


def test_a_note_is_deleted_after_a_year(cast: Cast) -> None:
    now = clock.now()
    noted(cast, now - YEAR)
    young = noted(cast, now - YEAR / 2)
    assert run(now=now).removed["people.ContactNote"] == 1
    assert list(ContactNote.objects.all()) == [young]
