"""The kinds of message there are, and where each room keeps its words.

A room's `messages` hold one function a kind, marked with `@words`; the room adds them with
`kinds.add(*words_of(messages))`. The function is called when the message is about to be sent, in the reader's language,
and looks at the case once more: `None` means that it is no longer true, and nothing is sent.

A kind of which many leave at once may also give a `prepare`, which looks up the cases of a whole batch and lays each
in `message.prepared`. What it finds is used for a second at most (claiming.FRESH); without it the words look alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import ModuleType

from django.utils.functional import Promise

from partnership.outbox.models import Message
from partnership.registers import Register


@dataclass(frozen=True)
class Calendar:
    """An invitation for the reader's calendar: `method` is REQUEST or CANCEL, `body` the .ics file (RFC 5545)."""

    method: str
    body: bytes


@dataclass(frozen=True)
class Words:
    """What one message says. Text and HTML are both made from it, so they cannot say different things.

    A subject that is true on one day only ("Tomorrow: …") has another one `on_paper`, which is read on any day. `links`
    are what the reader may do besides (what, address): below the button, and in mail only, since no finger opens paper.
    """

    subject: str
    paragraphs: list[str]
    facts: list[tuple[str, str]] = field(default_factory=list)
    button: tuple[str, str] | None = None
    links: list[tuple[str, str]] = field(default_factory=list)
    calendar: Calendar | None = None
    on_paper: str = ""


Write = Callable[[Message], Words | None]


@dataclass(frozen=True)
class Kind:
    """How messages of one kind are treated, and what staff call it.

    Transactional ones answer something that the reader did. All others need her live consent to `consent`, and carry
    a one-click stop. `is_account` ones (a code to log in) go even to an address that has bounced; `to_number` ones are
    texts to the reader's number, and `by_mail` ones ask whose mailbox it is, so that they go there: both whichever way
    she has chosen.
    """

    name: str
    write: Write
    transactional: bool
    consent: str
    priority: Message.Priority
    is_account: bool
    prepare: Callable[[Sequence[Message]], None] | None = None
    called: Promise | str = ""
    to_number: bool = False
    by_mail: bool = False


kinds: Register[Kind] = Register("kinds of message", key=lambda kind: kind.name)


def words(
    name: str,
    *,
    transactional: bool = False,
    consent: str = "",
    priority: Message.Priority = Message.Priority.NORMAL,
    is_account: bool = False,
    prepare: Callable[[Sequence[Message]], None] | None = None,
    called: Promise | str = "",
    to_number: bool = False,
    by_mail: bool = False,
) -> Callable[[Write], Kind]:
    """Make the decorated function the words of a `Kind` called `name` ("room.what").

    `called` is what staff read for it: the room, a colon, and what of it ("Talk: reminder a week before").
    """
    if transactional == bool(consent):
        raise ValueError(f"{name} is either transactional or sent with a consent; it must be one of the two.")

    def kind_of(write: Write) -> Kind:
        return Kind(name, write, transactional, consent, priority, is_account, prepare, called, to_number, by_mail)

    return kind_of


def words_of(*modules: ModuleType) -> list[Kind]:
    """Return the kinds whose words stand in these modules, as `@words` made them."""
    return [found for module in modules for found in vars(module).values() if isinstance(found, Kind)]


def kind(name: str) -> Kind:
    """Return the kind called `name`; KeyError means that nobody has words for it."""
    return kinds[name]


def names() -> list[str]:
    return sorted(kind.name for kind in kinds)


def name_for_staff(name: str) -> str:
    """Return what staff call a kind; the bare name of one that nobody has words for any more."""
    return str(kinds[name].called or name) if name in kinds else name
