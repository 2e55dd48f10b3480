"""Filters for a message's state on the staff's pages."""

from django import template

from partnership.outbox import kinds
from partnership.outbox.models import Message
from partnership.outbox.staff.destinations import why_in_words

register = template.Library()

S = Message.State
CLASSES = {S.SENT: "status-good", S.FAILED: "status-bad", S.RETRY: "status-watch", S.EXPIRED: "status-watch"}


@register.filter
def reason_in_words(message: Message) -> str:
    """Return why a message failed or was not sent, as a sentence."""
    return why_in_words(message)


@register.filter
def kind_in_words(name: str) -> str:
    """Return what staff call a kind of message."""
    return kinds.name_for_staff(name)


@register.filter
def state_class(message: Message) -> str:
    """Return the CSS class that colours a message's state; "" for a state that needs no notice."""
    return "status-bad" if message.returned_as else CLASSES.get(S(message.state), "")
