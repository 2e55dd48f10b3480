"""Webhooks of mail providers. django-anymail parses their formats; here an event becomes a bounce."""

from typing import Any

from anymail.signals import AnymailTrackingEvent
from django.core.exceptions import BadRequest, ImproperlyConfigured
from django.http import HttpRequest

from partnership import clock
from partnership.outbox.models import Bounce
from partnership.outbox.returns.bouncing import record_event

# A provider says "bounced" for hard and soft bounces; the reason tells which.
GONE = ("invalid", "bounced")


# What the parser of a format raises for what is not in it, or is nested deeper than anything that a provider sends.
UNREADABLE = (ArithmeticError, AttributeError, ImproperlyConfigured, LookupError, RecursionError, TypeError, ValueError)


def checked(view: Any) -> Any:
    """Return anymail's view, but for notices that cannot be read it answers 400 and not with an error of the server."""

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
    numbered = f"{event.recipient} {event.event_id} {event.message_id}"
    # A half of a sign, as JSON can hold, has no bytes to store.
    is_whole = not any("\ud800" <= sign <= "\udfff" for sign in numbered)
    return isinstance(event.recipient, str | None) and "\0" not in numbered and is_whole


def record(sender: Any, event: AnymailTrackingEvent, esp_name: str, **more: Any) -> None:
    """Count a bounce, a refusal or a complaint; ignore anything else (opened, clicked)."""
    kind = _kind(event)
    if kind and event.recipient:
        number = event.event_id or f"{event.message_id}.{event.event_type}.{event.recipient}"
        record_event(mailbox=event.recipient, kind=kind, event=f"{esp_name}.{number}", now=clock.now())


def _kind(event: AnymailTrackingEvent) -> str:
    if event.event_type == "complained" or event.reject_reason == "unsubscribed":
        return Bounce.Kind.COMPLAINT
    if event.event_type in ("bounced", "rejected", "failed"):
        return Bounce.Kind.HARD if event.reject_reason in GONE else Bounce.Kind.SOFT
    return ""
