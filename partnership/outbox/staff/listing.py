"""The lists and counts of the staff's page of messages."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from partnership.outbox import scopes
from partnership.outbox.kinds import name_for_staff
from partnership.outbox.models import Message, MessageQuerySet
from partnership.outbox.staff.actions import is_forgotten, stopped_for
from partnership.outbox.staff.destinations import obstacle_of
from partnership.outbox.suppression import Stopped

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
    see_to: bool
    # Whether only the reader can allow the address again, and why one that waits would not arrive.
    is_unwanted: bool
    is_held_up: str


def chosen(name: str | None) -> str:
    """Return the tab of this name; those that did not arrive for a name that is none."""
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
    return rows.not_arrived().order_by("-ended_at", "-pk")


def tabs(rows: MessageQuerySet, show: str, now: dt.datetime) -> list[Tab]:
    """Return the tabs with the number of messages in each; `show` is the open one."""
    labels = {
        "failed": _("Did not arrive"),
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


def can(message: Message, now: dt.datetime) -> Can:
    """Return which actions the message's state allows, whoever asks, and which of them would help."""
    stopped, arrives = stopped_for(message), not obstacle_of(message, now)
    waits = message.state in (S.QUEUED, S.RETRY)
    return Can(
        try_again=message.state == S.FAILED and not stopped and arrives and not is_forgotten(message),
        send_now=waits and arrives,
        withdraw=waits or message.state in (S.PAPER, S.FAILED),
        lift=stopped == Stopped.CAME_BACK,
        see_to=message.has_not_arrived,
        is_unwanted=stopped == Stopped.UNWANTED,
        is_held_up="" if arrives or not waits else obstacle_of(message, now),
    )
