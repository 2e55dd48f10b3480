"""Who may do what with a booking."""

import datetime as dt

from partnership.people.access import has_role
from partnership.people.models import Organisation, Role, User
from partnership.people.rules import speaks_for
from talks.models import Booking, Speaker, TalkWish

# Requests that one person may have waiting for our answer.
OPEN_EACH = 3
# Later than this the chair cannot move a talk alone, but must ask.
CHAIR_MOVES_UNTIL = dt.timedelta(days=2)
# After it was first recorded whether a talk took place.
CORRECTED_WITHIN = dt.timedelta(days=14)


def may_answer(user: User, case: Booking | TalkWish) -> bool:
    """Confirm, decline, offer, move: the coordinators of its partnership, but not the person who asked."""
    return has_role(user, case.partnership, *Role.STAFF) and not speaks_for(user, case.association)


def may_ask_for(user: User, association: Organisation) -> bool:
    """Ask for a talk, move and cancel it for an association that tells staff to: staff, but not for their own."""
    return has_role(user, association.partnership, *Role.STAFF) and not speaks_for(user, association)


def may_speak(user: User, association: Organisation, medium: str = "") -> bool:
    """Answer what we ask an association: those who speak for it; with a `medium`, staff to whom it has told it."""
    return may_ask_for(user, association) if medium else speaks_for(user, association)


def may_cancel(user: User, booking: Booking) -> bool:
    """Cancel a talk: those who speak for the association, and those who may answer."""
    return speaks_for(user, booking.association) or may_answer(user, booking)


def may_change_place_facts(user: User, booking: Booking) -> bool:
    """Change what the place is like and who may come: those who speak for the association, and those who may answer."""
    return speaks_for(user, booking.association) or may_answer(user, booking)


def may_move_to(user: User, booking: Booking, speaker_id: int, now: dt.datetime) -> bool:
    """Staff to any slot; those who speak for the association to another of the same speaker's, early enough."""
    if may_answer(user, booking):
        return True
    in_time = booking.starts_at - now > CHAIR_MOVES_UNTIL
    return speaks_for(user, booking.association) and booking.speaker_id == speaker_id and in_time


def may_call_off(user: User, booking: Booking) -> bool:
    """Say that the speaker cannot come: the speaker, and those who may answer the booking."""
    gives = booking.speaker is not None and booking.speaker.person_id == user.pk
    return gives or may_answer(user, booking)


def may_close(user: User, booking: Booking) -> bool:
    """Record whether the talk took place: the speaker, and those who may answer the booking."""
    return may_call_off(user, booking)


def may_correct(user: User, booking: Booking, now: dt.datetime) -> bool:
    """Correct whether the talk took place: those who may answer the booking, for `CORRECTED_WITHIN`."""
    if booking.state not in Booking.CLOSED or not may_answer(user, booking):
        return False
    return now - booking.steps.recorded().earliest("pk").at <= CORRECTED_WITHIN


def may_describe(user: User, speaker: Speaker) -> bool:
    """Say which talks a speaker gives, where, and who steps in: administrators."""
    return user.is_superuser or has_role(user, speaker.partnership, Role.Kind.ADMINISTRATOR)


def may_offer_slots(user: User, speaker: Speaker) -> bool:
    """The speaker, and the coordinators."""
    return speaker.person_id == user.pk or has_role(user, speaker.partnership, *Role.STAFF)
