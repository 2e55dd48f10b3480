"""Joining on paper and by telephone, typed by staff."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import caches
from django.utils import translation

from neighbours.actions.leaving import leave
from neighbours.models import Helper, HelperStep
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.people.models import Consent, User
from partnership.places.models import Partnership
from partnership.refusals import Refused
from partnership.tests.cast import Cast, visit

SLIPS = "/da/staff/slips/"


@pytest.fixture
def door(cast):
    return make.home(cast.vorup)


def filled(**more) -> dict[str, str]:
    slip = {"medium": "paper", "name": "Poul Papir", "email": "", "phone": "12 34 56 78", "language": "da"}
    return make.typed(**(slip | more))


def test_a_slip_makes_a_helper_at_once(cast, door):
    answer = visit(cast.karen).post(SLIPS, filled())
    assert (answer.status_code, answer.url) == (302, SLIPS)
    helper = Helper.objects.get()
    assert (helper.is_confirmed, helper.person.name, helper.person.email) == (True, "Poul Papir", None)
    assert helper.household.address == door
    consent = Consent.objects.get()
    assert (consent.medium, consent.written_by, consent.is_given) == ("paper", cast.karen, True)
    assert helper.steps.get().by == cast.karen
    assert [message.kind for message in Message.objects.all()] == ["neighbours.welcome"]


def test_a_slip_with_an_e_mail_address_is_asked_to_log_in_once(cast, door):
    visit(cast.karen).post(SLIPS, filled(email="Poul@randers.example"))
    assert Message.objects.get().kind == "neighbours.typed_mailbox"
    assert not EmailAddress.objects.get(email="poul@randers.example").verified


@pytest.mark.parametrize(("language", "welcome"), [("en", "Welcome"), ("da", "Velkommen"), ("sv", "Välkommen")])
def test_staff_and_the_helper_read_the_same_of_a_slip_with_an_address(cast, door, language, welcome):
    said = visit(cast.karen).post(
        "/en/staff/slips/", filled(email="poul@randers.example", language=language), follow=True
    )
    assert "is now a neighbour helper" in said.content.decode()
    assert "logged in with a code" in said.content.decode()
    message = Message.objects.get()
    with translation.override(language):
        words = final_check(message, message.due_at).words
    assert words.subject.startswith(welcome)
    assert "Poul" not in str(words)


def test_staff_see_the_very_words_that_were_signed(cast, door):
    page = visit(cast.karen).get("/en/staff/slips/").content.decode()
    assert "I want to be a neighbour helper. Bo Trygt! i Randers Kommune may keep my name" in page


def test_the_words_are_kept_in_the_language_of_the_slip(cast, door):
    visit(cast.karen).post(SLIPS, filled(language="sv"))
    assert Consent.objects.get().wording.language == "sv"


def test_a_conversation_on_the_telephone_is_kept_as_that(cast, door):
    visit(cast.karen).post(SLIPS, filled(medium="phone"))
    assert Consent.objects.get().medium == "phone"
    assert Helper.objects.get().medium == "phone"


def test_the_same_slip_sent_twice_is_one_helper(cast, door):
    form = filled()
    for _again in range(3):
        assert visit(cast.karen).post(SLIPS, form).status_code == 302
    assert Helper.objects.count() == HelperStep.objects.count() == Consent.objects.count() == 1


def test_the_same_person_typed_again_is_refused_with_a_sentence(cast, door):
    visit(cast.karen).post(SLIPS, filled())
    page = visit(cast.karen).post("/en/staff/slips/", filled(name="POUL papir")).content.decode()
    assert "is a neighbour helper already" in page
    assert 'value="POUL papir"' in page
    assert Helper.objects.count() == 1


def test_a_helper_from_the_web_is_not_typed_once_more(cast, door):
    make.helper(cast.helle, door)
    for more, reason in (({}, "other_name"), ({"is_owner": True}, "already_helper")):
        with pytest.raises(Refused) as refused:
            make.slip(cast.karen, door, name="Fru Helle", email=cast.helle.email, **more)
        assert refused.value.reason == reason
    assert User.objects.get(pk=cast.helle.pk).name == "Helle"


def test_a_slip_confirms_somebody_who_waits_for_a_link(cast, door):
    waiting = make.ask(cast.randers, door)
    make.slip(cast.karen, door, email="vera@randers.example")
    waiting.refresh_from_db()
    assert waiting.is_confirmed
    assert not Message.objects.open().filter(kind="neighbours.confirm_reminder").exists()


def test_an_address_of_someone_at_home_in_kalmar_is_refused_and_nothing_is_kept(cast, door):
    page = visit(cast.karen).post("/en/staff/slips/", filled(email=cast.gunnar.email)).content.decode()
    assert "This email address cannot be used here" in page
    assert not Helper.objects.exists()


@pytest.mark.parametrize("who", ["helle", "niels", "palle", "kerstin"])
def test_nobody_else_types_slips(cast, door, who):
    with pytest.raises(Refused) as refused:
        make.slip(getattr(cast, who), door, partnership=cast.randers)
    assert refused.value.reason == "not_allowed"


def test_the_page_lists_the_slips_that_this_member_of_staff_typed_today(cast, door):
    make.slip(cast.karen, door)
    make.slip(cast.anne, make.home(cast.vorup, "14"), name="Anden Hand")
    page = visit(cast.karen).get(SLIPS).content.decode()
    assert "Poul Papir" in page
    assert "Anden Hand" not in page


@pytest.mark.parametrize(
    "field, value",
    [
        ("name", "010190-1234"),
        ("name", "P" * 5000),
        ("phone", "12"),
        ("phone", "070-123 45 67"),
        ("email", "poul"),
        ("consent", ""),
    ],
)
def test_bad_slips_are_not_kept(cast, door, field, value):
    form = filled(**{field: value})
    if not value:
        del form[field]
    assert visit(cast.karen).post(SLIPS, form).status_code == 200
    assert not Helper.objects.exists()


def test_the_printed_slip_has_the_words_and_the_way_to_us(cast):
    page = visit(None).get("/en/neighbours/slip/").content.decode()
    assert "I want to be a neighbour helper. Bo Trygt! i Randers Kommune may keep my name" in page
    assert cast.randers.contact_phone in page.replace("\xa0", " ")


def test_the_printed_slip_says_where_it_is_handed_in_or_whom_to_call(cast):
    def page() -> str:
        main = visit(None).get("/en/neighbours/slip/").content.decode().partition("<main")[2]
        caches["pages"].clear()
        return " ".join(main.partition("</main")[0].split())

    assert "</a>: we tell you where" in page()
    Partnership.objects.filter(pk=cast.randers.pk).update(hand_in_at="Borgerservice, Eksempelgade 1")
    assert "Borgerservice, Eksempelgade 1" in page()
    assert "we tell you where" not in page()


def test_the_printed_slip_names_no_key_that_a_telephone_does_not_have(cast):
    page = visit(None).get("/en/neighbours/slip/").content.decode()
    assert ("Ctrl" in page, "data-print" in page) == (False, True)


def test_a_second_slip_of_somebody_who_has_moved_makes_no_second_helper(cast) -> None:
    first = make.slip(cast.karen, make.home(cast.vorup, "22"), name="Gerda Gade", phone="86 42 12 34")
    with pytest.raises(Refused) as refused:
        make.slip(cast.karen, make.home(cast.vorup, "24"), name="gerda gade", phone="+45 86421234")
    assert str(first.household.address) in str(refused.value)
    make.slip(cast.karen, make.home(cast.vorup, "26"), name="Gerda Gade", phone="86 42 99 99")
    assert Helper.objects.confirmed().count() == 2


def test_a_refused_slip_leads_to_the_helper_it_means(cast, door) -> None:
    helper = make.slip(cast.karen, door)
    link = f'href="/da/staff/people/{helper.person_id}/"'
    make.home(cast.vorup, "14")
    for changed in ({}, {"address": "Eksempelvej 14"}):
        page = visit(cast.karen).post(SLIPS, filled(**changed)).content.decode()
        assert link in page.partition("alert-error")[2].partition("</ul")[0]


def test_the_slips_of_today_lead_to_their_helpers(cast, door) -> None:
    helper = make.slip(cast.karen, door)
    assert f'href="/da/staff/people/{helper.person_id}/"' in visit(cast.karen).get(SLIPS).content.decode()


@pytest.mark.parametrize("medium", ["phone", "paper"])
def test_the_form_begins_with_how_the_slip_before_came_in(cast, door, medium: str) -> None:
    visit(cast.karen).post(SLIPS, filled(medium=medium))
    assert visit(cast.karen).get(SLIPS).context["form"]["medium"].value() == medium
    assert visit(cast.anne).get(SLIPS).context["form"]["medium"].value() == "paper"


def test_who_has_left_and_calls_again_is_the_same_person_where_name_and_telephone_agree(cast, door) -> None:
    first = make.slip(cast.karen, door, name="Gerda Gade", phone="86 42 12 34")
    leave(helper=first, by=cast.karen, now=clock.now())
    again = make.slip(cast.karen, make.home(cast.vorup, "24"), name="gerda gade", phone="+45 86421234")
    assert (again.pk, again.is_confirmed) == (first.pk, True)
    assert User.objects.filter(name__iexact="gerda gade").count() == 1
    leave(helper=again, by=cast.karen, now=clock.now())
    other = make.slip(cast.karen, door, name="Gerda Gade", phone="86 42 99 99")
    assert other.pk != first.pk


def test_a_refused_slip_is_one_thing_to_put_right_which_leads_to_the_helper(cast, door):
    visit(cast.karen).post(SLIPS, filled())
    page = visit(cast.karen).post("/en/staff/slips/", filled()).content.decode()
    assert "There is a problem" in page
    assert f'href="/en/staff/people/{Helper.objects.get().person_id}/"' in page


def test_a_page_that_was_opened_before_an_upgrade_names_the_medium_as_it_did(cast, door) -> None:
    sent = filled(medium="phone")
    sent["channel"] = sent.pop("medium")
    visit(cast.karen).post(SLIPS, sent)
    assert Helper.objects.get().medium == "phone"


def test_the_next_slip_of_a_pile_keeps_the_street_and_begins_at_the_name(cast: Cast) -> None:
    make.home(cast.vorup)
    browser = visit(cast.karen)
    assert "autofocus" not in browser.get("/en/staff/slips/").content.decode()
    slip = make.typed(name="Poul Papir", email="", medium="paper", language="da", was_helper="")
    page = browser.post("/en/staff/slips/", slip, follow=True).content.decode()
    assert re.search(r'<input[^>]*name="name"[^>]*autofocus', page)
    assert re.search(
        r'<input[^>]*name="address"[^>]*value="Eksempelvej "|value="Eksempelvej "[^>]*name="address"', page
    )
    assert 'value="8900"' in page
    assert 'value="Poul' not in page


@pytest.mark.parametrize("more", [{"medium": "phone"}, {"is_protected": "on"}])
def test_the_street_of_a_caller_or_of_somebody_protected_is_not_kept(cast: Cast, more: dict[str, str]) -> None:
    make.home(cast.vorup)
    slip = make.typed(name="Poul Papir", email="", medium="paper", language="da", was_helper="") | more
    page = visit(cast.karen).post("/en/staff/slips/", slip, follow=True).content.decode()
    assert "is now a neighbour helper" in page
    assert 'value="Eksempelvej "' not in page
