"""Erasing: who may, what is told, and what others keep."""

import datetime as dt
import uuid

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import translation

from neighbours.models import Helper, State
from partnership import cases
from partnership.outbox.models import Message
from partnership.outbox.post import post
from partnership.people.actions.consents import give_consent
from partnership.people.actions.erasing import erase
from partnership.people.models import Activity, Medium, Role, User
from partnership.people.tests.canary import CANARY, everything_in_the_database
from partnership.places.models import Household
from partnership.places.tests.builders import an_address
from partnership.refusals import Refused
from partnership.tests import cast as people
from partnership.tests.cast import NOW, Cast, visit
from talks.models import Booking


@pytest.fixture
def canary(cast: Cast) -> User:
    """Return a helper who has asked for a talk."""
    who = people.person(CANARY, cast.randers, phone="21 43 65 87")
    EmailAddress.objects.create(user=who, email=who.email, verified=True, primary=True)
    address = an_address(cast.vorup)
    home = Household.objects.create(partnership=cast.randers, area=cast.vorup, address=address)
    helper = Helper.objects.create(
        partnership=cast.randers, person=who, household=home, joined_at=NOW, confirmed_at=NOW,
        state=State.CONFIRMED, submission=uuid.uuid4(),
    )  # fmt: skip
    cases.begin(helper, by=who, now=NOW, on_step={"medium": Medium.WEB})
    give_consent(person=who, purpose="neighbours.helper", text="Ja", language="da", medium="web", now=NOW)
    Activity.objects.create(partnership=cast.randers, person=who, kind="neighbours.greet_a_neighbour", day=NOW.date())
    _a_talk(cast, who)
    with transaction.atomic():
        about = {"code": "123456"}
        common = {"kind": "account.login_code", "partnership": cast.randers, "about": about, "now": NOW}
        post(to=who, key="known", **common)
        post(to=f"{CANARY}@Randers.example", key="before they were known", **common)
    LogEntry.objects.create(
        user=cast.anne, action_flag=CHANGE, object_id=helper.pk, object_repr=f"{CANARY}: confirmed",
        content_type=ContentType.objects.get_for_model(Helper),
    )  # fmt: skip
    return who


def _a_talk(cast: Cast, who: User) -> None:
    association = people.association(cast.vorup, who, f"{CANARY}s Forening")
    starts = NOW + dt.timedelta(days=20)
    with transaction.atomic():
        booking = Booking.objects.create(
            partnership=cast.randers, association=association, speaker=cast.speaker, format="burglary",
            starts_at=starts, ends_at=starts + dt.timedelta(hours=1), place=f"{CANARY}s stue", state="requested",
            held_until=starts, note=f"Ring til {CANARY}",
        )  # fmt: skip
        cases.begin(booking, by=who, now=NOW)


def test_an_empty_household_is_deleted_and_one_with_another_helper_stays(cast: Cast, canary: User) -> None:
    home = canary.helper.household
    neighbour = Helper.objects.create(
        partnership=cast.randers, person=cast.frede, household=home, joined_at=NOW, submission=uuid.uuid4()
    )
    cases.begin(neighbour, by=None, now=NOW, on_step={"medium": Medium.WEB})
    erase(person=canary, by=canary, now=NOW)
    assert Household.objects.filter(pk=home.pk).exists()
    erase(person=cast.frede, by=cast.frede, now=NOW)
    assert not Household.objects.exists()


def test_mail_that_waits_is_not_sent(cast: Cast, canary: User) -> None:
    erase(person=canary, by=canary, now=NOW)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("anne", True),
        ("helle", True),
        ("karen", False),
        ("palle", False),
        ("niels", False),
        ("frede", False),
        ("kerstin", False),
    ],
)
def test_only_the_person_and_administrators_here_may_erase_them(cast: Cast, who: str, allowed: bool) -> None:
    if allowed:
        erase(person=cast.helle, by=getattr(cast, who), now=NOW)
    else:
        with pytest.raises(Refused):
            erase(person=cast.helle, by=getattr(cast, who), now=NOW)
    assert User.objects.filter(name="Helle").exists() is not allowed


def test_who_is_refused_reads_who_may(cast: Cast) -> None:
    gerda = User.objects.create(name="Gerda", partnership=cast.randers, password="!")
    said = {}
    for who in (cast.helle, gerda):
        with translation.override("en"), pytest.raises(Refused) as refused:
            erase(person=who, by=cast.niels, now=NOW)
        said[who.name] = str(refused.value)
    assert said["Helle"] == "Only the person and the administrators can delete this person."
    assert said["Gerda"] == "Only the person, the coordinators and the administrators can delete this person."
    erase(person=gerda, by=cast.karen, now=NOW)


def test_a_coordinator_may_not_erase_somebody_who_has_got_a_mailbox_since_their_page_was_opened(cast: Cast) -> None:
    opened = User.objects.create(partnership=cast.randers, email=None, name="Poul Papir")
    User.objects.filter(pk=opened.pk).update(email="poul@randers.example")
    with pytest.raises(Refused) as refused:
        erase(person=opened, by=cast.karen, now=NOW)
    assert refused.value.reason == "not_yours"
    assert User.objects.filter(pk=opened.pk).exists()


def test_an_administrator_of_another_partnership_may_not(cast: Cast) -> None:
    stranger = people.with_role("Axel", cast.kalmar, Role.Kind.ADMINISTRATOR)
    with pytest.raises(Refused):
        erase(person=cast.helle, by=stranger, now=NOW)


def test_the_platforms_administrator_cannot_be_erased(cast: Cast) -> None:
    root = User.objects.create_superuser("root@portal.example", "Root")
    with pytest.raises(Refused) as refused:
        erase(person=root, by=root, now=NOW)
    assert refused.value.reason == "platform"


def test_a_speaker_with_a_talk_ahead_is_told_to_call_and_nothing_is_written(cast: Cast, canary: User) -> None:
    before = everything_in_the_database()
    with pytest.raises(Refused) as refused:
        erase(person=cast.sven, by=cast.sven, now=NOW)
    assert refused.value.reason == "still_needed"
    assert everything_in_the_database() == before


def test_on_the_own_page_a_person_confirms_once_and_is_then_logged_out(cast: Cast, canary: User) -> None:
    browser = visit(canary)
    page = browser.get("/da/me/erase/")
    assert page.status_code == 200
    assert b'class="button button-warning">Slet alt om mig<' in page.content
    assert User.objects.filter(pk=canary.pk).exists()
    answer = browser.post("/da/me/erase/")
    assert answer["Location"] == "/da/me/erased/"
    assert browser.get("/da/me/erased/").status_code == 200
    assert browser.get("/da/me/").status_code == 302
    assert not User.objects.filter(pk=canary.pk).exists()


def test_a_speaker_reads_why_it_cannot_be_done_yet(cast: Cast, canary: User) -> None:
    page = visit(cast.sven).post("/en/me/erase/", follow=True)
    assert "Call us" in page.content.decode()
    assert User.objects.filter(pk=cast.sven.pk).exists()


def test_the_administration_erases_by_the_same_rules(cast: Cast, canary: User) -> None:
    browser = visit(User.objects.get(pk=cast.anne.pk))
    assert browser.post(f"/admin/people/user/{canary.pk}/delete/", {"post": "yes"}).status_code == 302
    assert CANARY.lower() not in everything_in_the_database().replace(browser.session.session_key, "").lower()


def test_the_administration_reports_no_deletion_that_was_refused(cast: Cast, canary: User) -> None:
    browser = visit(User.objects.get(pk=cast.anne.pk))
    page = browser.post(f"/admin/people/user/{cast.sven.pk}/delete/", {"post": "yes"}, follow=True).content.decode()
    assert 'class="success"' not in page
    assert 'class="error"' in page
    assert User.objects.filter(pk=cast.sven.pk).exists()


def test_the_administration_shows_one_partnership_only(cast: Cast) -> None:
    browser = visit(User.objects.get(pk=cast.anne.pk))
    page = browser.get("/admin/people/user/").content.decode()
    assert "helle@randers.example" in page
    assert "kerstin@kalmar.example" not in page
    assert browser.get(f"/admin/people/user/{cast.kerstin.pk}/change/").status_code == 302
    assert browser.get(f"/admin/people/user/{cast.helle.pk}/change/").status_code == 200
    for path in ("/admin/people/consent/", "/admin/outbox/message/"):
        assert browser.get(path).status_code == 200
        assert browser.get(f"{path}add/").status_code == 403


@pytest.mark.parametrize("who", ["helle", "karen", "niels", "ruth"])
def test_nobody_else_gets_into_the_administration(cast: Cast, who: str) -> None:
    answer = visit(User.objects.get(pk=getattr(cast, who).pk)).get("/admin/people/user/")
    assert answer.status_code in (302, 403)


@pytest.mark.parametrize(("language", "days"), [("da", "20 dage"), ("sv", "20 dagar"), ("en", "20 days")])
def test_every_page_about_deleting_says_for_how_long_backups_hold_it(cast, settings, language, days) -> None:
    settings.BACKUPS_KEPT_DAYS = 20
    browser = visit(cast.frede)
    for page in ("me/erase/", "privacy/"):
        assert days in browser.get(f"/{language}/{page}").content.decode(), page
    erased = browser.post(f"/{language}/me/erase/", follow=True)
    assert erased.redirect_chain == [(f"/{language}/me/erased/", 302)]
    assert days in erased.content.decode()
