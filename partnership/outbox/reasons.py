"""Translations of the reasons why a message is not sent, or not yet. Rows store short English ones."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from partnership.registers import Register

# As rows store them: a constant may be renamed, and its text not.
NO_TIME = "a letter would not arrive in time"
NOT_VERIFIED = "nobody has shown that the address is theirs"
IN_DIGEST = "told in the digest"
SAID_SINCE = "a newer letter says how it stands"
UNREACHABLE = "no e-mail, mobile number or address to reach the reader at"
EXPIRED = "its time had passed"
HAS_LEFT = "the reader has left"
NOT_TRUE = "no longer true"
BOUNCED = "mail to this address has bounced"
OTHER_ADDRESS = "another address was typed"
BY_STAFF = "withdrawn by staff"
NOW_PROTECTED = "written before the reader was protected"
TO_BE_PRINTED = "waits to be printed"
BY_TEXT_MESSAGE = "text message"
SERVER_SILENT = "the mail server does not answer"
CHANNEL_SILENT = "waits for its turn: the way to the reader does not answer"
BATCH_TOO_LONG = "the batch took too long"
SPREAD_OUT = "many to one domain: spread over time"

_WORDS: dict[str, Callable[[], str]] = {
    UNREACHABLE: lambda: _(
        "We have no email address, mobile number or home address for the reader. Find one, and write it down."
    ),
    NOT_VERIFIED: lambda: _(
        "Staff typed the reader’s email address, and nobody has logged in with it yet. Call, and check the address."
    ),
    NO_TIME: lambda: _("A letter would not arrive in time. Call the reader."),
    IN_DIGEST: lambda: _("Told in the email of the next morning."),
    SAID_SINCE: lambda: _("A newer message tells the reader how it stands now."),
    EXPIRED: lambda: _("Its time had passed."),
    HAS_LEFT: lambda: _("The reader has left."),
    NOT_TRUE: lambda: _("It was no longer true."),
    BOUNCED: lambda: _("Mail to this address has come back before, and is stopped."),
    OTHER_ADDRESS: lambda: _("Another address was typed instead."),
    BY_STAFF: lambda: _("Withdrawn by staff."),
    NOW_PROTECTED: lambda: _("It was written before the reader’s name and address protection was noted."),
    TO_BE_PRINTED: lambda: _("Waits to be printed as a letter."),
    BY_TEXT_MESSAGE: lambda: _("Sent as a text message."),
    SERVER_SILENT: lambda: _("The mail server does not answer. It is tried again by itself."),
    CHANNEL_SILENT: lambda: _("The text message service does not answer. It is tried again by itself."),
    BATCH_TOO_LONG: lambda: _("There was much to send. It is tried again by itself."),
    SPREAD_OUT: lambda: _("Many go to the same mail provider, so they are spread over time."),
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


def no_consent_to(purpose: str) -> str:
    """Return the reason of a message whose reader has not agreed to its purpose, or no longer does, for storing."""
    return f"no consent to {purpose}"[:LONGEST]


def as_kept(reason: str) -> str:
    """Return a reason for storing: cut to its column, and without addresses, which the admin must not show."""
    return _WHOM.sub("…", reason)[:LONGEST]


# Reasons that hold what a server or Python said, in its own words, which are shown as they are.
_WITH_WHAT_WAS_SAID: dict[re.Pattern[str], Callable[[], str]] = {
    re.compile(no_consent_to("(.*)")): lambda: _("The reader has not agreed to these messages, or no longer does."),
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
