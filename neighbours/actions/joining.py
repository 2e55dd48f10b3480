"""Becoming a neighbour helper: on the web, with a link in an email to confirm, or by a paper slip that staff type in.

The person is always locked before their `Helper` row.
"""

import datetime as dt
import uuid
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from neighbours import rules
from neighbours.actions.homes import household_at
from neighbours.actions.leaving import delete_replaced
from neighbours.actions.origin import FIELDS as ORIGIN
from neighbours.actions.origin import NOT_ASKED, Origin, is_origin_of, say_origin
from neighbours.actions.slips import SAME, Found, Slip, person_of
from neighbours.actions.steps import move, record_correction, withdraw_reminder
from neighbours.consent_words import PURPOSE, SHOWN_TO_NABOVEN
from neighbours.models import Helper, Medium, State
from partnership import clock
from partnership.outbox.post import post
from partnership.people.actions.consents import give_consent, wording_of
from partnership.people.actions.details import move_postal_address
from partnership.people.actions.inviting import locked_known_or_new, rehearsed
from partnership.people.actions.mailboxes import keep_typed_mailbox, verify_mailbox
from partnership.people.actions.protecting import protect, take_protection
from partnership.people.changes import moved_by_staff, reached_elsewhere
from partnership.people.mailboxes import typed_and_not_verified
from partnership.people.models import User
from partnership.places.models import Address, Partnership
from partnership.refusals import Refused

REMINDED_AFTER = dt.timedelta(days=3)
REMINDER_EXPIRES_AFTER = dt.timedelta(days=10)
# Of the same link to one person, since anyone can type anyone's mailbox; counted by the messages' keys. `may_write_to`
# limits all that a mailbox gets from all forms and IP addresses together, and counts in the cache.
LINKS_A_DAY = 3


@dataclass(frozen=True, kw_only=True)
class JoinRequest:
    """What someone typed on a partnership's page to become a helper."""

    partnership: Partnership
    name: str
    email: str
    address: Address
    consent_text: str
    language: str
    submission: uuid.UUID
    # The words about the Naboven, if they were ticked.
    shown_text: str = ""
    # Ticked: name and address protection. Not ticked says nothing.
    is_protected: bool = False
    origin: Origin = NOT_ASKED
    # What the same browser sent before, with the same mailbox.
    continues: uuid.UUID | None = None
    # Typed by somebody who is logged in with this email address.
    by_owner: bool = False


@transaction.atomic
def ask_to_join(*, join_request: JoinRequest, now: dt.datetime) -> None:
    """Store what someone typed, and send an email to the typed mailbox. Does not reveal who was known before.

    A known helper, or a person of another partnership, is told so in the email, and their data does not change.
    """
    here = join_request.partnership
    person, is_new = _person(join_request, join_request.email)
    if person.partnership_id != here.pk:
        _rehearse(join_request, now)
        _post_instead("neighbours.elsewhere", f"neighbours.elsewhere.{person.pk}", here, person, {}, now)
        return
    helper = _helper_of(person, is_new, join_request.submission, now)
    if helper.is_confirmed:
        _rehearse(join_request, now)
        key, about = f"neighbours.helper.{helper.pk}.already", {"helper": helper.pk}
        _post_instead("neighbours.already_helper", key, here, person, about, now)
        return
    if _is_sent_twice(helper, join_request):
        return
    # The owner's are not counted with those that anybody can ask for, so that no stranger uses them up.
    if _post_link(helper, now, what="confirm_own" if join_request.by_owner else "confirm"):
        _take_in(helper, join_request, now)
    else:
        # Enough links today: what was typed before stays, or the link to it would end without a new one.
        _rehearse(join_request, now)


@transaction.atomic
def send_new_link(*, helper: Helper, now: dt.datetime) -> bool:
    """Email a new link to somebody who has an old one; return False if it is not needed, or was the fourth of the day.
    They are not counted with those that anybody can ask for, so that no stranger uses them up.
    """
    User.objects.select_for_update(no_key=True).get(pk=helper.person_id)
    helper = Helper.objects.select_for_update().get(pk=helper.pk)
    return helper.is_waiting and _post_link(helper, now, what="confirm_again")


@transaction.atomic
def confirm(*, helper: Helper, now: dt.datetime) -> bool:
    """Make a helper of somebody who has verified their mailbox; return False if they are one already.

    The consent counts from now on: before, somebody else might have ticked it.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=helper.person_id)
    shown = helper.submission
    helper = (
        Helper.objects.select_for_update(of=("self",))
        .select_related("asked_wording", "asked_to_be_shown")
        .get(pk=helper.pk)
    )
    if helper.is_confirmed:
        return False
    is_waiting = helper.is_waiting and not helper.is_to_be_deleted(now)
    if not is_waiting or not person.is_active or helper.submission != shown:
        raise Refused("not_waiting", _("This link can no longer be used. Join again, and you will get a new one."))
    move(helper, State.CONFIRMED, by=person, medium=Medium.WEB, now=now)
    for words in filter(None, (helper.asked_wording, helper.asked_to_be_shown)):
        give_consent(
            person=person, purpose=words.purpose, text=words.text, language=words.language, medium="web", now=now
        )
    verify_mailbox(person, helper.name)
    take_protection(person, helper.asks_protection, now)
    reached_elsewhere(person, now)
    Helper.objects.filter(pk=helper.pk).update(name="", asks_protection=False)
    withdraw_reminder(helper, now)
    _welcome(helper, now)
    # In a transaction of its own: nobody waits here for locks on the rows of others.
    transaction.on_commit(partial(delete_replaced, partnership=helper.partnership, now=now), robust=True)
    return True


@transaction.atomic
def join_on_paper(
    *,
    partnership: Partnership,
    by: User,
    name: str,
    email: str,
    phone: str,
    address: Address,
    consent_text: str,
    language: str,
    medium: str,
    submission: uuid.UUID,
    now: dt.datetime,
    is_same: bool = False,
    answer: str = "",
    shown_text: str = "",
    is_protected: bool = False,
    origin: Origin = NOT_ASKED,
) -> Helper:
    """Make a helper at once of somebody who has signed a slip or is on the telephone with staff, and welcome them by
    email, or by letter if they have none. Who has verified the mailbox before is asked there instead: staff
    could correct the mailbox of a helper, and so log in as anybody whom a slip makes one.

    The same `submission` again returns the same helper. Refused: not_allowed, already_helper, email_elsewhere,
    other_name: the mailbox is known under another, unless staff say that it `is_same` person; and as `slips.person_of`,
    where `answer` says whether it is somebody known.
    """
    if not rules.may_type_slips(by, partnership):
        raise Refused("not_allowed", _("Only coordinators can type slips."))
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one slip at a time from one desk
    if before := Helper.objects.filter(partnership=partnership, submission=submission, steps__by=by).first():
        return before
    household = household_at(address)
    who = {"name": name, "email": email, "phone": phone, "language": language, "answer": answer}
    found = person_of(Slip(partnership=partnership, address=household.address, **who))
    person, helper = found.person, _helper_of(found.person, found.is_new, submission, now)
    if helper.is_confirmed:
        raise Refused("already_helper", _("This person is a neighbour helper already. Nothing was saved."))
    if found.was_verified:
        typed: dict[str, Any] = {"name": name, "email": person.email, "address": address, "consent_text": consent_text}
        typed |= {"language": language, "submission": submission, "shown_text": shown_text, "origin": origin}
        asked = JoinRequest(partnership=partnership, is_protected=is_protected, **typed)
        return _ask_instead(helper, asked, is_same=is_same or answer == SAME, now=now)
    _protect_on_paper(found, is_protected, by, now)
    helper.household, helper.submission, helper.medium, helper.joined_at = household, submission, medium, now
    say_origin(helper, origin)
    said: dict[str, Any] = {"language": language, "medium": medium, "now": now, "written_by": by}
    _consent_on_paper(person, consent_text, shown_text, **said)
    _confirm_on_paper(helper, found, by, now)
    return helper


# -- Parts ------------------------------------------------------------------------------------------------------------


def _is_sent_twice(helper: Helper, join_request: JoinRequest) -> bool:
    """Return whether this is a double click. The same form with something else in it is not."""
    home = helper.household
    shown = helper.asked_to_be_shown_id is not None
    stored = (helper.submission, helper.name, shown, helper.asks_protection, home and home.address_id)
    ticked = (bool(join_request.shown_text), join_request.is_protected)
    typed = (join_request.submission, join_request.name, *ticked, join_request.address.pk)
    is_same = stored == typed and is_origin_of(helper, join_request.origin)
    return helper.is_waiting and is_same and helper.steps.exists()


def _take_in(helper: Helper, join_request: JoinRequest, now: dt.datetime) -> None:
    """Store what was typed by somebody who is not a helper."""
    if helper.made_person and not helper.steps.filter(to_state=State.CONFIRMED).exists():
        # Somebody not logged in can rename only a person who was made by this form and has never confirmed.
        said: dict[str, Any] = {"is_protected": True} if join_request.is_protected else {}
        User.objects.filter(pk=helper.person_id, last_login=None).update(
            name=join_request.name, language=join_request.language, **said
        )
    helper.name, helper.asks_protection = join_request.name, join_request.is_protected
    helper.household = household_at(join_request.address)
    language, shown = join_request.language, join_request.shown_text
    helper.asked_wording = wording_of(purpose=PURPOSE, text=join_request.consent_text, language=language)
    helper.asked_to_be_shown = wording_of(purpose=SHOWN_TO_NABOVEN, text=shown, language=language) if shown else None
    if join_request.continues is None or helper.submission != join_request.continues:
        # Who sends the form once more has asked since the first time, and all of it ends if the mailbox was wrong.
        helper.joined_at = now
    helper.submission, helper.medium = join_request.submission, Medium.WEB
    helper.replaced_at = None
    say_origin(helper, join_request.origin)
    typed = ["name", "asks_protection", "household", "asked_wording", "asked_to_be_shown", "submission", "medium"]
    helper.save(update_fields=[*typed, *ORIGIN, "joined_at", "replaced_at"])
    if helper.state == State.LEFT:
        # Nobody has shown that this is the helper, who has left until the link is used; it takes as long all the same.
        with rehearsed():
            move(copy(helper), State.PENDING, by=None, medium=Medium.WEB, now=now)
    elif not helper.steps.exists():
        move(helper, State.PENDING, by=None, medium=Medium.WEB, now=now)


def _rehearse(join_request: JoinRequest, now: dt.datetime) -> None:
    """Do for a made-up person what is done for a new one, and roll it back, so that both answers take as long."""
    with rehearsed():
        unheard_of = f"{uuid.uuid4()}@nobody.invalid"
        nobody, is_new = _person(join_request, unheard_of)
        helper = _helper_of(nobody, is_new, join_request.submission, now)
        # One message fewer than for a new person: the one that the known person gets is really posted.
        _post_link(helper, now, remind=False)
        _take_in(helper, join_request, now)


def _person(join_request: JoinRequest, email: str) -> tuple[User, bool]:
    return locked_known_or_new(
        email=email, name=join_request.name, language=join_request.language, partnership=join_request.partnership
    )


def _confirm_on_paper(helper: Helper, found: Found, by: User, now: dt.datetime) -> None:
    helper.replaced_at, helper.name, helper.asks_protection = None, "", False
    typed = ["name", "asks_protection", "household", "submission", "medium"]
    helper.save(update_fields=[*typed, *ORIGIN, "joined_at", "replaced_at"])
    move(helper, State.CONFIRMED, by=by, medium=helper.medium, now=now)
    if helper.person.email:
        # Handwriting can be misread, so it counts for nothing before the person has typed a code.
        keep_typed_mailbox(helper.person)
        withdraw_reminder(helper, now)
    _welcome(helper, now)
    _note_move(helper, found, by, now)


def _consent_on_paper(person: User, consent_text: str, shown_text: str, **said: Any) -> None:
    give_consent(person=person, purpose=PURPOSE, text=consent_text, **said)
    if shown_text:
        give_consent(person=person, purpose=SHOWN_TO_NABOVEN, text=shown_text, **said)


def _protect_on_paper(found: Found, is_protected: bool, by: User, now: dt.datetime) -> None:
    if found.is_new:
        take_protection(found.person, is_protected, now)
    elif is_protected:
        # Staff note it of somebody known, who hears of it.
        protect(person=found.person, by=by, now=now)


def _note_move(helper: Helper, found: Found, by: User, now: dt.datetime) -> None:
    """Note that staff have written another home of somebody whom we knew."""
    if not found.is_new:
        reached_elsewhere(helper.person, now)
    if not found.has_moved:
        return
    if helper.household:
        move_postal_address(helper.person, helper.household.address)
    record_correction(helper, ["address"], by=by, medium=helper.medium, now=now)
    moved_by_staff(helper.person, found.before, now)


def _ask_instead(helper: Helper, asked: JoinRequest, *, is_same: bool, now: dt.datetime) -> Helper:
    """Ask somebody in their mailbox, which is known to be theirs, whether they will be what a slip says."""
    if not is_same and helper.person.name.casefold() != asked.name.casefold():
        raise Refused("other_name", _("We know this email address under another name. Nothing is saved yet."))
    ask_to_join(join_request=asked, now=now)
    helper.refresh_from_db()
    return helper


def _helper_of(person: User, is_new: bool, submission: uuid.UUID, now: dt.datetime) -> Helper:
    """Return the person's `Helper` row, locked; a new one is pending."""
    row = Helper(
        partnership=person.partnership, person=person, joined_at=now, submission=submission, made_person=is_new
    )
    Helper.objects.bulk_create([row], ignore_conflicts=True)
    return Helper.objects.select_for_update(of=("self",)).select_related("partnership", "person").get(person=person)


def _post_link(helper: Helper, now: dt.datetime, *, what: str = "confirm", remind: bool = True) -> bool:
    """Post the link and one reminder; a new link replaces the old reminder. Return False if it was one too many."""
    base = f"neighbours.helper.{helper.pk}"
    common: dict[str, Any] = {"partnership": helper.partnership, "to": helper.person, "about": {"helper": helper.pk}}
    number = _post_a_few("neighbours.confirm", f"{base}.{what}", helper.partnership, now, **common)
    if number and remind:
        withdraw_reminder(helper, now)
        post(
            kind="neighbours.confirm_reminder",
            key=f"{base}.reminder.{what}.{number}",
            due_at=now + REMINDED_AFTER,
            expires_at=now + REMINDER_EXPIRES_AFTER,
            now=now,
            **common,
        )
    return bool(number)


def _post_instead(kind: str, base: str, partnership: Partnership, person: User, about: dict, now: dt.datetime) -> None:
    """Tell a known person what a new one would get a link for, as often as that."""
    _post_a_few(kind, f"{base}.{partnership.pk}", partnership, now, partnership=partnership, to=person, about=about)


def _post_a_few(kind: str, base: str, where: Partnership, now: dt.datetime, **message: Any) -> str:
    """Post a message at most three times on one local day; return day and number, empty if it was one too many."""
    day = clock.local(now, where.zone).date()
    for number in range(1, LINKS_A_DAY + 1):
        if post(kind=kind, key=f"{base}.{day}.{number}", now=now, **message):
            return f"{day}.{number}"
    return ""


def _welcome(helper: Helper, now: dt.datetime) -> None:
    is_typed = typed_and_not_verified().filter(user=helper.person).exists()
    post(
        kind="neighbours.typed_mailbox" if is_typed else "neighbours.welcome",
        partnership=helper.partnership,
        to=helper.person,
        about={"helper": helper.pk},
        key=f"neighbours.helper.{helper.pk}.welcome.{int(now.timestamp())}",
        now=now,
    )
