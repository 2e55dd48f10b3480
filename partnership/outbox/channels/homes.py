"""Where a letter goes."""

from partnership.outbox.models import Message
from partnership.people.own.homes import home_of
from partnership.places.models import Address


def homes_of_waiting_letters() -> list[int]:
    """Return the ids of the addresses that letters go to because they are about them."""
    waiting = Message.objects.filter(state__in=Message.OPEN, about__has_key="letter_to")
    return list(waiting.values_list("about__letter_to", flat=True))


def home_for(message: Message) -> Address | None:
    """Return where a letter goes: to the reader's home, or to another address that the message is about (`letter_to`),
    such as the home before a change.
    """
    if "letter_to" in message.about:
        return Address.objects.select_related("partnership").filter(pk=message.about["letter_to"]).first()
    return home_of(message.recipient) if message.recipient else None
