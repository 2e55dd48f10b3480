"""Anybody can send an email to the mailbox of bounces: reading it costs as much as it is long."""

import pytest

from partnership.outbox.returns.reports import ADDRESS, MESSAGE_ID, read
from partnership.tests.costs import grows_too_fast

REPORT = (
    "From: mailer-daemon@x\r\nTo: {to}\r\nReturn-Path: <>\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\n"
    "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\n"
    "Action: failed\r\nStatus: {status}\r\nDiagnostic-Code: {said}\r\n\r\n--b\r\n"
    "Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nTo: {to}\r\n\r\n--b--\r\n"
)
TEXT = "From: postmaster@x\r\nContent-Type: text/plain\r\n\r\n550 x\r\nMessage-ID: <a@b>\r\n{text}"
RIGHT = {"to": "b@x.example", "recipient": "z@x.example", "status": "5.1.1", "said": "smtp; 550", "message_id": "<a@b>"}
UNITS = ("a", "a@", "@", "<", "<a@", "a.", ";", "5.", "550", " ", "\r\n ", "Message-ID: ", "[", "=", "rfc822;")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("place", [*RIGHT, "text"])
def test_a_report_of_any_length_is_read_in_its_length(place: str, unit: str) -> None:
    def cost(text: str) -> object:
        mail = TEXT.format(text=text) if place == "text" else REPORT.format(**(RIGHT | {place: text}))
        return read(mail.encode())

    assert not grows_too_fast(cost, unit, lengths=(8_000, 64_000))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("rfc822;vera@randers.example", ["vera@randers.example"]),
        ("<vera@randers.example>, ib+talk@x.example", ["vera@randers.example", "ib+talk@x.example"]),
        ('"Vera" <vera@randers.example>', ["vera@randers.example"]),
        ("no mailbox here", []),
        ("a" * 65 + "@x.example", []),
    ],
)
def test_mailboxes_are_found_in_a_line(line: str, found: list[str]) -> None:
    assert ADDRESS.findall(line) == found


def test_a_message_id_is_found() -> None:
    assert MESSAGE_ID.search("x <20261130.1@mail.example> y")[0] == "<20261130.1@mail.example>"
