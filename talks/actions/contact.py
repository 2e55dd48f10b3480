"""How chairs are reached about their talks."""

import datetime as dt

from partnership.people.actions.mailboxes import give_number, verify_mailbox
from partnership.people.mailboxes import is_verified
from partnership.people.models import Organisation, User
from partnership.people.own.held_back import refuse_held_back
from talks.models import Booking, TalkWish


def typed_with(case: Booking | TalkWish, asker: User) -> dict[str, object]:
    """Return what `record_verified_asker` would store of this case, for the page with the button."""
    counts = asker == case.association.chair and not is_verified(asker)
    return {"homes": case.homes, "name": case.name if counts else "", "phone": case.phone}


def record_verified_asker(case: Booking | TalkWish, asker: User | None, now: dt.datetime) -> None:
    """Note that the mailbox of who pressed the link is theirs, and store what was typed with the case: the telephone
    number in their own row, and the homes with the association. How we reach them does not change: a number that gets,
    or waits for, our texts stays.
    """
    refuse_held_back(asker, now)
    if asker is not None:
        verify_mailbox(asker, now, case.name if asker == case.association.chair else "")
        if case.phone:
            give_number(asker, case.phone)
        if case.homes:
            Organisation.objects.filter(pk=case.association_id).update(homes=case.homes)
            case.association.homes = case.homes
    case.phone, case.name, case.homes = "", "", None
    case.save(update_fields=["phone", "name", "homes"])
