"""What somebody who becomes a helper has typed on a page, or written on a slip that staff type."""

import uuid
from dataclasses import dataclass

from neighbours.actions.origin import NOT_ASKED, Origin
from partnership.places.models import Address, Partnership

# What staff answer when they are asked whether a slip is of somebody known.
SAME, ANOTHER = "same", "another"


@dataclass(frozen=True, kw_only=True)
class JoinRequest:
    """What someone typed on a partnership's page to become a helper."""

    partnership: Partnership
    name: str
    email: str
    address: Address
    consent_text: str
    language: str
    submission: uuid.UUID
    # The words about the Naboven, if they were ticked.
    shown_text: str = ""
    # Ticked: name and address protection. Not ticked says nothing.
    is_protected: bool = False
    origin: Origin = NOT_ASKED
    # What the same browser sent before, with the same mailbox.
    continues: uuid.UUID | None = None
    # Typed by somebody who is logged in with this email address.
    by_owner: bool = False


@dataclass(frozen=True, kw_only=True)
class Slip(JoinRequest):
    """What somebody signed on paper or said on the telephone, and what staff have answered about them. Without an email
    address, `email` is empty.
    """

    medium: str
    phone: str = ""
    # Whether the person is the one known with this name, SAME or ANOTHER; empty if nobody was asked.
    answer: str = ""
    # Whether staff say that the mailbox, which is known under another name, is this person's.
    is_owner: bool = False
