"""When to try again, depending on the mail server's answer. Pure: no clock and no database.

| the server says                          | we try again                                               |
|------------------------------------------|------------------------------------------------------------|
| 450, 451: not yet (greylisting)          | after 6 minutes, since most of them want 5; then slower    |
| 452, 552, x.2.2: the mailbox is full     | after 4 hours, over a week: somebody has to empty it       |
| any other 4xx                            | after 1 minute, then slower, for 17 hours                  |
| any other 5xx                            | never                                                      |
| 421, no connection, no answer in time    | when the server is back: see breaker.py; costs no attempt  |
"""

import datetime as dt
import re

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)

RETRIES = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR)
GREYLISTED = (6 * MINUTE, 10 * MINUTE, 20 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR)
MAILBOX_FULL = (4 * HOUR, 12 * HOUR, 24 * HOUR, 48 * HOUR, 72 * HOUR)

_ENHANCED = re.compile(r"\s*[245]\.(\d{1,3}\.\d{1,3})\b")


def wait_after(code: int, said: str, attempts: int) -> dt.timedelta | None:
    """Return how long to wait after this answer, with `attempts` before it; None: give up."""
    waits = _waits(code, said)
    return waits[attempts] if attempts < len(waits) else None


def _waits(code: int, said: str) -> tuple[dt.timedelta, ...]:
    found = _ENHANCED.match(said)
    detail = found.group(1) if found else ""
    # 452 and 552 also mean "the server's disk is full" and "your message is too large"; the detail tells, if given.
    if detail == "2.2" or (code in (452, 552) and not detail):
        return MAILBOX_FULL
    if code >= 500:
        return ()
    return GREYLISTED if code in (450, 451) else RETRIES
