"""Leaving, and deleting people who never confirmed."""

import datetime as dt

import pytest
from django.utils import translation

from neighbours.actions import joining, leaving
from neighbours.actions.steps import record_correction
from neighbours.consent_words import PURPOSE
from neighbours.models import Helper, State
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.tests.posted import post_one
from partnership.people.models import Activity, Consent, Role, User
from partnership.people.own.readable import in_words
from partnership.people.tests.looking_up import look_up
from partnership.refusals import Refused
from partnership.tests.cast import visit


@pytest.fixture
def helle(cast):
    return make.helper(cast.helle, make.home(cast.vorup))


def test_a_helper_leaves_on_the_own_page(cast, helle):
    browser = visit(cast.helle)
    assert browser.get("/da/neighbours/leave/").status_code == 200
    helle.refresh_from_db()
    assert helle.is_confirmed

    assert browser.post("/da/neighbours/leave/").url == "/da/me/"

    helle.refresh_from_db()
    assert (helle.state, helle.household) == (State.LEFT, None)
    assert not Consent.objects.live(cast.helle, PURPOSE)
    assert not Message.objects.open().filter(key__startswith=f"neighbours.helper.{helle.pk}.").exists()
    assert [step.to_state for step in helle.steps.all()] == ["pending", "confirmed", "left"]


def test_leaving_withdraws_no_email_of_others(cast, helle):
    # Keys are compared by their beginning: helper 4 must not take helper 42's mail along.
    with_more_digits = make.ask(cast.randers, make.home(cast.vorup, "14"))
    Helper.objects.filter(pk=with_more_digits.pk).update(made_person=False)
    before = Message.objects.open().exclude(recipient=cast.helle).count()
    leaving.leave(helper=helle, by=cast.helle, now=clock.now())
    assert Message.objects.open().exclude(recipient=cast.helle).count() == before


def test_leaving_twice_changes_nothing(cast, helle):
    leaving.leave(helper=helle, by=cast.helle, now=clock.now())
    leaving.leave(helper=helle, by=cast.helle, now=clock.now())
    assert helle.steps.count() == 3
    assert visit(cast.helle).get("/da/neighbours/leave/").status_code == 302


@pytest.mark.parametrize("who", ["frede", "niels", "palle", "kerstin"])
def test_only_the_helper_and_staff_of_the_partnership_end_the_membership(cast, helle, who):
    with pytest.raises(Refused) as refused:
        leaving.leave(helper=helle, by=getattr(cast, who), now=clock.now())
    assert refused.value.reason == "not_allowed"
    leaving.leave(helper=helle, by=cast.karen, now=clock.now(), why="called us")
    assert helle.steps.last().by == cast.karen


def test_who_left_may_come_back_by_a_new_link(cast, helle):
    leaving.leave(helper=helle, by=cast.helle, now=clock.now())
    helper = make.ask(cast.randers, make.home(cast.vorup, "14"), cast.helle.email)
    assert helper.pk == helle.pk
    assert joining.confirm(helper=helper, now=clock.now())
    assert Consent.objects.live(cast.helle, PURPOSE)
    assert [step.to_state for step in helper.steps.all()] == ["pending", "confirmed", "left", "confirmed"]


def test_what_was_typed_and_never_confirmed_is_forgotten_after_thirty_days(cast):
    asked = clock.now() - dt.timedelta(days=31)
    typed = make.ask(cast.randers, make.home(cast.vorup), now=asked)
    recent = make.ask(cast.randers, make.home(cast.vorup, "14"), "ny@randers.example")
    chair = make.ask(cast.randers, make.home(cast.vorup, "16"), cast.ruth.email, now=asked)
    kept = make.helper(cast.helle, make.home(cast.vorup, "18"), now=asked)

    assert leaving.delete_unconfirmed(now=clock.now()) == 2
    assert leaving.delete_unconfirmed(now=clock.now()) == 0

    assert set(Helper.objects.values_list("pk", flat=True)) == {recent.pk, kept.pk}
    assert not User.objects.filter(pk=typed.person_id).exists()
    assert User.objects.filter(pk=chair.person_id).exists()


@pytest.mark.parametrize("also", ["a role", "an activity"])
def test_someone_who_is_more_than_a_form_is_not_deleted_with_it(cast, also):
    typed = make.ask(cast.randers, make.home(cast.vorup), now=clock.now() - dt.timedelta(days=31))
    if also == "a role":
        Role.objects.create(user=typed.person, partnership=cast.randers, kind=Role.Kind.NABOVEN, area=cast.vorup)
    else:
        Activity.objects.create(
            partnership=cast.randers, person=typed.person, kind="talks.met", day=cast.randers.today()
        )
    leaving.delete_unconfirmed(now=clock.now())
    assert User.objects.filter(pk=typed.person_id).exists()
    assert not Helper.objects.exists()


def test_who_has_left_reads_on_their_own_page_that_they_have(cast, helle):
    leaving.leave(helper=helle, by=cast.helle, now=clock.now())
    page = visit(cast.helle).get("/en/me/").content.decode()
    assert "You are no longer a neighbour helper" in page
    assert "You are not a neighbour helper yet" not in page


def test_who_got_letters_is_reached_by_email_once_the_address_is_deleted(cast, helle):
    User.objects.filter(pk=cast.helle.pk).update(channel=User.Channel.LETTER)
    leaving.leave(helper=helle, by=cast.karen, now=clock.now())
    assert User.objects.get(pk=cast.helle.pk).reached_by == "mail"
    assert "by letter" not in look_up(visit(cast.karen), cast.helle).split("Consents")[0]


def test_who_had_letters_only_is_not_said_to_be_reached_by_letter_after_leaving(cast):
    gerda = make.slip(cast.karen, make.home(cast.vorup))
    leaving.leave(helper=gerda, by=cast.karen, now=clock.now())
    page = look_up(visit(cast.karen), gerda.person)
    assert ("By letter" in page, "Not at all: we know no address" in page) == (False, True)


@pytest.mark.parametrize("medium", ["phone", "paper", "person", "email"])
def test_history_and_consent_say_how_staff_were_told_of_leaving(cast, helle, medium):
    page = f"/en/staff/helpers/{helle.pk}/leave/"
    assert visit(cast.karen).post(page).status_code == 400
    helle.refresh_from_db()
    assert helle.is_confirmed
    assert visit(cast.karen).post(page, {"medium": medium}).status_code == 302
    assert helle.steps.latest("pk").medium == medium
    assert Consent.objects.latest("pk").medium == medium


def test_a_letter_that_nobody_has_printed_goes_by_email_once_there_is_no_address(cast, helle):
    User.objects.filter(pk=cast.helle.pk).update(channel=User.Channel.LETTER)
    letter = post_one(cast.randers, cast.helle, key="news")
    Message.objects.filter(pk=letter.pk).update(state=Message.State.PAPER)
    leaving.leave(helper=helle, by=cast.helle, now=clock.now())
    letter.refresh_from_db()
    assert letter.state == Message.State.QUEUED


def test_own_data_of_who_has_left_say_nothing_that_is_not_theirs_any_more(cast):
    helper = make.helper(cast.helle, make.home(cast.vorup))
    with translation.override("en"):
        rows = [row for part in in_words(helper.person) for row in part.rows]
        assert "From when you can get a code by letter" in dict(rows[0])
        record_correction(helper, ["channel"], by=cast.helle, now=clock.now())
        leaving.leave(helper=helper, by=cast.helle, now=clock.now())
        rows = [row for part in in_words(User.objects.get(pk=helper.person_id)) for row in part.rows]
    assert "From when you can get a code by letter" not in dict(rows[0])
    said = [value for row in rows for _label, value in row]
    assert "Corrected: how we reach you." in said


def test_who_is_reached_by_no_way_reads_that_and_not_by_letter(cast):
    helper = make.slip(cast.karen, make.home(cast.vorup))
    leaving.leave(helper=helper, by=cast.karen, medium="phone", now=clock.now())
    page = visit(User.objects.get(pk=helper.person_id)).get("/en/me/").content.decode()
    assert "Not at all: we know no address" in page
