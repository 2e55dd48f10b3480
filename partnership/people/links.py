"""Links in messages that do one thing without a log-in. Each belongs to one reader and one mailbox, or in a letter to
one reader and one home: it ends when the reader is erased, may no longer do what it does, or has another mailbox, or
another home.

A token holds the number of a case, what it is for, a version, and a digest of its reader. Its room says how many days
it works, and who may read it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from partnership import clock
from partnership.people.models import Organisation, OrganisationContact, User
from partnership.people.own.homes import home_of
from partnership.web.tokens import LinkEnded, Tokens
from written.mailboxes import canonical


@dataclass(frozen=True)
class LinkTarget:
    """What a link refers to: one row, its version when the message was written, and the digest of its reader, which is
    empty in links from before 30 November 2026.
    """

    pk: int
    version: int
    reader: str = ""


def digest_of(reader: User, mailbox: str | None = None) -> str:
    """Return twelve hex digits that stand for a reader at a mailbox, by default their present one. They reveal neither,
    and are others for another mailbox.
    """
    mailbox = canonical(reader.email or "") if mailbox is None else mailbox
    return salted_hmac("people.links", f"{reader.pk} {mailbox}").hexdigest()[:12]


def _digest_of_home(reader: User) -> str:
    """Return the same for the home that letters to a reader go to."""
    home = home_of(reader)
    return salted_hmac("people.links.home", f"{reader.pk} {home.pk if home else ''}").hexdigest()[:12]


def _digest_where_read(reader: User, *, by_email: bool) -> str:
    """Return the digest of where a message with a link reaches its reader: the mailbox, or without an open one the
    home. Text messages have no links: of who chose those, it is where a message goes if no text can be sent.
    """
    goes_home = reader.reached_by == User.Channel.LETTER and not by_email
    return digest_of(reader) if reader.has_open_mailbox and not goes_home else _digest_of_home(reader)


def _is_reader(person: User, digest: str) -> bool:
    """Return whether a link went to a mailbox or a home that is still the person's. Without a mailbox there is only the
    home, also for links from before they held it.
    """
    return digest == _digest_of_home(person) or bool(person.email and digest == digest_of(person))


def make(
    tokens: Tokens, pk: int, purpose: str, reader: User | None, version: int = 0, *, by_email: bool = False
) -> str:
    """Return the signed part of a link. Without a reader, the row that it names must know whose link it is. `by_email`
    if it stands in a message that goes to the mailbox also of somebody who chose letters.
    """
    digest = [_digest_where_read(reader, by_email=by_email)] if reader else []
    return tokens.make([pk, purpose, version, *digest])


def read(tokens: Tokens, token: str, purpose: str, *, days: int) -> LinkTarget | None:
    """Return what a link for `purpose` refers to; None for any other text. Raise `LinkEnded` after its days."""
    named = tokens.read(token)
    if named is None:
        return None
    pk, made_for, *more = named
    if made_for != purpose:
        return None
    if clock.now() - tokens.made_at(token) > dt.timedelta(days=days):
        raise LinkEnded
    return LinkTarget(pk, *more)


def speaker_for(organisation: Organisation, target: LinkTarget) -> User:
    """Return the reader of a link, who is the organisation's chair or deputy. Raise `LinkEnded` if neither is."""
    speaking = organisation.holding(*OrganisationContact.SPEAKS_FOR_IT)
    if not target.reader:
        return _reader_of_older(organisation, speaking)
    for person in speaking:
        if person.is_active and _is_reader(person, target.reader):
            return person
    raise LinkEnded


def _reader_of_older(organisation: Organisation, speaking: Iterable[User]) -> User:
    """Return the chair, while all who could have older links still speak for the organisation."""
    could, chair = organisation.readers_of_older_links.split(), organisation.chair
    is_unchanged = set(could) <= {digest_of(person) for person in speaking}
    # A letter to somebody without a mailbox may lie at a home where they no longer live.
    if chair and chair.email and chair.is_active and is_unchanged and could and could[0] == digest_of(chair):
        return chair
    raise LinkEnded
