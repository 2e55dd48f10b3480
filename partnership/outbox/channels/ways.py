"""How somebody hears of what staff do for them, said to staff and to the person: by email, by text or by letter. All is
made from `reached_now`, which asks what the queue asks just before it sends: so no page promises a message that fails.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from partnership import clock
from partnership.outbox.channels import sms
from partnership.outbox.channels.choosing import Channel, channel_to
from partnership.outbox.models import Suppression
from partnership.outbox.suppression import Stopped, digest_of, why_stopped
from partnership.people.mailboxes import is_written_down
from partnership.people.models import User
from partnership.people.own.held_back import opens_on


class Obstacle(StrEnum):
    """Why nothing that we write reaches a person now; `NONE` if something does."""

    NONE = ""
    NO_WAY = "no_way"
    CAME_BACK = "came_back"
    UNWANTED = "unwanted"
    HELD_BACK = "held_back"


@dataclass(frozen=True)
class Reached:
    """The channel that is used now; none, with the obstacle, if no message would arrive. `is_asked_first`: the mailbox
    gets an email that asks for its owner, and nothing else before they have answered.
    """

    channel: str | None
    obstacle: Obstacle = Obstacle.NONE
    is_asked_first: bool = False


def reached_now(person: User | None, *, by_email: bool = False) -> Reached:
    """Return how a person gets what we write to them now; with `by_email`, what goes to a mailbox if there is one."""
    channel = channel_to(person, by_email=by_email) if person else None
    if person is None or channel is None:
        return Reached(None, Obstacle.NO_WAY)
    if channel == Channel.SMS and Suppression.objects.filter(digest=digest_of(sms.dialled(person))).exists():
        return Reached(None, Obstacle.NO_WAY)
    if channel != Channel.MAIL:
        return Reached(channel)
    if not person.has_open_mailbox:
        return Reached(None, Obstacle.HELD_BACK)
    if stopped := why_stopped(digest_of(person.email or "")):
        return Reached(None, Obstacle.UNWANTED if stopped == Stopped.UNWANTED else Obstacle.CAME_BACK)
    return Reached(channel, is_asked_first=is_written_down(person))


@dataclass(frozen=True)
class Way:
    """How a chair hears of what staff do for them, in whole sentences: to staff, and to be said on the telephone."""

    to_staff: str
    sentence: str
    by_letter: bool = False
    # Whether later messages, such as reminders, arrive without more ado.
    arrives: bool = True
    # Whether nothing that is sent now arrives, not even a question to whoever has the mailbox.
    is_blocked: bool = False

    @property
    def is_slow(self) -> bool:
        """Whether somebody who has to answer soon must be rung too: a letter takes about a week."""
        return self.by_letter or not self.arrives


def way_to(person: User | None) -> Way:
    """Return how a chair gets what we write to them now."""
    found = reached_now(person)
    if found.channel is None:
        said = _("We cannot write to you now, so please write it down. I will say it slowly.")
        no_message = _("No message reaches the chair.")
        return Way(f"{no_message} {obstacle_to_staff(person)}", said, arrives=False, is_blocked=True)
    if found.is_asked_first:
        return Way(
            _("The chair gets an email that asks them to confirm the address first."),
            _("You get an email with one button. Press it, and then we write to you there."),
            arrives=False,
        )
    if found.channel == Channel.MAIL:
        return Way(_("The chair hears of it by email."), _("You get an email that says the same."))
    if found.channel == Channel.SMS:
        return Way(_("The chair hears of it by text message."), _("You get a text message that says the same."))
    return Way(_("The chair hears of it by letter."), _("You get a letter that says the same."), by_letter=True)


def obstacle_to_staff(person: User | None, *, by_email: bool = False) -> str:
    """Return why no message reaches a person now, and what to do; "" if one does."""
    found = reached_now(person, by_email=by_email)
    if found.obstacle == Obstacle.HELD_BACK and person and person.is_held_back(clock.now()):
        said = _("The email address is new here: nobody can log in with it before %(day)s, and it gets no mail. Call.")
        return said % {"day": opens_on(person)}
    words: dict[Obstacle, Callable[[], str]] = {
        Obstacle.NONE: lambda: "",
        Obstacle.NO_WAY: lambda: _("We know neither an email address nor a home to write to. Call, and ask for one."),
        Obstacle.HELD_BACK: lambda: _(
            "The email address is new here: nobody has logged in with it yet, and it gets no mail. Call."
        ),
        Obstacle.CAME_BACK: lambda: _(
            "Mail to the email address is stopped, since it has come back. Call, and ask for another one."
        ),
        Obstacle.UNWANTED: lambda: _("Mail to the email address is stopped, since it was reported as unwanted. Call."),
    }
    return words[found.obstacle]()


def obstacle_in_words(person: User) -> str:
    """Return in place of a channel that no message reaches the person now, and why; "" if one does."""
    found = reached_now(person)
    if found.obstacle == Obstacle.HELD_BACK and person.is_held_back(clock.now()):
        return _("Not before %(day)s: the email address is new here") % {"day": opens_on(person)}
    words: dict[Obstacle, Callable[[], str]] = {
        Obstacle.NONE: lambda: "",
        Obstacle.NO_WAY: lambda: _("Not at all: we know no address"),
        Obstacle.HELD_BACK: lambda: _("Not before somebody has logged in with the new email address"),
        Obstacle.CAME_BACK: lambda: _("Not at all: mail to the email address has come back, and is stopped"),
        Obstacle.UNWANTED: lambda: _("Not at all: mail to the email address was reported as unwanted, and is stopped"),
    }
    return words[found.obstacle]()


def until_then(person: User) -> str:
    """Return how we write to a person as long as a change still waits for them, to be said to them."""
    said = {
        Channel.MAIL: _("Until then we write to you by email."),
        Channel.SMS: _("Until then we write to you by text message."),
        Channel.LETTER: _("Until then we write to you by letter."),
    }
    channel = reached_now(person).channel
    return said[Channel(channel)] if channel else _("Until then we cannot write to you.")


def channel_in_words(person: User) -> str:
    """Return what a person gets, as the object of a sentence: "an email"; "" if nothing reaches them now."""
    words = {Channel.MAIL: _("an email"), Channel.SMS: _("a text message"), Channel.LETTER: _("a letter")}
    found = reached_now(person)
    if found.channel is None:
        return ""
    if found.is_asked_first:
        return _("nothing before they have confirmed the email address")
    return words[Channel(found.channel)]
