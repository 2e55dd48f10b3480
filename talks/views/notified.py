"""How chair and speaker are told of what staff have done, said to staff: by email, by text message or by letter."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnership.outbox.post import channel_to
from partnership.people.models import User
from talks.messages.posting import is_written_down
from talks.models import Booking, Speaker, TalkWish

Channel = User.Channel


@dataclass(frozen=True)
class Way:
    """How somebody hears of what staff do for them: in staff's words, and to be said to them on the telephone."""

    label: str
    sentence: str
    by_letter: bool = False
    # Whether later messages, such as reminders, arrive without more ado.
    arrives: bool = True


def way_to(person: User | None) -> Way:
    """Return how a person gets what we write to them now."""
    channel = channel_to(person) if person else None
    if channel == Channel.MAIL and is_written_down(person):
        return Way(
            _("an email that asks them to confirm the address first"),
            _("You get an email with one button. Press it, and then we write to you there."),
            arrives=False,
        )
    if channel == Channel.MAIL:
        return Way(_("by email"), _("You get an email that says the same."))
    if channel == Channel.SMS:
        return Way(_("by text message"), _("You get a text message that says the same."))
    if channel == Channel.LETTER:
        return Way(_("by letter"), _("You get a letter that says the same."), by_letter=True)
    return Way(
        _("not at all, since we know no way to write to them"),
        _("We cannot write to you, so please write it down. I will say it slowly."),
        arrives=False,
    )


def with_chair(done: str, case: Booking | TalkWish | None) -> str:
    """Return what was done, and how the chair is told."""
    return _with_channels(done, case.association.chair if case else None, None)


def with_both(done: str, case: Booking | TalkWish | None, speaker: Speaker | None) -> str:
    """Return what was done, and how chair and speaker are told."""
    return _with_channels(done, case.association.chair if case else None, speaker.person if speaker else None)


def with_reader(done: str, case: Booking | TalkWish, reader: User) -> str:
    """Return what the chair or the deputy has done, and how the chair is told; said to the one who did it."""
    if reader != case.association.chair:
        return f"{done} " + _("We tell the chair.")
    return f"{done} " + _("You will get %(way)s that says so.") % {"way": _channel_in_words(reader)}


def _with_channels(done: str, chair: User | None, speaker: User | None) -> str:
    by_letter = any(channel_to(one) == Channel.LETTER for one in (chair, speaker) if one)
    printed = _("Letters wait to be printed under Messages.") if by_letter else ""
    return " ".join(filter(None, (done, _who_gets_what(chair, speaker), printed)))


def _who_gets_what(chair: User | None, speaker: User | None) -> str:
    if chair is None or speaker is None:
        sentence = _("The chair gets %(way)s.") if chair else _("The speaker gets %(way)s.")
        found = chair or speaker
        return sentence % {"way": _channel_in_words(found)} if found else ""
    if _channel_in_words(chair) == _channel_in_words(speaker):
        return _("Chair and speaker each get %(way)s.") % {"way": _channel_in_words(chair)}
    return _("The chair gets %(chair)s, and the speaker gets %(speaker)s.") % {
        "chair": _channel_in_words(chair),
        "speaker": _channel_in_words(speaker),
    }


def _channel_in_words(person: User) -> str:
    words = {Channel.MAIL: _("an email"), Channel.SMS: _("a text message"), Channel.LETTER: _("a letter")}
    channel = channel_to(person)
    if channel == Channel.MAIL and is_written_down(person):
        return _("nothing before they have confirmed the email address")
    return words[Channel(channel)] if channel else _("no message, since we know no way to write to them")
