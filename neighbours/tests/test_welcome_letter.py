"""Helpers without email are welcomed by letter, and staff note for them what they have done."""

import datetime as dt

import pypdfium2
import pytest
from django.utils import translation

from neighbours.actions.ticking import take_back, tick
from neighbours.first_things import FIRST_THINGS
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.staff import letter_batches
from partnership.people.models import Activity, User
from partnership.people.tests.looking_up import look_up, page_of
from partnership.refusals import Refused
from partnership.tests.cast import Cast, visit

GREET = FIRST_THINGS[0]


@pytest.fixture
def poul(cast: Cast) -> Helper:
    return make.slip(cast.karen, make.home(cast.vorup))


def words(helper: Helper, language: str = "en"):
    with translation.override(language):
        return kind("neighbours.welcome").write(Message.objects.get(recipient=helper.person))


def test_the_welcome_is_among_the_letters_to_print(cast: Cast, poul: Helper) -> None:
    deliver(urgent=False)
    message = Message.objects.get(recipient=poul.person)
    assert (message.kind, message.state) == ("neighbours.welcome", Message.State.PAPER)
    answer = visit(cast.karen).post("/en/staff/messages/letters/", follow=True).content.decode()
    assert "The letters are ready to print." in answer


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_letter_says_the_three_first_things_and_whom_to_call_and_nothing_of_logging_in(poul, language) -> None:
    letter = words(poul, language)
    text = " ".join(letter.paragraphs)
    assert all(f"{number}. " in text for number in (1, 2, 3))
    assert poul.partnership.call_us["phone"] in text
    assert poul.partnership.contact_name in text
    assert letter.button is None
    assert poul.partnership.emergency_numbers[0] not in text  # at the foot of each letter
    unwanted = ("log in", "logger ind", "loggar in", "e-mail", "e-post")
    assert [word for word in unwanted if word in text.lower()] == []


@pytest.mark.parametrize(
    "language, seen, deleted",
    [
        ("da", "Kun koordinatorer og administratorer ser adressen", "slette alt om dig"),
        ("sv", "Bara samordnare och administratörer ser adressen", "radera allt om dig"),
        ("en", "Only coordinators and administrators see the address", "delete everything about you"),
    ],
)
def test_the_letter_says_what_was_agreed_who_sees_it_and_that_it_can_be_deleted(poul, language, seen, deleted) -> None:
    text = " ".join(words(poul, language).paragraphs)
    assert seen in text
    assert deleted in text
    assert poul.partnership.name in text


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_letter_is_one_page_and_its_card_another(cast: Cast, poul: Helper, language: str) -> None:
    User.objects.filter(pk=poul.person_id).update(language=language)
    deliver(urgent=False)
    batch = letter_batches.make_batch(partnership=cast.randers, by=cast.karen, now=clock.now())
    assert len(pypdfium2.PdfDocument(bytes(batch.pdf))) == 2


def test_who_has_an_address_is_still_welcomed_by_email_with_their_own_page(cast: Cast) -> None:
    helper = make.slip(cast.karen, make.home(cast.vorup), email="poul@randers.example")
    assert words(helper).button
    assert words(helper).links == [
        ("Our advice on doors and windows", cast.randers.url("/en/advice/doere-og-vinduer/")),
    ]


def test_staff_note_a_thing_and_the_helper_is_active(cast: Cast, poul: Helper) -> None:
    page = f"/en/staff/helpers/{poul.pk}/"
    assert Helper.objects.active(cast.randers.today()).count() == 0
    said = visit(cast.karen).post(f"{page}things/{GREET.slug}/", follow=True)
    assert said.redirect_chain == [(page_of(poul.person), 302)]
    assert "noted by Karen" in said.content.decode()
    assert Helper.objects.active(cast.randers.today()).count() == 1
    done = Activity.objects.get()
    assert (done.person, done.kind, done.written_by) == (poul.person, GREET.kind, cast.karen)


def test_who_ticks_for_themselves_is_written_as_nobody_else(cast: Cast) -> None:
    helper = make.helper(cast.helle, make.home(cast.vorup))
    visit(cast.helle).post(f"/en/neighbours/things/{GREET.slug}/")
    assert Activity.objects.get(person=helper.person).written_by is None


def test_a_mistake_is_undone_the_same_day_by_who_noted_it_or_the_helper(cast: Cast, poul: Helper) -> None:
    undo = f"/en/staff/helpers/{poul.pk}/things/{GREET.slug}/undo/"
    tick(person=poul.person, thing=GREET, now=clock.now(), by=cast.karen)
    assert "Noted by mistake? Undo it" in look_up(visit(cast.karen), poul.person)
    assert "Somebody else noted this" in visit(cast.anne).post(undo, follow=True).content.decode()
    assert "It is no longer noted for today." in visit(cast.karen).post(undo, follow=True).content.decode()
    assert not Activity.objects.exists()
    tick(person=poul.person, thing=GREET, now=clock.now(), by=cast.karen)
    assert take_back(person=poul.person, thing=GREET, now=clock.now())
    tick(person=poul.person, thing=GREET, now=clock.now() - dt.timedelta(days=2), by=cast.karen)
    with pytest.raises(Refused) as refused:
        take_back(person=poul.person, thing=GREET, now=clock.now(), by=cast.karen)
    assert refused.value.reason == "too_late"


@pytest.mark.parametrize("who", ["helle", "frede", "niels", "ruth", "sven", "palle", "kerstin", "gunnar"])
def test_nobody_except_staff_of_the_partnership_ticks_for_another(cast: Cast, poul: Helper, who: str) -> None:
    with pytest.raises(Refused):
        tick(person=poul.person, thing=GREET, now=clock.now(), by=getattr(cast, who))
    assert not Activity.objects.exists()


def test_what_staff_noted_stays_when_they_are_erased(cast: Cast, poul: Helper) -> None:
    tick(person=poul.person, thing=GREET, now=clock.now(), by=cast.anne)
    cast.anne.delete()
    assert Activity.objects.get().written_by is None
