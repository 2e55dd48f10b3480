"""The lists and counts of the staff's page of messages."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from partnership.outbox import scopes
from partnership.outbox.kinds import name_for_staff
from partnership.outbox.models import Message, MessageQuerySet
from partnership.outbox.staff.actions import is_forgotten, is_stopped

S = Message.State
SHOWS = ("failed", "late", "waiting", "paper", "planned", "all")


@dataclass(frozen=True)
class Tab:
    name: str
    label: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Can:
    """Which buttons a message's page has."""

    try_again: bool
    send_now: bool
    withdraw: bool
    lift: bool


def chosen(name: str | None) -> str:
    """Return the tab of this name; the failed messages for a name that is none."""
    return name if name in SHOWS else "failed"


def filtered(rows: MessageQuerySet, show: str, kind: str, now: dt.datetime) -> MessageQuerySet:
    """Return the messages of a tab, optionally of one kind."""
    if kind:
        rows = rows.filter(kind=kind)
    if show == "late":
        return scopes.late(rows, now)
    # What has its time later keeps nobody waiting: reminders, and warnings that are sent only if nobody answers first.
    planned = Q(state=S.QUEUED, try_at__gt=now)
    if show == "waiting":
        return rows.filter(state__in=Message.TO_SEND).exclude(planned).order_by("try_at", "pk")
    if show == "planned":
        return rows.filter(planned).order_by("try_at", "pk")
    if show == "paper":
        return rows.filter(state=S.PAPER).order_by("due_at", "pk")
    if show == "all":
        return rows.order_by("-due_at", "-pk")
    return rows.filter(state=S.FAILED).order_by("-ended_at", "-pk")


def tabs(rows: MessageQuerySet, show: str, now: dt.datetime) -> list[Tab]:
    """Return the tabs with the number of messages in each; `show` is the open one."""
    labels = {
        "failed": _("Failed"),
        "late": _("Late"),
        "waiting": _("To be sent now"),
        "paper": _("Letters to print and post"),
        "planned": _("Planned for later"),
        "all": _("All"),
    }
    return [Tab(name, labels[name], filtered(rows, name, "", now).count(), name == show) for name in SHOWS]


def counts(rows: MessageQuerySet) -> list[tuple[str, list[tuple[str, int]], int]]:
    """Return how many of each kind are in each state, in words, and their sum: kinds by name, states as declared."""
    found: dict[str, dict[str, int]] = {}
    for kind, state, number in rows.order_by().values_list("kind", "state").annotate(Count("pk")):
        found.setdefault(kind, {})[state] = number
    return [
        (kind, [(str(label), by_state.get(state, 0)) for state, label in S.choices], sum(by_state.values()))
        for kind, by_state in sorted(found.items(), key=lambda item: name_for_staff(item[0]))
    ]


def can(message: Message) -> Can:
    """Return which actions the message's state allows, whoever asks."""
    stopped = is_stopped(message)
    return Can(
        try_again=message.state == S.FAILED and not stopped and not is_forgotten(message),
        send_now=message.state in (S.QUEUED, S.RETRY),
        withdraw=message.state in (S.QUEUED, S.RETRY, S.PAPER, S.FAILED),
        lift=stopped,
    )
