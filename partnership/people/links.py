"""Links in messages that do one thing without a log-in. Each belongs to one reader and one mailbox: it ends when the
reader is erased, may no longer do what it does, or has another mailbox.

A token holds the number of a case, what it is for, a version, and a digest of its reader. Its room says how many days
it works, and who may read it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from partnership import clock
from partnership.people.models import Organisation, OrganisationContact, User
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
    and are others for another mailbox. Migration 0022 computes the same in the database.
    """
    mailbox = canonical(reader.email or "") if mailbox is None else mailbox
    return salted_hmac("people.links", f"{reader.pk} {mailbox}").hexdigest()[:12]


def make(tokens: Tokens, pk: int, purpose: str, reader: User | None, version: int = 0) -> str:
    """Return the signed part of a link. Without a reader, the row that it names must know whose link it is."""
    return tokens.make([pk, purpose, version, *([digest_of(reader)] if reader else [])])


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
        if person.is_active and digest_of(person) == target.reader:
            return person
    raise LinkEnded


def _reader_of_older(organisation: Organisation, speaking: Iterable[User]) -> User:
    """Return the chair, while all who could have older links still speak for the organisation."""
    could, chair = organisation.readers_of_older_links.split(), organisation.chair
    is_unchanged = set(could) <= {digest_of(person) for person in speaking}
    if chair and chair.is_active and is_unchanged and could and could[0] == digest_of(chair):
        return chair
    raise LinkEnded
