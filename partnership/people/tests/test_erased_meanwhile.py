"""Whatever is pressed for somebody at the moment when they are erased is answered as a page that is not there."""

import ast
import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.http import Http404

from entrance.own_codes.finding import send_letter
from neighbours.actions import correcting, joining, leaving, showing, ticking
from neighbours.first_things import FIRST_THINGS
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership.outbox.models import Message
from partnership.outbox.preferences.reaching import choose_channel, set_channel
from partnership.outbox.staff import actions as staff_actions
from partnership.people.actions import (
    consents,
    contacts,
    details,
    erasing,
    inviting,
    mailboxes,
    organisations,
    own_settings,
    protecting,
)
from partnership.people.actions.inviting import known_or_new, locked_known_or_new
from partnership.people.models import User
from partnership.tests.cast import NOW, Cast, visit
from talks.actions import bookings, deputies, patterns, slots, speakers, wishes
from talks.models import Booking, TalkWish, WeeklyPattern
from talks.tests.bookings import unverified
from talks.tests.test_wishes import wished

GO_WITH_SOMEBODY = "User|Helper|Speaker|Booking|TalkWish|Organisation|Message"
LOCKS_SUCH = re.compile(rf"^({GO_WITH_SOMEBODY})\.objects\.select_for_update\(")
Press = Callable[[Cast, Helper], object]
DETAILS = {"name": "X", "email": "", "phone": ""}
CHANNEL = {"channel": "", "phone": "", "language": "da", "now": NOW}
PRESSES: dict[str, Press] = {
    "own details": lambda cast, gone: own_settings.change_details(person=gone.person, name="X", phone="", now=NOW),
    "own home": lambda cast, gone: correcting.correct_own_address(
        helper=gone, address=make.home(cast.vorup, "9"), by=gone.person, now=NOW
    ),
    "own channel": lambda cast, gone: choose_channel(person=gone.person, **CHANNEL),
    "channel": lambda cast, gone: set_channel(person=gone.person, **CHANNEL),
    "mailbox": lambda cast, gone: mailboxes.change_mailbox(person=gone.person, to="a@b.example", now=NOW),
    "protection": lambda cast, gone: protecting.protect(person=gone.person, by=gone.person, now=NOW),
    "consent": lambda cast, gone: consents.withdraw_consent(person=gone.person, purpose="x", medium="web", now=NOW),
    "tick": lambda cast, gone: ticking.tick(person=gone.person, thing=FIRST_THINGS[0], now=NOW),
    "leaving": lambda cast, gone: leaving.leave(helper=gone, by=cast.karen, medium="phone", now=NOW),
    "shown": lambda cast, gone: showing.set_shown_to_naboven(helper=gone, yes=True, by=gone.person, now=NOW),
    "link": lambda cast, gone: joining.confirm(helper=gone, now=NOW),
    "new link": lambda cast, gone: joining.send_new_link(helper=gone, now=NOW),
    "code by letter": lambda cast, gone: send_letter(person=gone.person, now=NOW),
    "note": lambda cast, gone: contacts.note_contact(
        person=gone.person, here=cast.randers, code="other", line="", submission=uuid.uuid4(), by=cast.karen, now=NOW
    ),
    "correction": lambda cast, gone: correcting.correct(
        helper=gone, details=correcting.Details(**DETAILS, address=make.home(cast.vorup, "9")), by=cast.karen, now=NOW
    ),
    "correction for everybody": lambda cast, gone: details.correct(
        person=gone.person, details=details.Details(**DETAILS, address=None), medium="phone",
        submission=uuid.uuid4(), by=cast.karen, now=NOW,
    ),
}  # fmt: skip


@pytest.fixture
def gone(cast: Cast) -> Helper:
    """A helper as somebody has read them who presses a button after they were erased."""
    read = Helper.objects.select_related("person__partnership").get(pk=make.slip(cast.karen, make.home(cast.vorup)).pk)
    erasing.erase(person=User.objects.get(pk=read.person_id), by=cast.anne, now=NOW)
    return read


@pytest.mark.parametrize("press", PRESSES)
def test_the_other_press_finds_nobody(cast: Cast, gone: Helper, press: str) -> None:
    with pytest.raises(Http404):
        PRESSES[press](cast, gone)


def test_the_page_answers_that_it_is_not_there(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    helper, leave = make.slip(cast.karen, make.home(cast.vorup)), leaving.leave

    def erased_first(**said: Any) -> bool:
        erasing.erase(person=User.objects.get(pk=helper.person_id), by=cast.anne, now=NOW)
        return leave(**said)

    monkeypatch.setattr(leaving, "leave", erased_first)
    pressed = visit(cast.karen).post(f"/en/staff/helpers/{helper.pk}/leave/", {"medium": "phone"})
    assert pressed.status_code == 404
    assert not User.objects.filter(pk=helper.person_id).exists()


@pytest.mark.parametrize("find", [known_or_new, locked_known_or_new])
def test_who_is_erased_while_a_form_is_sent_with_their_mailbox_is_new(cast: Cast, monkeypatch, find) -> None:
    make_unless_known, erased = inviting._make_unless_known, []

    def then_erase(*typed: object) -> User:
        made = make_unless_known(*typed)
        if not erased:
            erased.append(erasing.erase(person=cast.helle, by=cast.helle, now=NOW))
        return made

    monkeypatch.setattr(inviting, "_make_unless_known", then_erase)
    find(email="helle@randers.example", name="H", language="da", partnership=cast.randers)
    assert User.objects.get(email="helle@randers.example").name == "H"


EVENING = {"starts_at": NOW + dt.timedelta(days=9), "ends_at": NOW + dt.timedelta(days=9, hours=2)}
WEEKLY = {"weekday": 1, "starts": dt.time(18), "ends": dt.time(20), "first_on": NOW.date()}
TALKS: dict[str, Callable[[Cast, Booking, TalkWish, Message], object]] = {
    "request": lambda cast, talk, wish, message: bookings.verify(booking=talk, now=NOW),
    "wish": lambda cast, talk, wish, message: wishes.verify_wish(wish=wish, now=NOW),
    "evening": lambda cast, talk, wish, message: slots.offer_slot(
        speaker=cast.speaker, **EVENING, by=cast.karen, now=NOW
    ),
    "weekly evenings": lambda cast, talk, wish, message: patterns.add_pattern(
        pattern=WeeklyPattern(speaker=cast.speaker, **WEEKLY), by=cast.karen, now=NOW
    ),
    "filling": lambda cast, talk, wish, message: patterns.fill(speaker=cast.speaker, now=NOW),
    "speaker": lambda cast, talk, wish, message: speakers.describe(
        speaker=cast.speaker, formats=["burglary"], languages=["da"], areas=[], substitutes=[], by=cast.anne
    ),
    "deputy": lambda cast, talk, wish, message: deputies.ask_deputy(
        association=talk.association, name="X", email="x@y.example", by=talk.association.chair, now=NOW
    ),
    "end of a deputy": lambda cast, talk, wish, message: deputies.end_deputy(
        association=talk.association, by=talk.association.chair, now=NOW
    ),
    "yearly confirmation": lambda cast, talk, wish, message: organisations.confirm_for_the_year(
        organisation=talk.association, now=NOW
    ),
    "message": lambda cast, talk, wish, message: staff_actions.withdraw_one(message=message, by=cast.karen, now=NOW),
}


@pytest.mark.parametrize("press", TALKS)
def test_the_other_press_finds_no_talk_and_no_message(cast: Cast, press: str) -> None:
    talk = Booking.objects.with_names().get(pk=unverified(cast, email="ny@chair.example").pk)
    wish = wished(cast, email="anden@chair.example")
    message = talk.association.chair.messages.select_related("partnership").first()
    for person in (talk.association.chair, wish.association.chair, cast.sven):
        erasing.erase(person=User.objects.get(pk=person.pk), by=cast.anne, now=NOW)
    with pytest.raises(Http404):
        TALKS[press](cast, talk, wish, message)


def test_nobody_locks_such_a_row_in_another_way() -> None:
    """A row that goes with a person is locked by `locked` or `still_there`, which answer when it is gone."""
    rooms = ("partnership", "neighbours", "talks", "entrance", "dashboard")
    files = [path for room in rooms for path in (settings.BASE_DIR / room).rglob("*.py") if "tests" not in path.parts]
    assert [f"{path}:{line}" for path in files for line in locking_gets(path.read_text())] == []


@pytest.mark.parametrize(
    "code",
    [
        "Helper.objects.select_for_update().get(pk=1)",
        "(\n    Helper.objects.select_for_update()\n    .get(pk=1)\n)",
        "rows = Helper.objects.select_for_update()\nrows.get(pk=1)",
        "Message.objects.select_for_update(no_key=True).get(key='k')",
    ],
)
def test_such_a_lock_is_found(code: str) -> None:
    assert len(locking_gets(code)) == 1


def locking_gets(code: str) -> list[int]:
    """Return the lines that get a row by its key from rows that are locked, on one line or several, or named before."""
    if "select_for_update" not in code:
        return []
    nodes = list(ast.walk(ast.parse(code)))
    named = {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and LOCKS_SUCH.search(ast.unparse(node.value))
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return [
        node.lineno
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get"
        if {word.arg for word in node.keywords} & {"pk", "id", "key"}
        if LOCKS_SUCH.search(ast.unparse(node.func.value)) or ast.unparse(node.func.value) in named
    ]
