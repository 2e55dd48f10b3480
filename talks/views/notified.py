"""How chair and speaker are told of what staff have done, said to staff: by email, by text message or by letter."""

from django.utils.translation import gettext as _

from partnership.outbox.post import channel_in_words, reached_now
from partnership.people.models import User
from talks.messages.reaching import call_first, no_message_to_chair, no_message_to_speaker
from talks.models import Booking, Speaker, TalkWish

Channel = User.Channel


def with_chair(done: str, case: Booking | TalkWish | None) -> str:
    """Return what was done, and how the chair is told."""
    return _with_channels(done, case.association.chair if case else None, None)


def offered(done: str, case: Booking | TalkWish | None) -> str:
    """Return what was offered, how the chair is told, and that they are to be rung if no message reaches them soon."""
    return f"{with_chair(done, case)} {and_call(case)}".strip()


def and_call(case: Booking | TalkWish | None) -> str:
    """Return that a chair who has to choose is to be rung; "" if they need not be, or how they are told says it."""
    return "" if no_message_to_chair(case.association.chair if case else None) else call_first(case)


def with_both(done: str, case: Booking | TalkWish | None, speaker: Speaker | None) -> str:
    """Return what was done, and how chair and speaker are told."""
    return _with_channels(done, case.association.chair if case else None, speaker.person if speaker else None)


def with_reader(done: str, case: Booking | TalkWish, reader: User) -> str:
    """Return what the chair or the deputy has done, and how the chair is told; said to the one who did it."""
    if reader != case.association.chair:
        return f"{done} " + _("We tell the chair.")
    if way := channel_in_words(reader):
        return f"{done} " + _("You will get %(way)s that says so.") % {"way": way}
    return f"{done} " + _(
        "We cannot write to you now. “How we reach you” on your own page says why, and what you can do."
    )


def _with_channels(done: str, chair: User | None, speaker: User | None) -> str:
    by_letter = any(reached_now(one).channel == Channel.LETTER for one in (chair, speaker) if one)
    printed = _("Letters wait to be printed under Messages.") if by_letter else ""
    return " ".join(filter(None, (done, _who_gets_what(chair, speaker), printed)))


def _who_gets_what(chair: User | None, speaker: User | None) -> str:
    """Return what each of them gets; of whom no message reaches, why, and that they are to be rung."""
    to_chair, to_speaker = (channel_in_words(one) if one else "" for one in (chair, speaker))
    if to_chair and to_chair == to_speaker:
        return _("Chair and speaker each get %(way)s.") % {"way": to_chair}
    if to_chair and to_speaker:
        both = _("The chair gets %(chair)s, and the speaker gets %(speaker)s.")
        return both % {"chair": to_chair, "speaker": to_speaker}
    said = [
        _("The chair gets %(way)s.") % {"way": to_chair} if to_chair else no_message_to_chair(chair),
        _("The speaker gets %(way)s.") % {"way": to_speaker} if to_speaker else no_message_to_speaker(speaker),
    ]
    return " ".join(filter(None, said))
