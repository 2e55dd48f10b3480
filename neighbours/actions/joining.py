"""Becoming a neighbour helper: on the web, with a link in an email to confirm, or by a paper slip that staff type in.

The person is always locked before their `Helper` row.
"""

import datetime as dt
import uuid
from collections.abc import Collection
from copy import copy
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from neighbours import rules
from neighbours.actions import cards
from neighbours.actions.homes import household_at
from neighbours.actions.leaving import delete_replaced
from neighbours.actions.origin import FIELDS as ORIGIN
from neighbours.actions.origin import is_origin_of, say_origin
from neighbours.actions.requests import JoinRequest, Slip
from neighbours.actions.slips import Found, in_doubt, person_of, refuse_other_name
from neighbours.actions.steps import move, record_correction, withdraw_reminder
from neighbours.consent_words import PURPOSE, SHOWN_TO_NABOVEN
from neighbours.models import Helper, HelperStep, State
from partnership.outbox.post import answer_typed, post
from partnership.people.actions.consents import give_consent, wording_of
from partnership.people.actions.details import move_postal_address
from partnership.people.actions.inviting import locked_known_or_new, rehearsed
from partnership.people.actions.locking import locked, still_there
from partnership.people.actions.mailboxes import change_mailbox, keep_typed_mailbox, verify_mailbox
from partnership.people.actions.moves import MENDED, mends_a_typing_error, wait_with_letters
from partnership.people.actions.protecting import protect, take_protection
from partnership.people.actions.references import only_typed
from partnership.people.changes import moved_by_staff, number_in_doubt, reached_elsewhere
from partnership.people.mailboxes import is_written_down
from partnership.people.models import Medium, User
from partnership.people.own.held_back import refuse_held_back
from partnership.people.own.homes import home_of
from partnership.places.actions.typed_addresses import delete_unused, stored
from partnership.places.models import Partnership
from partnership.refusals import Refused
from written.mailboxes import canonical

REMINDED_AFTER = dt.timedelta(days=3)
REMINDER_EXPIRES_AFTER = dt.timedelta(days=10)
# Of the same link to one person, since anyone can type anyone's mailbox; counted by the messages' keys. `may_write_to`
# limits all that a mailbox gets from all forms and IP addresses together, and counts in the cache.
LINKS_A_DAY = 3


@transaction.atomic
def ask_to_join(*, join_request: JoinRequest, now: dt.datetime) -> None:
    """Store what someone typed, and send an email to the typed mailbox. Does not reveal who was known before.

    A known helper, or a person of another partnership, or one whose mailbox is held back, is told so in the email, and
    their data does not change.
    """
    here = join_request.partnership
    person, is_new = _person(join_request, join_request.email)
    if person.partnership_id != here.pk:
        _rehearse(join_request, now)
        _answer("neighbours.elsewhere", f"neighbours.elsewhere.{person.pk}.{here.pk}", here, person, {}, now)
        return
    if person.mailbox_opens_at:
        # Staff have written the mailbox down lately: who asks under it causes no letters to the person's home.
        _rehearse(join_request, now)
        _answer("neighbours.held_back", f"neighbours.held_back.{person.pk}.{here.pk}", here, person, {}, now)
        return
    helper = _helper_of(person, is_new, join_request.submission, now)
    if helper.is_confirmed:
        _rehearse(join_request, now)
        key, about = f"neighbours.helper.{helper.pk}.already.{here.pk}", {"helper": helper.pk}
        _answer("neighbours.already_helper", key, here, person, about, now)
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
    locked(helper.person_id)
    helper = still_there(Helper.objects.select_for_update(), helper.pk)
    return helper.is_waiting and _post_link(helper, now, what="confirm_again")


@transaction.atomic
def confirm(*, helper: Helper, now: dt.datetime) -> bool:
    """Make a helper of somebody who has verified their mailbox; return False if they are one already.

    The consent counts from now on: before, somebody else might have ticked it. Refused: not_waiting.
    """
    person = locked(helper.person_id)
    shown = helper.submission
    rows = Helper.objects.select_for_update(of=("self",)).select_related("asked_wording", "asked_to_be_shown")
    helper = still_there(rows, helper.pk)
    if helper.is_confirmed:
        return False
    is_waiting = helper.is_waiting and not helper.is_to_be_deleted(now)
    if not is_waiting or not person.is_active or helper.submission != shown:
        raise Refused("not_waiting", _("This link can no longer be used. Join again, and you will get a new one."))
    refuse_held_back(person, now)
    move(helper, State.CONFIRMED, by=person, medium=Medium.WEB, now=now)
    is_hidden = helper.asks_protection or person.is_protected
    for words in filter(None, (helper.asked_wording, None if is_hidden else helper.asked_to_be_shown)):
        give_consent(
            person=person, purpose=words.purpose, text=words.text, language=words.language, medium="web", now=now
        )
    verify_mailbox(person, now, helper.name)
    take_protection(person, helper.asks_protection, now)
    # They have said who they are and where they live, and nobody else has.
    wait_with_letters(person, now)
    reached_elsewhere(person, now)
    Helper.objects.filter(pk=helper.pk).update(name="", asks_protection=False)
    withdraw_reminder(helper, now)
    _welcome(helper, now)
    # In a transaction of its own: nobody waits here for locks on the rows of others.
    transaction.on_commit(partial(delete_replaced, partnership=helper.partnership, now=now), robust=True)
    return True


@dataclass(frozen=True, kw_only=True)
class Joined:
    """The helper of a slip, and which of what we knew of them is in doubt (`slips.in_doubt`)."""

    helper: Helper
    in_doubt: tuple[str, ...] = ()


@transaction.atomic
def join_on_paper(*, slip: Slip, by: User, now: dt.datetime) -> Joined:
    """Make a helper at once of somebody who has signed a slip or is on the telephone with staff, and welcome them by
    email, or by letter if they have none. Who has verified the mailbox before is asked there instead: staff
    could correct the mailbox of a helper, and so log in as anybody whom a slip makes one.

    The same `submission` again returns the same helper. Refused: not_allowed, already_helper, email_elsewhere,
    other_name: the mailbox is known under another, unless staff say that the person `is_owner`; and as
    `slips.person_of`.
    """
    if not rules.may_type_slips(by, slip.partnership):
        raise Refused("not_allowed", _("Only coordinators can type slips."))
    locked(by)  # one slip at a time from one desk
    typed = Helper.objects.filter(partnership=slip.partnership, submission=slip.submission, steps__by=by)
    if before := typed.first():
        return Joined(helper=before, in_doubt=in_doubt(before.person, slip))
    slip = replace(slip, address=stored(slip.address))
    found = person_of(slip)
    person, helper = found.person, _helper_of(found.person, found.is_new, slip.submission, now)
    if helper.is_confirmed:
        if slip.email and person.email == canonical(slip.email):
            # Perhaps another person of the home, who has the same mailbox.
            refuse_other_name(person, slip)
        raise Refused("already_helper", _("This person is a neighbour helper already. Nothing was saved."))
    if found.was_verified:
        return Joined(helper=_ask_instead(helper, replace(slip, email=person.email or ""), now))
    home = home_of(person) or slip.address
    _keep_what_is_in_doubt_back(helper.person, found.in_doubt, now)
    _protect_on_paper(found, slip.is_protected, by, now)
    helper.household, helper.submission, helper.medium = household_at(slip.address), slip.submission, slip.medium
    helper.joined_at = now
    say_origin(helper, slip.origin)
    _consent_on_paper(person, slip, by, now)
    _confirm_on_paper(helper, found, by, now)
    if "email" in found.in_doubt:
        record_correction(helper, ["email", HelperStep.UNVERIFIED_MAILBOX], by=by, medium=slip.medium, now=now)
    if "phone" in found.in_doubt:
        number_in_doubt(person, home, now)
    return Joined(helper=helper, in_doubt=found.in_doubt)


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
        # Somebody not logged in can rename only a person of whom nobody has said anything but in this form.
        # A later form without the tick shows nobody: whoever had ticked it stays hidden, and ends it on their own page.
        said: dict[str, Any] = {"is_protected": True} if join_request.is_protected else {}
        only_typed(User.objects.filter(pk=helper.person_id), ignoring=[Helper]).update(
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


def _consent_on_paper(person: User, slip: Slip, by: User, now: dt.datetime) -> None:
    said: dict[str, Any] = {"language": slip.language, "medium": slip.medium, "now": now, "written_by": by}
    give_consent(person=person, purpose=PURPOSE, text=slip.consent_text, **said)
    if slip.shown_text and not (slip.is_protected or person.is_protected):
        give_consent(person=person, purpose=SHOWN_TO_NABOVEN, text=slip.shown_text, **said)


def _protect_on_paper(found: Found, is_protected: bool, by: User, now: dt.datetime) -> None:
    if found.is_new:
        take_protection(found.person, is_protected, now)
    elif is_protected:
        # Staff note it of somebody known, who hears of it.
        protect(person=found.person, by=by, now=now)


def _keep_what_is_in_doubt_back(person: User, in_doubt: Collection[str], now: dt.datetime) -> None:
    """Send no code by text message, for as long as to a new one, to a number that may be somebody else's; and keep no
    such mailbox.
    """
    if "phone" in in_doubt:
        User.objects.filter(pk=person.pk).update(phone_changed_at=now)
        person.phone_changed_at = now
    if "email" in in_doubt:
        change_mailbox(person=person, to=None, now=now)


def _note_move(helper: Helper, found: Found, by: User, now: dt.datetime) -> None:
    """Note that staff have written another home of somebody whom we knew."""
    if not found.is_new:
        reached_elsewhere(helper.person, now)
    if not found.has_moved:
        return
    if helper.household:
        move_postal_address(helper.person, helper.household.address)
    is_mended = mends_a_typing_error(found.person, now)
    noted = ["address", *([MENDED] if is_mended else [])]
    record_correction(helper, noted, by=by, medium=helper.medium, now=now)
    moved_by_staff(helper.person, found.before, now, is_mended=is_mended)
    delete_unused([found.before.pk] if found.before else [])


def _ask_instead(helper: Helper, slip: Slip, now: dt.datetime) -> Helper:
    """Ask somebody in their mailbox, which is known to be theirs, whether they will be what a slip says."""
    refuse_other_name(helper.person, slip)
    ask_to_join(join_request=slip, now=now)
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
    about = {"helper": helper.pk}
    number = _answer("neighbours.confirm", f"{base}.{what}", helper.partnership, helper.person, about, now)
    if number and remind:
        withdraw_reminder(helper, now)
        post(
            kind="neighbours.confirm_reminder",
            key=f"{base}.reminder.{what}.{number}",
            due_at=now + REMINDED_AFTER,
            expires_at=now + REMINDER_EXPIRES_AFTER,
            partnership=helper.partnership,
            to=helper.person,
            about=about,
            now=now,
        )
    return bool(number)


def _answer(kind: str, key: str, here: Partnership, person: User, about: dict[str, int], now: dt.datetime) -> str:
    return answer_typed(kind=kind, partnership=here, to=person, key=key, about=about, a_day=LINKS_A_DAY, now=now)


def _welcome(helper: Helper, now: dt.datetime) -> None:
    cards.issue_for_letter(helper, now)
    post(
        kind="neighbours.typed_mailbox" if is_written_down(helper.person) else "neighbours.welcome",
        partnership=helper.partnership,
        to=helper.person,
        about={"helper": helper.pk},
        key=f"neighbours.helper.{helper.pk}.welcome.{int(now.timestamp())}",
        now=now,
    )
