"""A slip with the mailbox of somebody known: they say yes themselves, and a couple with one mailbox is not mixed up."""

import pytest

from neighbours.actions import joining
from neighbours.actions.correcting import Details, correct
from neighbours.models import Helper
from neighbours.tests import builders as make
from neighbours.tests.test_slips import SLIPS, filled
from partnership import clock
from partnership.outbox.models import Message
from partnership.people.actions.mailboxes import verify_mailbox
from partnership.people.models import Consent, User
from partnership.refusals import Refused
from partnership.tests.cast import Cast, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth(cast: Cast) -> User:
    """Return a chair who has verified the mailbox, and no helper."""
    make.home(cast.vorup)
    verify_mailbox(cast.ruth)
    return cast.ruth


def test_who_is_known_becomes_a_helper_by_their_own_yes(cast: Cast, ruth: User) -> None:
    said = visit(cast.karen).post(SLIPS, filled(name="Ruth", email=ruth.email), follow=True).content.decode()
    assert "spørger på e-mail" in said
    helper = Helper.objects.get(person=ruth)
    assert helper.is_pending
    assert not Consent.objects.filter(person=ruth).exists()
    assert Message.objects.filter(kind="neighbours.confirm", recipient=ruth).count() == 1
    joining.confirm(helper=helper, now=clock.now())
    assert Helper.objects.get(person=ruth).is_confirmed


def test_another_name_on_the_slip_asks_which_is_meant_and_keeps_what_was_typed(cast: Cast, ruth: User) -> None:
    page = visit(cast.karen).post(SLIPS, filled(name="Rolf", email=ruth.email)).content.decode()
    assert 'value="Rolf"' in page
    assert page.count('name="whose"') == 2
    assert not Helper.objects.exists()


def test_the_same_person_is_asked_and_keeps_their_name(cast: Cast, ruth: User) -> None:
    visit(cast.karen).post(SLIPS, filled(name="Rolf", email=ruth.email, whose="same"))
    helper = Helper.objects.get()
    assert (helper.person, helper.person.name, helper.is_pending) == (ruth, "Ruth", True)


def test_another_person_is_a_helper_without_the_mailbox(cast: Cast, ruth: User) -> None:
    visit(cast.karen).post(SLIPS, filled(name="Rolf", email=ruth.email, whose="another"))
    helper = Helper.objects.get()
    assert (helper.person.name, helper.person.email, helper.is_confirmed) == ("Rolf", None, True)


def test_the_same_form_with_another_slip_in_it_is_another_slip(cast: Cast) -> None:
    make.home(cast.vorup)
    for name in ("Første Kort", "Andet Kort", "Andet Kort"):
        visit(cast.karen).post(SLIPS, filled(name=name, phone="", submission=str(make.SUBMISSION)))
    assert {helper.person.name for helper in Helper.objects.all()} == {"Første Kort", "Andet Kort"}
    assert Helper.objects.count() == 2


@pytest.mark.parametrize("who", ["ruth", "sven"])
def test_only_administrators_correct_the_mailbox_of_a_chair_or_a_speaker(cast: Cast, who: str) -> None:
    helper = make.helper(getattr(cast, who), make.home(cast.vorup, "21"))
    known = {"name": helper.person.name, "phone": "", "address": helper.household.address, "why": "Ringede"}
    details = Details(**known, email="other@new.example")
    with pytest.raises(Refused) as refused:
        correct(helper=helper, details=details, by=cast.karen, now=clock.now())
    assert refused.value.reason == "not_allowed"
    assert correct(helper=helper, details=details, by=cast.anne, now=clock.now()) == ["email"]
