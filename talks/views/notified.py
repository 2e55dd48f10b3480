"""How chair and speaker are told of what staff have done, said to staff: by email, by text message or by letter."""

from django.utils.translation import gettext as _

from partnership.outbox.post import channel_in_words, channel_to
from partnership.people.models import User
from talks.messages.about import call_first
from talks.models import Booking, Speaker, TalkWish

Channel = User.Channel


def with_chair(done: str, case: Booking | TalkWish | None) -> str:
    """Return what was done, and how the chair is told."""
    return _with_channels(done, case.association.chair if case else None, None)


def offered(done: str, case: Booking | TalkWish | None) -> str:
    """Return what was offered, how the chair is told, and that they are to be rung if no message reaches them soon."""
    call = call_first(case)
    return f"{with_chair(done, case)} {call}".strip()


def with_both(done: str, case: Booking | TalkWish | None, speaker: Speaker | None) -> str:
    """Return what was done, and how chair and speaker are told."""
    return _with_channels(done, case.association.chair if case else None, speaker.person if speaker else None)


def with_reader(done: str, case: Booking | TalkWish, reader: User) -> str:
    """Return what the chair or the deputy has done, and how the chair is told; said to the one who did it."""
    if reader != case.association.chair:
        return f"{done} " + _("We tell the chair.")
    return f"{done} " + _("You will get %(way)s that says so.") % {"way": channel_in_words(reader)}


def _with_channels(done: str, chair: User | None, speaker: User | None) -> str:
    by_letter = any(channel_to(one) == Channel.LETTER for one in (chair, speaker) if one)
    printed = _("Letters wait to be printed under Messages.") if by_letter else ""
    return " ".join(filter(None, (done, _who_gets_what(chair, speaker), printed)))


def _who_gets_what(chair: User | None, speaker: User | None) -> str:
    if chair is None or speaker is None:
        sentence = _("The chair gets %(way)s.") if chair else _("The speaker gets %(way)s.")
        found = chair or speaker
        return sentence % {"way": channel_in_words(found)} if found else ""
    if channel_in_words(chair) == channel_in_words(speaker):
        return _("Chair and speaker each get %(way)s.") % {"way": channel_in_words(chair)}
    return _("The chair gets %(chair)s, and the speaker gets %(speaker)s.") % {
        "chair": channel_in_words(chair),
        "speaker": channel_in_words(speaker),
    }
