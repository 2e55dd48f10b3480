"""What the tests of reply cards do: print letters, read a number, and type it in."""

import datetime as dt
import re
import uuid

import pypdfium2

from neighbours.actions import cards
from neighbours.models import Helper, ReplyCard
from partnership import clock
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.staff import letter_batches
from partnership.paper import printed_codes
from partnership.people.models import User
from partnership.tests.cast import Cast, visit

DAY = dt.timedelta(days=1)
PILE = "/en/staff/pile/"
NUMBER = re.compile(r"\b(\d{4} \d{4} [A-Z])\b")


def text_of(pdf: bytes, page: int) -> str:
    return pypdfium2.PdfDocument(pdf)[page].get_textpage().get_text_bounded()


def letters(cast: Cast) -> bytes:
    deliver(urgent=False)
    return bytes(letter_batches.make_batch(partnership=cast.randers, by=cast.karen, now=clock.now()).pdf)


def number_of(helper: Helper) -> str:
    return printed_codes.number_of(helper.reply_cards.latest("pk").code)


def typed(number: str, boxes: str = "", day: str = "", **more: str) -> dict[str, str]:
    return {"number": number, "boxes": boxes, "day": day, "submission": str(uuid.uuid4())} | more


def enter(who: User, number: str, boxes: str = "1", **more: str) -> str:
    return visit(who).post(PILE, typed(number, boxes, **more), follow=True).content.decode()


def note(cast: Cast, number: str, boxes: str = "1", *, by: User | None = None, **more) -> ReplyCard:
    now = more.pop("now", None) or clock.now()
    said = {"boxes": boxes, "day": cast.randers.today(), "submission": uuid.uuid4(), "by": by or cast.karen}
    digits = re.sub(r"\D", "", number)
    return cards.note(here=cast.randers, digits=digits, now=now, **(said | more))
