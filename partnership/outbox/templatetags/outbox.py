"""Filters for a message's state on the staff's pages."""

from django import template

from partnership.outbox import kinds
from partnership.outbox.models import Message
from partnership.outbox.reasons import sentence_of

register = template.Library()

S = Message.State
CLASSES = {S.SENT: "status-good", S.FAILED: "status-bad", S.RETRY: "status-watch", S.EXPIRED: "status-watch"}


@register.filter
def reason_in_words(reason: str) -> str:
    return sentence_of(reason)


@register.filter
def kind_in_words(name: str) -> str:
    return kinds.name_for_staff(name)


@register.filter
def state_class(state: str) -> str:
    return CLASSES.get(S(state), "")
