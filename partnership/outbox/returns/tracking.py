"""Webhooks of mail providers. django-anymail parses their formats; here an event becomes a bounce."""

from typing import Any

from anymail.signals import AnymailTrackingEvent
from django.core.exceptions import BadRequest, ImproperlyConfigured
from django.http import HttpRequest

from partnership import clock
from partnership.outbox.models import Bounce
from partnership.outbox.returns.bouncing import record_event
from partnership.outbox.returns.permanence import kind_of_bounce

# What the parser of a format raises for what is not in it, or is nested deeper than anything that a provider sends.
UNREADABLE = (ArithmeticError, AttributeError, ImproperlyConfigured, LookupError, RecursionError, TypeError, ValueError)


def checked(view: Any) -> Any:
    """Return anymail's view, which answers 400 to a notice that it cannot read, in place of a server error."""

    class Checked(view.view_class):
        def parse_events(self, request: HttpRequest) -> list[AnymailTrackingEvent]:
            try:
                events = super().parse_events(request)
            except UNREADABLE as unreadable:
                raise BadRequest("unreadable") from unreadable
            if not all(_is_readable(event) for event in events):
                raise BadRequest("unreadable")
            return events

    return Checked.as_view()


def _is_readable(event: AnymailTrackingEvent) -> bool:
    stored = f"{event.recipient} {event.event_id} {event.message_id}"
    # JSON can hold half a character (a lone surrogate), which PostgreSQL cannot store.
    is_whole = not any("\ud800" <= character <= "\udfff" for character in stored)
    return isinstance(event.recipient, str | None) and "\0" not in stored and is_whole


def record(sender: Any, event: AnymailTrackingEvent, esp_name: str, **more: Any) -> None:
    """Count a bounce, a refusal or a complaint; ignore anything else (opened, clicked)."""
    kind = _kind(event, esp_name)
    if kind and event.recipient:
        number = event.event_id or f"{event.message_id}.{event.event_type}.{event.recipient}"
        record_event(mailbox=event.recipient, kind=kind, event=f"{esp_name}.{number}", now=clock.now())


def _kind(event: AnymailTrackingEvent, provider: str) -> str:
    if event.event_type == "complained" or event.reject_reason == "unsubscribed":
        return Bounce.Kind.COMPLAINT
    if event.event_type in ("bounced", "rejected", "failed"):
        return kind_of_bounce(event, provider)
    return ""
