"""Who has name and address protection is seen by no Naboven, and no page, letter or button says otherwise."""

import pytest

from neighbours.actions import joining
from neighbours.actions.showing import set_shown_to_naboven
from neighbours.consent_words import SHOWN_TO_NABOVEN, shown_text
from neighbours.models import Helper
from neighbours.scopes import is_shown_to_naboven
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.people.models import Consent, User
from partnership.people.tests.looking_up import look_up
from partnership.refusals import Refused
from partnership.tests.cast import Cast, visit


@pytest.fixture
def helle(cast: Cast) -> Helper:
    """A helper who had let the Naboven see them, and is protected since."""
    helper = make.helper(cast.helle, make.home(cast.vorup), shown=True)
    User.objects.filter(pk=cast.helle.pk).update(is_protected=True, language="en")
    return Helper.objects.select_related("person").get(pk=helper.pk)


def test_the_own_page_says_that_none_sees_them_and_has_no_button(cast: Cast, helle: Helper) -> None:
    page = " ".join(visit(User.objects.get(pk=helle.person_id)).get("/en/me/").content.decode().split())
    assert "so no local contact person sees you." in page
    assert "may see your name" not in page
    assert 'name="shown"' not in page


def test_the_page_for_staff_says_no(cast: Cast, helle: Helper) -> None:
    assert "No: name and address protection" in look_up(visit(cast.karen), helle.person)


def test_nobody_says_yes_for_them(cast: Cast, helle: Helper) -> None:
    assert not is_shown_to_naboven(helle)
    set_shown_to_naboven(helper=helle, yes=False, by=cast.helle, now=clock.now())
    with pytest.raises(Refused) as refused:
        set_shown_to_naboven(helper=helle, yes=True, by=cast.helle, now=clock.now())
    assert refused.value.reason == "protected"


def test_who_ticks_both_on_the_web_gives_no_consent_to_be_seen(cast: Cast) -> None:
    words = shown_text(cast.randers)
    waiting = make.ask(cast.randers, make.home(cast.vorup), shown_text=words, is_protected=True)
    page = visit(None).get(f"/en/neighbours/confirm/{make.token(waiting)}/").content.decode()
    assert "sees you." in page
    assert words not in page
    joining.confirm(helper=waiting, now=clock.now())
    assert not Consent.objects.live(waiting.person, SHOWN_TO_NABOVEN)


def test_the_letter_to_who_ticks_both_on_paper_says_that_none_sees_them(cast: Cast) -> None:
    home = make.home(cast.vorup)
    gerd = make.slip(cast.karen, home, shown_text=shown_text(cast.randers), is_protected=True, language="en").person
    assert not Consent.objects.live(gerd, SHOWN_TO_NABOVEN)
    letter = Message.objects.get(kind="neighbours.welcome", recipient=gerd)
    said = " ".join(final_check(letter, clock.now()).words.paragraphs)
    assert "so no local contact person sees you." in said


def test_staff_who_press_save_without_an_answer_are_asked_and_no_is_nothing_new(cast: Cast) -> None:
    person = make.slip(cast.karen, make.home(cast.vorup)).person
    browser, page = visit(cast.karen), f"/en/staff/people/{person.pk}/protection/"
    look_up(browser, person)
    assert (
        "checked" not in browser.get(page).content.decode().split('name="is_protected"', 1)[1].split("</fieldset>")[0]
    )
    assert browser.post(page, {}).status_code == 400
    said = browser.post(page, {"is_protected": "no"}, follow=True).content.decode()
    assert "the person does not have name and address protection" in said
    browser.post(page, {"is_protected": "yes"})
    assert User.objects.get(pk=person.pk).is_protected
