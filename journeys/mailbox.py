"""The emails that have arrived, as their readers see them."""

import re
import time
from dataclasses import dataclass
from html import unescape
from typing import Self

from icalendar import Calendar, Event

from devtools.mail import Mail, Sink

PATIENCE = 45  # a worker that has just started, on two busy cores


@dataclass(frozen=True)
class Email:
    """One received email."""

    mail: Mail

    @property
    def subject(self) -> str:
        return self.mail.subject

    def link(self, containing: str) -> str:
        """Return the address of the link that contains `containing`; both parts of the email must have it."""
        pressed = [unescape(url) for url in re.findall(r'href="([^"]+)"', self.mail.html) if containing in url]
        read = [url for url in re.findall(r"https?://\S+", self.mail.text) if containing in url]
        assert pressed, f"no link to {containing} in {self.subject!r}: {self.mail.text}"
        assert pressed[0] in [url.rstrip(".,)>") for url in read], f"the text part lacks {pressed[0]}"
        return pressed[0]

    @property
    def code(self) -> str:
        """Return the six digits of a log-in code."""
        found = re.search(r"\b(\d{3}) ?(\d{3})\b", self.mail.text)
        assert found, self.mail.text
        return "".join(found.groups())

    @property
    def invitation(self) -> "Invitation":
        parts = [part for part in self.mail.message.walk() if part.get_content_type() == "text/calendar"]
        assert len(parts) == 1, f"{self.subject!r} has {len(parts)} calendar parts"
        content = parts[0].get_payload(decode=True)
        assert isinstance(content, bytes)
        calendar = Calendar.from_ical(content)
        assert str(calendar["method"]) == parts[0].get_param("method"), "the part and its content name one method"
        [event] = calendar.events
        return Invitation(str(calendar["method"]), event)


@dataclass(frozen=True)
class Invitation:
    """An .ics file as a calendar program reads it."""

    method: str
    event: Event

    @property
    def uid(self) -> str:
        return str(self.event["uid"])

    @property
    def sequence(self) -> int:
        return int(str(self.event["sequence"]))

    def takes_back(self, other: Self) -> bool:
        """Return whether a calendar with `other` removes it because of this one (RFC 5546)."""
        return self.method == "CANCEL" and self.uid == other.uid and self.sequence > other.sequence


class Mailbox:
    """Everybody's emails. Each is returned only once."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._read: set[int] = set()

    def received(self, to: str, subject: str, about: str = "", patience: float = PATIENCE) -> Email:
        """Wait for the next email to `to` whose subject contains `subject` and whose text contains `about`."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            for number, mail in enumerate(list(self._sink.messages)):
                if number not in self._read and to in mail.to and subject in mail.subject and about in mail.text:
                    self._read.add(number)
                    return Email(mail)
            time.sleep(0.1)
        raise AssertionError(f"no mail to {to} called {subject!r}; there is {self.subjects(to)}")

    def subjects(self, to: str) -> list[str]:
        """Return the subjects of all emails to `to`, read or not."""
        return [mail.subject for mail in list(self._sink.messages) if to in mail.to]
