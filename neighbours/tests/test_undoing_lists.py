"""Taking a list of helpers back within a day."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.utils import translation

from neighbours.actions import leaving, ticking, undoing_lists
from neighbours.first_things import FIRST_THINGS
from neighbours.models import BroughtHelper, Helper, HelperList, ReplyCard
from neighbours.tests import builders as make
from neighbours.tests.list_files import LISTS, POUL, VERA, added
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.outbox.tests.posted import post_one
from partnership.paper.models import PrintedCode
from partnership.people.actions.consents import withdraw_consent
from partnership.people.actions.mailboxes import verify_mailbox
from partnership.people.models import Activity, Consent, ContactNote, User
from partnership.places.models import Household
from partnership.refusals import Refused
from partnership.tests.cast import visit


@pytest.fixture
def found(cast) -> HelperList:
    for number in ("12", "14"):
        make.home(cast.vorup, number)
    return added(cast.karen, VERA, POUL)


def taken_back(found: HelperList, by: User, **more) -> undoing_lists.Undoing:
    return undoing_lists.take_back(helper_list=found, by=by, now=more.get("now") or clock.now())


def vera() -> User:
    return User.objects.get(email="vera@randers.example")


def test_everybody_who_has_done_nothing_is_deleted_without_a_trace(cast, found):
    people = User.objects.count()
    assert taken_back(found, cast.karen) == undoing_lists.Undoing(removed=2, stay=0)
    assert User.objects.count() == people - 2
    for model in (Helper, Household, Message, Consent, BroughtHelper, ReplyCard, PrintedCode):
        assert not model.objects.exists()
    assert not EmailAddress.objects.filter(email="vera@randers.example").exists()
    found.refresh_from_db()
    assert (found.state, found.removed, found.steps.last().by) == ("taken_back", 2, cast.karen)


def ticks(cast, person):
    Activity.objects.create(partnership=cast.randers, person=person, kind="neighbours.greeted", day=clock.today())


def logs_in(cast, person):
    User.objects.filter(pk=person.pk).update(last_login=clock.now())


def confirms(cast, person):
    verify_mailbox(person, clock.now())


def withdraws(cast, person):
    withdraw_consent(person=person, purpose="neighbours.helper", medium="mail", now=clock.now())


def leaves(cast, person):
    leaving.leave(helper=person.helper, by=person, now=clock.now())


def is_noted_by_staff(cast, person):
    ContactNote.objects.create(
        partnership=cast.randers,
        person=person,
        by=cast.karen,
        at=clock.now(),
        code="called_us",
        submission=make.SUBMISSION,
    )


def has_invited_somebody(cast, person):
    other = make.slip(cast.karen, make.home(cast.vorup, "16"), name="Otto Olsen", phone="")
    Helper.objects.filter(pk=other.pk).update(invited_by=person.helper)


def has_a_role(cast, person):
    person.roles.create(partnership=cast.randers, kind="naboven", area=cast.vorup)


def asks_for_a_code_by_letter(cast, person):
    post_one(cast.randers, person)


DEEDS = [
    asks_for_a_code_by_letter,
    ticks,
    logs_in,
    confirms,
    withdraws,
    leaves,
    is_noted_by_staff,
    has_invited_somebody,
    has_a_role,
]


@pytest.mark.parametrize("deed", DEEDS)
def test_whoever_has_done_something_since_stays(cast, found, deed):
    deed(cast, vera())
    assert undoing_lists.would_undo(found) == undoing_lists.Undoing(removed=1, stay=1)
    assert taken_back(found, cast.karen) == undoing_lists.Undoing(removed=1, stay=1)
    assert vera().helper
    assert not User.objects.filter(name="Poul Papir").exists()


def test_staff_read_before_and_after_how_many_go_and_stay(cast, found):
    ticks(cast, vera())
    karen, page = visit(cast.karen), f"/en{LISTS[3:]}{found.pk}/undo/"
    before = karen.get(page).content.decode()
    assert "1 helper is deleted" in before
    assert "1 stays" in before
    after = karen.post(page, follow=True).content.decode()
    assert "1 helper is deleted again" in after
    assert "1 stays" in after


def test_taken_back_twice_is_taken_back_once(cast, found):
    first = taken_back(found, cast.karen)
    assert taken_back(found, cast.karen) == first
    assert found.steps.count() == 3


def test_after_a_day_a_list_stays(cast, found):
    with pytest.raises(Refused) as refused:
        taken_back(found, cast.karen, now=clock.now() + dt.timedelta(days=1, minutes=1))
    assert refused.value.reason == "too_late"
    assert Helper.objects.count() == 2


def test_whoever_has_had_the_email_is_told_once_more(cast, found):
    Message.objects.filter(recipient=vera()).update(state="sent", ended_at=clock.now())
    taken_back(found, cast.karen)
    message = Message.objects.get()
    assert (message.kind, message.mailbox) == ("neighbours.list_taken_back", "vera@randers.example")
    for language in ("da", "sv", "en"):
        with translation.override(language):
            assert "Vera" not in str(final_check(message, clock.now()).words)


def test_a_home_of_somebody_else_stays(cast, found):
    make.slip(cast.karen, found.brought.first().helper.household.address, name="Otto Olsen", phone="")
    taken_back(found, cast.karen)
    assert Household.objects.count() == 1


def test_the_same_list_can_be_added_again_after_that(cast, found):
    taken_back(found, cast.karen)
    assert added(cast.karen, VERA, POUL).added == 2


def test_a_helper_who_ticks_through_staff_stays(cast, found):
    helper = Helper.objects.get(person__name="Poul Papir")
    ticking.tick(person=helper.person, thing=FIRST_THINGS[0], by=cast.karen, now=clock.now())
    assert taken_back(found, cast.karen).stay == 1
