"""How somebody hears of what staff do for them, said to staff and to the person: by email, by text or by letter."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnership.outbox.channels.choosing import Channel, channel_to
from partnership.people.mailboxes import is_written_down
from partnership.people.models import User


@dataclass(frozen=True)
class Way:
    """How somebody hears of what staff do for them: in staff's words, and to be said to them on the telephone."""

    label: str
    sentence: str
    by_letter: bool = False
    # Whether later messages, such as reminders, arrive without more ado.
    arrives: bool = True

    @property
    def is_slow(self) -> bool:
        """Whether somebody who has to answer soon must be rung too: a letter takes about a week."""
        return self.by_letter or not self.arrives


def _reaches(person: User | None) -> str | None:
    """Return the channel by which a person gets what we write to them now; not a mailbox that is held back."""
    channel = channel_to(person) if person else None
    return None if person and channel == Channel.MAIL and not person.has_open_mailbox else channel


def way_to(person: User | None) -> Way:
    """Return how a person gets what we write to them now."""
    channel = _reaches(person)
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


def until_then(person: User) -> str:
    """Return how we write to a person as long as a change still waits for them, to be said to them."""
    said = {
        Channel.MAIL: _("Until then we write to you by email."),
        Channel.SMS: _("Until then we write to you by text message."),
        Channel.LETTER: _("Until then we write to you by letter."),
    }
    channel = _reaches(person)
    return said[Channel(channel)] if channel else _("Until then we cannot write to you.")


def channel_in_words(person: User) -> str:
    """Return what a person gets, as the object of a sentence: "an email"."""
    words = {Channel.MAIL: _("an email"), Channel.SMS: _("a text message"), Channel.LETTER: _("a letter")}
    channel = _reaches(person)
    if channel == Channel.MAIL and is_written_down(person):
        return _("nothing before they have confirmed the email address")
    return words[Channel(channel)] if channel else _("no message, since we know no way to write to them")
