"""Staff correct what is known of a helper: name, address, telephone and email, each as a step that says who did it."""

import re

import pytest
from allauth.account.models import EmailAddress

from entrance.sessions import BrowserSession
from neighbours.actions.correcting import Details, correct
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.people.models import User
from partnership.people.tests.looking_up import look_up, open_in_administration, page_of
from partnership.places.models import Household
from partnership.refusals import Refused
from partnership.tests.cast import Cast, visit

OLD, NEW = "vera@randers.example", "vera@ny.example"
REFUSED = {"helle", "niels", "ruth", "frede", "sven", "palle", "kerstin", "gunnar"}


@pytest.fixture
def vera(cast: Cast) -> Helper:
    make.home(cast.dronningborg, "7", "Nyvej")
    home = make.home(cast.vorup, "12B", "Åboulevarden")
    return make.slip(cast.karen, home, name="Vera Vestergaard", phone="12 34 56 78", email=OLD)


@pytest.fixture
def page(vera: Helper) -> str:
    return f"/en/staff/helpers/{vera.pk}/correct/"


def filled(**changes: str) -> dict[str, str]:
    known = {
        "name": "Vera Vestergaard", "address": "Åboulevarden 12B", "postcode": "8900", "phone": "12 34 56 78",
        "email": OLD, "medium": "phone", "why": "Ringede",
    }  # fmt: skip
    return known | changes


def saved(cast: Cast, page: str, **changes: str):
    return visit(cast.karen).post(page, filled(**changes), follow=True)


def mail(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind).order_by("pk"))


def details(helper: Helper, **changes) -> Details:
    known = {"name": helper.person.name, "email": helper.person.email or "", "phone": helper.person.phone}
    known |= {"why": "Ringede"}
    return Details(**(known | {"address": helper.household.address} | changes))


def test_the_form_shows_what_is_known_and_the_helpers_page_leads_there(cast: Cast, vera: Helper, page: str) -> None:
    assert f'href="{page}"' in look_up(visit(cast.karen), vera.person)
    form = visit(cast.karen).get(page).content.decode()
    for known in filled(why=OLD).values():
        assert f'value="{known}"' in form
    assert "checked" not in form.split('name="medium"', 1)[1].split("</fieldset>")[0]


def test_name_address_telephone_and_email_are_corrected_at_once(cast: Cast, vera: Helper, page: str) -> None:
    said = saved(cast, page, name="Vera Vester", address="Nyvej 7", phone="20 30 40 50", email=NEW).content.decode()
    assert "Corrected: name, address, telephone, email address." in said
    vera.refresh_from_db()
    person = User.objects.get(pk=vera.person_id)
    assert (person.name, person.phone, person.email) == ("Vera Vester", "20 30 40 50", NEW)
    assert (vera.household.address.label, vera.household.area) == ("Nyvej 7, 8900 Randers C", cast.dronningborg)


def test_a_step_says_who_corrected_what_and_keeps_nothing_of_what_it_was(cast: Cast, vera: Helper, page: str) -> None:
    before = vera.steps.count()
    seen = saved(cast, page, name="Vera Vester", email=NEW).content.decode()
    step = vera.steps.latest("pk")
    assert (vera.steps.count(), step.by, step.from_state, step.to_state) == (
        before + 1, cast.karen, "confirmed", "confirmed",
    )  # fmt: skip
    # Vera had not logged in with the mailbox that staff typed.
    assert step.changed == {"name": [], "email": [], "unused_mailbox": []}
    for word in ("Corrected", "Name, email address:", "Karen"):
        assert word in seen


@pytest.mark.parametrize(
    ("medium", "said"),
    [("phone", "by telephone"), ("paper", "on paper"), ("person", "in person"), ("email", "by email")],
)
def test_a_correction_by_staff_says_how_the_person_told_them(cast: Cast, vera: Helper, page: str, medium, said) -> None:
    seen = " ".join(saved(cast, page, name="Vera Vester", medium=medium).content.decode().split())
    assert vera.steps.latest("pk").medium == medium
    corrected = seen.split("<dt> Corrected </dt>")[1].split("</dd>")[0]
    assert f"{said}, Karen" in corrected


def test_staff_must_say_how_they_were_told(cast: Cast, vera: Helper, page: str) -> None:
    assert saved(cast, page, name="Vera Vester", medium="").status_code == 400
    assert vera.steps.count() == 1


def test_the_state_and_the_way_to_reach_a_helper_begin_with_a_capital(cast: Cast, vera: Helper) -> None:
    seen = " ".join(look_up(visit(cast.karen), vera.person).split())
    assert re.search(r"<dt>We write</dt> <dd>By [a-z-]+", seen)
    listed = visit(cast.karen).get("/en/staff/helpers/").content.decode()
    assert '<td data-title="State">Neighbour helper</td>' in listed


def test_nothing_new_is_no_step(cast: Cast, vera: Helper, page: str) -> None:
    before = vera.steps.count()
    assert "Nothing is changed." in saved(cast, page).content.decode()
    assert vera.steps.count() == before


def test_a_correction_is_no_slip_of_today(cast: Cast, vera: Helper, page: str) -> None:
    saved(cast, page, name="Vera Vester")
    assert len(visit(cast.karen).get("/en/staff/slips/").context["slips"]) == 1


def test_helpers_who_correct_their_own_name_leave_a_step_too(cast: Cast) -> None:
    helper = make.helper(cast.helle, make.home(cast.vorup))
    visit(cast.helle).post("/en/me/details/", {"name": "Helle Høj", "phone": ""})
    step = helper.steps.latest("pk")
    assert (step.by, step.medium, step.changed) == (cast.helle, "web", {"name": []})


def test_who_moves_takes_the_home_before_along_only_if_nobody_else_is_a_helper_there(cast, vera, page) -> None:
    before = vera.household
    other = make.slip(cast.karen, before.address, name="Bo Bech", phone="")
    saved(cast, page, address="Nyvej 7")
    other.refresh_from_db()
    assert other.household == before
    saved(cast, page, address="Åboulevarden 12B")
    assert Household.objects.get() == before


def test_an_address_that_the_register_does_not_have_is_asked_about(cast: Cast, vera: Helper, page: str) -> None:
    answer = saved(cast, page, address="Findes Ikke 3")
    assert answer.status_code == 400
    vera.refresh_from_db()
    assert vera.household.address.number == "12B"


def test_a_closed_address_that_is_not_changed_stays(cast: Cast, vera: Helper, page: str) -> None:
    cast.randers.addresses.update(is_closed=True)
    assert "Corrected: telephone." in saved(cast, page, phone="20 30 40 50").content.decode()


def test_somebody_of_the_same_name_in_the_home_is_not_made_twice(cast: Cast, vera: Helper, page: str) -> None:
    make.slip(cast.karen, cast.randers.addresses.get(street="Nyvej"), name="vera vestergaard", phone="")
    answer = saved(cast, page, address="Nyvej 7")
    assert answer.status_code == 400
    assert "is a neighbour helper already" in answer.content.decode()


def test_the_old_mailbox_hears_of_the_new_one_which_is_told_nothing_about_the_helper(cast, vera, page) -> None:
    visit(vera.person)
    saved(cast, page, email=NEW)
    (to_old,) = mail("entrance.address_changed")
    # Now, and once the mailbox opens.
    told = mail("entrance.new_address")
    assert (to_old.mailbox, [one.recipient for one in told]) == (OLD, [vera.person] * 2)
    words = final_check(told[0], told[0].due_at).words
    assert "Vera" not in words.subject + str(words.paragraphs)
    assert not BrowserSession.objects.filter(person=vera.person).exists()


def test_nobody_is_let_in_by_the_new_address_before_its_owner_has_typed_a_code(cast, vera, page) -> None:
    EmailAddress.objects.filter(user=vera.person).update(verified=True)
    saved(cast, page, email=NEW)
    assert not EmailAddress.objects.filter(user=vera.person, verified=True).exists()
    User.objects.filter(pk=vera.person_id).update(mailbox_opens_at=clock.now())
    browser = visit(None)
    browser.post("/accounts/login/code/", {"email": NEW})
    (code,) = mail("account.login_code")
    assert browser.get("/da/me/").status_code == 302
    browser.post("/accounts/login/code/confirm/", {"code": code.about["code"]})
    assert browser.get("/da/me/").status_code == 200
    assert EmailAddress.objects.get(user=vera.person, verified=True).email == NEW


def test_an_email_address_can_be_added_and_left_out(cast: Cast, vera: Helper, page: str) -> None:
    saved(cast, page, email="")
    person = User.objects.get(pk=vera.person_id)
    assert (person.email, person.reached_by) == (None, "letter")
    saved(cast, page, email=NEW)
    assert User.objects.get(pk=vera.person_id).reached_by == "mail"


def test_a_mailbox_of_another_helper_is_refused_with_a_link_to_them(cast: Cast, vera: Helper, page: str) -> None:
    helle = make.helper(cast.helle, make.home(cast.vorup))
    answer = saved(cast, page, email=" HELLE@randers.example ", name="Somebody")
    assert answer.status_code == 400
    seen = answer.content.decode()
    assert "Another person has this email address. Nothing was saved." in seen
    assert f'<a href="{page_of(helle.person)}">Helle</a>' in seen
    assert User.objects.get(pk=vera.person_id).name == "Vera Vestergaard"


def test_of_a_mailbox_at_another_partnership_nothing_more_is_said(cast: Cast, vera: Helper, page: str) -> None:
    make.helper(cast.gunnar, make.home(cast.malmen))
    seen = saved(cast, page, email=cast.gunnar.email).content.decode()
    assert "This email address cannot be used here. Leave it out." in seen
    assert "Gunnar" not in seen


def test_texts_go_to_another_number_only_when_its_owner_has_verified_it(cast: Cast, vera: Helper, page: str) -> None:
    User.objects.filter(pk=vera.person_id).update(channel="sms", verified_phone="12 34 56 78")
    saved(cast, page, phone="12345678")
    assert User.objects.get(pk=vera.person_id).reached_by == "sms"
    saved(cast, page, phone="20 30 40 50")
    assert User.objects.get(pk=vera.person_id).reached_by == "mail"


@pytest.mark.parametrize("typed", [{"name": ""}, {"phone": "12"}, {"email": "vera"}, {"name": "010190-1234"}])
def test_what_cannot_be_right_comes_back_and_changes_nothing(cast: Cast, vera: Helper, page: str, typed) -> None:
    assert saved(cast, page, **typed).status_code == 400
    assert vera.steps.count() == 1


def test_another_mailbox_needs_a_reason_which_the_administrators_read_and_nobody_else(cast, vera, page) -> None:
    for why in ("", "  "):
        assert saved(cast, page, email=NEW, why=why).status_code == 400
    with pytest.raises(Refused) as refused:
        correct(helper=vera, details=details(vera, email=NEW, why=""), by=cast.karen, now=clock.now())
    assert refused.value.reason == "no_reason"
    assert "Hun skrev selv" in saved(cast, page, email=NEW, why="Hun skrev selv").content.decode()
    (digest,) = mail("outbox.digest")
    assert digest.recipient == cast.anne
    words = final_check(digest, digest.due_at).words
    assert ("Vera Vestergaard" in words.subject, "Karen" in words.paragraphs[0]) == (True, True)
    assert [value for _label, value in words.facts] == ["Hun skrev selv"]


def test_a_first_mailbox_and_other_details_need_no_reason_and_tell_nobody(cast, page) -> None:
    _helper, its_page = on_paper(cast)
    corrects(cast, its_page, email="gerda@randers.example", channel="mail")
    assert saved(cast, page, name="Vera Vester", why="").status_code == 200
    assert not mail("outbox.digest")


@pytest.mark.parametrize("of", ["helper", "administration"])
def test_where_a_mailbox_is_corrected_it_is_said_that_passkeys_go(cast: Cast, page: str, of: str) -> None:
    browser = visit(cast.anne)
    shown = browser.get(page.replace("/en/", "/da/")).content.decode()
    if of == "administration":
        shown = open_in_administration(browser, f"/admin/people/user/{cast.helle.pk}/change/")
    assert "adgangsnøglerne" in shown


@pytest.mark.parametrize("who", sorted(REFUSED))
def test_nobody_except_staff_corrects_anything(cast: Cast, vera: Helper, who: str) -> None:
    with pytest.raises(Refused):
        correct(helper=vera, details=details(vera, name="Hacket"), by=getattr(cast, who), now=clock.now())


def test_only_administrators_correct_somebody_with_a_role_and_nobody_the_platforms(cast: Cast) -> None:
    niels = make.helper(cast.niels, make.home(cast.vorup))
    with pytest.raises(Refused):
        correct(helper=niels, details=details(niels, email=NEW), by=cast.karen, now=clock.now())
    assert correct(helper=niels, details=details(niels, name="Niels Nors"), by=cast.anne, now=clock.now()) == ["name"]
    User.objects.filter(pk=cast.niels.pk).update(is_superuser=True)
    with pytest.raises(Refused):
        correct(helper=niels, details=details(niels, email=NEW), by=cast.anne, now=clock.now())


def test_who_has_not_confirmed_or_has_left_is_not_corrected(cast: Cast) -> None:
    waiting = make.ask(cast.randers, make.home(cast.vorup))
    page = visit(cast.karen).get(f"/en/staff/helpers/{waiting.pk}/correct/")
    assert page.status_code == 302
    with pytest.raises(Refused):
        correct(helper=waiting, details=details(waiting, email=NEW), by=cast.karen, now=clock.now())


def on_paper(cast: Cast) -> tuple[Helper, str]:
    helper = make.slip(cast.karen, make.home(cast.vorup, "1", "Brevvej"), name="Gerda", phone="12 34 56 79")
    return helper, f"/en/staff/helpers/{helper.pk}/correct/"


def corrects(cast: Cast, page: str, **changes: str):
    typed = {
        "name": "Gerda",
        "address": "Brevvej 1",
        "postcode": "8900",
        "phone": "12 34 56 79",
        "email": "",
        "medium": "person",
    }
    return visit(cast.karen).post(page, typed | changes, follow=True)


@pytest.mark.parametrize("channel", ["letter", "mail"])
def test_who_reads_letters_and_gets_an_email_address_is_reached_as_the_form_says(cast: Cast, channel: str) -> None:
    helper, page = on_paper(cast)
    form = visit(cast.karen).get(page).context["form"]
    assert form["channel"].value() == "letter"
    said = corrects(cast, page, email="gerda@randers.example", channel=channel).content.decode()
    assert User.objects.get(pk=helper.person_id).reached_by == channel
    assert ("how we reach the person" in said) == (channel == "mail")


def test_staff_change_how_somebody_is_reached_who_asks_for_it_as_a_step(cast: Cast) -> None:
    helper, page = on_paper(cast)
    corrects(cast, page, email="gerda@randers.example", channel="letter")
    assert "Corrected: how we reach the person." in corrects(
        cast, page, email="gerda@randers.example", channel="mail"
    ).content.decode().replace("How", "how")
    assert User.objects.get(pk=helper.person_id).reached_by == "mail"
    step = helper.steps.latest("pk")
    assert (step.by, step.corrected) == (cast.karen, ["how we reach the person"])


def test_nobody_is_reached_by_email_without_an_address(cast: Cast) -> None:
    helper, page = on_paper(cast)
    assert "There is no email address to write to." in corrects(cast, page, channel="mail").content.decode()
    assert User.objects.get(pk=helper.person_id).reached_by == "letter"


@pytest.mark.parametrize("gateway", ["", "http://sms.example/send"], ids=["without", "with"])
def test_the_form_says_of_text_messages_only_what_is_so(cast: Cast, gateway: str, settings) -> None:
    settings.SMS_URL = gateway
    _helper, page = on_paper(cast)
    shown = " ".join(visit(cast.karen).get(page).content.decode().split())
    assert ("Text messages" in shown) == bool(gateway)
    assert ("or by letter if there is no email address" in shown) == bool(gateway)


def test_a_form_without_its_field_for_email_comes_back(cast: Cast, vera: Helper, page: str) -> None:
    other = make.slip(cast.karen, make.home(cast.vorup, "40"), name="Poul Papir", email="poul@randers.example")
    sent = filled(name="Poul Papir", address="Eksempelvej 40")
    del sent["email"]
    browser = visit(cast.karen)
    browser.raise_request_exception = False
    assert browser.post(page, sent).status_code == 400
    assert Helper.objects.get(pk=other.pk).person.name == "Poul Papir"


VICTIM = "victim@offer.example"


@pytest.fixture
def four_an_hour(settings) -> None:
    """Let each member of staff write to a mailbox four times an hour."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"mail_to_mailbox_by_one_of_staff": "4/h/key"}


def test_corrections_cannot_flood_a_mailbox(cast: Cast, vera: Helper, page: str, four_an_hour: None) -> None:
    answers = [saved(cast, page, email=VICTIM if n % 2 else f"other{n}@offer.example") for n in range(12)]
    assert {answers[0].status_code, answers[-1].status_code} == {200, 429}
    assert "Nothing is saved" in answers[-1].content.decode()
    to_victim = Message.objects.filter(kind="entrance.address_changed", mailbox=VICTIM).count()
    assert to_victim <= 4
    # What tells nobody by email goes on.
    now = User.objects.get(pk=vera.person_id).email
    assert saved(cast, page, email=now, name="Vera Vester").status_code == 200


def test_the_administration_cannot_flood_a_mailbox_either(cast: Cast, four_an_hour: None) -> None:
    anne, helle = visit(cast.anne), cast.helle
    for number in range(12):
        email = VICTIM if number % 2 else f"other{number}@offer.example"
        typed = {"name": helle.name, "email": email, "phone": "", "language": "da", "is_active": "on"}
        typed |= {"roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0}
        last = anne.post(f"/admin/people/user/{helle.pk}/change/", typed, follow=True).content.decode()
    assert Message.objects.filter(kind="entrance.address_changed", mailbox=VICTIM).count() <= 4
    assert Message.objects.filter(kind="entrance.new_address").count() <= 8
    assert "Intet er gemt" in last


def test_slips_cannot_flood_a_mailbox(cast: Cast, four_an_hour: None) -> None:
    make.home(cast.vorup, "9", "Nyvej")
    typed = {"address": "Nyvej 9", "postcode": "8900", "email": VICTIM, "phone": "", "language": "da"}
    typed |= {"medium": "paper", "consent": "on"}
    for number in range(8):
        answer = visit(cast.karen).post("/en/staff/slips/", typed | {"name": f"Ane {'ABCDEFGHIJ'[number]}by"})
        for one in Helper.objects.filter(person__email=VICTIM):
            visit(cast.anne).post(f"/admin/people/user/{one.person_id}/delete/", {"post": "yes"})
    assert "Nothing is saved" in answer.content.decode()


def test_roles_that_come_and_go_cannot_flood_a_mailbox(cast: Cast, four_an_hour: None) -> None:
    anne, helle = visit(cast.anne), cast.helle
    known = {"name": helle.name, "email": helle.email, "phone": "", "language": "da", "is_active": "on"}
    for _time in range(14):
        roles = list(helle.roles.all())
        typed = {"roles-TOTAL_FORMS": 1, "roles-INITIAL_FORMS": len(roles), "roles-0-kind": "coordinator"}
        typed |= {"roles-0-user": helle.pk}
        typed |= {"roles-0-id": roles[0].pk, "roles-0-DELETE": "on"} if roles else {}
        anne.post(f"/admin/people/user/{helle.pk}/change/", known | typed)
    assert 0 < Message.objects.filter(kind="entrance.first_role", recipient=helle).count() <= 4
