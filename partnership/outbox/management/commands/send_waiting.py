"""Send what is due without Celery and its broker: once, or as a process that looks every few seconds.

It uses the same function as a worker, and each message is claimed by only one of them, so both may run at once.
"""

import logging
import signal
import time
from argparse import ArgumentParser, ArgumentTypeError

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from partnership.outbox.queue.delivering import deliver, sending_is_on

log = logging.getLogger(__name__)

# How soon a sleeping process notices that it was told to stop.
DOZE_SECONDS = 0.2


def seconds(typed: str) -> float:
    """Parse the interval; without a pause it would query the database all the time."""
    number = float(typed)
    if not number >= DOZE_SECONDS:
        raise ArgumentTypeError(f"at least {DOZE_SECONDS}")
    return number


class Command(BaseCommand):
    help = (
        "Sends the messages whose time has come, without Celery and its broker. With --loop it goes on until SIGTERM "
        "or SIGINT, and ends between two batches. Beside the workers it does no harm."
    )

    is_told_to_stop = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until told to stop")
        parser.add_argument(
            "--every", type=seconds, default=5, metavar="SECONDS", help="how often to look, with --loop (5)"
        )

    def handle(self, loop: bool, every: float, **options: object) -> None:
        if not loop:
            said = f"Messages taken in hand: {self.send()}." if sending_is_on() else "Sending is off; nothing is sent."
            self.stdout.write(said)
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        while not self.is_told_to_stop:
            try:
                close_old_connections()
                self.send()
            except (OperationalError, InterfaceError) as error:
                # Its claims end with the lease; the database is tried again after the pause.
                log.warning("The database does not answer (%s); trying again.", error)
            self.sleep(every)

    def send(self) -> int:
        """Send batch after batch until nothing is due, and return how many messages were claimed."""
        handled = 0
        while not self.is_told_to_stop and sending_is_on() and (batch := deliver(urgent=False)):
            handled += batch
        return handled

    def sleep(self, pause: float) -> None:
        """Wait for this many seconds, or until told to stop."""
        until = time.monotonic() + pause
        while not self.is_told_to_stop and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, DOZE_SECONDS))

    def stop(self, *_signal: object) -> None:
        self.is_told_to_stop = True
