"""Webhooks of mail providers. django-anymail parses their formats; here an event becomes a bounce."""

from typing import Any

from anymail.signals import AnymailTrackingEvent

from partnership import clock
from partnership.outbox.models import Bounce
from partnership.outbox.returns.bouncing import note_event

# A provider says "bounced" for hard and soft bounces; the reason tells which.
GONE = ("invalid", "bounced")


def note(sender: Any, event: AnymailTrackingEvent, esp_name: str, **more: Any) -> None:
    """Count a bounce, a refusal or a complaint; ignore anything else (opened, clicked)."""
    kind = _kind(event)
    if kind and event.recipient:
        number = event.event_id or f"{event.message_id}.{event.event_type}.{event.recipient}"
        note_event(address=event.recipient, kind=kind, event=f"{esp_name}.{number}", now=clock.now())


def _kind(event: AnymailTrackingEvent) -> str:
    if event.event_type == "complained" or event.reject_reason == "unsubscribed":
        return Bounce.Kind.COMPLAINT
    if event.event_type in ("bounced", "rejected", "failed"):
        return Bounce.Kind.HARD if event.reject_reason in GONE else Bounce.Kind.SOFT
    return ""
