"""The search for a person and the page of one, for staff of the partnership alone."""

import datetime as dt
import re

import pytest

from neighbours.tests import builders as make
from partnership.outbox.models import Message
from partnership.people.models import LookUp, User
from partnership.people.tests.looking_up import look_up, page_of
from partnership.tests.cast import NOW, Cast, visit

SEARCH, SLIP = "/en/staff/people/", "/en/staff/slips/"
OPEN, LOG_IN, NO = 200, 302, 403
WHO = {
    "nobody": LOG_IN, "helle": NO, "niels": NO, "ruth": NO, "frede": NO, "sven": NO, "palle": NO,
    "karen": OPEN, "anne": OPEN, "kerstin": LOG_IN, "gunnar": LOG_IN,
}  # fmt: skip


def searched(cast: Cast, wanted: str, **more: str) -> str:
    return visit(cast.karen).post(SEARCH, {"q": wanted, "purpose": "call"} | more).content.decode()


def test_only_staff_of_the_partnership_open_the_search_and_the_page(cast: Cast) -> None:
    assert set(WHO) == {"nobody", *cast.everyone()}
    for address in (SEARCH, page_of(cast.frede)):
        for way in ("get", "post"):
            found = {}
            for who in WHO:
                browser = visit(getattr(cast, who, None), host="randers.localhost")
                found[who] = getattr(browser, way)(address).status_code
            # What staff send without a purpose is asked for again.
            assert found == (WHO if way == "get" else {who: 400 if may == OPEN else may for who, may in WHO.items()})
        assert visit(cast.karen, second_factor=False).get(address).status_code == LOG_IN
    assert not LookUp.objects.exists()


@pytest.mark.parametrize("who", ["kerstin", "karen"])
def test_nobody_of_another_partnership_and_nobody_of_the_platform_is_opened_or_found(cast: Cast, who: str) -> None:
    of_platform = User.objects.create_superuser("root@portal.example", "Rita Root", partnership=cast.randers)
    viewer = getattr(cast, who)
    for other in (cast.gunnar if who == "karen" else cast.frede, of_platform):
        assert visit(viewer).get(page_of(other)).status_code == 404
        assert visit(viewer).post(page_of(other), {"purpose": "call"}).status_code == 404
        listed = visit(viewer).post(SEARCH, {"q": other.name, "purpose": "call"}).content.decode()
        assert page_of(other) not in listed
    assert not LookUp.objects.exists()


def test_whom_staff_have_just_added_they_open_without_a_question(cast: Cast) -> None:
    anne = visit(cast.anne)
    typed = {"name": "Bo Bech", "email": "bo@randers.example", "language": "da", "_save": ""}
    page = anne.get("/admin/people/user/add/").content.decode()
    management = dict(re.findall(r'name="(\w+-(?:TOTAL|INITIAL)_FORMS)" value="(\d+)"', page))
    answer = anne.post("/admin/people/user/add/", typed | management)
    assert answer.status_code == 302, answer.content.decode()
    added = User.objects.get(email="bo@randers.example")
    assert "Why do you open the page?" not in anne.get(page_of(added)).content.decode()
    karen = visit(cast.karen)
    make.home(cast.vorup)
    slip = make.typed(email="", name="Poul Papir", medium="paper", language="da", phone="")
    assert karen.post(SLIP, slip).status_code == 302
    poul = User.objects.get(name="Poul Papir")
    assert "Why do you open the page?" not in karen.get(page_of(poul)).content.decode()


def test_who_opens_a_page_is_asked_why_once_and_not_for_half_an_hour(cast: Cast, monkeypatch) -> None:
    browser = visit(cast.karen)
    asked = browser.get(page_of(cast.frede)).content.decode()
    assert "Why do you open the page?" in asked
    assert cast.frede.email not in asked
    assert cast.frede.email in look_up(browser, cast.frede, purpose="visit")
    assert cast.frede.email in browser.get(page_of(cast.frede)).content.decode()
    assert "Why do you open the page?" in browser.get(page_of(cast.helle)).content.decode()
    monkeypatch.setattr("partnership.people.lookups.REMEMBERED", dt.timedelta(0))
    assert "Why do you open the page?" in browser.get(page_of(cast.frede)).content.decode()


def test_each_reading_is_a_row_that_says_who_whom_why_and_how(cast: Cast) -> None:
    look_up(visit(cast.karen), cast.frede, purpose="email")
    row = LookUp.objects.get()
    assert (row.partnership, row.by_id, row.person_id) == (cast.randers, cast.karen.pk, cast.frede.pk)
    assert (row.purpose, row.seen_on) == ("email", "page")
    visit(cast.karen).head(page_of(cast.frede))
    assert LookUp.objects.count() == 1


def test_who_is_found_is_noted_and_opened_without_a_second_question(cast: Cast) -> None:
    make.slip(cast.karen, make.home(cast.vorup, "12B", "Åboulevarden"), name="Poul Ærø")
    browser = visit(cast.karen)
    listed = browser.post(SEARCH, {"q": "aaboulevarden 12", "purpose": "letter_or_slip"}).content.decode()
    poul = User.objects.get(name="Poul Ærø")
    assert f'href="{page_of(poul)}"' in listed
    assert list(LookUp.objects.values_list("person_id", "purpose", "seen_on")) == [
        (poul.pk, "letter_or_slip", "search")
    ]
    assert "Åboulevarden" in browser.get(page_of(poul)).content.decode()
    assert LookUp.objects.filter(seen_on="page", purpose="letter_or_slip").count() == 1


@pytest.mark.parametrize("wanted", ["Frede", "frede@randers", "frede@randers.example"])
def test_who_is_no_helper_is_found_too(cast: Cast, wanted: str) -> None:
    assert page_of(cast.frede) in searched(cast, wanted)
    assert page_of(cast.helle) not in searched(cast, wanted)


def test_a_search_without_a_purpose_finds_nobody(cast: Cast) -> None:
    assert page_of(cast.frede) not in searched(cast, "Frede", purpose="")
    assert page_of(cast.frede) not in searched(cast, "Frede", purpose="curiosity")
    assert not LookUp.objects.exists()


def test_of_very_many_the_first_fifty_are_listed_and_noted(cast: Cast) -> None:
    for number in range(52):
        User.objects.create_user(None, f"Poul {number:02}", partnership=cast.randers)
    seen = searched(cast, "poul")
    assert "52 people found" in " ".join(seen.split())
    assert ("Poul 49" in seen, "Poul 50" in seen) == (True, False)
    assert LookUp.objects.count() == 50


def test_the_page_says_who_where_how_reached_and_what_was_said_done_and_written(cast: Cast) -> None:
    poul = make.slip(cast.karen, make.home(cast.vorup, "12B", "Åboulevarden"), phone="12 34 56 78").person
    visit(cast.karen).post(f"/en/staff/helpers/{poul.helper.pk}/things/greet_a_neighbour/")
    seen = look_up(visit(cast.karen), poul).replace("\xa0", " ")
    for known in ("12 34 56 78", "Åboulevarden 12B", "By letter", "Greet a neighbour", "noted by Karen", "on paper"):
        assert known in seen
    message = Message.objects.filter(recipient=poul).latest("pk")
    for shown in (f'href="/en/staff/messages/{message.pk}/"', "<q lang"):
        assert shown in seen
    assert 'id="look-ups"' not in seen


def test_the_page_of_a_chair_names_the_association_and_of_a_naboven_the_role(cast: Cast) -> None:
    assert "Vorup Grundejerforening" in look_up(visit(cast.karen), cast.ruth)
    assert "Local contact person, Vorup" in look_up(visit(cast.karen), cast.niels)


def test_administrators_read_on_the_page_who_has_looked(cast: Cast) -> None:
    look_up(visit(cast.karen), cast.frede, purpose="visit")
    seen = look_up(visit(cast.anne), cast.frede).split('id="look-ups"')[1]
    assert "Karen, they came by (the page of the person)" in seen
    LookUp.objects.create(
        partnership=cast.kalmar, by_id=cast.kerstin.pk, person_id=cast.frede.pk, at=NOW, purpose="call", seen_on="page"
    )
    assert "Kerstin" not in look_up(visit(cast.anne), cast.frede)


def test_no_number_of_look_ups_hides_another(cast: Cast) -> None:
    look_up(visit(cast.karen), cast.frede, purpose="other")
    for number in range(30):
        LookUp.objects.create(
            partnership=cast.randers,
            by_id=cast.karen.pk,
            person_id=cast.frede.pk,
            at=NOW + dt.timedelta(minutes=number),
            purpose="call",
            seen_on="search",
        )
    seen = " ".join(look_up(visit(cast.anne), cast.frede).split('id="look-ups"')[1].split("</dl>")[0].split())
    assert "Karen, something else (the page of the person)" in seen
    assert "Karen, they called (the search)" in seen
    assert "30 times, from" in seen
