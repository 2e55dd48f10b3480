"""Who may see and do what with helpers."""

import datetime as dt

from neighbours.models import Helper, HelperStep, ReplyCard, State
from partnership import clock
from partnership.people.access import has_role
from partnership.people.models import Activity, Medium, Role, User
from partnership.people.rules import does_something_for_others
from partnership.places.models import Partnership


def is_staff(user: User, partnership: Partnership) -> bool:
    """Coordinators and administrators of this partnership: they see addresses and type slips."""
    return has_role(user, partnership, *Role.STAFF)


def may_type_slips(user: User, partnership: Partnership) -> bool:
    """Only staff: who types a slip makes a helper at once, without an email to confirm."""
    return is_staff(user, partnership)


def may_note_cards(user: User, partnership: Partnership) -> bool:
    """Only staff: a card counts as what the helper has said."""
    return is_staff(user, partnership)


def may_see_addresses(user: User, partnership: Partnership) -> bool:
    """A Naboven sees names in their own area, and no addresses."""
    return is_staff(user, partnership)


def may_act_for(user: User, person: User, partnership: Partnership) -> bool:
    """Helpers act for themselves; staff for those who tell them to, by telephone or on paper."""
    return user.pk == person.pk or is_staff(user, partnership)


def may_correct_name(user: User, helper: Helper) -> bool:
    """Helpers themselves; staff for helpers who have confirmed that they are, but not for somebody with a role, whom
    the whole portal knows by the name: that is for administrators.
    """
    if user.pk == helper.person_id:
        return True
    if not may_act_for(user, helper.person, helper.partnership) or not helper.is_confirmed:
        return False
    return has_role(user, helper.partnership, Role.Kind.ADMINISTRATOR) or not helper.person.roles.exists()


def may_correct(user: User, helper: Helper) -> bool:
    """All details, which staff are told by telephone or on paper: whose name they may correct, but not their own. Who
    administers the whole platform is left alone: who could change their mailbox could log in as them.
    """
    is_other = user.pk != helper.person_id and not helper.person.is_superuser
    return is_other and helper.is_confirmed and may_correct_name(user, helper)


def may_correct_mailbox(user: User, helper: Helper) -> bool:
    """Of chairs, deputies and speakers only administrators: the code to log in goes there."""
    is_administrator = has_role(user, helper.partnership, Role.Kind.ADMINISTRATOR)
    return is_administrator or not does_something_for_others(helper.person)


def has_used_mailbox(person: User) -> bool:
    """Whether a helper, or somebody who was one, has verified a mailbox, also one that has been corrected since: the
    link in an email has confirmed them, or staff have written another in its place.
    """
    steps = HelperStep.objects.filter(helper__person=person)
    by_link = steps.filter(by=person, medium=Medium.WEB, to_state=State.CONFIRMED).exclude(from_state=State.CONFIRMED)
    corrected = steps.filter(changed__has_key="email").exclude(changed__has_key=HelperStep.UNVERIFIED_MAILBOX)
    return by_link.exists() or corrected.exists()


def may_take_back(user: User, done: Activity, today: dt.date) -> bool:
    """Only the helper, or who noted it for them, can remove a mistaken tick, on the same day; afterwards it has been
    counted in public.
    """
    return user.pk in (done.person_id, done.written_by_id) and done.day == today


def may_take_back_card(user: User, card: ReplyCard, today: dt.date) -> bool:
    """Only who noted a card, and on the same day, whatever day stands on it."""
    zone = card.helper.partnership.zone
    is_today = card.noted_at is not None and clock.local(card.noted_at, zone).date() == today
    return is_today and card.noted_by_id == user.pk


def has_own_page(person: User, now: dt.datetime) -> bool:
    """Whether somebody can log in with a code by email now, and so tick for themselves."""
    return bool(person.email) and not person.is_held_back(now)
