"""How chairs are reached about their talks."""

from partnership.people.actions.addresses import note_used_address
from partnership.people.models import User
from talks.models import Booking, TalkWish


def note_verified_chair(case: Booking | TalkWish) -> None:
    """Note that the chair's address is verified, and store the telephone number that was typed with a case in the
    chair's own row. How we reach the chair does not change: a number that gets, or waits for, our texts stays as it is.
    """
    chair = case.association.chair
    if chair is not None:
        note_used_address(chair)
    if not case.phone:
        return
    if chair is not None:
        give_number(chair, case.phone)
    case.phone = ""
    case.save(update_fields=["phone"])


def give_number(person: User, phone: str) -> None:
    """Store a telephone number, but in place of none that gets, or waits for, our texts."""
    if User.objects.filter(pk=person.pk).exclude(channel=User.Channel.SMS).update(phone=phone):
        person.phone = phone
