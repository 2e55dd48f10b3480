"""That the Naboven sees a helper is a consent of its own: off until said yes, and nobody needs it to join."""

import uuid

import pytest
from django.utils import translation

from neighbours.actions import joining, leaving
from neighbours.consent_words import PURPOSE, SHOWN_TO_NABOVEN, consent_text, shown_text
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.people.models import Consent, User, Wording
from partnership.people.tests.looking_up import look_up
from partnership.tests.cast import Cast, visit

LIST = "/da/staff/helpers/"
JOIN = "/da/neighbours/join/"


def seen_by_niels(cast: Cast) -> str:
    return visit(cast.niels).get(LIST).content.decode()


def joined(cast: Cast, **ticked: str) -> Helper:
    """Return who has filled in the form, and pressed the button in the email."""
    make.home(cast.vorup)
    browser = visit(None)
    assert browser.post(JOIN, make.typed(**ticked)).status_code == 302
    helper = Helper.objects.get(person__email="vera@randers.example")
    browser.post(f"/da/neighbours/confirm/{make.token(helper)}/")
    helper.refresh_from_db()
    return helper


@pytest.mark.parametrize("ticked", [True, False])
def test_the_naboven_sees_who_ticked_it_and_nobody_must(cast: Cast, ticked: bool) -> None:
    helper = joined(cast, **({"shown": "on"} if ticked else {}))
    assert helper.is_confirmed
    assert ("Vera Vestergaard" in seen_by_niels(cast)) is ticked
    assert Consent.objects.live(helper.person, SHOWN_TO_NABOVEN) is ticked
    assert Consent.objects.live(helper.person, PURPOSE)


def test_a_tick_counts_only_with_the_link_and_its_page_says_what_was_ticked(cast: Cast) -> None:
    asked = make.ask(cast.randers, make.home(cast.vorup), shown_text=shown_text(cast.randers))
    assert not Consent.objects.filter(person=asked.person).exists()
    with translation.override("da"):
        words = shown_text(cast.randers)
    make.ask(cast.randers, make.home(cast.vorup, "13"), shown_text=words)
    asked.refresh_from_db()
    assert words in visit(None).get(f"/da/neighbours/confirm/{make.token(asked)}/").content.decode()
    make.ask(cast.randers, make.home(cast.vorup, "14"))
    asked.refresh_from_db()
    page = visit(None).get(f"/da/neighbours/confirm/{make.token(asked)}/").content.decode()
    assert words not in page
    assert "Kun koordinatorer og administratorer ser dig." in page


@pytest.mark.parametrize("ticked", [True, False])
def test_a_slip_has_a_box_of_its_own(cast: Cast, ticked: bool) -> None:
    assert shown_in_danish(cast) in visit(None).get("/da/neighbours/slip/").content.decode()
    address = make.home(cast.vorup)
    form = make.typed(medium="paper", email="", phone="", language="da", name="Poul Papir")
    form |= {"shown": "on"} if ticked else {}
    assert visit(cast.karen).post("/da/staff/slips/", form).status_code == 302
    poul = Helper.objects.get(household__address=address)
    assert ("Poul Papir" in seen_by_niels(cast)) is ticked
    said = Consent.objects.filter(person=poul.person, wording__purpose=SHOWN_TO_NABOVEN)
    assert [one.written_by for one in said] == ([cast.karen] if ticked else [])


def shown_in_danish(cast: Cast) -> str:
    with translation.override("da"):
        return shown_text(cast.randers)


def test_a_helper_changes_it_on_the_own_page(cast: Cast) -> None:
    make.helper(cast.helle, make.home(cast.vorup))
    browser = visit(cast.helle)
    for answer, is_seen in (("yes", True), ("yes", True), ("no", False), ("no", False)):
        assert browser.post("/da/neighbours/shown/", {"shown": answer}).status_code == 302
        assert (cast.helle.name in seen_by_niels(cast)) is is_seen
        assert f'value="{"no" if is_seen else "yes"}"' in browser.get("/da/me/").content.decode()
    said = Consent.objects.filter(person=cast.helle, wording__purpose=SHOWN_TO_NABOVEN).order_by("pk")
    assert [(one.is_given, one.medium) for one in said] == [(True, "web"), (False, "web")]


def test_staff_note_it_for_who_calls(cast: Cast) -> None:
    poul = make.slip(cast.karen, make.home(cast.vorup))
    page, browser = f"/da/staff/helpers/{poul.pk}/shown/", visit(cast.karen)
    assert page in look_up(browser, poul.person, "da")
    assert shown_in_danish(cast) in browser.get(page).content.decode()
    for answer, is_seen in (("yes", True), ("no", False)):
        assert browser.post(page, {"shown": answer, "medium": "phone"}).status_code == 302
        assert (poul.person.name in seen_by_niels(cast)) is is_seen
    said = Consent.objects.filter(person=poul.person, wording__purpose=SHOWN_TO_NABOVEN).order_by("pk")
    assert [(one.is_given, one.medium, one.written_by) for one in said] == [
        (True, "phone", cast.karen),
        (False, "phone", cast.karen),
    ]


def test_who_leaves_and_comes_back_is_asked_anew(cast: Cast) -> None:
    helper = make.helper(cast.helle, make.home(cast.vorup), shown=True)
    assert cast.helle.name in seen_by_niels(cast)
    leaving.leave(helper=helper, by=cast.helle, now=clock.now())
    assert not Consent.objects.live(cast.helle, SHOWN_TO_NABOVEN)
    make.helper(cast.helle, make.home(cast.vorup, "13"))
    assert cast.helle.name not in seen_by_niels(cast)


def test_a_second_form_with_the_tick_is_no_double_click(cast: Cast) -> None:
    home, once = make.home(cast.vorup), {"submission": uuid.uuid4()}
    assert make.ask(cast.randers, home, **once).asked_to_be_shown is None
    assert make.ask(cast.randers, home, shown_text=shown_text(cast.randers), **once).asked_to_be_shown is not None


def test_words_of_before_make_both_consents_and_are_shown_once(cast: Cast) -> None:
    """As the migration leaves who had a link to the words that covered both."""
    asked = make.ask(cast.randers, make.home(cast.vorup), consent_text="Begge dele.", language="da")
    both = Wording.objects.create(purpose=SHOWN_TO_NABOVEN, language="da", text="Begge dele.", digest="both")
    Helper.objects.filter(pk=asked.pk).update(asked_to_be_shown=both)
    asked.refresh_from_db()
    page = visit(None).get(f"/da/neighbours/confirm/{make.token(asked)}/").content.decode()
    assert page.count("Begge dele.") == 1
    assert joining.confirm(helper=asked, now=clock.now())
    person = User.objects.get(pk=asked.person_id)
    assert all(Consent.objects.live(person, purpose) for purpose in (PURPOSE, SHOWN_TO_NABOVEN))


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_first_consent_says_nothing_of_the_naboven(cast: Cast, language: str) -> None:
    word = {"da": "naboven", "sv": "kontaktombud", "en": "local contact person"}[language]
    with translation.override(language):
        assert word not in consent_text(cast.randers).casefold()
        assert word in shown_text(cast.randers).casefold()
