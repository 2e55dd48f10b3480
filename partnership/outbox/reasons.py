"""Translations of the reasons why a message is not sent, or not yet. Rows store short English ones."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from partnership.registers import Register

NO_TIME = "a letter would not arrive in time"
NOT_VERIFIED = "nobody has shown that the address is theirs"
IN_DIGEST = "told in the digest"
SAID_SINCE = "a newer letter says how it stands"
UNREACHABLE = "no e-mail, mobile number or address to reach the reader at"

_WORDS: dict[str, Callable[[], str]] = {
    UNREACHABLE: lambda: _("We have no email, mobile number or address for the reader. Find one, and write it down."),
    NOT_VERIFIED: lambda: _(
        "Staff typed the reader's email address, and nobody has logged in with it yet. Call, and check the address."
    ),
    NO_TIME: lambda: _("A letter would not arrive in time. Call the reader."),
    IN_DIGEST: lambda: _("Told in the email of the next morning."),
    SAID_SINCE: lambda: _("A newer message tells the reader how it stands now."),
    "its time had passed": lambda: _("Its time had passed."),
    "the reader has left": lambda: _("The reader has left."),
    "no longer true": lambda: _("It was no longer true."),
    "mail to this address has bounced": lambda: _("Mail to this address has come back before, and is stopped."),
    "another address was typed": lambda: _("Another address was typed instead."),
    "withdrawn by staff": lambda: _("Withdrawn by staff."),
    "waits to be printed": lambda: _("Waits to be printed as a letter."),
    "text message": lambda: _("Sent as a text message."),
    "the mail server does not answer": lambda: _("The mail server does not answer. It is tried again by itself."),
    "waits for its turn: the way to the reader does not answer": lambda: _(
        "The text message service does not answer. It is tried again by itself."
    ),
    "the batch took too long": lambda: _("There was much to send. It is tried again by itself."),
    "many to one domain: spread over time": lambda: _(
        "Many go to the same mail provider, so they are spread over time."
    ),
}


@dataclass(frozen=True)
class Reason:
    """Why a room withdraws a message: what the row stores, and the sentence that staff read."""

    stored: str
    words: Promise | str


why_withdrawn: Register[Reason] = Register("reasons for withdrawing a message", key=lambda reason: reason.stored)


# Mail servers often repeat the address: "550 5.1.1 <helle@example.dk>: unknown".
_WHOM = re.compile(r"""(?:"[^"]*"|[^\s<>"'(),;:]+)@[^\s<>"'(),;:]+|\+\d{8,15}""")
LONGEST = 200


def as_kept(reason: str) -> str:
    """Return a reason for storing: cut to its column, and without addresses, which the admin must not show."""
    return _WHOM.sub("…", reason)[:LONGEST]


# Reasons that hold what a server or Python said, in its own words, which are shown as they are.
_WITH_WHAT_WAS_SAID: dict[re.Pattern[str], Callable[[], str]] = {
    re.compile(r"no consent to (.*)"): lambda: _("The reader has not agreed to these messages, or no longer does."),
    re.compile(r"letter, batch (\d+)"): lambda: _("Posted as a letter in batch %(said)s."),
    re.compile(r"no answer from the mail server: (.*)"): lambda: _("The mail server does not answer (%(said)s)."),
    re.compile(r"the connection broke: (.*)"): lambda: _("The connection to the mail server broke (%(said)s)."),
    re.compile(r"no answer from the text gateway: (.*)"): lambda: _(
        "The text message service does not answer (%(said)s)."
    ),
    re.compile(r"the text gateway said (.*)"): lambda: _("The text message service did not take it (%(said)s)."),
    re.compile(r"(\d{3} .*)"): lambda: _("The mail server did not take it (%(said)s)."),
    re.compile(r"(\w+: .*)"): lambda: _("A fault in the portal stopped it (%(said)s)."),
}


def sentence_of(reason: str) -> str:
    """Return a stored reason as a sentence in the reader's language."""
    if reason in _WORDS:
        return _WORDS[reason]()
    if reason in why_withdrawn:
        return str(why_withdrawn[reason].words)
    one_line = " ".join(reason.split())
    for pattern, words in _WITH_WHAT_WAS_SAID.items():
        if found := pattern.fullmatch(one_line):
            return words() % {"said": found[1].rstrip(".")}
    return reason
