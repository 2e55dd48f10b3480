"""Invented reports in the formats of Postfix, Exim, Exchange, Gmail, qmail and Sendmail. Each format puts the same
facts where that server puts them, and omits what it omits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from email.mime.text import MIMEText


@dataclass(frozen=True)
class Fate:
    """What the receiving server said, and what it means: hard, soft, or "" for nothing about the address."""

    status: str
    said: str
    kind: str
    action: str = "failed"


FATES = [
    Fate("5.1.1", "550 5.1.1 <{to}>: Recipient address rejected: User unknown in local recipient table", "hard"),
    Fate("5.1.1", "550-5.1.1 The email account that you tried to reach does not exist. Please try 5.1.1", "hard"),
    Fate(
        "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {to} not found by SMTP address lookup", "hard"
    ),
    Fate("5.1.2", "550 5.1.2 Host unknown (Name server: host not found)", "hard"),
    Fate("5.1.3", "501 5.1.3 Bad recipient address syntax", "hard"),
    Fate("5.1.6", "551 5.1.6 Mailbox has moved, no forwarding address", "hard"),
    Fate("5.2.1", "550 5.2.1 The email account that you tried to reach is disabled", "hard"),
    Fate("5.4.4", "Host or domain name not found. Name service error for name=nowhere.example type=A", "hard"),
    Fate("5.4.1", "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", "hard"),
    Fate("5.0.0", "550 No such user here", "hard"),
    Fate("5.0.0", "550 Unrouteable address", "hard"),
    Fate("5.0.0", "550 {to}... User unknown", "hard"),
    Fate("5.0.0", "550 5.1.1 mailbox not found", "hard"),
    Fate("5.2.2", "552 5.2.2 The email account that you tried to reach is over quota", "soft"),
    Fate("5.2.2", "550 5.2.2 mailbox full", "soft"),
    Fate("4.2.2", "452 4.2.2 The recipient's inbox is out of storage space", "soft"),
    Fate("4.4.1", "connect to mx.example[192.0.2.1]:25: Connection timed out", "soft"),
    Fate("4.4.7", "451 4.4.7 Message delayed; expired after 48 hours", "soft"),
    Fate("5.4.7", "554 5.4.7 Delivery expired (message too old)", "soft"),
    Fate("4.3.2", "421 4.3.2 Service not available", "soft"),
    Fate("5.3.0", "554 5.3.0 unknown mailer error 1", "soft"),
    Fate("5.7.1", "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using a list", ""),
    Fate("5.7.26", "550-5.7.26 This mail is unauthenticated, which poses a security risk", ""),
    Fate("5.7.1", "550 5.7.1 RESOLVER.RST.AuthRequired; authentication required", ""),
    Fate("5.6.0", "554 5.6.0 CAT.InvalidContent.Exception", ""),
    Fate("5.3.4", "552 5.3.4 Message size exceeds fixed limit", ""),
    Fate("5.0.0", "554 Message rejected as spam by content filter", ""),
    Fate("4.4.1", "connect to mx.example[192.0.2.1]:25: Connection refused", "", "delayed"),
    Fate("4.7.1", "450 4.7.1 <{to}>: Recipient address rejected: Greylisted", "", "delayed"),
    Fate("2.0.0", "250 2.0.0 OK", "", "delivered"),
    Fate("2.1.5", "250 2.1.5 Relayed", "", "relayed"),
    Fate("5.1.1", "550 5.1.1 Ukendt modtager \u00e6\u00f8\u00e5: user unknown", "hard"),
]

Original = dict[str, str]
Shape = Callable[[Fate, str, Original, str], bytes]


def _report(parts: list[tuple[str, str]], sender: str, to: str, subject: str, kind: str = "delivery-status") -> bytes:
    head = f"Return-Path: <>\nFrom: {sender}\nTo: {to}\nSubject: {subject}\nMIME-Version: 1.0\n"
    head += f'Content-Type: multipart/report; report-type={kind}; boundary="=_b"\n\nA report.\n'
    body = "".join(f"\n--=_b\nContent-Type: {part}\n\n{content}" for part, content in parts)
    return (head + body + "\n--=_b--\n").encode()


def _text(content: str) -> tuple[str, str]:
    return "text/plain; charset=utf-8", content


def _status(content: str) -> tuple[str, str]:
    return "message/delivery-status", content


def _whole(original: Original) -> tuple[str, str]:
    return "message/rfc822", _lines(original) + "Content-Type: text/plain; charset=utf-8\n\nKære nabo 550 5.1.1\n"


def _headers(original: Original) -> tuple[str, str]:
    return "text/rfc822-headers", _lines(original)


def _lines(original: Original) -> str:
    return "".join(f"{name}: {value}\n" for name, value in original.items())


def postfix(fate: Fate, to: str, original: Original, back_to: str) -> bytes:
    said = fate.said.format(to=to)
    return _report(
        [
            _text(f"This is the mail system at host mx.example.\n\n<{to}>: host said: {said}\n"),
            _status(
                "Reporting-MTA: dns; mx.example\nX-Postfix-Queue-ID: 4Bq\nArrival-Date: Tue, 24 Nov 2026 10:00:00\n\n"
                f"Final-Recipient: rfc822; {to}\nOriginal-Recipient: rfc822;{to}\nAction: {fate.action}\n"
                f"Status: {fate.status}\nRemote-MTA: dns; mx.far.example\nDiagnostic-Code: smtp; {said}\n"
            ),
            _whole(original),
        ],
        "MAILER-DAEMON@mx.example (Mail Delivery System)",
        back_to,
        "Undelivered Mail Returned to Sender",
    )


def postfix_headers_only(fate: Fate, to: str, original: Original, back_to: str) -> bytes:
    return _report(
        [
            _text("Your message could not be delivered.\n"),
            _status(
                f"Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822;{to.upper()}\nAction: {fate.action}\n"
                f"Status: {fate.status}\n"
                f"Diagnostic-Code: smtp; {fate.said.format(to=to)}\n    and a second line\n"
            ),
            _headers(original),
        ],
        "MAILER-DAEMON@mx",
        back_to,
        "Delayed Mail (still being retried)" if fate.action == "delayed" else "Undelivered Mail",
    )


def exim(fate: Fate, to: str, original: Original, back_to: str) -> bytes:
    status = fate.status if fate.status[0] == "2" else f"{fate.status[0]}.0.0"
    return _report(
        [
            _text(f"A message that you sent could not be delivered.\n\n  {to}\n    {fate.said.format(to=to)}\n"),
            _status(
                f"Reporting-MTA: dns; exim.example\n\nAction: {fate.action}\nFinal-Recipient: rfc822;{to}\n"
                f"Status: {status}\nRemote-MTA: dns; far\nDiagnostic-Code: smtp; {fate.said.format(to=to)}\n"
            ),
            _whole(original),
        ],
        "Mail Delivery System <Mailer-Daemon@exim.example>",
        back_to,
        "Mail delivery failed: returning message to sender",
    )


def exchange(fate: Fate, to: str, original: Original, back_to: str) -> bytes:
    return _report(
        [
            ("text/html; charset=utf-8", "<html><body>Your message could not be delivered</body></html>"),
            _status(
                "Reporting-MTA: dns;AM0PR.eurprd.example\nReceived-From-MTA: dns;portal\n\n"
                f"Final-Recipient: rfc822;{to}\nAction: {fate.action}\nStatus: {fate.status}\n"
                f"Diagnostic-Code: smtp;{fate.said.format(to=to)}\nX-Display-Name: {to.split('@')[0]}\n"
            ),
            _whole({**original, "X-MS-Exchange-Organization": "1"}),
        ],
        "postmaster@far.example",
        back_to,
        "Undeliverable: Hej",
    )


def gmail(fate: Fate, to: str, original: Original, back_to: str) -> bytes:
    nested = f"--=_c\nContent-Type: text/plain\n\n** Address not found **\n{to}\n--=_c--\n"
    return _report(
        [
            ('multipart/related; boundary="=_c"', nested),
            _status(
                "Reporting-MTA: dns; googlemail.com\nX-Original-Message-ID: <other@google>\n\n"
                f"Final-Recipient: rfc822; {to}\nAction: {fate.action}\nStatus: {fate.status}\n"
                f"Remote-MTA: dns; gmail-smtp-in.l.google.com.\nDiagnostic-Code: smtp; {fate.said.format(to=to)}\n"
                "Last-Attempt-Date: Tue, 24 Nov 2026 01:00:00 -0800 (PST)\n"
            ),
            _whole(original),
        ],
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        back_to,
        "Delivery Status Notification (Failure)",
    )


def sendmail_forwarded(fate: Fate, to: str, original: Original, back_to: str) -> bytes:
    """The reader's address forwards to another, which no longer exists."""
    return _report(
        [
            _text("The original message was received\n"),
            _status(
                f"Reporting-MTA: dns; sm.example\n\nOriginal-Recipient: rfc822;{to}\n"
                f"Final-Recipient: RFC822; else@elsewhere.example\nAction: {fate.action}\nStatus: {fate.status}\n"
                f"Diagnostic-Code: SMTP; {fate.said.format(to='else@elsewhere.example')}\n"
            ),
            _headers(original),
        ],
        "Mail Delivery Subsystem <MAILER-DAEMON@sm.example>",
        back_to,
        "Returned mail: see transcript for details",
    )


def in_words(fate: Fate, to: str, original: Original, back_to: str) -> bytes:
    """An old server: one text, with the headers of the email below it. It never reports delivery."""
    text = MIMEText(
        f"Hi. This is the qmail-send program.\nI'm afraid I wasn't able to deliver your message.\n\n<{to}>:\n"
        f"{fate.said.format(to=to)}\n({fate.status})\n\n--- Below this line is a copy of the message.\n\n"
        + "".join(f"{name}: {value}\n" for name, value in original.items()),
        "plain",
        "utf-8",
    )
    text["Return-Path"], text["From"], text["To"], text["Subject"] = (
        "<>",
        "MAILER-DAEMON@q.example",
        back_to,
        "failure notice",
    )
    return text.as_bytes()


def complaint(to: str, original: Original, back_to: str) -> bytes:
    """What a mail provider sends when a reader presses "this is spam" (RFC 5965)."""
    feedback = f"Feedback-Type: abuse\nUser-Agent: X/1\nVersion: 1\nOriginal-Rcpt-To: <{to}>\n"
    parts = [_text("This is a complaint.\n"), ("message/feedback-report", feedback), _whole(original)]
    return _report(parts, "staff@hotmail.example", back_to, "complaint about message", "feedback-report")


SHAPES: list[Shape] = [postfix, postfix_headers_only, exim, exchange, gmail, sendmail_forwarded, in_words]


def samples() -> list[tuple[Shape, Fate]]:
    """Every format with every result that such a server reports."""
    return [(shape, fate) for shape in SHAPES for fate in FATES if shape is not in_words or fate.action == "failed"]
