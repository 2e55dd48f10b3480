"""A slip with the mailbox of somebody known: they say yes themselves, and a couple with one mailbox is not mixed up."""

import datetime as dt
import uuid

import pytest

from entrance.own_codes.finding import with_number
from neighbours.actions import joining
from neighbours.actions.correcting import Details, correct
from neighbours.actions.leaving import leave
from neighbours.models import Helper
from neighbours.rules import has_used_mailbox
from neighbours.tests import builders as make
from neighbours.tests.test_slips import SLIPS, filled
from partnership import clock
from partnership.outbox.channels.homes import home_for
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.people.actions import details
from partnership.people.actions.mailboxes import verify_mailbox
from partnership.people.models import Consent, PostalAddress, User
from partnership.places.models import Address
from partnership.refusals import Refused
from partnership.tests.cast import Cast, association, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth(cast: Cast) -> User:
    """Return a chair who has verified the mailbox, and no helper."""
    make.home(cast.vorup)
    verify_mailbox(cast.ruth, clock.now())
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


def test_another_of_the_home_of_a_helper_with_the_same_mailbox_becomes_one_without_it(cast: Cast) -> None:
    lone = make.helper(cast.helle, make.home(cast.vorup)).person
    page = visit(cast.karen).post(SLIPS, filled(name="Eva Lunde", email=lone.email)).content.decode()
    assert page.count('name="whose"') == 2
    assert "allerede nabohj" not in page
    assert visit(cast.karen).post(SLIPS, filled(name="Eva Lunde", email=lone.email, whose="another")).status_code == 302
    eva = Helper.objects.confirmed().get(person__name="Eva Lunde").person
    assert eva.email is None


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


def written_down(cast: Cast, *, days_ago: int = 40, **more: str) -> User:
    """Let staff write down a caller who says that they are Poul Papir, at Eksempelvej 12, before Poul comes."""
    said = {"language": "da", "is_protected": False, "medium": "phone", "submission": uuid.uuid4()}
    known = {"name": "Poul Papir", "email": "", "phone": ""} | more
    right = details.Details(**known, address=make.home(cast.vorup))
    caller = details.write_down(here=cast.randers, details=right, by=cast.karen, now=clock.now(), **said)
    User.objects.filter(pk=caller.pk).update(language="en")
    if days_ago:
        User.objects.filter(pk=caller.pk).update(joined_at=clock.now() - dt.timedelta(days=days_ago))
    return caller


def hands_in(cast: Cast, **more: str) -> str:
    """Return the page that staff see after they have typed Poul's slip."""
    User.objects.filter(pk=cast.karen.pk).update(language="en")
    slip = filled(name="Poul Papir", email="", phone="") | more
    return visit(cast.karen).post(SLIPS.replace("/da/", "/en/"), slip, follow=True).content.decode()


@pytest.mark.parametrize("more", [{}, {"is_protected": "on"}, {"name": "Papir, Poul", "known": "same"}])
@pytest.mark.parametrize("phone", ["", "20 30 40 99"])
@pytest.mark.parametrize("days_ago", [0, 40])
def test_a_number_that_somebody_had_written_down_before_gets_no_code(
    cast: Cast, phone: str, more: dict, days_ago: int
) -> None:
    poul = written_down(cast, phone="20 30 40 61", days_ago=days_ago)
    if phone:
        more = more | {"known": "same"}
    page = hands_in(cast, phone=phone, **more)
    assert Helper.objects.get().person == poul
    assert with_number(cast.randers, "20 30 40 61", poul.name, clock.now()) is None
    assert ("have not noted that of the slip" in page) == bool(phone)
    assert "by text message before" in page
    letter = letter_of_doubt()
    assert home_for(letter) == Helper.objects.get().household.address
    said = said_in(letter)
    assert "ends in 61." in said
    assert "20 30 40 61" not in said
    assert "we send no code there" in said
    assert not Message.objects.filter(kind="entrance.reach_written_home").exists()
    later = clock.now() + dt.timedelta(days=14, minutes=1)
    assert with_number(cast.randers, "20 30 40 61", poul.name, later) == poul


def letter_of_doubt() -> Message:
    return Message.objects.get(kind="entrance.number_in_doubt")


def said_in(letter: Message) -> str:
    User.objects.filter(pk=letter.recipient_id).update(language="en")
    letter.refresh_from_db()
    words = final_check(letter, clock.now()).words
    return " ".join(map(str, words.paragraphs)) if words else ""


@pytest.mark.parametrize("since", ["verified", "another", "deleted", "two weeks"])
def test_the_letter_about_it_does_not_go_once_that_is_no_longer_so(cast: Cast, since: str) -> None:
    poul = written_down(cast, phone="20 30 40 61")
    hands_in(cast)
    letter = letter_of_doubt()
    assert said_in(letter)
    now, two_weeks = clock.now(), dt.timedelta(days=14)
    new = {
        "verified": {"verified_phone": "20 30 40 61"},
        # The database notes when it was changed, which is the moment at which this test began.
        "another": {"phone": "20 30 40 62"},
        "deleted": {"phone": ""},
        "two weeks": {"phone_changed_at": now - two_weeks},
    }
    User.objects.filter(pk=poul.pk).update(**new[since])
    if since == "another":
        User.objects.filter(pk=poul.pk).update(phone_changed_at=now)
    assert said_in(letter_of_doubt()) == ""


@pytest.mark.parametrize("verified", ["", "20 30 40 61"])
def test_staff_hear_that_the_number_of_the_slip_is_not_noted(cast: Cast, verified: str) -> None:
    poul = written_down(cast, phone="20 30 40 61")
    User.objects.filter(pk=poul.pk).update(verified_phone=verified)
    page = hands_in(cast, phone="20 30 40 99", known="same")
    assert "have not noted that of the slip" in page
    assert ("by text message before" in page) == (not verified)
    assert User.objects.get(pk=poul.pk).phone == "20 30 40 61"


def test_a_slip_that_is_sent_twice_says_so_twice(cast: Cast) -> None:
    written_down(cast, phone="20 30 40 61")
    slip = {"submission": str(uuid.uuid4())}
    pages = [hands_in(cast, **slip) for _ in range(2)]
    assert ["No code goes there by text message before" in page for page in pages] == [True, True]
    assert letter_of_doubt()


def test_a_number_that_the_slip_has_too_is_theirs(cast: Cast) -> None:
    poul = written_down(cast, phone="20 30 40 61")
    page = hands_in(cast, phone="+45 20304061")
    assert with_number(cast.randers, "20 30 40 61", poul.name, clock.now()) == poul
    assert "not on the slip" not in page


def test_a_number_that_its_owner_has_verified_stays_so(cast: Cast) -> None:
    poul = written_down(cast, phone="20 30 40 61")
    User.objects.filter(pk=poul.pk).update(verified_phone="20 30 40 61")
    page = hands_in(cast)
    assert with_number(cast.randers, "20 30 40 61", poul.name, clock.now()) == poul
    assert "not on the slip" not in page


def test_a_mailbox_that_somebody_had_written_down_before_is_not_kept(cast: Cast) -> None:
    poul = written_down(cast, email="planted@mail.example", phone="20 30 40 61")
    page = hands_in(cast)
    assert "an email address for this name that nobody has used" in page
    assert not Helper.objects.exists()
    hands_in(cast, known="same")
    helper = Helper.objects.get()
    assert (helper.person, helper.person.email, helper.is_confirmed) == (poul, None, True)
    assert Message.objects.filter(kind="neighbours.welcome", recipient=poul).exists()
    assert with_number(cast.randers, "20 30 40 61", poul.name, clock.now()) is None
    assert not has_used_mailbox(poul)


def test_the_same_mailbox_on_the_slip_is_kept(cast: Cast) -> None:
    poul = written_down(cast, email="poul@mail.example")
    hands_in(cast, email="Poul@mail.example")
    assert Helper.objects.get().person.email == poul.email


def test_a_chair_keeps_it_until_it_is_corrected_on_their_page(cast: Cast) -> None:
    poul = written_down(cast, email="planted@mail.example")
    association(cast.dronningborg, poul, "Papirvej")
    page = hands_in(cast, known="same")
    assert "Correct it on their page first" in page
    assert not Helper.objects.exists()


def former_helper(cast: Cast, *, home: Address | None = None) -> User:
    """Let Poul stop as a helper of long ago, whose mailbox nobody has used; letters go to `home`, if any."""
    helper = make.slip(cast.karen, make.home(cast.vorup, "14"), email="poul@mail.example", phone="20 30 40 61")
    User.objects.filter(pk=helper.person_id).update(phone="20 30 40 61", joined_at=clock.now() - dt.timedelta(days=40))
    leave(helper=helper, by=cast.karen, medium="phone", now=clock.now())
    if home:
        PostalAddress.objects.create(person=helper.person, address=home)
    return User.objects.get(pk=helper.person_id)


@pytest.mark.parametrize("home", ["", "12", "16"])
def test_staff_are_asked_before_the_mailbox_of_who_has_left_is_deleted(cast: Cast, home: str) -> None:
    here = make.home(cast.vorup)
    poul = former_helper(cast, home={"12": here, "16": make.home(cast.vorup, "16")}.get(home))
    page = hands_in(cast, phone="20 30 40 61")
    assert "an email address for this name that nobody has used" in page
    assert page.count('name="known"') == 2
    poul.refresh_from_db()
    assert (poul.email, Helper.objects.get().state) == ("poul@mail.example", Helper.State.LEFT)
    hands_in(cast, phone="20 30 40 61", known="same")
    poul.refresh_from_db()
    assert (poul.email, Helper.objects.get().is_confirmed) == (None, True)


def test_another_person_leaves_the_mailbox_of_who_has_left(cast: Cast) -> None:
    make.home(cast.vorup)
    poul = former_helper(cast)
    hands_in(cast, phone="20 30 40 61", known="another")
    assert Helper.objects.get(state=Helper.State.CONFIRMED).person != poul
    poul.refresh_from_db()
    assert poul.email == "poul@mail.example"


def test_a_chair_who_was_a_helper_keeps_it_until_it_is_corrected_on_their_page(cast: Cast) -> None:
    make.home(cast.vorup)
    poul = former_helper(cast)
    association(cast.dronningborg, poul, "Papirvej")
    page = hands_in(cast, phone="20 30 40 61", known="same")
    assert "Correct it on their page first" in page
    poul.refresh_from_db()
    assert (poul.email, Helper.objects.get().state) == ("poul@mail.example", Helper.State.LEFT)


def test_who_was_a_helper_and_has_used_the_mailbox_is_asked_there(cast: Cast) -> None:
    make.home(cast.vorup)
    poul = former_helper(cast)
    verify_mailbox(poul, clock.now())
    page = hands_in(cast, phone="20 30 40 61")
    assert "is asked by email" in page
    poul.refresh_from_db()
    assert (poul.email, Helper.objects.get().state) == ("poul@mail.example", Helper.State.LEFT)
    assert Message.objects.filter(kind="neighbours.confirm", recipient=poul).exists()


@pytest.mark.parametrize("opens_in", [None, 14, -1])
def test_another_name_asks_too_where_nobody_has_used_the_mailbox_yet(cast: Cast, opens_in: int | None) -> None:
    """Held back for days to come, or no longer, or not at all."""
    home, now = make.home(cast.vorup), clock.now()
    said = {"language": "da", "is_protected": False, "medium": "phone", "submission": uuid.uuid4()}
    known = details.Details(name="Ole Oversen", email="ole@randers.example", phone="", address=home)
    ole = details.write_down(here=cast.randers, details=known, by=cast.karen, now=now, **said)
    opens_at = None if opens_in is None else now + dt.timedelta(days=opens_in)
    User.objects.filter(pk=ole.pk).update(mailbox_opens_at=opens_at)
    page = visit(cast.karen).post(SLIPS, filled(name="Rolf", email=ole.email)).content.decode()
    assert page.count('name="whose"') == 2
    ole.refresh_from_db()
    assert (ole.name, Helper.objects.count()) == ("Ole Oversen", 0)


@pytest.mark.parametrize("who", ["ruth", "sven"])
def test_only_administrators_correct_the_mailbox_of_a_chair_or_a_speaker(cast: Cast, who: str) -> None:
    helper = make.helper(getattr(cast, who), make.home(cast.vorup, "21"))
    known = {"name": helper.person.name, "phone": "", "address": helper.household.address, "why": "Ringede"}
    details = Details(**known, email="other@new.example")
    with pytest.raises(Refused) as refused:
        correct(helper=helper, details=details, by=cast.karen, now=clock.now())
    assert refused.value.reason == "not_allowed"
    assert correct(helper=helper, details=details, by=cast.anne, now=clock.now()) == ["email"]
