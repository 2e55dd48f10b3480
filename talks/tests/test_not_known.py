"""What an association does not tell us about its place is not known: it is never stored or shown as "no"."""

import pypdfium2
import pytest

from partnership.fields.yes_or_no import YesOrNoField
from partnership.tests.cast import Cast, slot, visit
from talks import printing
from talks.models import Booking, TalkWish
from talks.tests.bookings import confirmed, requested
from talks.tests.test_access import at
from talks.tests.test_pages import send
from talks.tests.test_wishes import wished

QUESTIONS = ("is_accessible", "has_projector", "is_public")


def answers(case: Booking | TalkWish) -> list[bool | None]:
    return [getattr(case, name) for name in QUESTIONS]


def radios_of(page: str, name: str) -> list[str]:
    """Return the tags of the radio buttons of one question."""
    tags = [part.split(">", 1)[0] for part in page.split("<input")[1:]]
    return [tag for tag in tags if f'name="{name}"' in tag and 'type="radio"' in tag]


@pytest.mark.parametrize(
    ("sent", "means"),
    [("yes", True), ("no", False), ("unknown", None), (None, None), ("", None), ("on", True), ("True", True)],
)
def test_a_question_is_answered_by_yes_or_no_or_stays_open(cast: Cast, sent: str | None, means: bool | None) -> None:
    """A page from before these questions sends "on" for a ticked box."""
    assert send(cast, **({} if sent is None else dict.fromkeys(QUESTIONS, sent))).status_code == 302
    assert answers(Booking.objects.get()) == [means] * 3


def test_another_answer_is_refused_and_kept_on_no_radio(cast: Cast) -> None:
    page = send(cast, has_projector="perhaps")
    assert page.status_code == 400
    radios = radios_of(page.content.decode(), "has_projector")
    assert len(radios) == 3
    assert not any("checked" in one for one in radios)
    assert not Booking.objects.exists()


@pytest.mark.parametrize(("value", "shown"), [(True, "yes"), (False, "no"), (None, None), ("on", "yes"), ("no", "no")])
def test_what_is_stored_is_shown_as_the_same_answer(value: object, shown: str | None) -> None:
    assert YesOrNoField().prepare_value(value) == shown


@pytest.mark.parametrize("page", ["/da/talks/book/", "/da/talks/wish/"])
def test_the_form_has_no_answer_beforehand(cast: Cast, page: str) -> None:
    slot(cast.speaker, days=60)
    form = visit(None).get(page).content.decode()
    radios = [one for name in QUESTIONS for one in radios_of(form, name)]
    assert len(radios) == 9
    assert not any("checked" in one for one in radios)


@pytest.mark.parametrize("page", ["answer", "answer_wish", "booking"])
def test_what_is_not_known_is_said_to_be_so(cast: Cast, page: str) -> None:
    unsaid = dict.fromkeys(QUESTIONS)
    case = {"answer": requested, "answer_wish": wished, "booking": confirmed}[page](cast, **unsaid)
    read = visit(cast.sven if page == "booking" else cast.karen).get(at(page, case.pk)).content.decode()
    assert read.count("Ikke oplyst") == 3
    assert "Kun medlemmer" not in read


@pytest.mark.parametrize(("is_public", "says"), [(True, True), (False, False), (None, False)])
def test_a_poster_invites_neighbours_only_where_the_association_does(
    cast: Cast, is_public: bool | None, says: bool
) -> None:
    sheet = pypdfium2.PdfDocument(printing.draw(confirmed(cast, is_public=is_public), "poster", "en"))
    assert ("welcome" in sheet[0].get_textpage().get_text_range()) is says
