"""Links as they stand in emails, for the chair unless said otherwise."""

from partnership.people.models import Organisation, User
from talks import links
from talks.models import Booking, DeputyInvitation, TalkWish

Case = Booking | TalkWish | Organisation | DeputyInvitation


def path_of(case: Case, purpose: str, *, version: int = 0, reader: User | None = None) -> str:
    """Return the path of a link."""
    if not isinstance(case, DeputyInvitation):
        reader = reader or (case if isinstance(case, Organisation) else case.association).chair
    return "/" + links.link(case, purpose, reader, version=version).split("/", 3)[3]


def token_of(case: Case, purpose: str, *, version: int = 0, reader: User | None = None) -> str:
    """Return the signed part of a link."""
    return path_of(case, purpose, version=version, reader=reader).rstrip("/").rpartition("/")[2]
