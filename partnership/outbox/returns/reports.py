"""Reads reports of mail servers: bounces (RFC 3464) and complaints (RFC 5965). Pure. Parts are found by their type at
any level, since servers nest them differently; missing values are empty. From reports of old servers, which are plain
text, only a Message-ID and a status are read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message

# The report stands before the returned email, of which only the headers are read.
LARGEST = 1024 * 1024
# The parser goes one call deeper for each part in a part, and looks at every line once for each of them.
MOST_NESTED = 30
NESTING = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
# Each begins where a word begins and has the lengths of RFC 5321 at most: anybody can send megabytes to this reader.
_SIGN = r"[^\s<>;,\"()\[\]]"
ADDRESS = re.compile(rf"(?<!{_SIGN})(?:(?!@){_SIGN}){{1,64}}@{_SIGN}{{1,255}}")
MESSAGE_ID = re.compile(r"<[^<>\s@]{1,250}@[^<>\s]{1,750}>")
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
CODE = re.compile(r"\b([45]\d\d)[ -]")


@dataclass(frozen=True)
class Report:
    """The result for one recipient. `status` is 5.1.1, or 550 if no better one was given."""

    status: str
    said: str
    message_id: str
    recipients: tuple[str, ...]  # from the report and the returned headers; a forward has two
    sent_to: tuple[str, ...]  # the mailbox that the report was sent to
    is_complaint: bool = False
    is_final: bool = True  # False: delayed, relayed or delivered


def read(raw: bytes) -> list[Report]:
    """Return the results in a report, one for each recipient; empty for an email that is not a report, or in which
    more parts are in parts than in any report.
    """
    raw = raw[:LARGEST]
    if len(NESTING.findall(raw)) > MOST_NESTED:
        return []
    mail = message_from_bytes(raw, policy=policy.compat32)
    parts = {part.get_content_type(): part for part in reversed(list(mail.walk()))}
    sent_to = tuple(address for name in ("To", "Delivered-To", "X-Original-To") for address in _addresses(mail, name))
    original = _original(parts)
    if (feedback := parts.get("message/feedback-report")) is not None:
        return [_complaint(feedback, original, sent_to)]
    if (status := parts.get("message/delivery-status")) is not None:
        return [_fate(block, original, sent_to) for block in _recipients(status)]
    if "text/plain" in parts and _is_a_bounce(mail):
        return list(_from_text(parts["text/plain"], original, sent_to))
    return []


def _fate(block: Message, original: Message | None, sent_to: tuple[str, ...]) -> Report:
    said = _line(block, "Diagnostic-Code").partition(";")[2].strip() or _line(block, "Diagnostic-Code")
    action = _line(block, "Action").lower()
    found = STATUS.search(_line(block, "Status"))
    return Report(
        status=found[1] if found else "",
        said=said[:500],
        message_id=_message_id(original),
        recipients=_named(block, original),
        sent_to=sent_to,
        is_final=action in ("", "failed"),
    )


def _complaint(feedback: Message, original: Message | None, sent_to: tuple[str, ...]) -> Report:
    block = _blocks(feedback)[0]
    return Report(
        status="",
        said=_line(block, "Feedback-Type")[:500],
        message_id=_message_id(original),
        recipients=_named(block, original),
        sent_to=sent_to,
        is_complaint=True,
        is_final=_line(block, "Feedback-Type").lower() in ("abuse", "fraud", "other", ""),
    )


def _from_text(part: Message, original: Message | None, sent_to: tuple[str, ...]) -> Iterator[Report]:
    """Read a bounce that is a single text with the headers of the returned email in it."""
    text = _text(part)
    status = STATUS.search(text) or CODE.search(text)
    returned = re.search(r"^Message-ID:\s*(<[^<>\s]+>)", text, re.IGNORECASE | re.MULTILINE)
    message_id = _message_id(original) or (returned[1] if returned else "")
    if status and message_id:
        recipients = tuple(dict.fromkeys(ADDRESS.findall(re.sub(r"^Message-ID:.*$", "", text, flags=re.I | re.M))))
        yield Report(status[1], " ".join(text.split())[:500], message_id, recipients[:10], sent_to)


def _is_a_bounce(mail: Message) -> bool:
    sender = str(mail["From"] or "").lower()
    return str(mail["Return-Path"] or "").strip() == "<>" or "mailer-daemon" in sender or "postmaster" in sender


def _original(parts: dict[str, Message]) -> Message | None:
    """Return the headers of the returned email, whether all of it or only the headers came back."""
    if (whole := parts.get("message/rfc822")) is not None and (inside := _parts(whole)):
        return inside[0]
    for kind in ("text/rfc822-headers", "message/rfc822-headers"):
        if (headers := parts.get(kind)) is not None:
            return message_from_bytes(_text(headers).encode(), policy=policy.compat32)
    return None


def _parts(part: Message) -> list[Message]:
    """Return the messages that the parser found inside a part."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _recipients(status: Message) -> list[Message]:
    """Return the blocks about one recipient each; the first block is about the whole email."""
    return [block for block in _blocks(status) if block["Final-Recipient"] or block["Original-Recipient"]]


def _blocks(part: Message) -> list[Message]:
    """Return the groups of fields in a part. The parser splits a delivery status itself, and no other kind."""
    inside = _parts(part)
    if inside and part.get_content_type() == "message/delivery-status":
        return inside
    text = inside[0].as_string() if inside else _text(part)
    groups = re.split(r"\r?\n\r?\n", text.strip())
    return [message_from_bytes(group.encode(), policy=policy.compat32) for group in groups if group.strip()]


def _named(block: Message, original: Message | None) -> tuple[str, ...]:
    found = [
        address
        for name in ("Original-Recipient", "Final-Recipient", "Original-Rcpt-To", "Removal-Recipient")
        for address in _addresses(block, name)
    ]
    if original is not None:
        found += _addresses(original, "To")
    return tuple(dict.fromkeys(found))


def _addresses(part: Message, name: str) -> list[str]:
    return [found for line in part.get_all(name, []) for found in ADDRESS.findall(str(line).rpartition(";")[2])]


def _message_id(original: Message | None) -> str:
    found = MESSAGE_ID.search(_line(original, "Message-ID")) if original is not None else None
    return found[0] if found else ""


def _line(part: Message, name: str) -> str:
    return " ".join(str(part[name] or "").split())


def _text(part: Message) -> str:
    body = part.get_payload(decode=True)
    return body.decode("utf-8", "replace") if isinstance(body, bytes) else ""
