"""Whoever calls, writes a slip or books as somebody else gets at nothing of theirs, however the steps are combined."""

import datetime as dt
import uuid

import pytest
from allauth.account.models import EmailAddress

from entrance.own_codes.finding import with_number
from neighbours.actions import correcting
from neighbours.models import Helper, HelperStep
from neighbours.tests import builders as make
from neighbours.tests.test_slips import SLIPS, filled
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.post import channel_to
from partnership.outbox.queue.final_check import final_check
from partnership.people.actions import details
from partnership.people.models import PersonStep, User
from partnership.refusals import Refused
from partnership.tests.cast import Cast, visit
from talks.actions.contact import record_verified_asker
from talks.tests.bookings import requested

TAKEN, PLANTED = "stranger@mail.example", "20 30 40 61"
LONG_KNOWN, TWO_WEEKS = dt.timedelta(days=100), dt.timedelta(days=14, minutes=1)


@pytest.fixture
def vera(cast: Cast) -> Helper:
    """A helper who joined on the web long ago, and has used the mailbox."""
    helper = make.helper(cast.helle, make.home(cast.vorup))
    User.objects.filter(pk=cast.helle.pk).update(joined_at=clock.now() - LONG_KNOWN)
    cast.helle.refresh_from_db()
    return Helper.objects.select_related("person", "household__address").get(pk=helper.pk)


def corrected(cast: Cast, helper: Helper, **new: object) -> None:
    person = User.objects.get(pk=helper.person_id)
    known = {"name": person.name, "email": person.email or "", "phone": person.phone, "why": "Ringede"}
    right = correcting.Details(**(known | {"address": helper.household.address} | new))
    said = {"medium": "phone", "submission": uuid.uuid4(), "by": cast.anne, "now": clock.now()}
    correcting.correct(helper=helper, details=right, **said)
    helper.person.refresh_from_db()


def told() -> list[str]:
    return sorted(Message.objects.filter(kind__startswith="entrance.").values_list("kind", flat=True))


def number_opens(cast: Cast, person: User, after: dt.timedelta = dt.timedelta(0)) -> bool:
    return with_number(cast.randers, PLANTED, person.name, clock.now() + after) == person


# -- Numbers --------------------------------------------------------------------------------------------------------


def test_a_number_of_somebody_with_a_mailbox_opens_nothing_before_it_is_verified(cast: Cast, vera: Helper) -> None:
    corrected(cast, vera, phone=PLANTED)
    assert not number_opens(cast, vera.person, TWO_WEEKS)
    corrected(cast, vera, email=TAKEN)
    assert vera.person.is_held_back(clock.now())
    assert not number_opens(cast, vera.person, TWO_WEEKS)


def test_a_mailbox_that_is_held_back_stores_no_number_with_a_booking(cast: Cast, vera: Helper) -> None:
    corrected(cast, vera, email=TAKEN)
    talk = requested(cast)
    talk.phone = PLANTED
    with pytest.raises(Refused) as refused:
        record_verified_asker(talk, vera.person, clock.now())
    assert refused.value.reason == "held_back"
    assert User.objects.get(pk=vera.person_id).phone != PLANTED


@pytest.mark.parametrize("write", ["update", "save"])
def test_every_way_to_store_a_number_makes_it_new(cast: Cast, write: str) -> None:
    poul = make.slip(cast.karen, make.home(cast.vorup)).person
    poul.refresh_from_db()
    assert poul.phone_changed_at is None
    if write == "update":
        User.objects.filter(pk=poul.pk).update(phone=PLANTED)
    else:
        poul.phone = PLANTED
        poul.save()
    poul = User.objects.get(pk=poul.pk)
    assert poul.phone_changed_at is not None
    poul.phone_changed_at = None
    poul.save()
    assert not number_opens(cast, poul)
    assert number_opens(cast, poul, TWO_WEEKS)


def test_a_verified_number_is_not_new(cast: Cast) -> None:
    poul = make.slip(cast.karen, make.home(cast.vorup)).person
    User.objects.filter(pk=poul.pk).update(phone=PLANTED, verified_phone=PLANTED)
    assert number_opens(cast, poul)


def test_a_slip_stores_no_number_of_somebody_known(cast: Cast) -> None:
    User.objects.filter(pk=cast.ruth.pk).update(phone="")
    EmailAddress.objects.get_or_create(user=cast.ruth, email=cast.ruth.email, defaults={"verified": True})
    make.home(cast.vorup)
    form = filled(name=cast.ruth.name, email=cast.ruth.email, phone=PLANTED)
    assert visit(cast.karen).post(SLIPS, form).status_code == 302
    assert User.objects.get(pk=cast.ruth.pk).phone == ""


def test_a_verified_number_counts_before_the_same_number_of_another_of_this_name(cast: Cast) -> None:
    poul = make.slip(cast.karen, make.home(cast.vorup)).person
    User.objects.filter(pk=poul.pk).update(phone=PLANTED, verified_phone=PLANTED)
    User.objects.filter(pk=cast.niels.pk).update(phone=PLANTED, name=poul.name)
    assert number_opens(cast, poul)


# -- Who is told ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "new", [{"phone": PLANTED}, {"channel": "letter"}, {"address": "14"}, {"address": "14", "channel": "letter"}]
)
def test_a_mailbox_that_was_used_hears_of_every_change_whatever_channel_is_chosen(cast, vera, new) -> None:
    if "address" in new:
        new = new | {"address": make.home(cast.vorup, "14")}
    corrected(cast, vera, **new)
    message = Message.objects.get(kind="entrance.reach_written")
    assert message.about["details"]
    look = final_check(message, clock.now())
    assert look.words is not None
    said = " ".join(look.words.paragraphs)
    assert ("Vores breve bliver sendt dertil fra nu af. " in said) == ("address" in new)
    assert ("sender vi ingen kode til nummeret" in said) == ("phone" in new)
    assert channel_to(User.objects.get(pk=vera.person_id), by_email=True) == User.Channel.MAIL
    assert "entrance.home_changed" not in told()


def test_another_mailbox_is_told_to_the_old_one_and_to_the_home(cast: Cast, vera: Helper) -> None:
    corrected(cast, vera, email=TAKEN)
    assert {"entrance.address_changed", "entrance.reach_written_home", "entrance.new_address"} <= set(told())


def test_who_has_used_the_mailbox_is_not_just_written_down_on_the_first_day(cast: Cast, vera: Helper) -> None:
    User.objects.filter(pk=vera.person_id).update(joined_at=clock.now())
    corrected(cast, vera, email=TAKEN)
    assert vera.person.is_held_back(clock.now())


def test_a_form_that_ends_protection_does_not_open_the_mailbox(cast: Cast, vera: Helper) -> None:
    User.objects.filter(pk=vera.person_id).update(is_protected=True)
    vera.person.is_protected = False
    before = vera.person.email
    assert administered(cast, vera.person, email=TAKEN).status_code == 200
    assert User.objects.get(pk=vera.person_id).email == before


@pytest.mark.parametrize("field", ["email", "phone", "address", "channel"])
def test_of_who_is_protected_every_way_to_reach_them_needs_a_call_first(cast: Cast, vera: Helper, field: str) -> None:
    User.objects.filter(pk=vera.person_id).update(is_protected=True)
    make.home(cast.vorup, "14")
    new = {"email": TAKEN, "phone": PLANTED, "address": "Eksempelvej 14", "channel": "letter"}[field]
    form = {
        "name": "Helle", "email": vera.person.email, "phone": vera.person.phone, "address": "Eksempelvej 12",
        "postcode": "8900", "medium": "phone", "why": "Ringede", "submission": str(uuid.uuid4()), "channel": "mail",
    }  # fmt: skip
    page = f"/en/staff/helpers/{vera.pk}/correct/"
    answer = visit(cast.anne).post(page, form | {field: new})
    assert answer.status_code == 400
    assert "Call the number that we had first" in answer.content.decode()


def test_a_number_that_is_new_is_none_to_call_back(cast: Cast, vera: Helper) -> None:
    User.objects.filter(pk=vera.person_id).update(is_protected=True)
    page = f"/en/staff/helpers/{vera.pk}/correct/"
    assert "the number is new" not in visit(cast.anne).get(page).content.decode()
    User.objects.filter(pk=vera.person_id).update(phone=PLANTED)
    assert "the number is new" in visit(cast.anne).get(page).content.decode()


# -- The administration ---------------------------------------------------------------------------------------------


def administered(cast: Cast, person: User, **new: str):
    form = {"name": person.name, "email": person.email or "", "phone": person.phone, "language": "da"}
    form |= {"is_active": "on", "roles-TOTAL_FORMS": "0", "roles-INITIAL_FORMS": "0"}
    form |= {"is_protected": "on"} if person.is_protected else {}
    return visit(cast.anne).post(f"/admin/people/user/{person.pk}/change/", form | new)


def test_a_number_written_in_the_administration_is_a_step_and_told_and_opens_nothing_yet(cast: Cast) -> None:
    poul = make.slip(cast.karen, make.home(cast.vorup)).person
    User.objects.filter(pk=poul.pk).update(joined_at=clock.now() - LONG_KNOWN)
    assert administered(cast, poul, phone=PLANTED).status_code == 302
    assert PersonStep.objects.get(person=poul).changed == ["phone"]
    assert told() == ["entrance.reach_written_home"]
    assert not number_opens(cast, User.objects.get(pk=poul.pk))


@pytest.mark.parametrize("new", [{"email": TAKEN}, {"phone": PLANTED}])
def test_who_is_protected_is_corrected_on_their_page_alone(cast: Cast, vera: Helper, new: dict[str, str]) -> None:
    User.objects.filter(pk=vera.person_id).update(is_protected=True)
    vera.person.refresh_from_db()
    assert administered(cast, vera.person, **new).status_code == 200
    known = User.objects.get(pk=vera.person_id)
    assert (known.email, known.phone) == (vera.person.email, vera.person.phone)


# -- Where somebody lives -------------------------------------------------------------------------------------------


def test_moving_to_an_address_does_not_tell_who_lives_there(cast: Cast, vera: Helper) -> None:
    make.home(cast.vorup, "14")
    other = make.home(cast.vorup, "16")
    make.slip(cast.karen, other, name="Bente Bro")
    User.objects.filter(pk=vera.person_id).update(name="Bente Bro")
    for number in ("14", "16"):
        answer = visit(cast.helle).post(
            "/da/neighbours/address/", {"address": f"Eksempelvej {number}", "postcode": "8900"}
        )
        assert answer.status_code == 302
    vera.refresh_from_db()
    assert vera.household.address == other


def test_nobody_moves_many_times_a_day(cast: Cast, vera: Helper, settings) -> None:
    for number in ("14", "16"):
        make.home(cast.vorup, number)
    answers = [
        visit(cast.helle).post(
            "/da/neighbours/address/", {"address": f"Eksempelvej {14 + 2 * (turn % 2)}", "postcode": "8900"}
        )
        for turn in range(20)
    ]
    assert answers[-1].status_code in (400, 429)
    assert HelperStep.objects.filter(helper=vera).count() < 20


def test_a_slip_does_not_rename_somebody_known_whose_mailbox_is_not_verified(cast: Cast) -> None:
    said = {"language": "da", "is_protected": False, "medium": "phone", "submission": uuid.uuid4()}
    known = details.Details(name="Ole Oversen", email="ole@mail.example", phone="", address=None)
    ole = details.write_down(here=cast.randers, details=known, by=cast.karen, now=clock.now(), **said)
    make.home(cast.vorup)
    form = filled(name="Falsk Person", email="ole@mail.example", phone=PLANTED)
    page = visit(cast.karen).post(SLIPS, form).content.decode()
    assert "Vi kender denne e-mailadresse under et andet navn." in page
    assert User.objects.get(pk=ole.pk).name == "Ole Oversen"
    assert not Helper.objects.exists()
