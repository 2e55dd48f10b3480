"""Threads that start together, each with its own database connection. Only one test worker runs a crowd at a time: two
would need more connections than the database has.
"""

import fcntl
import threading
from collections.abc import Callable

from django.db import connection

PATIENCE = 60


def all_at_once(count: int, do: Callable[[int], object]) -> list[object]:
    """Run `do(0..count-1)` at the same moment; return what each returned or raised."""
    gate = threading.Barrier(count, timeout=PATIENCE)
    outcomes: list[object] = [None] * count

    def run(number: int) -> None:
        try:
            with connection.cursor() as cursor:
                # Who waits for others on a busy machine waits longer than a reader would.
                cursor.execute(f"SET lock_timeout = '{PATIENCE}s'; SET statement_timeout = '{PATIENCE}s'")
            gate.wait()
            outcomes[number] = do(number)
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    with open(__file__) as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
    return outcomes
