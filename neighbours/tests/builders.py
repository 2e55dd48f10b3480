"""Homes, helpers and filled-in forms for this room's tests."""

import datetime as dt
import uuid

from neighbours.actions import joining, replacing
from neighbours.actions.requests import JoinRequest, Slip
from neighbours.consent_words import consent_text, shown_text
from neighbours.links import make_token
from neighbours.models import Helper
from partnership import clock
from partnership.people.models import Medium, User
from partnership.places.models import Address, Area, Partnership
from partnership.places.tests.builders import an_address
from partnership.web.tokens import TextTokens

# Pages read the clock themselves, so these rows are made now.
HOUR = dt.timedelta(hours=1)
SUBMISSION = uuid.UUID("5b0c1c4e-0000-4000-8000-000000000001")


def home(area: Area, number: str = "12", street: str = "Eksempelvej", **more) -> Address:
    return an_address(area, street=street, number=number, **more)


def ask(where: Partnership, address: Address, email: str = "vera@randers.example", **more) -> Helper:
    """Ask to join on the web, and return the `Helper` row."""
    typed = {
        "partnership": where,
        "name": "Vera Vestergaard",
        "email": email,
        "address": address,
        "consent_text": consent_text(where),
        "language": where.language,
        "submission": uuid.uuid4(),
    }
    now, replaces = more.pop("now", None) or clock.now(), more.pop("replaces", None)
    asked = JoinRequest(**(typed | more))
    if replaces:
        replacing.ask_with_another_mailbox(replaces=replaces, join_request=asked, now=now)
    else:
        joining.ask_to_join(join_request=asked, now=now)
    return Helper.objects.get(person__email=email)


def helper(person: User, address: Address, now: dt.datetime | None = None, *, shown: bool = False) -> Helper:
    """Make a confirmed helper of someone of the cast; `shown` has ticked that the Naboven may see them."""
    now = now or clock.now()
    words = shown_text(person.partnership) if shown else ""
    joined = ask(person.partnership, address, person.email, name=person.name, shown_text=words, now=now)
    joining.confirm(helper=joined, now=now)
    joined.refresh_from_db()
    return joined


def slip(by: User, address: Address, **more) -> Helper:
    """Let staff type a slip."""
    typed = {
        "partnership": by.partnership,
        "name": "Poul Papir",
        "email": "",
        "phone": "12 34 56 78",
        "address": address,
        "consent_text": consent_text(by.partnership, on_paper=True),
        "language": by.partnership.language,
        "medium": Medium.PAPER,
        "submission": uuid.uuid4(),
    }
    now = more.pop("now", None) or clock.now()
    return joining.join_on_paper(slip=Slip(**(typed | more)), by=by, now=now).helper


def signed(helper: Helper, value: str) -> str:
    """Return a token of the same signature for something else."""
    return TextTokens(salt=f"neighbours.confirm:{helper.partnership_id}:{helper.person.email}").make(value)


def token(helper: Helper, days_ago: int = 0) -> str:
    return make_token(helper, clock.now() - dt.timedelta(days=days_ago))


def typed(**more: str) -> dict[str, str]:
    """Return a filled-in form."""
    form = {
        "submission": str(uuid.uuid4()),
        "name": "Vera Vestergaard",
        "email": "vera@randers.example",
        "address": "Eksempelvej 12",
        "postcode": "8900",
        "was_helper": "no",
        "consent": "on",
    }
    return form | more
