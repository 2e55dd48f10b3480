"""Sending due messages: claim them in the database, talk to the mail server outside any transaction, record its answer.
A duplicate is possible only between the server's acceptance and our record of it. Each message is recorded before the
next is sent, so a killed worker can leave at most one message in that gap; and the Message-ID is made from the key, so
that the receiver can drop a second copy.
"""

import datetime as dt
import logging
import smtplib
from collections import deque
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from partnership import clock
from partnership.outbox.channels.choosing import Channel
from partnership.outbox.channels.email import email_for
from partnership.outbox.channels.handing_over import Answer, hand_over
from partnership.outbox.channels.smtp.connection import CLOSING, SmtpConnection
from partnership.outbox.models import Message
from partnership.outbox.queue import breaker, claiming, pacing
from partnership.outbox.queue.claiming import FRESH, LEASE, WORKS_AT_MOST, claim, load, put_back
from partnership.outbox.queue.final_check import final_check
from partnership.outbox.queue.recording import NotRecorded, Records
from partnership.outbox.queue.retrying import RETRIES, wait_after
from partnership.outbox.reasons import BATCH_TOO_LONG, CHANNEL_SILENT, NOT_VERIFIED, SERVER_SILENT
from partnership.outbox.returns.bouncing import record_refusal

__all__ = ["BATCH", "LEASE", "RETRIES", "claim", "deliver", "sending_is_on"]

log = logging.getLogger(__name__)

BATCH = 100
State = Message.State


@dataclass(frozen=True)
class Trouble:
    """A problem with the mail server, so that the rest of the batch should not be tried."""

    reason: str
    in_the_middle: bool  # during a message, which may be the cause


def deliver(*, urgent: bool, batch: int = BATCH, now: dt.datetime | None = None) -> int:
    """Send one batch of due messages; return how many were claimed. Tests may fix `now`."""
    started = now or clock.now()
    permit = breaker.ask(started)
    if permit is breaker.Permit.WAIT:
        return 0
    claimed = claim(urgent=urgent, batch=1 if permit is breaker.Permit.PROBE else batch, now=started)
    connection = SmtpConnection()
    try:
        if claimed:
            with Records() as records:
                Batch(_in_turn(claimed, started), connection, started, frozen=now).send(records)
    finally:
        connection.hang_up()
    if permit is breaker.Permit.PROBE and not connection.was_used:
        breaker.not_tried(now or clock.now())
    return len(claimed)


def _in_turn(claimed: list[Message], now: dt.datetime) -> list[Message]:
    """Release the messages to domains above their limit for this minute, and return the others."""
    later = pacing.turns(claimed, now)
    claiming.spread([message for message in claimed if message.pk in later], later)
    return [message for message in claimed if message.pk not in later]


@dataclass(frozen=True)
class Mail:
    """A message with its email."""

    message: Message
    email: EmailMultiAlternatives


class Batch:
    """A batch of claimed messages, sent one by one."""

    def __init__(
        self, messages: list[Message], connection: SmtpConnection, started: dt.datetime, frozen: dt.datetime | None
    ) -> None:
        self._left, self._connection, self._started, self._frozen = deque(messages), connection, started, frozen
        self._looked_at = self._now()
        self._silent: set[str] = set()

    def _now(self) -> dt.datetime:
        return self._frozen or clock.now()

    def send(self, records: Records) -> None:
        """Send them all, or release what the time or the mail server did not allow."""
        answered = False
        while self._left:
            now = self._now()
            if now - self._started > WORKS_AT_MOST:
                put_back(self._left, BATCH_TOO_LONG)
                return
            if now - self._looked_at > FRESH:
                self._look_again(records)
            mail = self._write(records, now) if self._left else None
            if mail is None:
                continue
            trouble = _speak(mail, self._connection, records, now)
            if trouble:
                self._connection.hang_up()
                breaker.failed(self._now(), trouble.reason, in_the_middle=trouble.in_the_middle)
                put_back(self._left, SERVER_SILENT)
                return
            if not answered:
                answered = True
                breaker.answered()

    def _look_again(self, records: Records) -> None:
        """Read the rows that are left again, and keep those that are still to be sent."""
        records.finish()
        until = self._left[0].claimed_until
        if until is None:
            raise ValueError(f"{self._left[0]!r} is not claimed.")
        self._left = deque(load([message.pk for message in self._left], until))
        self._looked_at = self._now()

    def _write(self, records: Records, now: dt.datetime) -> Mail | None:
        """Return the next message if it is to be sent by email; other channels are served, and ends recorded, here."""
        message = self._left.popleft()
        if message.prepared is None:
            # Its words may open a transaction, which is not possible while a record is being written.
            records.finish()
        try:
            return self._mail_of(message, now)
        except NotRecorded:
            # The claims of the others end with their lease, and they are tried again then.
            raise
        except Exception as error:
            # An error in the words of one kind, or a slow query in them, must not hold up the others.
            # If the database is gone, this cannot be recorded either, and ends the batch.
            log.exception("Message %s could not be written", message.key)
            claiming.broken(message, now, f"{type(error).__name__}: {error}")
            return None

    def _mail_of(self, message: Message, now: dt.datetime) -> Mail | None:
        """Return the email of a message that goes by email; handle any other as the final check says."""
        decision = final_check(message, now)
        if decision.reason == NOT_VERIFIED:
            claiming.wait_for_owner(message, now)
        elif decision.words is None:
            claiming.end(message, decision.outcome, now, decision.reason)
        elif message.due_at > now and decision.channel != Channel.LETTER:
            claiming.wait_until_due(message)
        elif decision.channel == Channel.MAIL:
            return Mail(message, email_for(message, decision.words))
        elif decision.channel in self._silent:
            put_back([message], CHANNEL_SILENT)
        else:
            answer = hand_over(message, decision.words, decision.channel)
            _record(message, answer, now)
            if answer.state == State.RETRY:
                # A gateway that hangs costs seconds: try it for one message of a batch, not for all.
                self._silent.add(decision.channel)
        return None


def _record(message: Message, answer: Answer, now: dt.datetime) -> None:
    if answer.state == State.RETRY:
        claiming.broken(message, now, answer.reason)
    elif answer.state == State.PAPER:
        claiming.queue_for_print(message, answer.reason)
    else:
        claiming.end(message, answer.state, now, answer.reason)


def _speak(mail: Mail, connection: SmtpConnection, records: Records, now: dt.datetime) -> Trouble | None:
    """Send one email and record the answer; return the problem with the server, if there is one."""
    message = mail.message
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        # It is not about this message, so it does not count as an attempt.
        put_back([message], f"no answer from the mail server: {error}")
        return Trouble(str(error), in_the_middle=False)
    records.finish()
    try:
        connection.send(mail.email)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        trouble = _refused(message, code, said, now)
        record_refusal(message, code, said, now=now)
        return trouble
    except smtplib.SMTPResponseException as error:
        return _refused(message, error.smtp_code, error.smtp_error, now)
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        claiming.broken(message, now, f"the connection broke: {error}")
        return Trouble(f"the connection broke: {error}", in_the_middle=True)
    except Exception as error:
        # An email that cannot be sent must not hold up the others.
        log.exception("Message %s could not be sent", message.key)
        claiming.broken(message, now, f"{type(error).__name__}: {error}")
        return None
    records.sent(message, now)
    return None


def _refused(message: Message, code: int, text: bytes | str, now: dt.datetime) -> Trouble | None:
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    if code == CLOSING:
        put_back([message], f"{code} {said}")
        return Trouble(f"{code} {said}", in_the_middle=False)
    claiming.again(message, now, wait_after(code, said, message.attempts), f"{code} {said}")
    return None


def sending_is_on() -> bool:
    """Return whether sending is on: it is off in a restored backup, so that nothing is sent twice."""
    return bool(settings.SENDING_ENABLED)
