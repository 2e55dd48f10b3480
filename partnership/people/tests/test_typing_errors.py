"""A home that staff mistype and mend in the same call is no move: no letter goes there, and nothing is held back."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest

from entrance.own_codes.finding import send_letter
from neighbours.actions import correcting
from neighbours.models import Helper
from neighbours.tests import builders as make
from neighbours.tests.test_slips import SLIPS, filled
from partnership import clock
from partnership.outbox.models import Letter, LetterBatch, Message
from partnership.people.actions import details
from partnership.people.models import PostalAddress, User
from partnership.people.own.homes import home_of
from partnership.people.tests.looking_up import look_up
from partnership.places.models import Address
from partnership.tests.cast import Cast, visit

NAME, PHONE = "Poul Papir", "12 34 56 78"
DAY = dt.timedelta(days=1)


@pytest.fixture(params=["helper", "caller"])
def poul(request, cast: Cast) -> User:
    """Somebody whom staff have just written down, at a home that they have mistyped."""
    wrong = make.home(cast.vorup)
    make.home(cast.vorup, "14")
    if request.param == "helper":
        return make.slip(cast.karen, wrong).person
    said = {"language": "da", "is_protected": False, "medium": "phone", "submission": uuid.uuid4()}
    known = details.Details(name=NAME, email="", phone=PHONE, address=wrong)
    return details.write_down(here=cast.randers, details=known, by=cast.karen, now=clock.now(), **said)


def mend(cast: Cast, person: User, number: str = "14") -> None:
    """Let staff correct the home."""
    said = {"medium": "phone", "submission": uuid.uuid4(), "by": cast.karen, "now": clock.now()}
    known = {"name": NAME, "email": person.email or "", "phone": person.phone}
    right = Address.objects.get(number=number)
    if helper := Helper.objects.filter(person=person).select_related("household").first():
        correcting.correct(helper=helper, details=correcting.Details(**known, address=right), **said)
    else:
        details.correct(person=person, details=details.Details(**known, address=right), **said)
    person.refresh_from_db()


def letters_of_a_move() -> list[str]:
    return sorted(Message.objects.filter(kind__startswith="entrance.home").values_list("kind", flat=True))


def test_a_mended_home_is_no_move(cast: Cast, poul: User) -> None:
    mend(cast, poul)
    assert home_of(poul).number == "14"
    assert letters_of_a_move() == []
    assert send_letter(person=poul, now=clock.now())


def test_so_is_one_that_is_mended_twice(cast: Cast, poul: User) -> None:
    make.home(cast.vorup, "16")
    mend(cast, poul)
    mend(cast, poul, "16")
    assert letters_of_a_move() == []
    assert send_letter(person=poul, now=clock.now())


def test_a_later_move_holds_back_also_if_the_home_was_mended_before(cast: Cast, poul: User) -> None:
    make.home(cast.vorup, "16")
    mend(cast, poul)
    User.objects.filter(pk=poul.pk).update(joined_at=clock.now() - 2 * DAY)
    mend(cast, poul, "16")
    assert letters_of_a_move() == ["entrance.home_before", "entrance.home_changed"]
    assert not send_letter(person=poul, now=clock.now())


def written_long_ago(cast: Cast, person: User) -> None:
    User.objects.filter(pk=person.pk).update(joined_at=clock.now() - 2 * DAY)


def has_logged_in(cast: Cast, person: User) -> None:
    User.objects.filter(pk=person.pk).update(last_login=clock.now())


def is_protected(cast: Cast, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_protected=True)


def was_sent_something(cast: Cast, person: User) -> None:
    send_letter(person=person, now=clock.now())
    Message.objects.filter(kind="entrance.letter_code").update(state="sent", ended_at=clock.now())


def letter_is_printed(cast: Cast, person: User) -> None:
    send_letter(person=person, now=clock.now())
    letter = Message.objects.get(kind="entrance.letter_code")
    batch = LetterBatch.objects.create(partnership=cast.randers, number=1, made_at=clock.now())
    Letter.objects.create(batch=batch, message=letter, position=1)


@pytest.mark.parametrize(
    "happens", [written_long_ago, has_logged_in, is_protected, was_sent_something, letter_is_printed]
)
def test_it_is_a_move_once_somebody_can_have_heard_of_the_home(
    cast: Cast, poul: User, happens: Callable[[Cast, User], None]
) -> None:
    happens(cast, poul)
    mend(cast, poul)
    assert "entrance.home_before" in letters_of_a_move()
    assert not send_letter(person=poul, now=clock.now())


def test_a_number_that_is_mended_still_waits_for_its_two_weeks(cast: Cast, poul: User) -> None:
    poul.phone = "20 30 40 50"
    mend(cast, poul)
    poul.refresh_from_db()
    assert poul.phone_changed_at is not None


def test_a_slip_that_mends_the_home_of_a_caller_is_no_move(cast: Cast) -> None:
    wrong = make.home(cast.vorup)
    make.home(cast.vorup, "14")
    said = {"language": "da", "is_protected": False, "medium": "phone", "submission": uuid.uuid4()}
    known = details.Details(name=NAME, email="", phone=PHONE, address=wrong)
    poul = details.write_down(here=cast.randers, details=known, by=cast.karen, now=clock.now(), **said)
    form = filled(name=NAME, phone=PHONE, address="Eksempelvej 14", known="same")
    assert visit(cast.karen).post(SLIPS, form).status_code == 302
    assert PostalAddress.objects.get(person=poul).address.number == "14"
    assert letters_of_a_move() == []
    assert send_letter(person=poul, now=clock.now())


# -- The letter with a code that was under way ------------------------------------------------------------------------


def corrected_on_page(cast: Cast, person: User, **typed: str) -> str:
    """Return the page that staff see after they have corrected a person."""
    browser = visit(cast.karen)
    look_up(browser, person, "en")
    helper = Helper.objects.filter(person=person).first()
    page = f"/en/staff/helpers/{helper.pk}/correct/" if helper else f"/en/staff/people/{person.pk}/correct/"
    form = {
        "name": NAME, "phone": person.phone, "email": "", "medium": "phone", "address": "Eksempelvej 14",
        "postcode": "8900", "submission": str(uuid.uuid4()),
    } | typed  # fmt: skip
    return browser.post(page, form, follow=True).content.decode()


def test_staff_read_that_the_letter_with_the_code_is_withdrawn_and_order_another(cast: Cast, poul: User) -> None:
    send_letter(person=poul, now=clock.now())
    page = corrected_on_page(cast, poul)
    assert "The letter with a code for Poul Papir is withdrawn" in page
    assert f'<a href="/en/staff/people/{poul.pk}/code/">Order a new letter</a>' in page


def test_of_a_move_staff_read_from_which_day_they_can(cast: Cast, poul: User) -> None:
    written_long_ago(cast, poul)
    send_letter(person=poul, now=clock.now())
    page = corrected_on_page(cast, poul)
    assert "The letter with a code for Poul Papir is withdrawn" in page
    assert "No code goes there by letter before" in page
    assert "Order a new letter" not in page


def test_of_a_printed_letter_staff_read_which_to_take_out(cast: Cast, poul: User) -> None:
    letter_is_printed(cast, poul)
    assert "take letter 1 out of it" in corrected_on_page(cast, poul)


def test_of_a_posted_letter_staff_read_that_its_code_no_longer_works(cast: Cast, poul: User) -> None:
    was_sent_something(cast, poul)
    assert "The code in the letter that is on its way to Poul Papir no longer works" in corrected_on_page(cast, poul)


def test_nothing_is_said_where_no_letter_was_under_way(cast: Cast, poul: User) -> None:
    page = corrected_on_page(cast, poul)
    assert "Corrected" in page
    assert "letter with a code for" not in page
