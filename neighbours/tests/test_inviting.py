"""Helpers invite their neighbours with a code that names nobody; who joins with it is counted for them."""

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from neighbours import printing, scopes
from neighbours.actions import joining, leaving
from neighbours.actions.inviting import ALPHABET, LENGTH, invitation_of
from neighbours.models import HeardFrom, Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.people.actions.erasing import erase
from partnership.refusals import Refused
from partnership.tests.cast import Cast, assemble, visit
from partnership.tests.crowd import all_at_once

JOIN, INVITE = "/da/neighbours/join/", "/da/neighbours/invite/"


@pytest.fixture
def helle(cast: Cast) -> Helper:
    make.home(cast.vorup, "14")
    return make.helper(cast.helle, make.home(cast.vorup))


@pytest.fixture
def code(helle: Helper) -> str:
    return invitation_of(helper=helle, by=helle.person)


def text_of(pdf: bytes) -> str:
    """Return the text in one line."""
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)).split())


def joins(code: str, **typed: str) -> Helper:
    """Join through the address of the invitation, and confirm it."""
    page = visit(None).get(f"{JOIN}?invitation={code}").content.decode()
    kept = code if f'name="invitation" value="{code}"' in page else ""
    answer = visit(None).post(JOIN, make.typed(address="Eksempelvej 14", invitation=kept, **typed))
    assert answer.status_code == 302
    helper = Helper.objects.get(person__email=typed.get("email", "vera@randers.example"))
    joining.confirm(helper=helper, now=clock.now())
    helper.refresh_from_db()
    return helper


def test_the_page_shows_the_link_and_what_to_print(cast: Cast, helle: Helper) -> None:
    page = visit(cast.helle).get(INVITE).content.decode()
    helle.refresh_from_db()
    assert len(helle.invitation) == LENGTH
    assert set(helle.invitation) <= set(ALPHABET)
    assert f"/da/neighbours/join/?invitation={helle.invitation}</p>" in page
    assert "har meldt sig til" not in page
    assert "Inviter en nabo" in visit(cast.helle).get("/da/me/").content.decode()


def test_reading_and_printing_it_write_nothing(cast: Cast, helle: Helper) -> None:
    browser = visit(cast.helle)
    for page in (INVITE, *(f"{INVITE}{sheet}.pdf" for sheet in printing.INVITATIONS)):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(page).status_code == 200
        written = [one["sql"] for one in queries if not one["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
        assert [sql for sql in written if "neighbours_" in sql or "people_" in sql] == []
        assert not any("FOR UPDATE" in one["sql"] for one in queries)


def test_who_comes_back_keeps_the_code_that_stands_on_their_cards(cast: Cast, helle: Helper, code: str) -> None:
    leaving.leave(helper=helle, by=cast.helle, now=clock.now())
    again = make.helper(cast.helle, make.home(cast.vorup, "16"))
    assert invitation_of(helper=again, by=cast.helle) == code


def test_who_joins_with_it_is_counted_for_the_inviter_and_named_to_nobody(cast: Cast, helle: Helper, code: str) -> None:
    vera = joins(code)
    assert (vera.invited_by, vera.heard_from) == (helle, HeardFrom.INVITATION)
    page = visit(cast.helle).get(INVITE).content.decode()
    assert "1 har meldt sig til med din invitation" in page
    assert "Vera" not in page
    assert "Vera" not in visit(cast.helle).get("/da/me/data/").content.decode()


def test_before_the_link_is_used_nobody_is_counted(cast: Cast, helle: Helper, code: str) -> None:
    visit(None).post(JOIN, make.typed(address="Eksempelvej 14", invitation=code))
    assert scopes.joined_by_invitation_of(helle) == 0


@pytest.mark.parametrize("wrong", ["", "ABCDEFGHJK", "<script>", "x" * 5000, "０" * 10, "ABC\x00DEFGH"])
def test_any_other_code_joins_as_without_one(cast: Cast, helle: Helper, code: str, wrong: str) -> None:
    answer = visit(None).post(JOIN, make.typed(address="Eksempelvej 14", invitation=wrong))
    assert answer.status_code == 302
    assert Helper.objects.get(person__email="vera@randers.example").invited_by is None


def test_it_counts_at_its_own_partnership_only(cast: Cast, helle: Helper, code: str) -> None:
    make.home(cast.malmen, "3", "Exempelvägen", postcode="39230")
    typed = make.typed(address="Exempelvägen 3", postcode="39230", invitation=code)
    assert visit(None, host="kalmar.localhost").post("/sv/neighbours/join/", typed).status_code == 302
    assert Helper.objects.get(person__email="vera@randers.example").invited_by is None


def test_nobody_invites_themselves(cast: Cast, helle: Helper, code: str) -> None:
    leaving.leave(helper=helle, by=cast.helle, now=clock.now())
    joined = joins(code, email=cast.helle.email)
    assert joined.invited_by is None


def test_it_ends_when_the_helper_stops_and_goes_when_they_are_erased(cast: Cast, helle: Helper, code: str) -> None:
    vera = joins(code)
    erase(person=cast.helle, by=cast.helle, now=clock.now())
    vera.refresh_from_db()
    assert (vera.invited_by, vera.heard_from) == (None, HeardFrom.INVITATION)
    make.home(cast.vorup, "16")
    assert joins(code, email="ib@randers.example").invited_by is None


def test_a_correction_on_the_receipt_keeps_the_invitation(cast: Cast, helle: Helper, code: str) -> None:
    browser = visit(None)
    browser.post(JOIN, make.typed(address="Eksempelvej 14", invitation=code, email="wrong@randers.example"))
    receipt = browser.get(f"{JOIN}sent/")
    submission = receipt.content.decode().split('name="submission" value="', 1)[1].split('"', 1)[0]
    browser.post(f"{JOIN}sent/", {"email": "right@randers.example", "submission": submission})
    assert Helper.objects.get(person__email="right@randers.example").invited_by == helle


@pytest.mark.parametrize("who", ["frede", "niels", "palle", "kerstin"])
def test_nobody_else_makes_or_prints_it(cast: Cast, helle: Helper, who: str) -> None:
    with pytest.raises(Refused):
        invitation_of(helper=helle, by=getattr(cast, who))
    reader = visit(getattr(cast, who), host="randers.localhost")
    assert reader.get(f"/da/staff/helpers/{helle.pk}/invite/cards.pdf").status_code in (302, 403)
    assert reader.get(f"{INVITE}cards.pdf").status_code == 302


@pytest.mark.parametrize("sheet", printing.INVITATIONS)
def test_each_sheet_leads_to_joining_and_names_nobody(cast: Cast, helle: Helper, code: str, sheet: str) -> None:
    answer = visit(cast.helle).get(f"{INVITE}{sheet}.pdf")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store, private"
    text = text_of(answer.content)
    assert "Skal vi holde øje med hinandens hjem?" in text
    assert "12 34 56 78" in text
    assert code in text
    assert "Helle " not in text


def test_staff_print_it_in_the_helpers_language(cast: Cast) -> None:
    helper = make.slip(cast.karen, make.home(cast.vorup, "18"), language="en")
    answer = visit(cast.karen).get(f"/da/staff/helpers/{helper.pk}/invite/cards.pdf")
    assert "Shall we keep an eye" in text_of(answer.content)


def test_stickers_are_for_everybody(cast: Cast) -> None:
    answer = visit(None).get("/sv/neighbours/stickers.pdf")
    assert answer.status_code == 200
    assert text_of(answer.content).count("Här ser grannar efter varandra") == 8


def test_an_unknown_sheet_is_not_there(cast: Cast, helle: Helper) -> None:
    assert visit(cast.helle).get(f"{INVITE}nothing.pdf").status_code == 404


def test_the_codes_of_a_crowd_are_made_once(transactional_db: None) -> None:
    cast = assemble()
    helper = make.helper(cast.helle, make.home(cast.vorup))
    codes = all_at_once(5, lambda _number: invitation_of(helper=helper, by=cast.helle))
    assert len(set(codes)) == 1
