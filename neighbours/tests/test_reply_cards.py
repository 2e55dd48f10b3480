"""Reply cards are typed in by staff, counted once, and undone."""

import re
import threading
import uuid

import pytest
from django.db import connection
from django.utils import translation
from django.utils.formats import date_format

from neighbours.actions import cards, leaving
from neighbours.first_things import FIRST_THINGS
from neighbours.models import Helper, ReplyCard
from neighbours.tests import builders as make
from neighbours.tests.typing_cards import DAY, NUMBER, PILE, enter, letters, note, number_of, text_of, typed
from partnership import clock
from partnership.fields.codes import CHECK_LETTERS, check_letter
from partnership.outbox.models import Message
from partnership.outbox.queue.delivering import deliver
from partnership.paper.models import PrintedCode
from partnership.people.actions.erasing import erase
from partnership.people.models import Activity, Medium, User
from partnership.people.tests.looking_up import look_up
from partnership.refusals import Refused
from partnership.tests.cast import Cast, assemble, visit


@pytest.fixture
def poul(cast: Cast) -> Helper:
    return make.slip(cast.karen, make.home(cast.vorup))


# -- Typed in ---------------------------------------------------------------------------------------------------------


def test_the_number_of_the_printed_letter_is_typed_in_and_the_helper_is_active(cast: Cast, poul: Helper) -> None:
    number = NUMBER.search(text_of(letters(cast), 1)).group(1)
    assert Helper.objects.active(cast.randers.today()).count() == 0
    page = enter(cast.karen, number, "13")
    assert f"Card {number} is noted for" in page
    assert "autofocus" in page
    assert 'action="/en/staff/pile/"' in page, "the next card is sent without what was noted before"
    assert "Poul" not in page
    assert Helper.objects.active(cast.randers.today()).count() == 1
    done = {(one.kind, one.medium, one.written_by, one.day) for one in Activity.objects.all()}
    today = cast.randers.today()
    assert done == {(FIRST_THINGS[at].kind, Medium.PAPER, cast.karen, today) for at in (0, 2)}


@pytest.mark.parametrize("written", ["{0}", "{1}", "{2}", " {0} ", "{0} 1", "{1}1"])
def test_a_number_is_read_however_it_is_typed_and_with_the_boxes_after_it(cast: Cast, poul: Helper, written) -> None:
    number = number_of(poul)
    line = written.format(number, number.replace(" ", "").lower(), number.replace(" ", "-"))
    boxes = "" if line.rstrip().endswith("1") and not line.strip()[-2:].isdigit() else "1"
    assert "is noted for" in enter(cast.karen, line, boxes)
    assert Activity.objects.get().kind == FIRST_THINGS[0].kind


def test_a_scanned_number_asks_for_the_boxes_and_keeps_the_number_and_the_day(cast: Cast, poul: Helper) -> None:
    number, day = number_of(poul), f"{cast.randers.today():%d.%m.%Y}"
    page = enter(cast.karen, number.replace(" ", ""), "", day=day)
    assert "Now type the ticked boxes" in page
    assert f'value="{number.replace(" ", "")}"' in page
    assert day in page
    assert re.search(r'<input[^>]*name="boxes"[^>]*autofocus', page)
    assert "There is a problem" not in page


@pytest.mark.parametrize(
    "boxes, said",
    [
        ("0", "there is nothing to note"),
        ("5", "There is no box 5"),
        ("x", "There is no box x"),
    ],
)
def test_boxes_that_are_none_are_refused_and_nothing_is_lost(cast: Cast, poul: Helper, boxes: str, said: str) -> None:
    page = enter(cast.karen, number_of(poul), boxes)
    assert said in page
    assert number_of(poul) in page
    assert not Activity.objects.exists()


def test_each_number_that_does_not_count_gets_a_sentence(cast: Cast, poul: Helper) -> None:
    number = number_of(poul)
    wrong_letter = number[:-1] + next(letter for letter in CHECK_LETTERS if letter != number[-1])
    assert "do not fit together" in enter(cast.karen, wrong_letter)
    assert "eight digits and the letter" in enter(cast.karen, "1234")
    assert "eight digits and the letter" in enter(cast.karen, "1234 5678 A9B")
    assert "We know no card with this number" in enter(cast.karen, f"0000 0000 {check_letter('00000000')}")
    assert "is noted for" in enter(cast.karen, number)
    assert "was noted on" in enter(cast.anne, number)
    assert Activity.objects.count() == 1


def test_an_older_card_leads_to_the_page_of_the_helper_and_names_nobody(cast: Cast, poul: Helper) -> None:
    number = number_of(poul)
    cards.make(helper=poul, by=cast.karen, by_letter=True, submission=uuid.uuid4(), now=clock.now())
    page = enter(cast.karen, number)
    assert "A newer card has been printed" in page
    assert f"/en/staff/people/{poul.person_id}/" in page
    assert "Poul" not in page
    assert "is noted for" in enter(cast.karen, number_of(poul))


def test_a_card_that_is_too_old_or_of_somebody_who_has_stopped_notes_nothing(cast: Cast, poul: Helper) -> None:
    number = number_of(poul)
    for days, said in ((399, None), (401, "expired")):
        if said:
            with pytest.raises(Refused) as refused:
                note(cast, number, now=clock.now() + days * DAY)
            assert refused.value.reason == said
    leaving.leave(helper=poul, by=cast.karen, medium=Medium.PHONE, now=clock.now())
    assert "no longer a neighbour helper" in enter(cast.karen, number)
    assert not Activity.objects.exists()


def test_the_day_is_today_or_as_written_but_not_in_the_future_or_before_it_was_printed(
    cast: Cast, poul: Helper
) -> None:
    today = cast.randers.today()
    number = number_of(poul)
    assert "has not come yet" in enter(cast.karen, number, day=f"{today + DAY:%d.%m.%Y}")
    assert "was not printed before" in enter(cast.karen, number, day=f"{today - DAY:%d.%m.%Y}")
    PrintedCode.objects.update(made_at=clock.now() - 9 * DAY)
    page = enter(cast.karen, number, day=f"{today - 3 * DAY:%d.%m.%Y}")
    assert Activity.objects.get().day == today - 3 * DAY
    assert re.search(rf'name="day" value="{today - 3 * DAY:%Y-%m-%d}"', page), "it stays for the next card"


def test_a_card_sent_twice_by_a_double_press_counts_once_and_says_so_once(cast: Cast, poul: Helper) -> None:
    form = typed(number_of(poul), "1")
    for _press in range(2):
        page = visit(cast.karen).post(PILE, form, follow=True).content.decode()
        assert "is noted for" in page
        assert "was noted on" not in page
    assert (Activity.objects.count(), page.count("/undo/")) == (1, 1)


def test_who_asks_for_a_new_card_gets_it_by_letter(cast: Cast, poul: Helper) -> None:
    letters(cast)
    first = number_of(poul)
    enter(cast.karen, first, "24")
    pdf = letters(cast)
    assert NUMBER.findall(text_of(pdf, 1)) == [number_of(poul)] != [first]
    assert Activity.objects.get().kind == FIRST_THINGS[1].kind


def test_of_a_large_pile_the_newest_are_shown_with_their_number(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr("neighbours.views.cards.NEWEST", 1)
    for turn in ("12", "14"):
        helper = make.slip(cast.karen, make.home(cast.vorup, turn), name=f"Kort {turn}", phone="")
        page = enter(cast.karen, number_of(helper))
    assert "Your cards today: 2" in page
    assert page.count("/undo/") == 1


def test_a_caller_without_email_is_offered_a_new_card(cast: Cast, poul: Helper) -> None:
    assert "I can send you a new card to tick." in look_up(visit(cast.karen), poul.person)


# -- Undone -----------------------------------------------------------------------------------------------------------


def undo(who: User, card: ReplyCard) -> str:
    return visit(who).post(f"{PILE}{card.pk}/undo/", follow=True).content.decode()


def test_a_card_is_undone_with_all_that_it_added_and_nothing_else_and_can_be_typed_again(cast: Cast, poul) -> None:
    letters(cast)
    before = Activity.objects.create(
        partnership=cast.randers, person=poul.person, kind=FIRST_THINGS[0].kind, day=cast.randers.today()
    )
    number = number_of(poul)
    card = note(cast, number, "124")
    assert Activity.objects.count() == 2
    deliver(urgent=False)
    assert "Undone." in undo(cast.karen, card)
    assert list(Activity.objects.all()) == [before]
    assert Message.objects.get(kind="neighbours.new_card").state == Message.State.WITHDRAWN
    assert poul.reply_cards.count() == 1
    assert "is noted for" in enter(cast.karen, number, "3")


def test_only_who_noted_it_undoes_it_and_only_today(cast: Cast, poul: Helper) -> None:
    card = note(cast, number_of(poul))
    assert visit(cast.anne).post(f"{PILE}{card.pk}/undo/").status_code == 404
    for by, now, reason in ((cast.anne, clock.now(), "not_yours"), (cast.karen, clock.now() + DAY, "too_late")):
        with pytest.raises(Refused) as refused:
            cards.take_back(card=card, by=by, now=now)
        assert refused.value.reason == reason
    assert Activity.objects.count() == 1
    assert cards.take_back(card=card, by=cast.karen, now=clock.now())
    assert not cards.take_back(card=card, by=cast.karen, now=clock.now())


# -- Who may, and what numbers tell -----------------------------------------------------------------------------------

WHO = ["helle", "frede", "niels", "ruth", "sven", "palle", "karen", "anne", "kerstin", "gunnar"]


@pytest.mark.parametrize("who", WHO)
def test_who_may_note_a_card_make_one_and_undo_one(cast: Cast, poul: Helper, who: str) -> None:
    by, may = getattr(cast, who), who in ("karen", "anne")
    doing = (
        lambda: cards.make(helper=poul, by=by, by_letter=False, submission=uuid.uuid4(), now=clock.now()),
        lambda: note(cast, number_of(poul), by=by),
    )
    for do in doing:
        if may:
            do()
        else:
            with pytest.raises(Refused) as refused:
                do()
            assert refused.value.reason == "not_allowed"
    assert Activity.objects.exists() == may
    if not may:
        card = note(cast, number_of(poul))
        with pytest.raises(Refused):
            cards.take_back(card=card, by=by, now=clock.now())


def test_another_partnerships_staff_learn_nothing_from_a_number(cast: Cast, poul: Helper) -> None:
    number, nobodys = number_of(poul), f"0000 0000 {check_letter('00000000')}"

    def answer(typed_number: str) -> str:
        page = enter(cast.kerstin, typed_number)
        return re.sub(r'value="[^"]*"', "", page).replace(typed_number, "")

    assert answer(number) == answer(nobodys)
    assert "We know no card with this number" in answer(number)
    note(cast, number)
    assert answer(number) == answer(nobodys)


def test_who_tries_many_numbers_is_stopped_also_at_one_that_is_somebodys(cast: Cast, poul: Helper, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"unknown_card": "3/h/key"}
    for at in range(3):
        digits = f"{at:08d}"
        assert "We know no card" in enter(cast.karen, f"{digits} {check_letter(digits)}")
    assert "many numbers that we do not know" in enter(cast.karen, number_of(poul))
    assert not Activity.objects.exists()
    assert "is noted for" in enter(cast.anne, number_of(poul))


def test_a_protected_helpers_card_is_noted_and_names_nobody(cast: Cast) -> None:
    hidden = make.slip(cast.karen, make.home(cast.vorup), is_protected=True)
    page = enter(cast.karen, number_of(hidden))
    assert "is noted for" in page
    assert "Poul" not in page
    assert "Eksempelvej" not in page


def test_a_card_goes_with_its_helper(cast: Cast, poul: Helper) -> None:
    number = number_of(poul)
    note(cast, number)
    erase(person=poul.person, by=cast.anne, now=clock.now())
    assert not ReplyCard.objects.exists()
    assert not PrintedCode.objects.filter(purpose="neighbours.reply_card").exists()
    assert "We know no card with this number" in enter(cast.karen, number)


def test_the_page_of_the_helper_says_what_became_of_the_card(cast: Cast, poul: Helper) -> None:
    with translation.override("en"):
        made = f"The newest reply card was made on {date_format(cast.randers.today())}"
    assert made in look_up(visit(cast.karen), poul.person)
    note(cast, number_of(poul))
    page = look_up(visit(cast.karen), poul.person)
    assert "The newest reply card came back on" in page
    assert "on paper" in page


# -- Races ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_card_that_two_type_at_once_counts_once() -> None:
    cast = assemble()
    poul = make.slip(cast.karen, make.home(cast.vorup))
    number, answers, ready = number_of(poul), [], threading.Barrier(2)

    def type_it(by: User) -> None:
        ready.wait()
        try:
            note(cast, number, "123", by=by)
            answers.append("noted")
        except Refused as refused:
            answers.append(refused.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=type_it, args=[by]) for by in (cast.karen, cast.anne)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["noted", "noted_before"]
    assert Activity.objects.count() == 3
    assert len(set(Activity.objects.values_list("written_by", flat=True))) == 1
