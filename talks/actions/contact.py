"""How chairs are reached about their talks."""

from partnership.people.actions.mailboxes import give_number, verify_mailbox
from partnership.people.models import Organisation, User
from talks.models import Booking, TalkWish


def record_verified_asker(case: Booking | TalkWish, asker: User | None) -> None:
    """Note that the mailbox of who pressed the link is theirs, and store what was typed with the case: the telephone
    number in their own row, and the homes with the association. How we reach them does not change: a number that gets,
    or waits for, our texts stays.
    """
    if asker is not None:
        verify_mailbox(asker, case.name if asker == case.association.chair else "")
        if case.phone:
            give_number(asker, case.phone)
        if case.homes:
            Organisation.objects.filter(pk=case.association_id).update(homes=case.homes)
            case.association.homes = case.homes
    case.phone, case.name, case.homes = "", "", None
    case.save(update_fields=["phone", "name", "homes"])
