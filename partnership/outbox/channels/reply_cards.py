"""The page with a card that a reader without email ticks, cuts off and hands in: with a letter, or alone."""

from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from partnership.fields.unbroken import keep_numbers_whole
from partnership.outbox.kinds import CardPage
from partnership.paper.codes import code_svg
from partnership.paper.pdf import pdf_of
from partnership.places.models import Partnership

TEMPLATE = Path(__file__).with_name("card.typ")


def card_on_paper(card: CardPage, here: Partnership) -> dict[str, object]:
    """Return a card as data for the template, in the language that is active."""
    return {
        "title": _("Your reply card"),
        "how": list(map(keep_numbers_whole, card.how)),
        "cut": _("Cut here"),
        "card_title": _("Reply card"),
        "partnership": here.name,
        "tick": _("Tick what you have done"),
        "boxes": [list(box) for box in card.boxes],
        "number": card.number,
        "number_label": _("Number of the card"),
        # No address of a page: whoever points a telephone at it reads the number alone.
        "code": code_svg("".join(card.number.split())),
        "code_label": _("The number of the card, for our scanner"),
        "hand_in_label": _("Hand in here"),
        "hand_in": keep_numbers_whole(card.hand_in),
    }


def card_pdf(card: CardPage, here: Partnership, *, language: str) -> bytes:
    """Return the page with the card alone, to be handed over."""
    with translation.override(language):
        data = {"card": card_on_paper(card, here), "language": language, "mark": here.name}
        title = _("Reply card")
    return pdf_of(TEMPLATE, data, title=title, partnership=here, language=language)
