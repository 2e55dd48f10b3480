"""A mailbox that staff have typed counts for nothing, and gets only the email that asks for a log-in, before its owner
has used a code or a link.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db.models import Exists, OuterRef
from django.test import Client

from neighbours import scopes
from neighbours.actions import joining
from neighbours.actions.correcting import Details, correct
from neighbours.actions.ticking import tick
from neighbours.first_things import FIRST_THINGS
from neighbours.models import Helper, HelperQuerySet, months_before
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.post import post
from partnership.outbox.queue.claiming import load
from partnership.outbox.queue.final_check import final_check
from partnership.people.actions.mailboxes import change_mailbox
from partnership.people.models import Activity, User
from partnership.tests.cast import Cast, visit
from talks.tests.bookings import requested, unverified

MAILBOX = "vera@randers.example"


def on_a_slip(cast: Cast) -> Helper:
    return make.slip(cast.karen, make.home(cast.vorup, "21"), name="Vera", email=MAILBOX)


def corrected(cast: Cast) -> Helper:
    helper = make.helper(cast.helle, make.home(cast.vorup, "21"))
    known = {"name": helper.person.name, "phone": "", "address": helper.household.address}
    correct(helper=helper, details=Details(**known, email=MAILBOX, why="Ringede"), by=cast.karen, now=clock.now())
    # As of somebody who could be told nowhere else; what is held back is in entrance/tests/own_codes.
    User.objects.filter(pk=helper.person_id).update(mailbox_opens_at=None)
    return helper


def in_the_administration(cast: Cast) -> Helper:
    helper = make.helper(cast.helle, make.home(cast.vorup, "21"))
    change_mailbox(person=helper.person, to=MAILBOX, now=clock.now())
    return helper


def who_was_known_to_nobody(cast: Cast) -> Helper:
    """Somebody else typed the mailbox before, and it was never used."""
    unverified(cast, email=MAILBOX)
    return on_a_slip(cast)


TYPED = [on_a_slip, corrected, in_the_administration, who_was_known_to_nobody]
Typed = Callable[[Cast], Helper]


def is_counted(cast: Cast, helper: Helper) -> bool:
    person = User.objects.get(pk=helper.person_id)
    tick(person=person, thing=FIRST_THINGS[0], by=cast.karen, now=clock.now())
    return Helper.objects.filter(pk=helper.pk).active(cast.randers.today()).exists()


def active_without_sql(on: dt.date) -> HelperQuerySet:
    """Return the active helpers as Django's own expressions find them."""
    done = Activity.objects.filter(
        person=OuterRef("person"), partnership=OuterRef("partnership"), day__gt=months_before(on, 6), day__lte=on
    )
    return Helper.objects.confirmed().verified().filter(Exists(done))


def logged_in(cast: Cast) -> Client:
    browser = visit(None)
    browser.post("/accounts/login/code/", {"email": MAILBOX})
    code = Message.objects.filter(kind="account.login_code").latest("pk").about["code"]
    browser.post("/accounts/login/code/confirm/", {"code": code})
    return browser


def tried(cast: Cast, helper: Helper, kind: str = "neighbours.welcome") -> list[str]:
    """Return how a message ends, alone and in a batch."""
    person = User.objects.get(pk=helper.person_id)
    post(kind=kind, partnership=cast.randers, to=person, about={"helper": helper.pk}, key=kind, now=clock.now())
    message = Message.objects.get(key=kind)
    Message.objects.filter(pk=message.pk).update(state="claimed", claimed_until=clock.now())
    message.refresh_from_db()
    both = [message, *load([message.pk], message.claimed_until)]
    return [final_check(one, clock.now()).outcome for one in both]


@pytest.mark.parametrize("typed", TYPED)
def test_it_counts_once_its_owner_has_typed_a_code(cast: Cast, typed: Typed) -> None:
    helper = typed(cast)
    assert not is_counted(cast, helper)
    assert logged_in(cast).get("/da/me/").status_code == 200
    assert Helper.objects.filter(pk=helper.pk).active(cast.randers.today()).exists()


@pytest.mark.parametrize("where", ["randers", "kalmar"])
@pytest.mark.parametrize("days_ago", [-1, 0, 100, 184, 200])
def test_sql_counts_the_same_helpers_as_the_definition(cast: Cast, days_ago: int, where: str) -> None:
    today, pending = cast.randers.today(), make.ask(cast.randers, make.home(cast.vorup, "23"), "per@randers.example")
    helpers = [on_a_slip(cast), make.helper(cast.helle, make.home(cast.vorup, "22")), pending]
    day, place = today - dt.timedelta(days=days_ago), getattr(cast, where)
    for helper in helpers:
        Activity.objects.create(partnership=place, person=helper.person, kind="talks.met", day=day)
    assert {*Helper.objects.active(today)} == {*active_without_sql(today)}
    assert {*Helper.objects.active(today)} == ({helpers[1]} if days_ago in (0, 100) and where == "randers" else set())


@pytest.mark.parametrize("typed", TYPED)
def test_it_gets_no_other_email_before(cast: Cast, typed: Typed) -> None:
    helper = typed(cast)
    assert tried(cast, helper) == ["failed", "failed"]
    assert tried(cast, helper, "entrance.new_address") == ["sent", "sent"]
    Message.objects.filter(key="neighbours.welcome").delete()
    logged_in(cast)
    assert tried(cast, helper) == ["sent", "sent"]


def test_a_slip_without_a_mailbox_is_a_consent_and_counts(cast: Cast) -> None:
    assert is_counted(cast, make.slip(cast.karen, make.home(cast.vorup, "21")))


def test_the_email_that_asks_says_nothing_of_the_helper(cast: Cast) -> None:
    helper = on_a_slip(cast)
    (message,) = Message.objects.filter(recipient=helper.person)
    words = final_check(message, clock.now()).words
    assert "Vera" not in words.subject + str(words.paragraphs)
    assert cast.randers.call_us["phone"] in " ".join(map(str, words.paragraphs))


def test_who_has_used_a_link_before_is_not_doubted_for_a_slip(cast: Cast) -> None:
    chair = requested(cast, email=MAILBOX).association.chair
    helper = make.slip(cast.karen, make.home(cast.vorup, "21"), name="Ruth", email=MAILBOX)
    assert helper.person == chair
    joining.confirm(helper=helper, now=clock.now())
    assert is_counted(cast, helper)
    assert tried(cast, helper) == ["sent", "sent"]


@pytest.mark.parametrize("fakes", ["vera+{}@mine.example", "slips"])
def test_own_fakes_do_not_show_how_many_helpers_live_nearby(cast: Cast, fakes: str) -> None:
    mine = make.helper(cast.helle, make.home(cast.vorup, "1"))
    for number in ("3", "5", "7"):
        home = make.home(cast.vorup, number)
        if fakes == "slips":
            make.slip(cast.karen, home, name=f"Fake {number}", email=f"fake{number}@mine.example")
        else:
            make.helper(User.objects.create_user(fakes.format(number), "Vera", partnership=cast.randers), home)
    assert scopes.helpers_nearby(mine) is None
