"""A person with a row in every table about people. Every new model about people gets its rows here, with the person's
name wherever somebody could have written it; `test_nothing_is_left.py` erases the person, and looks for them.
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model

from entrance.actions.counting_tries import digest_of_log_in
from entrance.models import BrowserSession, CodeTries, Invitation
from entrance.own_codes.finding import PURPOSE
from neighbours.models import BroughtHelper, Helper, HelperList, ReplyCard, State
from partnership import cases
from partnership.outbox.models import (
    Bounce,
    Letter,
    LetterBatch,
    Message,
    MessageStep,
    NumberCode,
    Pace,
    Suppression,
)
from partnership.outbox.suppression import digest_of
from partnership.paper import printed_codes
from partnership.paper.models import PrintedCode
from partnership.people.actions.consents import give_consent
from partnership.people.models import (
    Activity,
    Consent,
    ContactNote,
    LookUp,
    Medium,
    PersonStep,
    PostalAddress,
    RetentionRun,
    Role,
    User,
)
from partnership.places.models import Household
from partnership.places.tests.builders import an_address
from partnership.places.typed_addresses import typed_address
from partnership.tests import cast as people
from partnership.tests.cast import NOW, Cast
from partnership.tests.moving import bring_to
from talks.models import (
    Booking,
    CalendarFeed,
    DaysAway,
    DeputyInvitation,
    Feedback,
    Slot,
    SlotHold,
    Speaker,
    TalkWish,
    WeeklyPattern,
)

CANARY = "Zitronella"
PHONE = "21 43 65 87"
DAY = dt.timedelta(days=1)
SOON = NOW + 20 * DAY

# What outlives the person, and why. A row of any other model must be deleted with them.
STAYS = {
    "admin.LogEntry": "what was changed; who did it and whom it was about are emptied",
    "entrance.CodeTries": "a keyed hash, for one day",
    "entrance.Invitation": "of somebody else: who made it is emptied",
    "neighbours.HelperList": "a list of several people; its lines about the person are deleted",
    "neighbours.HelperListStep": "about a list of several people; who did it and why are emptied",
    "outbox.Bounce": "a keyed hash",
    "outbox.Letter": "which letter of a printed pile is to be taken out, until the pile is posted",
    "outbox.LetterBatch": "that letters were posted; the file and who printed it are emptied",
    "outbox.Message": "to somebody else",
    "outbox.MessageStep": "about a message to somebody else; who did it is emptied",
    "outbox.Pace": "a count for a mail domain, until the night",
    "outbox.Suppression": "a keyed hash, so that nobody writes to the address again",
    "people.Activity": "somebody else's: who typed it is emptied",
    "people.ContactNote": "about somebody else; who wrote it is emptied",
    "people.LookUp": "two numbers; that of the person names nobody any more",
    "people.Organisation": "of a talk that took place: only area, kind and homes",
    "people.PersonStep": "about somebody else; who did it is emptied",
    "people.RetentionRun": "how many rows, without names",
    "sessions.Session": "none are added, and the night deletes them",
    "talks.Booking": "of a talk that took place: only when, which, and how many came",
    "talks.BookingStep": "of a talk that took place; who did it and why are emptied",
    "talks.SlotHold": "hours of another speaker that were offered for a talk that took place",
}


def everything_in_the_database() -> str:
    """Return each row of each table as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        texts = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            texts.append(f"{table}: {cursor.fetchone()[0]}")
    return "\n".join(texts)


def rows_about(cast: Cast) -> tuple[User, list[Model]]:
    """Return the person, and their rows in every table about people."""
    who = people.person(CANARY, cast.randers, phone=PHONE)
    made = [who]
    for of_room in (_of_people, _of_entrance, _of_outbox, _of_neighbours, _of_a_chair, _of_a_speaker):
        made += of_room(cast, who)
    return who, made


def _of_people(cast: Cast, who: User) -> Iterator[Model]:
    yield EmailAddress.objects.create(user=who, email=who.email, verified=True, primary=True)
    yield Role.objects.create(user=who, partnership=cast.randers, kind=Role.Kind.NABOVEN, area=cast.vorup)
    yield Activity.objects.create(partnership=cast.randers, person=who, kind="neighbours.greeted", day=NOW.date())
    yield Activity.objects.create(
        partnership=cast.randers, person=cast.frede, kind="neighbours.greeted", day=NOW.date(), written_by=who
    )
    give_consent(person=who, purpose="neighbours.helper", text="Ja", language="da", medium="web", now=NOW)
    yield Consent.objects.get(person=who)
    about_people = ContentType.objects.get_for_model(User)
    said = json.dumps([{"added": {"name": "role", "object": f"{CANARY}: Naboven"}}])
    for by, of in ((cast.anne, who), (who, cast.ruth)):
        yield LogEntry.objects.create(
            user=by, content_type=about_people, object_id=of.pk, object_repr=of.name, action_flag=CHANGE,
            change_message=said if of == who else "",
        )  # fmt: skip
    for about, by in ((who, cast.karen), (cast.frede, who)):
        note = {"code": "called_us", "line": f"{CANARY} ringede" if about == who else ""}
        yield ContactNote.objects.create(
            partnership=cast.randers, person=about, by=by, at=NOW, submission=uuid.uuid4(), **note
        )
    typed = typed_address(cast.vorup, f"{CANARY}vej 77", "8900", "Randers C")
    assert typed
    typed.save()
    yield from (typed, PostalAddress.objects.create(person=who, address=typed))
    for about, by in ((who, cast.karen), (cast.frede, who)):
        yield PersonStep.objects.create(
            person=about, by=by, at=NOW, medium="phone", changed=["phone"], submission=uuid.uuid4(),
            why=f"{CANARY} sagde det" if about == who else "",
        )  # fmt: skip
    at = {"at": NOW, "purpose": "call", "seen_on": "page"}
    yield LookUp.objects.create(partnership=cast.randers, by_id=cast.karen.pk, person_id=who.pk, **at)
    yield RetentionRun.objects.create(started_at=NOW, ended_at=NOW, removed={"people.User": 1})


def _of_entrance(cast: Cast, who: User) -> Iterator[Model]:
    ends = {"expire_date": NOW + DAY, "session_data": "x"}
    yield Session.objects.create(session_key="k" * 32, **ends)
    yield BrowserSession.objects.create(
        session_key="b" * 32, person=who, device=f"{CANARY}s browser", used_at=NOW, **ends
    )
    yield Authenticator.objects.create(user=who, type=Authenticator.Type.TOTP, data={"secret": CANARY})
    for invited in (who, cast.anne):
        yield Invitation.objects.create(
            person=invited, made_by=who, made_at=NOW, expires_at=NOW + DAY, digest=f"{invited.pk:064}"
        )
    printed = printed_codes.issue(partnership=cast.randers, purpose=PURPOSE, about=who.pk, now=NOW)
    PrintedCode.objects.update(used_at=NOW)
    yield printed
    yield CodeTries.objects.create(log_in=digest_of_log_in("k" * 32, NOW.timestamp()), tried=1, at=NOW)


def _of_outbox(cast: Cast, who: User) -> Iterator[Model]:
    known = _message(cast, "known", recipient=who)
    batch = LetterBatch.objects.create(
        partnership=cast.randers, number=1, made_at=NOW, made_by=who, handed_over_by=who, pdf=CANARY.encode()
    )
    yield from (known, batch, Letter.objects.create(batch=batch, message=known, position=1))
    yield _message(cast, "before they were known", mailbox=f"{CANARY}@Randers.example", reason=f"550 {CANARY}")
    yield MessageStep.objects.create(message=known, what="sent_now", by=cast.karen, at=NOW)
    to_another = _message(cast, "to another", recipient=cast.karen)
    yield from (to_another, MessageStep.objects.create(message=to_another, what="sent_now", by=who, at=NOW))
    yield Bounce.objects.create(digest=digest_of(who.email), kind="hard", at=NOW, report="r")
    yield Suppression.objects.create(digest=digest_of(who.email), reason="hard bounce", at=NOW)
    yield Pace.objects.create(domain="randers.example", minute_at=NOW, asked=1)
    yield NumberCode.objects.create(person=who, number=digest_of("+4521436587"), code="0" * 64, at=NOW)


def _message(cast: Cast, key: str, **more: object) -> Message:
    times = {"created_at": NOW, "due_at": NOW, "try_at": NOW, "forget_after": NOW + 90 * DAY}
    return Message.objects.create(key=key, partnership=cast.randers, kind="account.login_code", **times, **more)


def _of_neighbours(cast: Cast, who: User) -> Iterator[Model]:
    home = Household.objects.create(partnership=cast.randers, area=cast.vorup, address=an_address(cast.vorup))
    helper = Helper.objects.create(
        name=CANARY,
        partnership=cast.randers, person=who, household=home, joined_at=NOW, confirmed_at=NOW,
        state=State.CONFIRMED, submission=uuid.uuid4(),
    )  # fmt: skip
    yield from (home, helper)
    yield cases.begin(helper, by=who, now=NOW, why=f"{CANARY} har sagt ja", on_step={"medium": Medium.WEB})
    line = {"n": 2, "cells": {"name": CANARY, "phone": PHONE}}
    brought = HelperList.objects.create(partnership=cast.randers, submission=uuid.uuid4(), read_at=NOW, lines=[line])
    yield brought
    yield cases.begin(brought, by=who, now=NOW, why=f"{CANARY} har samlet den")
    yield BroughtHelper.objects.create(helper_list=brought, helper=helper, line=2, source=f"Samlet af {CANARY}")
    number = printed_codes.issue(partnership=cast.randers, purpose="neighbours.reply_card", about=helper.pk, now=NOW)
    yield from (number, ReplyCard.objects.create(helper=helper, code=number, made_by=cast.karen))


def _of_a_chair(cast: Cast, who: User) -> Iterator[Model]:
    """Yield a request that waits and a talk that took place, and what belongs to them."""
    association = people.association(cast.vorup, who, f"{CANARY}s Forening")
    yield from (association, association.contacts.get())
    place = f"{CANARY}s stue"
    arrangement = {
        "format": "burglary",
        "place": place,
        "note": f"Ring til {CANARY}",
        "phone": PHONE,
    }
    common = {"partnership": cast.randers, "association": association, "name": CANARY, **arrangement}
    for starts, state in ((SOON, "requested"), (NOW - 5 * DAY, Booking.State.TOOK_PLACE)):
        hours = {"starts_at": starts, "ends_at": starts + dt.timedelta(hours=1), "held_until": starts}
        booking = Booking.objects.create(speaker=cast.speaker, state="requested", seen_place=place, **hours, **common)
        yield from (booking, cases.begin(booking, by=who, now=NOW, why=f"{CANARY} beder om det"))
        bring_to(booking, state, now=NOW)
        yield SlotHold.objects.create(
            booking=booking, speaker=cast.speaker, starts_at=SOON + DAY, ends_at=SOON + 2 * DAY, held_until=SOON,
            made_at=NOW,
        )  # fmt: skip
    yield Feedback.objects.create(booking=booking, useful="yes", will_act="yes", words=f"Hilsen {CANARY}", at=NOW)
    yield TalkWish.objects.create(
        days=["2026-12-15"], asked_at=NOW, verified_at=NOW, answer_by=NOW.date(), closed_by=who,
        why_not=f"Kære {CANARY}", **common,
    )  # fmt: skip
    yield DeputyInvitation.objects.create(
        association=association, asked_by=who, asked_at=NOW, name="Rita", email="rita@randers.example"
    )
    yield DeputyInvitation.objects.create(
        association=cast.association, asked_by=cast.ruth, asked_at=NOW, name=CANARY, email=who.email
    )


def _of_a_speaker(cast: Cast, who: User) -> Iterator[Model]:
    speaker = Speaker.objects.create(partnership=cast.randers, person=who, formats=["burglary"])
    yield speaker
    yield CalendarFeed.objects.create(partnership=cast.randers, person=who, kind="speaker", made_at=NOW)
    yield Slot.objects.create(partnership=cast.randers, speaker=speaker, starts_at=SOON, ends_at=SOON + DAY)
    yield WeeklyPattern.objects.create(
        speaker=speaker, weekday=1, starts=dt.time(19), ends=dt.time(21), first_on=NOW.date()
    )
    yield DaysAway.objects.create(speaker=speaker, first_on=SOON.date(), last_on=SOON.date())
