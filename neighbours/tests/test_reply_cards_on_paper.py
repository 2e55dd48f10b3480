"""Reply cards on paper: with the letter or alone, with a number and no name."""

import datetime as dt
import io
import re
import uuid

import pypdfium2
import pytest

from neighbours.actions import asking, undoing_lists
from neighbours.models import Helper, ReplyCard
from neighbours.tests import builders as make
from neighbours.tests.list_files import POUL, VERA, added
from neighbours.tests.typing_cards import DAY, NUMBER, enter, letters, note, number_of, text_of
from partnership import clock
from partnership.fields.codes import CHECK_LETTERS, check_letter
from partnership.paper.models import PrintedCode
from partnership.people.models import User
from partnership.places.models import Partnership
from partnership.tests.cast import Cast, visit


@pytest.fixture
def poul(cast: Cast) -> Helper:
    return make.slip(cast.karen, make.home(cast.vorup))


# -- The number -------------------------------------------------------------------------------------------------------


def test_the_letter_tells_one_wrong_digit_and_two_that_have_changed_places(cast: Cast, poul: Helper) -> None:
    digits = number_of(poul).replace(" ", "")[:-1]
    for at in range(len(digits)):
        for other in "0123456789":
            wrong = digits[:at] + other + digits[at + 1 :]
            assert wrong == digits or check_letter(wrong) != check_letter(digits)
        swapped = digits[:at] + digits[at : at + 2][::-1] + digits[at + 2 :]
        assert swapped == digits or check_letter(swapped) != check_letter(digits)


def test_the_letters_are_none_that_looks_like_a_digit(cast: Cast) -> None:
    assert not set("BGIOQSZ") & set(CHECK_LETTERS)
    assert len(CHECK_LETTERS) == 19


def test_the_number_is_stored_nowhere_and_lasts_longer_than_a_code(cast: Cast, poul: Helper) -> None:
    code = PrintedCode.objects.get(purpose="neighbours.reply_card")
    assert code.expires_at - code.made_at == dt.timedelta(days=400)
    assert number_of(poul).replace(" ", "")[:8] not in str(PrintedCode.objects.values().get(pk=code.pk))


# -- On paper ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_card_is_a_page_of_its_own_with_a_number_and_no_name(cast: Cast, poul: Helper, language: str) -> None:
    User.objects.filter(pk=poul.person_id).update(language=language)
    pdf = letters(cast)
    assert len(pypdfium2.PdfDocument(pdf)) == 2
    letter, card = text_of(pdf, 0), text_of(pdf, 1)
    assert "Poul" in letter
    assert not NUMBER.search(letter)
    assert NUMBER.findall(card) == [number_of(poul)]
    assert [known for known in ("Poul", "Papir", "Eksempelvej", "8900 Vorup") if known in card] == []
    assert cast.randers.call_us["phone"] in card
    assert all(box in card for box in ("1", "2", "3", "4"))


def below_the_cut(pdf: bytes) -> str:
    page = pypdfium2.PdfDocument(pdf)[1]
    width, height = page.get_size()
    return page.get_textpage().get_text_bounded(0, 0, width, height * 87 / 297)


def test_nothing_below_the_cut_tells_whose_card_it_is(cast: Cast, poul: Helper) -> None:
    pdf = letters(cast)
    assert re.search(r"batch|bunke", text_of(pdf, 1), re.IGNORECASE)
    below = below_the_cut(pdf)
    assert NUMBER.search(below)
    assert not re.search(r"batch|bunke|Poul", below, re.IGNORECASE)


def test_the_card_says_where_to_hand_it_in_or_whom_to_call(cast: Cast, poul: Helper) -> None:
    User.objects.filter(pk=poul.person_id).update(language="en")
    assert "we tell you where to hand it in" in text_of(letters(cast), 1)
    Partnership.objects.filter(pk=cast.randers.pk).update(hand_in_at="Borgerservice, Eksempelgade 1")
    cast.randers.refresh_from_db()
    make.slip(cast.karen, make.home(cast.vorup, "20"), name="Gerda Holm", phone="20 11 22 33")
    assert below_the_cut(letters(cast)).count("Borgerservice, Eksempelgade 1") == 1


def test_the_window_stays_right_and_the_card_fits_its_page(cast: Cast, poul: Helper) -> None:
    page = pypdfium2.PdfDocument(letters(cast))[0]
    mm = page.get_size()[1] / 297
    window = page.get_textpage().get_text_bounded(20 * mm, (297 - 90) * mm, 110 * mm, (297 - 45) * mm)
    assert "Poul Papir" in window


def test_a_card_alone_is_one_page(cast: Cast, poul: Helper) -> None:
    browser = visit(cast.karen)
    how = {"how": "printed", "submission": str(uuid.uuid4())}
    page = browser.post(f"/en/staff/helpers/{poul.pk}/card/", how, follow=True).content.decode()
    assert "The new card is ready to print." in page
    pdf = browser.get(f"/en/staff/helpers/{poul.pk}/card.pdf").content
    assert len(pypdfium2.PdfDocument(io.BytesIO(pdf))) == 1
    assert NUMBER.findall(text_of(pdf, 0)) == [number_of(poul)]


def test_no_card_goes_to_who_has_a_page_of_their_own(cast: Cast) -> None:
    make.slip(cast.karen, make.home(cast.vorup), email="poul@randers.example")
    make.helper(cast.helle, make.home(cast.vorup, "14"))
    assert not ReplyCard.objects.exists()


def test_the_letter_that_asks_who_was_quiet_brings_a_new_card(cast: Cast, poul: Helper) -> None:
    first = number_of(poul)
    long_ago = clock.now() - 300 * DAY
    Helper.objects.filter(pk=poul.pk).update(confirmed_at=long_ago)
    letters(cast)
    assert asking.ask_the_quiet(partnership=cast.randers, now=clock.now()) == 1
    pdf = letters(cast)
    second = number_of(poul)
    assert second != first
    assert NUMBER.findall(text_of(pdf, 1)) == [second]


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_who_comes_by_a_list_gets_a_card_with_the_welcome_on_one_sheet(cast: Cast, language: str) -> None:
    for number in ("12", "14"):
        make.home(cast.vorup, number)
    added(cast.karen, VERA, POUL)
    User.objects.update(language=language)
    poul = Helper.objects.get(person__name="Poul Papir")
    assert list(ReplyCard.objects.values_list("helper", flat=True)) == [poul.pk]
    pdf = letters(cast)
    assert len(pypdfium2.PdfDocument(pdf)) == 2
    assert NUMBER.findall(text_of(pdf, 1)) == [number_of(poul)]
    assert "is noted for" in enter(cast.karen, number_of(poul), "2")


def test_a_list_that_is_taken_back_leaves_no_number_unless_its_card_has_come_back(cast: Cast) -> None:
    for number in ("14", "16"):
        make.home(cast.vorup, number)
    kept = POUL.replace("Poul Papir", "Gerda Holm").replace("12 34 56 78", "").replace("vej 14", "vej 16")
    brought = added(cast.karen, POUL, kept)
    gerda = Helper.objects.get(person__name="Gerda Holm")
    note(cast, number_of(gerda), "4")
    assert undoing_lists.take_back(helper_list=brought, by=cast.karen, now=clock.now()).removed == 1
    assert set(PrintedCode.objects.values_list("about", flat=True)) == {gerda.pk}
