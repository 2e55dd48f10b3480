"""Bringing in a list of helpers from a file: read, shown to the reader, and added all at once.

Whoever is added is a helper as after a slip (`joining.join_on_paper`), which a test compares. People whom we know are
left out, and nothing that we know of them changes.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from neighbours import rules
from neighbours.actions.cards import issue_for_letters
from neighbours.actions.inviting import new_code
from neighbours.consent_words import PURPOSE, consent_text
from neighbours.lists.checking import Checked, Fit, check
from neighbours.lists.doors import find_doors
from neighbours.lists.reading import Table
from neighbours.models import FROM_LIST, BroughtHelper, Helper, HelperList, HelperStep, State
from partnership import cases, clock
from partnership.database_roles import as_erasing_role
from partnership.outbox.post import NewMessage, post_all
from partnership.people.actions.consents import wording_of
from partnership.people.actions.locking import locked, still_there
from partnership.people.models import Consent, User
from partnership.places.models import Household, Partnership
from partnership.refusals import Refused

# A mailbox of the file may be taken between looking and writing; then all of it is looked up again.
ATTEMPTS = 3


@transaction.atomic
def read_list(
    *, partnership: Partnership, table: Table, by: User, submission: uuid.UUID, now: dt.datetime
) -> HelperList:
    """Keep what a file says until it is added, or the next night. The same `submission` again returns the same list.
    Refused: not_allowed; unreadable, as `find_doors`.
    """
    _check_may(by, partnership)
    locked(by)  # one file at a time from one desk
    made = HelperList.objects.filter(partnership=partnership, submission=submission, steps__by=by).first()
    if made:
        return made
    find_doors(partnership, table.lines)
    made = HelperList.objects.create(partnership=partnership, submission=submission, read_at=now, lines=table.lines)
    cases.begin(made, by=by, now=now)
    return made


@transaction.atomic
def add_list(*, helper_list: HelperList, by: User, now: dt.datetime) -> HelperList:
    """Make helpers of all lines that can be added, and post to each where we have their details from. Added twice is
    added once. Refused: not_allowed, nothing_to_add, not_allowed_now.
    """
    _check_may(by, helper_list.partnership)
    here = lock_lists_of(helper_list.partnership)
    stored = still_there(HelperList.objects.select_for_update(), helper_list.pk)
    if stored.is_added:
        return stored
    if not stored.may_become(HelperList.State.ADDED):
        raise stored.TRANSITIONS.refused(stored.state)
    stored.partnership = here
    checked, people = _made_people(here, stored)
    helpers = _made_helpers(here, people, by, now)
    _consents(people, by, now)
    BroughtHelper.objects.bulk_create(
        BroughtHelper(helper_list=stored, helper=helper, line=fit.number, source=fit.source)
        for helper, (_person, fit) in zip(helpers, people, strict=True)
    )
    issue_for_letters(here, helpers, now)
    _tell(helpers, people, here, now)
    faulty = {one.number for one in checked.faulty}
    kept = [line for line in stored.lines if line["n"] in faulty]
    cases.move(stored, HelperList.State.ADDED, by=by, now=now, added_at=now, added=len(people), lines=kept)
    return stored


@transaction.atomic
def discard_list(*, helper_list: HelperList, by: User) -> None:
    """Empty a list that is not to be added; the night deletes what is left of it. Refused: not_allowed."""
    _check_may(by, helper_list.partnership)
    stored = still_there(HelperList.objects.select_for_update(), helper_list.pk)
    if stored.is_read:
        stored.lines = []
        stored.save(update_fields=["lines"])


def lock_lists_of(partnership: Partnership) -> Partnership:
    """Let one list at a time be added or taken back in a partnership: two files may hold the same people, and nothing
    in the database tells those without a mailbox apart.
    """
    return Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)


@as_erasing_role()
def delete_abandoned(*, now: dt.datetime) -> int:
    """Delete the lists that nobody added within a day; return how many."""
    found = HelperList.objects.abandoned(now).select_for_update(skip_locked=True)
    return HelperList.objects.filter(pk__in=[one.pk for one in found]).delete()[1].get(HelperList._meta.label, 0)


@as_erasing_role()
def delete_old_lists(*, now: dt.datetime) -> int:
    """Delete the lists of which nobody is here any more; return how many."""
    return HelperList.objects.without_helpers(now).delete()[1].get(HelperList._meta.label, 0)


def empty_old_lines(*, now: dt.datetime) -> int:
    """Empty what files say of people who could not be added; return of how many lists."""
    return HelperList.objects.with_old_lines(now).update(lines=[])


# -- Parts ------------------------------------------------------------------------------------------------------------

Made = list[tuple[User, Fit]]


def _check_may(by: User, here: Partnership) -> None:
    if not rules.may_type_slips(by, here):
        raise Refused("not_allowed", _("Only coordinators can bring in lists."))


def _made_people(here: Partnership, helper_list: HelperList) -> tuple[Checked, Made]:
    for attempt in range(1, ATTEMPTS + 1):
        checked = check(here, helper_list.lines)
        if not checked.fit:
            raise Refused("nothing_to_add", _("No line of the list can be added."))
        people = [(_person(here, fit), fit) for fit in checked.fit]
        try:
            with transaction.atomic():
                User.objects.bulk_create(person for person, _fit in people)
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
            continue
        break
    # Until their owners have typed a code that was sent there (`mailboxes.keep_typed_mailbox`).
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, primary=True, verified=False)
        for person, _fit in people
        if person.email
    )
    return checked, people


def _person(here: Partnership, fit: Fit) -> User:
    person = User(
        partnership=here,
        email=fit.email or None,
        name=fit.name,
        phone=fit.phone,
        language=fit.language,
        is_protected=fit.is_protected,
    )
    person.set_unusable_password()
    return person


def _made_helpers(here: Partnership, people: Made, by: User, now: dt.datetime) -> list[Helper]:
    homes = _households(here, [fit for _person, fit in people])
    helpers = [
        Helper(
            partnership=here,
            person=person,
            household=homes[fit.door.pk],
            state=State.CONFIRMED,
            medium=FROM_LIST,
            joined_at=now,
            confirmed_at=now,
            submission=uuid.uuid4(),
            was_helper=fit.was_helper,
            heard_from=fit.heard_from,
            invitation=new_code(),
            made_person=True,
        )
        for person, fit in people
    ]
    Helper.objects.bulk_create(helpers)
    HelperStep.objects.bulk_create(
        HelperStep(helper=helper, from_state="", to_state=State.CONFIRMED, by=by, at=now, medium=FROM_LIST)
        for helper in helpers
    )
    return helpers


def _households(here: Partnership, fits: Iterable[Fit]) -> dict[int, Household]:
    """Return the household at each address, made where it is new, and locked in one order (`homes.household_at`)."""
    doors = {fit.door.pk: fit.door for fit in fits}
    made = [Household(partnership=here, area_id=door.area_id, address=door) for _pk, door in sorted(doors.items())]
    Household.objects.bulk_create(made, ignore_conflicts=True)
    rows = Household.objects.select_for_update(no_key=True).filter(address__in=list(doors)).order_by("address")
    return {household.address_id: household for household in rows}


def _consents(people: Made, by: User, now: dt.datetime) -> None:
    """Write down that each has said yes, when and how the file says, to the words in their language."""
    assert people[0][0].partnership
    here, wordings = people[0][0].partnership, dict[str, Any]()
    for code in {fit.language for _person, fit in people}:
        with override(code):
            wordings[code] = wording_of(purpose=PURPOSE, text=consent_text(here, on_paper=True), language=code)
    Consent.objects.bulk_create(
        Consent(
            partnership=here,
            person=person,
            wording=wordings[fit.language],
            is_given=True,
            at=min(clock.at(fit.said_on, dt.time(12), here.zone), now),
            medium=fit.said_how,
            written_by=by,
        )
        for person, fit in people
    )


def _tell(helpers: list[Helper], people: Made, here: Partnership, now: dt.datetime) -> None:
    told = [
        NewMessage(
            kind="neighbours.from_list_by_email" if person.email else "neighbours.from_list",
            partnership=here,
            to=person,
            about={"helper": helper.pk},
            key=f"neighbours.helper.{helper.pk}.from_list",
        )
        for helper, (person, _fit) in zip(helpers, people, strict=True)
    ]
    post_all(told, now)
