"""Whether messages about a talk reach chair and speaker, said to staff: none is promised that fails."""

from django.utils.translation import gettext as _

from partnership.outbox.post import obstacle_to_staff, way_to
from partnership.people.models import User
from talks.models import Booking, TalkWish


def call_first(case: Booking | TalkWish | None) -> str:
    """Return a sentence for staff who have asked a chair to choose: that only a call reaches them in time. It is empty
    for a chair whom an email or a text message reaches at once.
    """
    chair = case.association.chair if case else None
    way = way_to(chair)
    if chair is None or not way.is_slow:
        return ""
    if way.by_letter:
        return _("The chair gets a letter, which takes about a week. Call them, and choose with them on the telephone.")
    if way.is_blocked:
        return f"{way.to_staff} " + _("Choose with them on the telephone.")
    return _("No message reaches the chair yet. Call them, and choose with them on the telephone.")


def no_message_to_chair(chair: User | None) -> str:
    """Return that no message reaches a chair now, why, and what to do; "" if one does, or they are erased."""
    way = way_to(chair)
    return way.to_staff if chair and way.is_blocked else ""


def no_message_to_speaker(speaker: User | None) -> str:
    """Return that no message reaches a speaker now, as `no_message_to_chair`."""
    why = obstacle_to_staff(speaker) if speaker else ""
    return _("No message reaches the speaker.") + f" {why}" if why else ""


def unreached(case: Booking | TalkWish) -> list[str]:
    """Return a sentence for each of chair and speaker whom no message reaches now."""
    speaker = case.speaker.person if isinstance(case, Booking) and case.speaker else None
    return list(filter(None, (no_message_to_chair(case.association.chair), no_message_to_speaker(speaker))))


def apology_to_chair(case: Booking | TalkWish) -> list[str]:
    """Return that the chair gets our apology, or that no message reaches them; nothing once they are erased."""
    return [_told_chair(case, _("The chair gets an apology."))] if case.association.chair else []


def chair_is_told(case: Booking | TalkWish) -> list[str]:
    """Return that we tell the association, or that no message reaches its chair; nothing once they are erased."""
    return [_told_chair(case, _("We tell the association."))] if case.association.chair else []


def speaker_is_told(booking: Booking) -> list[str]:
    """Return that we tell the speaker, or that no message reaches them; nothing once they are erased."""
    if booking.speaker is None:
        return []
    return [no_message_to_speaker(booking.speaker.person) or _("We tell the speaker.")]


def _told_chair(case: Booking | TalkWish, told: str) -> str:
    return no_message_to_chair(case.association.chair) or told
