"""From the form through the link in the email to being a helper."""

import datetime as dt
import uuid

import pytest
from allauth.account.models import EmailAddress
from django.utils import translation

from neighbours.actions import joining
from neighbours.consent_words import PURPOSE, consent_text, to_be_helper, to_be_shown
from neighbours.models import Helper, HelperStep, State
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.people.models import Consent, User
from partnership.refusals import Refused
from partnership.tests.cast import visit

JOIN = "/da/neighbours/join/"
SENT = "/da/neighbours/join/sent/"


@pytest.fixture
def door(cast):
    return make.home(cast.vorup)


def kinds_of_mail(to: str) -> list[str]:
    return sorted(Message.objects.filter(recipient__email=to).values_list("kind", flat=True))


def confirm_page(helper: Helper, days_ago: int = 0) -> str:
    return f"/da/neighbours/confirm/{make.token(helper, days_ago)}/"


def test_joining_waits_for_the_link_in_the_email(cast, door):
    answer = visit(None).post(JOIN, make.typed(), follow=True)

    assert answer.redirect_chain == [(SENT, 302)]
    assert "vera@randers.example" in answer.content.decode()
    helper = Helper.objects.get(person__email="vera@randers.example")
    assert (helper.state, helper.household.address, helper.partnership) == (State.PENDING, door, cast.randers)
    assert [(step.from_state, step.to_state) for step in helper.steps.all()] == [("", "pending")]
    assert kinds_of_mail("vera@randers.example") == ["neighbours.confirm", "neighbours.confirm_reminder"]


def test_the_form_shows_the_very_words_that_are_kept_and_an_example_of_an_address(cast, door):
    page = visit(None).get("/en/neighbours/join/").content.decode()
    with translation.override("en"):
        assert all(words in page for consent in (to_be_helper, to_be_shown) for words in consent(cast.randers))
    assert "Eksempelvej 12B, 2. th" in page
    assert (
        "For example Exempelvägen 12"
        in visit(None, host="kalmar.localhost").get("/en/neighbours/join/").content.decode()
    )

    visit(None).post("/en/neighbours/join/", make.typed())
    kept = Helper.objects.get().asked_wording
    assert kept.language == "en"
    with translation.override("en"):
        joins = to_be_helper(cast.randers)
    assert kept.text == f"{joins.short} {joins.more}"


def test_nobody_has_said_yes_before_the_mailbox_has(cast, door):
    helper = make.ask(cast.randers, door)
    assert not Consent.objects.filter(person=helper.person).exists()

    joining.confirm(helper=helper, now=clock.now())

    consent = Consent.objects.get(person=helper.person)
    assert (consent.wording.text, consent.medium) == (consent_text(cast.randers), "web")
    assert Consent.objects.live(helper.person, PURPOSE)


def test_opening_the_link_changes_nothing(cast, door):
    helper = make.ask(cast.randers, door)
    browser = visit(None)
    for method in (browser.get, browser.head):
        assert method(confirm_page(helper)).status_code == 200
    helper.refresh_from_db()
    assert helper.is_pending
    assert helper.steps.count() == 1


def test_pressing_the_button_confirms_and_logs_in(cast, door):
    helper = make.ask(cast.randers, door)
    browser = visit(None)

    answer = browser.post(confirm_page(helper))

    assert (answer.status_code, answer.url) == (302, "/da/me/")
    assert browser.session["_auth_user_id"] == str(helper.person_id)
    helper.refresh_from_db()
    assert helper.is_confirmed
    assert EmailAddress.objects.filter(user=helper.person, verified=True, primary=True).count() == 1
    assert "neighbours.welcome" in kinds_of_mail(helper.person.email)
    assert Message.objects.get(kind="neighbours.confirm_reminder").state == Message.State.WITHDRAWN


def test_a_link_does_not_log_in_people_who_need_a_second_factor(cast, door):
    helper = make.ask(cast.randers, door, cast.karen.email)
    browser = visit(None)
    browser.post(confirm_page(helper))
    helper.refresh_from_db()
    assert helper.is_confirmed
    assert "_auth_user_id" not in browser.session


def test_a_used_link_says_so_and_logs_nobody_in(cast, door):
    helper = make.helper(cast.helle, door)
    browser = visit(None)
    for answer in (browser.get(confirm_page(helper)), browser.post(confirm_page(helper))):
        assert answer.status_code == 200
        assert "/da/me/" in answer.content.decode()
    assert "_auth_user_id" not in browser.session
    assert helper.steps.count() == 2


def test_confirming_twice_is_confirming_once(cast, door):
    helper = make.ask(cast.randers, door)
    assert joining.confirm(helper=helper, now=clock.now())
    assert not joining.confirm(helper=helper, now=clock.now())
    assert helper.steps.count() == 2
    assert Consent.objects.filter(person=helper.person).count() == 1


def test_a_link_older_than_fourteen_days_offers_a_new_one(cast, door):
    helper = make.ask(cast.randers, door)
    browser = visit(None)
    page = confirm_page(helper, days_ago=15)
    assert browser.get(page).status_code == 410
    assert browser.post(page).status_code == 410

    assert browser.post(page + "again/").url == page + "again/?sent"

    helper.refresh_from_db()
    assert helper.is_pending
    assert Message.objects.filter(kind="neighbours.confirm").count() == 2


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "9" + t, lambda t: "x", lambda t: t.replace("-", "-9")])
def test_a_link_that_we_never_made_is_not_known(cast, door, spoil):
    helper = make.ask(cast.randers, door)
    page = f"/da/neighbours/confirm/{spoil(make.token(helper))}/"
    assert visit(None).get(page).status_code == 404
    assert visit(None).post(page).status_code == 404
    assert visit(None).post(page + "again/").status_code == 404


def test_a_link_of_kalmar_is_not_known_in_randers(cast):
    helper = make.ask(cast.kalmar, make.home(cast.malmen), "vera@kalmar.example")
    assert visit(None, host="kalmar.localhost").get(confirm_page(helper)).status_code == 200
    for method in ("get", "post"):
        assert getattr(visit(None, host="randers.localhost"), method)(confirm_page(helper)).status_code == 404
    helper.refresh_from_db()
    assert helper.is_pending


def test_a_link_ends_when_the_address_changes(cast, door):
    helper = make.ask(cast.randers, door)
    page = confirm_page(helper)
    User.objects.filter(pk=helper.person_id).update(email="ny@randers.example")
    assert visit(None).get(page).status_code == 404


def test_the_same_form_sent_twice_is_one_helper_and_one_email(cast, door):
    form = make.typed()
    for _again in range(3):
        assert visit(None).post(JOIN, form).url == SENT
    assert Helper.objects.count() == HelperStep.objects.count() == 1
    assert kinds_of_mail("vera@randers.example") == ["neighbours.confirm", "neighbours.confirm_reminder"]


def test_nobody_gets_more_than_three_links_a_day_and_one_reminder(cast, door):
    for _try in range(6):
        make.ask(cast.randers, door)
    assert Message.objects.filter(kind="neighbours.confirm").count() == 3
    assert Message.objects.open().filter(kind="neighbours.confirm_reminder").count() == 1


def test_the_reminder_waits_three_days_and_is_useless_after_ten(cast, door):
    now = clock.now()
    make.ask(cast.randers, door, now=now)
    reminder = Message.objects.get(kind="neighbours.confirm_reminder")
    assert (reminder.due_at, reminder.expires_at) == (now + dt.timedelta(days=3), now + dt.timedelta(days=10))


def test_a_stranger_cannot_rename_or_move_someone_we_know(cast, door):
    elsewhere = make.home(cast.dronningborg, "99")
    known = make.helper(cast.helle, door)
    make.ask(cast.randers, elsewhere, cast.helle.email, name="Helle Hacket")
    make.ask(cast.randers, elsewhere, cast.ruth.email, name="Ruth Hacket")
    known.refresh_from_db()
    assert known.household.address == door
    assert set(User.objects.filter(pk__in=[cast.helle.pk, cast.ruth.pk]).values_list("name", flat=True)) == {
        "Helle",
        "Ruth",
    }
    assert not Consent.objects.filter(person=cast.ruth).exists()


def test_a_misspelt_name_is_put_right_by_asking_again(cast, door):
    make.ask(cast.randers, door, name="Vera Vestergard")
    helper = make.ask(cast.randers, door, name="Vera Vestergaard")
    assert User.objects.get(pk=helper.person_id).name == "Vera Vestergaard"
    assert helper.steps.count() == 1


def test_a_helper_who_asks_again_is_told_so_as_often_a_day_as_another_is_sent_a_link(cast, door):
    make.helper(cast.helle, door)
    for _try in range(5):
        make.ask(cast.randers, door, cast.helle.email)
        make.ask(cast.randers, door)
    assert kinds_of_mail(cast.helle.email).count("neighbours.already_helper") == 3
    assert kinds_of_mail("vera@randers.example").count("neighbours.confirm") == 3
    assert HelperStep.objects.filter(helper__person=cast.helle).count() == 2


def test_someone_at_home_in_kalmar_is_told_so_and_nothing_changes(cast, door):
    visit(None).post(JOIN, make.typed(email=cast.gunnar.email))
    assert kinds_of_mail(cast.gunnar.email) == ["neighbours.elsewhere"]
    assert not Helper.objects.filter(person=cast.gunnar).exists()


def test_someone_who_has_been_closed_out_cannot_confirm(cast, door):
    helper = make.ask(cast.randers, door)
    User.objects.filter(pk=helper.person_id).update(is_active=False)
    with pytest.raises(Refused) as refused:
        joining.confirm(helper=helper, now=clock.now())
    assert refused.value.reason == "not_waiting"
    assert visit(None).post(confirm_page(helper)).status_code == 410


def test_the_words_that_were_ticked_are_kept_even_when_ours_change(cast, door):
    helper = make.ask(cast.randers, door, consent_text="The words of last week", submission=uuid.uuid4())
    joining.confirm(helper=helper, now=clock.now())
    assert Consent.objects.get(person=helper.person).wording.text == "The words of last week"


@pytest.mark.parametrize("language", ["en", "sv"])
def test_other_languages_do_not_have_the_danish_word_for_the_local_contact_person(cast, language):
    join = visit(None, host="kalmar.localhost").get(f"/{language}/neighbours/join/").content.decode()
    assert {"en": "local contact person", "sv": "kontaktombud"}[language] in join
    for page in ("neighbours/join/", "neighbours/", "privacy/"):
        assert "Naboven" not in visit(None, host="kalmar.localhost").get(f"/{language}/{page}").content.decode()


def test_the_second_of_a_home_with_one_mailbox_reads_what_to_do(cast, door):
    helper = make.helper(cast.helle, door)
    make.ask(cast.randers, door, helper.person.email, name="Somebody Else")
    message = Message.objects.filter(kind="neighbours.already_helper").latest("pk")
    with translation.override("en"):
        said = " ".join(map(str, kind("neighbours.already_helper").write(message).paragraphs))
    assert "Whoever has none can join by telephone" in said


def test_the_form_knows_a_reader_who_is_logged_in_and_no_helper(cast, door):
    page = visit(cast.helle).get("/en/neighbours/join/").content.decode()
    assert f'value="{cast.helle.email}"' in page
    assert f'value="{cast.helle.name}"' in page
    make.helper(cast.helle, door)
    assert cast.helle.email not in visit(cast.helle).get("/en/neighbours/join/").content.decode()
    assert cast.helle.email not in visit(None).get("/en/neighbours/join/").content.decode()
