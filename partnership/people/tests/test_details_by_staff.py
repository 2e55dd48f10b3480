"""Staff write down a caller whom nobody finds, and correct what is known of a person who is no helper."""

import datetime as dt
import uuid

import pytest
from allauth.account.models import EmailAddress
from django.db import DatabaseError, transaction

from neighbours.tests import builders as make
from partnership.outbox.models import Message
from partnership.outbox.post import channel_to
from partnership.outbox.queue.final_check import final_check
from partnership.people.actions import details
from partnership.people.actions.erasing import erase
from partnership.people.actions.forgetting import run
from partnership.people.models import LookUp, PersonStep, PostalAddress, User
from partnership.people.rules import may_correct, may_correct_mailbox
from partnership.people.tests.looking_up import look_up, page_of
from partnership.places.models import Address
from partnership.places.tests.builders import an_address
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, visit

NEW = "/en/staff/people/new/"
STAFF = {"karen", "anne"}
EVERYONE = ["helle", "niels", "ruth", "frede", "sven", "karen", "palle", "anne", "kerstin", "gunnar"]


def typed(**more: object) -> dict[str, object]:
    form = {
        "medium": "phone", "name": "Gerda Holm", "phone": "20 11 22 33", "email": "", "address": "Eksempelvej 7",
        "postcode": "8900", "language": "da", "heard": "on", "submission": str(uuid.uuid4()),
    }  # fmt: skip
    return form | more


def written_down(cast: Cast, by: User | None = None, **more: object) -> User:
    home = Address.objects.filter(number="7").first() or an_address(cast.vorup, number="7")
    known = {"name": "Gerda Holm", "email": "", "phone": "20 11 22 33", "address": home}
    said = {"language": "da", "is_protected": False, "medium": "phone", "submission": uuid.uuid4()} | {
        name: more.pop(name) for name in ("submission", "is_protected") if name in more
    }
    return details.write_down(
        here=cast.randers, details=details.Details(**(known | more)), by=by or cast.karen, now=NOW, **said
    )


def corrected(person: User, by: User, **changes: object) -> list[str]:
    known = {"name": person.name, "email": person.email or "", "phone": person.phone, "address": None}
    right = details.Details(**(known | changes))
    return details.correct(person=person, details=right, medium="phone", submission=uuid.uuid4(), by=by, now=NOW)


def test_a_caller_without_email_is_written_down_and_gets_letters(cast: Cast) -> None:
    an_address(cast.vorup, number="7")
    browser = visit(cast.karen)
    answer = browser.post(NEW, typed(), follow=True)
    gerda = User.objects.get(name="Gerda Holm")
    assert answer.redirect_chain == [(page_of(gerda), 302)]
    page = answer.content.decode()
    assert "On the telephone" in page  # the reason for the look-up is known, so the page opens
    assert "Eksempelvej 7" in page
    assert channel_to(gerda) == User.Channel.LETTER
    step = PersonStep.objects.get(person=gerda)
    assert (step.by, step.medium, step.is_first) == (cast.karen, "phone", True)
    assert LookUp.objects.filter(by_id=cast.karen.pk, person_id=gerda.pk, purpose="call").exists()


@pytest.mark.parametrize("name", EVERYONE)
def test_only_the_staff_of_the_partnership_write_down_and_correct(cast: Cast, name: str) -> None:
    who = getattr(cast, name)
    client = visit(who, host="randers.localhost")
    pages = [NEW, f"/en/staff/people/{cast.frede.pk}/correct/"]
    stranger = 302 if who.partnership_id != cast.randers.pk else 403
    assert [client.get(page).status_code for page in pages] == [200 if name in STAFF else stranger] * 2
    assert may_correct(who, cast.frede) == (name in STAFF)
    if name not in STAFF:
        with pytest.raises(Refused) as refused:
            written_down(cast, by=who)
        assert refused.value.reason == "not_allowed"


def test_without_a_second_factor_nobody_is_written_down(cast: Cast) -> None:
    assert visit(cast.karen, second_factor=False).get(NEW).status_code == 302


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({"address": "", "postcode": ""}, "Enter an email address, or an address for letters"),
        ({"heard": ""}, "Read the words out"),
        ({"name": ""}, "name"),
        ({"email": "ruth@randers.example"}, "We know this email address already"),
        ({"email": "gunnar@kalmar.example"}, "This email address cannot be used here"),
    ],
)
def test_what_is_missing_or_known_is_said_and_nothing_is_kept(cast: Cast, wrong: dict, says: str) -> None:
    an_address(cast.vorup, number="7")
    people = User.objects.count()
    answer = visit(cast.karen).post(NEW, typed(**wrong))
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert User.objects.count() == people


def test_who_is_known_already_is_led_to_and_looked_up(cast: Cast) -> None:
    gerda = written_down(cast)
    answer = visit(cast.anne).post(NEW, typed(phone="+45 20112233", name="gerda holm"))
    assert page_of(gerda) in answer.content.decode()
    assert LookUp.objects.filter(by_id=cast.anne.pk, person_id=gerda.pk).exists()


ALIKE = [
    ({"name": "Holm, Gerda", "address": "", "postcode": "", "email": "g@randers.example"}, {}),
    ({"name": "Gerda Kirstine Holm", "phone": "+45 20112233", "email": "g@randers.example"}, {}),
    ({"name": "gerda - HOLM", "phone": ""}, {}),
    ({"name": "Gerda Marie Holm", "phone": "30 11 22 33"}, {}),
    ({"name": "G. Petersen", "phone": "", "email": "gerda+home@randers.example"}, {"email": "gerda@randers.example"}),
]


@pytest.mark.parametrize("sent, known", ALIKE)
def test_who_may_be_somebody_known_is_asked_about_as_on_the_page_of_duplicates(
    cast: Cast, sent: dict, known: dict
) -> None:
    gerda = written_down(cast, **known)
    answer = visit(cast.karen).post(NEW, typed(**sent))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert page_of(gerda) in page
    assert "We know somebody who may be this person" in page
    assert User.objects.filter(partnership=cast.randers, name=sent["name"]).count() == 0
    assert visit(cast.karen).post(NEW, typed(**sent, is_another="on")).status_code == 302


@pytest.mark.parametrize("sent, known", ALIKE)
def test_nobody_makes_an_open_double_of_somebody_protected(cast: Cast, sent: dict, known: dict) -> None:
    gerda = written_down(cast, **known, is_protected=True)
    people = User.objects.count()
    answer = visit(cast.karen).post(NEW, typed(**sent, is_another="on"))
    assert answer.status_code == 400
    assert page_of(gerda) in answer.content.decode()
    assert User.objects.count() == people


def test_a_helper_is_recognised_by_name_at_home(cast: Cast) -> None:
    helper = make.slip(cast.karen, an_address(cast.vorup, number="7"), name="Gerda Holm", phone="")
    answer = visit(cast.karen).post(NEW, typed(name="Gerda Anna Holm"))
    assert page_of(helper.person) in answer.content.decode()


def test_a_double_click_writes_down_one_person(cast: Cast) -> None:
    form = uuid.uuid4()
    assert written_down(cast, submission=form) == written_down(cast, submission=form)


def test_a_typed_mailbox_counts_for_nothing_before_its_owner_has_used_it(cast: Cast) -> None:
    gerda = written_down(cast, email="gerda@randers.example")
    assert not EmailAddress.objects.get(user=gerda).verified


def test_who_is_written_down_can_be_protected_at_once(cast: Cast) -> None:
    assert written_down(cast, is_protected=True).is_protected


def test_staff_find_a_caller_by_the_address_for_letters(cast: Cast) -> None:
    written_down(cast)
    found = visit(cast.karen).post("/en/staff/people/", {"q": "Eksempelvej 7", "purpose": "call"})
    assert "Gerda Holm" in found.content.decode()


def test_who_asked_for_nothing_is_forgotten_after_a_month_with_the_address_that_staff_typed(cast: Cast) -> None:
    gerda = written_down(cast)
    User.objects.filter(pk=gerda.pk).update(joined_at=NOW - dt.timedelta(days=40))
    run(now=NOW)
    assert not User.objects.filter(pk=gerda.pk).exists()
    assert not PostalAddress.objects.exists()


def test_erasing_deletes_where_letters_go_and_an_address_that_only_staff_have_typed(cast: Cast) -> None:
    typed_home = Address(
        partnership=cast.randers, area=cast.vorup, register_id=f"{Address.TYPED}x", street="Nyvej", number="3",
        postcode="8900", town="Randers C",
    )  # fmt: skip
    gerda = written_down(cast, address=typed_home)
    erase(person=gerda, by=cast.anne, now=NOW)
    assert not Address.objects.filter(street="Nyvej").exists()


def test_a_chairs_name_and_telephone_are_corrected_by_a_coordinator_as_a_step_in_the_persons_table(cast: Cast) -> None:
    browser = visit(cast.karen)
    look_up(browser, cast.ruth)
    sent = typed(name="Ruth Holm", phone="20 30 40 50", email="ruth@randers.example", address="", postcode="")
    answer = browser.post(f"{page_of(cast.ruth)}correct/", sent, follow=True)
    assert "Corrected: name, telephone." in answer.content.decode()
    cast.ruth.refresh_from_db()
    assert (cast.ruth.name, cast.ruth.phone) == ("Ruth Holm", "20 30 40 50")
    step = PersonStep.objects.get(person=cast.ruth)
    assert (step.changed, step.medium, step.by) == (["name", "phone"], "phone", cast.karen)


def test_a_mailbox_that_somebody_uses_is_corrected_by_administrators_alone(cast: Cast) -> None:
    EmailAddress.objects.create(user=cast.ruth, email=cast.ruth.email, verified=True, primary=True)
    assert not may_correct_mailbox(cast.karen, cast.ruth)
    with pytest.raises(Refused) as refused:
        corrected(cast.ruth, cast.karen, email="right@randers.example", why="misheard")
    assert refused.value.reason == "not_allowed"
    assert corrected(cast.ruth, cast.anne, email="right@randers.example", why="misheard") == ["email"]


def test_another_mailbox_is_told_to_both_addresses_and_to_the_other_administrators(cast: Cast) -> None:
    corrected(cast.ruth, cast.karen, email="right@randers.example", why="misheard")
    kinds = set(Message.objects.values_list("kind", "mailbox"))
    assert ("entrance.address_changed", "ruth@randers.example") in kinds
    assert ("entrance.new_address", "") in kinds
    (digest,) = Message.objects.filter(recipient=cast.anne, kind="outbox.digest")
    words = final_check(digest, NOW + dt.timedelta(days=1)).words
    assert words is not None
    assert "misheard" in str(words)


def test_another_mailbox_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        corrected(cast.ruth, cast.karen, email="right@randers.example")
    assert refused.value.reason == "no_reason"


def test_a_speaker_is_corrected_and_a_person_with_a_role_only_by_administrators(cast: Cast) -> None:
    assert corrected(cast.sven, cast.karen, phone="40 50 60 70") == ["phone"]
    with pytest.raises(Refused) as refused:
        corrected(cast.palle, cast.karen, phone="40 50 60 70")
    assert refused.value.reason == "not_allowed"
    assert corrected(cast.palle, cast.anne, phone="40 50 60 70") == ["phone"]


def test_nothing_changed_is_no_step(cast: Cast) -> None:
    assert corrected(cast.ruth, cast.karen) == []
    assert not PersonStep.objects.exists()


def test_a_helper_is_corrected_on_the_page_of_helpers(cast: Cast) -> None:
    helper = make.helper(cast.helle, make.home(cast.vorup))
    browser = visit(cast.karen)
    page = look_up(browser, cast.helle)
    assert f"{page_of(cast.helle)}correct/" not in page
    assert browser.get(f"{page_of(cast.helle)}correct/").url == f"/en/staff/helpers/{helper.pk}/correct/"


def test_the_database_refuses_to_rewrite_a_step(cast: Cast) -> None:
    corrected(cast.ruth, cast.karen, phone="20 30 40 50")
    with pytest.raises(DatabaseError, match="correction is never rewritten"), transaction.atomic():
        PersonStep.objects.update(changed=["name"])


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_pages_are_in_each_language(cast: Cast, language: str) -> None:
    browser = visit(cast.karen)
    for page in (f"/{language}/staff/people/new/", f"/{language}/staff/people/{cast.ruth.pk}/correct/"):
        assert browser.get(page).status_code == 200
