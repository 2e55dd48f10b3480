"""A slip of somebody known: staff are asked who it is, and it never moves by itself where letters with codes go."""

import datetime as dt
import uuid

import pypdfium2
import pytest

from entrance.own_codes.finding import send_letter
from neighbours.actions import joining
from neighbours.actions.correcting import Details, correct, correct_own_address
from neighbours.actions.leaving import leave
from neighbours.models import Helper
from neighbours.tests import builders as make
from neighbours.tests.test_slips import SLIPS, filled
from partnership import clock
from partnership.outbox.channels.homes import home_for
from partnership.outbox.models import Message
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.queue.final_check import final_check
from partnership.outbox.staff.letter_batches import in_the_tray, make_batch
from partnership.people.actions import details
from partnership.people.actions.mailboxes import verify_mailbox
from partnership.people.models import PostalAddress, User
from partnership.people.own.homes import home_of
from partnership.people.tasks import retention_run
from partnership.places.models import Address
from partnership.tests.cast import Cast, visit

pytestmark = pytest.mark.django_db

NUMBER, ELSEWHERE = "12 34 56 91", {"address": "Eksempelvej 14"}
SPELT = ["bodil BLOMST", "Blomst, Bodil", "Bodil - Blomst", "Bodil Kirstine Blomst", "Blomst, Bodil Kirstine"]


@pytest.fixture
def bodil(cast: Cast) -> User:
    """Return a caller without a mailbox, who gets letters at Eksempelvej 12."""
    make.home(cast.vorup, "14")
    caller = User(partnership=cast.randers, email=None, name="Bodil Blomst", phone="+4512345691")
    caller.set_unusable_password()
    caller.save(force_insert=True)
    User.objects.filter(pk=caller.pk).update(joined_at=clock.now() - dt.timedelta(days=100))
    PostalAddress.objects.create(person=caller, address=make.home(cast.vorup))
    return caller


def saved(cast: Cast, **typed: str) -> bool:
    form = filled(name="Bodil Blomst", phone=NUMBER) | typed
    return visit(cast.karen).post(SLIPS, form).status_code == 302


def asked(cast: Cast, **typed: str) -> str:
    """Return the page of a slip that is not saved."""
    answer = visit(cast.karen).post(SLIPS, filled(name="Bodil Blomst", phone=NUMBER) | typed)
    assert answer.status_code == 200
    assert not Helper.objects.exists()
    return answer.content.decode()


def refusal(page: str) -> str:
    return page.partition("alert-error")[2].partition("</ul")[0]


def home_letters() -> list[str]:
    return sorted(Message.objects.filter(kind__startswith="entrance.home").values_list("kind", flat=True))


def test_name_and_telephone_with_another_home_are_asked_about(cast: Cast, bodil: User) -> None:
    page = asked(cast, **ELSEWHERE)
    assert page.count('name="known"') == 2
    assert "Eksempelvej 12" in refusal(page)
    assert f"/staff/people/{bodil.pk}/" in page


def test_who_has_moved_is_told_at_both_homes_and_gets_no_code_for_two_weeks(cast: Cast, bodil: User) -> None:
    assert saved(cast, **ELSEWHERE, known="same")
    assert Helper.objects.get(person=bodil).household.address.number == "14"
    assert PostalAddress.objects.get(person=bodil).address.number == "14"
    now = clock.now()
    assert not send_letter(person=bodil, now=now)
    assert not send_letter(person=bodil, now=now, again=make.uuid.uuid4())
    assert send_letter(person=bodil, now=now + dt.timedelta(days=14, minutes=1))
    deliver(urgent=False)
    told = in_the_tray(cast.randers).filter(kind__startswith="entrance.home").values_list("kind", flat=True)
    assert sorted(told) == ["entrance.home_before", "entrance.home_changed"]


def test_staff_are_told_from_when_a_code_may_go_there(cast: Cast, bodil: User) -> None:
    assert saved(cast, **ELSEWHERE, known="same")
    answer = visit(cast.karen).get(f"/en/staff/people/{bodil.pk}/code/", follow=True)
    assert "No code goes there by letter before" in answer.content.decode()


def test_the_letter_to_the_home_before_does_not_say_where_the_person_lives(cast: Cast, bodil: User) -> None:
    assert saved(cast, **ELSEWHERE, known="same")
    Message.objects.exclude(kind="entrance.home_before").delete()
    deliver(urgent=False)
    batch = make_batch(partnership=cast.randers, by=cast.karen, now=clock.now())
    assert batch
    document = pypdfium2.PdfDocument(bytes(batch.pdf))
    text = "".join(document[page].get_textpage().get_text_range() for page in range(len(document)))
    assert "Eksempelvej 12" in text
    assert "Eksempelvej 14" not in text


def test_another_person_of_the_name_is_a_new_one(cast: Cast, bodil: User) -> None:
    assert saved(cast, **ELSEWHERE, known="another")
    assert Helper.objects.get().person != bodil
    assert send_letter(person=bodil, now=clock.now())


@pytest.mark.parametrize("answer", ["", "same", "another"])
def test_nobody_protected_is_joined_by_name_and_telephone(cast: Cast, bodil: User, answer: str) -> None:
    User.objects.filter(pk=bodil.pk).update(is_protected=True)
    page = asked(cast, **ELSEWHERE, known=answer)
    assert refusal(page)
    assert "Eksempelvej 12" not in refusal(page)
    assert f"/staff/people/{bodil.pk}/" in page


def test_a_mailbox_that_nobody_has_used_moves_nobody_either(cast: Cast, bodil: User) -> None:
    User.objects.filter(pk=bodil.pk).update(email="bodil@randers.example")
    page = asked(cast, **ELSEWHERE, email="bodil@randers.example", phone="")
    assert page.count('name="known"') == 2


@pytest.mark.parametrize("answer", ["", "same", "another"])
@pytest.mark.parametrize("has_home", [True, False])
def test_nor_moved_by_a_mailbox_that_nobody_has_used(cast: Cast, bodil: User, answer: str, has_home: bool) -> None:
    User.objects.filter(pk=bodil.pk).update(email="bodil@randers.example", is_protected=True)
    if not has_home:
        PostalAddress.objects.all().delete()
    page = asked(cast, **ELSEWHERE, email="bodil@randers.example", phone="", known=answer)
    assert refusal(page)
    assert "Eksempelvej 12" not in refusal(page)


@pytest.mark.parametrize("by_themselves", [True, False])
def test_who_has_moved_is_not_found_at_the_home_before_and_gets_no_letters_there_after_leaving(
    cast: Cast, bodil: User, by_themselves: bool
) -> None:
    helper = make.slip(cast.karen, bodil.postal_address.address, name="Bodil Blomst", phone=NUMBER)
    new = Address.objects.get(number="14")
    if by_themselves:
        correct_own_address(helper=helper, address=new, by=bodil, now=clock.now())
    else:
        right = Details(name="Bodil Blomst", email="", phone=NUMBER, address=new)
        correct(helper=helper, details=right, by=cast.karen, medium="phone", now=clock.now())
    helper.refresh_from_db()
    leave(helper=helper, by=cast.karen, medium="phone", now=clock.now())
    assert PostalAddress.objects.get(person=bodil).address == new
    assert home_of(bodil) == new


def test_who_has_left_and_comes_back_elsewhere_gets_no_code_there_for_two_weeks(cast: Cast, bodil: User) -> None:
    helper = make.slip(cast.karen, bodil.postal_address.address, name="Bodil Blomst", phone=NUMBER)
    leave(helper=helper, by=cast.karen, now=clock.now())
    PostalAddress.objects.all().delete()
    again = make.slip(cast.karen, make.home(cast.vorup, "16"), name="Bodil Blomst", phone=NUMBER)
    assert again.person == bodil
    assert not send_letter(person=bodil, now=clock.now())
    # There is no home before to tell, and the welcome goes to this one.
    assert home_letters() == []


def test_a_correction_by_staff_is_told_at_both_homes_and_no_code_follows(cast: Cast, bodil: User) -> None:
    helper = make.slip(cast.karen, bodil.postal_address.address, name="Bodil Blomst", phone=NUMBER)
    right = Details(name="Bodil Blomst", email="", phone=NUMBER, address=Address.objects.get(number="14"))
    correct(helper=helper, details=right, by=cast.karen, medium="phone", now=clock.now())
    assert home_letters() == ["entrance.home_before", "entrance.home_changed"]
    assert not send_letter(person=bodil, now=clock.now())


def test_the_home_before_reads_of_a_mailbox_and_a_number_that_staff_write_down_with_the_home_or_after_it(
    cast: Cast, bodil: User
) -> None:
    helper = make.slip(cast.karen, bodil.postal_address.address, name="Bodil Blomst", phone=NUMBER)
    User.objects.filter(pk=bodil.pk).update(language="en")
    right = {"name": "Bodil Blomst", "phone": "20304050", "address": Address.objects.get(number="14")}
    for email in ("", "new@mail.example"):
        correct(helper=helper, details=Details(**right, email=email), by=cast.karen, medium="phone", now=clock.now())
    before = Message.objects.get(kind="entrance.home_before")
    said = " ".join(map(str, final_check(before, clock.now()).words.paragraphs))
    assert "We have also been told which email address you use now. Before" in said
    assert "a telephone number for you that may not be yours" in said
    # The number alone makes no second letter to the same home.
    assert Message.objects.get(kind="entrance.reach_written_home").about["details"] == ["email"]


@pytest.mark.parametrize("is_helper", [True, False])
def test_a_home_that_only_staff_have_typed_hears_of_it_too_and_is_deleted_when_the_letter_is_printed(
    cast: Cast, bodil: User, is_helper: bool
) -> None:
    typed, new = bodil.postal_address.address, Address.objects.get(number="14")
    Address.objects.filter(pk=typed.pk).update(register_id=f"{Address.TYPED}1")
    if is_helper:
        helper = make.slip(cast.karen, Address.objects.get(pk=typed.pk), name="Bodil Blomst", phone=NUMBER)
        right = Details(name="Bodil Blomst", email="", phone=bodil.phone, address=new)
        correct(helper=helper, details=right, by=cast.karen, medium="phone", now=clock.now())
    else:
        known = details.Details(name="Bodil Blomst", email="", phone=NUMBER, address=new)
        said = {"medium": "phone", "submission": uuid.uuid4(), "by": cast.karen, "now": clock.now()}
        details.correct(person=bodil, details=known, **said)
    letter = Message.objects.get(kind="entrance.home_before")
    assert home_for(letter) == typed
    retention_run()
    assert Address.objects.filter(pk=typed.pk).exists()
    Message.objects.filter(pk=letter.pk).update(state="sent", ended_at=clock.now())
    retention_run()
    assert not Address.objects.filter(pk=typed.pk).exists()


def test_the_address_of_a_protected_helper_is_not_in_a_refusal(cast: Cast, bodil: User) -> None:
    make.slip(cast.karen, bodil.postal_address.address, name="Bodil Blomst", phone=NUMBER)
    User.objects.filter(pk=bodil.pk).update(is_protected=True)
    page = visit(cast.karen).post(SLIPS, filled(name="Bodil Blomst", phone=NUMBER) | ELSEWHERE).content.decode()
    assert refusal(page)
    assert "Eksempelvej 12" not in refusal(page)


@pytest.mark.parametrize("answer", ["", "same", "another"])
@pytest.mark.parametrize("email", ["bodil+x@randers.example", "bodil@randers.example", "BODIL+y+z@Randers.example"])
def test_a_mailbox_with_a_tag_makes_no_open_double_of_somebody_protected(
    cast: Cast, bodil: User, email: str, answer: str
) -> None:
    spelling = "bodil+own@randers.example"
    User.objects.filter(pk=bodil.pk).update(email=spelling, is_protected=True)
    page = asked(cast, **ELSEWHERE, name="Bodil B", email=email, phone="", known=answer)
    assert refusal(page)
    assert "Eksempelvej 12" not in refusal(page)
    assert f"/staff/people/{bodil.pk}/" in page
    assert not User.objects.filter(name="Bodil B").exists()


@pytest.mark.parametrize("name", SPELT)
def test_nor_do_a_new_mailbox_and_the_telephone_of_somebody_protected(cast: Cast, bodil: User, name: str) -> None:
    User.objects.filter(pk=bodil.pk).update(is_protected=True)
    page = asked(cast, **ELSEWHERE, name=name, email="new@randers.example", known="another")
    assert refusal(page)
    assert f"/staff/people/{bodil.pk}/" in page


def test_the_mailbox_of_somebody_who_is_not_protected_may_have_a_tag(cast: Cast, bodil: User) -> None:
    User.objects.filter(pk=bodil.pk).update(email="bodil@randers.example")
    assert saved(cast, **ELSEWHERE, name="Carl B", email="bodil+carl@randers.example", phone="")


# -- The same name at the same address --------------------------------------------------------------------------------


@pytest.mark.parametrize("is_helper", [False, True])
@pytest.mark.parametrize("name", SPELT)
def test_a_name_known_at_the_address_is_asked_about(cast: Cast, bodil: User, name: str, is_helper: bool) -> None:
    User.objects.filter(pk=bodil.pk).update(is_protected=True)
    if is_helper:
        make.slip(cast.karen, bodil.postal_address.address, name="Bodil Blomst", phone=NUMBER)
    page = visit(cast.karen).post(SLIPS, filled(name=name, phone="20 30 40 50")).content.decode()
    is_refused = is_helper and name == SPELT[0]
    assert page.count('name="known"') == (0 if is_refused else 2)
    assert "12345691" not in page
    assert Helper.objects.count() == int(is_helper)


def test_the_same_person_at_home_is_joined_and_keeps_name_number_and_protection(cast: Cast, bodil: User) -> None:
    User.objects.filter(pk=bodil.pk).update(is_protected=True)
    assert saved(cast, name="Bodil Kirstine Blomst", phone="20 30 40 50", known="same")
    person = Helper.objects.get().person
    assert (person, person.name, person.phone) == (bodil, "Bodil Blomst", "+4512345691")
    assert person.is_protected
    assert send_letter(person=bodil, now=clock.now())


def test_a_slip_gives_nobody_known_a_mailbox(cast: Cast, bodil: User) -> None:
    asked(cast, phone="", email="other@randers.example", known="same")
    assert User.objects.get(pk=bodil.pk).email is None


def test_one_who_uses_a_mailbox_is_asked_there(cast: Cast) -> None:
    PostalAddress.objects.create(person=cast.ruth, address=make.home(cast.vorup))
    verify_mailbox(cast.ruth, clock.now())
    assert saved(cast, name="Ruth", phone="", known="same")
    assert Helper.objects.get(person=cast.ruth).is_pending


def test_the_duplicates_compare_first_and_last_names(cast: Cast, bodil: User) -> None:
    make.slip(cast.karen, bodil.postal_address.address, name="Bodil Blomst", phone="")
    make.slip(cast.karen, bodil.postal_address.address, name="Blomst, Bodil Kirstine", phone="", answer="another")
    assert "One name at one address" in visit(cast.anne).get("/en/staff/duplicates/").content.decode()


# -- Protection that is ticked on a slip ------------------------------------------------------------------------------


def test_who_uses_a_mailbox_is_protected_when_they_use_the_link_and_not_before(cast: Cast) -> None:
    make.home(cast.vorup)
    verify_mailbox(cast.ruth, clock.now())
    assert saved(cast, name="Ruth", email=str(cast.ruth.email), is_protected="on")
    assert not User.objects.get(pk=cast.ruth.pk).is_protected
    joining.confirm(helper=Helper.objects.get(person=cast.ruth), now=clock.now())
    assert User.objects.get(pk=cast.ruth.pk).is_protected


def test_somebody_new_is_protected_at_once_and_somebody_known_hears_of_it(cast: Cast, bodil: User) -> None:
    assert saved(cast, name="Ny Nielsen", phone="", is_protected="on")
    assert User.objects.get(name="Ny Nielsen").is_protected
    assert not Message.objects.filter(kind="entrance.protection_changed").exists()
    assert saved(cast, is_protected="on")
    assert Message.objects.get(kind="entrance.protection_changed").recipient == bodil
