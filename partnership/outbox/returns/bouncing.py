"""Bounces: what they mean, which message they are about, and when we stop writing.

One hard bounce or one complaint stops further email to a mailbox; so do four soft ones in thirty days. A report counts
only if it proves which message of ours it is about, so that nobody can stop a neighbour's email with a fake one. It
counts against the mailbox that the message was sent to, which its reader may have left since.
"""

import datetime as dt
import hmac
import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from partnership.outbox.channels.email import bounce_mark, message_id
from partnership.outbox.models import Bounce, Message
from partnership.outbox.returns.reports import Report
from partnership.outbox.suppression import digest_of, suppress_digest
from written.mailboxes import canonical

SOFT_LIMIT = 4
SOFT_WINDOW = dt.timedelta(days=30)
# A report may come days after the email; the message of a later one is not looked for.
REPORTED_WITHIN = dt.timedelta(days=40)

# RFC 3463 and IANA's list: the mailbox does not exist. A full mailbox or a slow server is soft.
HARD = re.compile(r"5\.(1\.(1|2|3|6|10)|2\.1|4\.4)$")
# These are about us or this one email (policy, content, size, protocol), not about the mailbox: if they counted, one
# day on a blocklist would stop email to the whole town.
NOT_ABOUT_THE_ADDRESS = re.compile(r"[45]\.(7\.\d+|6\.\d+|5\.\d+|3\.4|1\.[78])$")
ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
# The words for an unknown mailbox, for servers that give no status or 5.0.0. Microsoft's edge says 5.4.1.
NO_SUCH_MAILBOX = re.compile(
    r"(no such (user|recipient|mailbox|person|address)|(user|recipient|mailbox|address|account)[^.;]{0,80}?"
    r"(unknown|not found|does ?n[o']t exist|is disabled)|unknown (user|recipient|mailbox|address)"
    r"|unrouteable address|invalid (recipient|mailbox|address)|host (or domain name )?not found"
    r"|recipient address rejected: access denied)",
    re.IGNORECASE,
)
BLOCKED = re.compile(r"spam|block|blacklist|reputation|policy|spf|dkim|dmarc|virus", re.IGNORECASE)


@dataclass(frozen=True)
class Recorded:
    """The result of one report."""

    message: Message | None
    kind: str = ""
    is_new: bool = False


def kind_of(status: str, said: str = "") -> str:
    """Return HARD or SOFT for an SMTP code or an enhanced status and the server's words; empty if neither."""
    # A bare 550 or 5.0.0 gives no reason: the server's words contain a better status, or say it.
    found = [one[0] for one in (*ENHANCED.finditer(status), *ENHANCED.finditer(said)) if not one[0].endswith(".0.0")]
    enhanced = found[0] if found else ""
    if status[:1] not in ("4", "5") or NOT_ABOUT_THE_ADDRESS.match(enhanced):
        return ""
    if HARD.match(enhanced) or (enhanced in ("", "5.4.1") and status[:1] == "5" and NO_SUCH_MAILBOX.search(said)):
        return Bounce.Kind.HARD
    return "" if not enhanced and BLOCKED.search(said) else Bounce.Kind.SOFT


def record_refusal(message: Message, code: int, said: bytes | str, *, now: dt.datetime) -> None:
    """Count a recipient refused in the SMTP session: a hard refusal at once, a soft one after the last attempt."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    kind = kind_of(str(code), text)
    ended = Message.objects.filter(pk=message.pk, state=Message.State.FAILED)
    if kind == Bounce.Kind.HARD or (kind and ended.exists()):
        _count(digest_of(message.to_mailbox), kind, status=str(code), report=_report(message, kind), now=now)


def record_report(report: Report, *, now: dt.datetime) -> Recorded:
    """Count a report that came by email; one that names no message of ours, or reports delivery, changes nothing."""
    message = message_of(report, now)
    if message is None:
        return Recorded(None)
    kind = Bounce.Kind.COMPLAINT if report.is_complaint else kind_of(report.status, report.said)
    digest = _digest_of_reported(message, report)
    if report.is_final and digest:
        _note_return(message, kind or Message.Returned.REFUSED, now)
    if not report.is_final or not kind or not digest:
        return Recorded(message)
    is_new = _count(digest, kind, status=report.status, report=_report(message, kind), now=now)
    return Recorded(message, kind, is_new)


def record_event(*, mailbox: str, kind: str, event: str, now: dt.datetime) -> bool:
    """Count an event from a mail provider's webhook; return False if it was known already. It names a mailbox and no
    message of ours, so the newest that was sent there counts as the one that came back.
    """
    digest = digest_of(mailbox)
    is_new = _count(digest, kind, status="", report=f"event.{event}"[:80], now=now)
    to_unknown = Message.objects.to_unknown(canonical(mailbox), digest).values("pk")
    there = Message.objects.filter(Q(pk__in=to_unknown) | Q(recipient__email=canonical(mailbox)), sent_to=digest)
    newest = there.filter(state=Message.State.SENT, ended_at__gt=now - REPORTED_WITHIN).order_by("-ended_at").first()
    if is_new and newest:
        _note_return(newest, kind, now)
    return is_new


def _note_return(message: Message, kind: str, now: dt.datetime) -> None:
    """Note on a message that was sent how it came back; repeating it, or a weaker report, changes nothing."""
    by_weight = list(Message.Returned)
    weaker = ["", *by_weight[: by_weight.index(Message.Returned(kind))]]
    sent = Message.objects.filter(pk=message.pk, state=Message.State.SENT, returned_as__in=weaker)
    sent.update(returned_as=kind, returned_at=now, seen_to_at=None)


def message_of(report: Report, now: dt.datetime) -> Message | None:
    """Return the message that a report is about: by the mailbox that it was sent to, else by our Message-ID."""
    for pk, mark in re.findall(r"\+(\d+)-([0-9a-f]{16})@", " ".join(report.sent_to)):
        if hmac.compare_digest(mark, bounce_mark(int(pk))):
            return Message.objects.filter(pk=pk).select_related("recipient", "partnership").first()
    if not report.message_id:
        return None
    by_mailbox = Q()
    for mailbox in report.recipients:
        to_unknown = Message.objects.to_unknown(canonical(mailbox), digest_of(mailbox))
        by_mailbox |= Q(pk__in=to_unknown.values("pk")) | Q(recipient__email=mailbox)
    if not by_mailbox:
        return None
    sent = Message.objects.filter(by_mailbox).filter(Q(ended_at__gt=now - REPORTED_WITHIN) | Q(ended_at__isnull=True))
    rows = sent.select_related("recipient", "partnership").order_by("-pk")[:500]
    return next((row for row in rows if message_id(row) == report.message_id), None)


def _digest_of_reported(message: Message, report: Report) -> str:
    """Return the digest of the mailbox that the message was sent to; empty if the report is about another one."""
    named = {digest_of(mailbox) for mailbox in report.recipients}
    # Where that was not stored yet, the report itself must name the mailbox that the reader has now.
    sent_to = message.sent_to or digest_of(message.to_mailbox)
    return sent_to if sent_to in named else "" if named else message.sent_to


def _report(message: Message, kind: str) -> str:
    """Return the key under which this is counted once, however many reports come of it."""
    return f"{'complaint' if kind == Bounce.Kind.COMPLAINT else 'bounce'}.{message.pk}"


@transaction.atomic
def _count(digest: str, kind: str, *, status: str, report: str, now: dt.datetime) -> bool:
    row, is_new = Bounce.objects.get_or_create(
        report=report, defaults={"digest": digest, "kind": kind, "status": status[:12], "at": now}
    )
    if not is_new and kind == Bounce.Kind.HARD and row.kind == Bounce.Kind.SOFT:
        # A message deferred first and refused later: the last report counts.
        Bounce.objects.filter(pk=row.pk).update(kind=kind, status=status[:12])
    if kind == Bounce.Kind.COMPLAINT:
        suppress_digest(digest, reason="complaint", now=now)
    elif kind == Bounce.Kind.HARD:
        suppress_digest(digest, reason=f"hard bounce {status}".strip(), now=now)
    elif _soft_ones(digest, now) >= SOFT_LIMIT:
        suppress_digest(digest, reason=f"{SOFT_LIMIT} soft bounces", now=now)
    return is_new


def _soft_ones(digest: str, now: dt.datetime) -> int:
    return Bounce.objects.filter(digest=digest, kind=Bounce.Kind.SOFT, at__gt=now - SOFT_WINDOW).count()
