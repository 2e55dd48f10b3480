"""The kinds of messages, and the functions in each room that write their words.

A room's `messages` have one function for each kind, decorated with `@words`; the room adds them with
`kinds.add(*words_of(messages))`. The function is called when the message is about to be sent, in the reader's language.
It reads the case again, and returns `None` if the message is no longer true; then nothing is sent.

A kind of which many are sent at once may also have a `prepare`, which fetches the cases of a whole batch and stores
each in `message.prepared`, for use within a second (claiming.FRESH). Without it each call fetches its own case.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from django.utils.functional import Promise

from partnership.outbox.models import Message
from partnership.registers import Register


@dataclass(frozen=True)
class Calendar:
    """An invitation for the reader's calendar: `method` is REQUEST or CANCEL, `body` the .ics file (RFC 5545), and
    `sentence` what is said about the file, which only an email has.
    """

    method: str
    body: bytes
    sentence: str


@dataclass(frozen=True)
class Brief:
    """What a message says as one thing of a digest: short lines below its subject, with all that its reader is to do or
    judge by, true on the next morning; and the words of its link, which no other thing there has. `due_on` is the day
    by which an answer is promised.
    """

    lines: list[str]
    link: str = ""
    due_on: dt.date | None = None


@dataclass(frozen=True)
class Thing:
    """One of several things that a message tells of, with its own link (label, address) right below it."""

    title: str
    lines: list[str]
    link: tuple[str, str] | None = None


@dataclass(frozen=True)
class CardPage:
    """A page of a letter with a card to cut off, tick and hand in. Its number stands for the reader, and nothing on the
    card names them. `how` stays with the reader; each of `boxes` has the key that staff type for it, and its words.
    """

    how: list[str]
    boxes: list[tuple[str, str]]
    number: str
    hand_in: str


@dataclass(frozen=True)
class Words:
    """The content of one message. Text and HTML are both made from it, so they cannot differ.

    A subject that is true on one day only ("Tomorrow: …") has another `letter_subject`, which is true on any day.
    A letter may bring a `card`, of which an email and a text message have nothing.
    `links` are further actions (label, address), shown below the button and in emails only. A message that tells of
    several `things` has each with its own link; `brief` is what the message says as one of them.
    """

    subject: str
    paragraphs: list[str]
    facts: list[tuple[str, str]] = field(default_factory=list)
    button: tuple[str, str] | None = None
    links: list[tuple[str, str]] = field(default_factory=list)
    calendar: Calendar | None = None
    letter_subject: str = ""
    things: list[Thing] = field(default_factory=list)
    brief: Brief | None = None
    card: CardPage | None = None

    @property
    def is_button_first(self) -> bool:
        """Whether the button stands above the facts: below many, a telephone's first screen would not show it."""
        return len(self.facts) > 4

    @property
    def facts_and_things(self) -> list[tuple[str, str]]:
        """What a letter and a text message list: the facts, and the things by number, without their links."""
        numbered = enumerate(self.things, start=1)
        return [*self.facts, *((str(number), "\n".join([one.title, *one.lines])) for number, one in numbered)]


Write = Callable[[Message], Words | None]


@dataclass(frozen=True)
class Kind:
    """How messages of one kind are treated, and its name for staff.

    Transactional ones answer something that the reader did. All others need the reader's current consent to `consent`,
    and have a one-click stop. `is_account` ones (about a log-in) are sent even to a mailbox that has bounced.
    `holds_code` ones bring a code that gives access: what they speak of is deleted also when they have failed, so
    nobody tries them again.
    `in_digest` ones are told on the next morning, all in one email (digest.py).
    `last_word` ones say how a case stands: of letters of these kinds to one reader, about one case, only the newest is
    printed (queue/last_words.py), so their keys begin with the case and the kind: "talks.booking.7.moved.…".
    `to_number` ones verify a mobile number, `by_email` ones a mailbox and `by_letter` ones a home, so they go there
    whatever channel the reader has chosen; a mailbox that staff have typed gets nothing else before its owner has used
    it.
    `to_typed` ones answer a mailbox that somebody typed on a page that may not tell whose it is: they go to that
    mailbox or nowhere. In a letter, a text message or another mailbox they would reach somebody who has not asked, and
    a letter would tell staff who has the mailbox and where they live. Those that anybody can ask for again and again
    are posted with `answer_typed`, which counts them; a link to one request, and its reminder, with `post`.
    `warns` ones tell of a change of how the reader is reached or hidden, which a stranger may have asked for: they are
    posted also when the reader is hidden meanwhile (preferences/hiding.py).
    `called` is the name for staff: the subject, a colon, and the kind ("Talk: reminder a week before").
    """

    name: str
    write: Write
    transactional: bool = False
    consent: str = ""
    priority: Message.Priority = Message.Priority.NORMAL
    is_account: bool = False
    prepare: Callable[[Sequence[Message]], None] | None = None
    called: Promise | str = ""
    to_number: bool = False
    by_email: bool = False
    to_typed: bool = False
    in_digest: bool = False
    by_letter: bool = False
    last_word: bool = False
    holds_code: bool = False
    warns: bool = False

    def __post_init__(self) -> None:
        if self.transactional == bool(self.consent):
            raise ValueError(f"{self.name} is either transactional or sent with a consent; it must be one of the two.")

    @property
    def is_for_mailbox_only(self) -> bool:
        """Whether it goes to the mailbox or nowhere."""
        return self.is_account or self.to_typed


kinds: Register[Kind] = Register("kinds of message", key=lambda kind: kind.name)


def words(name: str, **how: Any) -> Callable[[Write], Kind]:
    """Make the decorated function the words of a `Kind` called `name` ("room.what"); `how` are its other fields."""
    return lambda write: Kind(name, write, **how)


def words_of(*modules: ModuleType) -> list[Kind]:
    """Return the kinds that `@words` has made of functions in these modules."""
    return [found for module in modules for found in vars(module).values() if isinstance(found, Kind)]


def kind(name: str) -> Kind:
    """Return the kind called `name`; KeyError if there is none."""
    return kinds[name]


def names() -> list[str]:
    """Return the stored names of all kinds, sorted."""
    return sorted(kind.name for kind in kinds)


def names_with_codes() -> list[str]:
    """Return the stored names of the kinds that bring a code which gives access."""
    return [kind.name for kind in kinds if kind.holds_code]


def name_for_staff(name: str) -> str:
    """Return a kind's name for staff; its stored name if the kind no longer exists."""
    return str(kinds[name].called or name) if name in kinds else name
