"""Measure whether the outbox code that exists only for speed still pays: with it and with the plain way, in turns.

    .venv/bin/python -m benchmarks.rent [--turns 16] [--no-file]

Each piece must gain at least 15 % of processor time; if it does not, the plain way replaces it. In one process, so that
whatever else the machine does affects all ways alike; the medians of all turns. Takes about three minutes.
"""

import argparse
import contextlib
import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from unittest import mock

from benchmarks import results, stage

LEAST = 1.15
BATCH = 100


def plain_ways() -> dict[str, Callable[[], contextlib.AbstractContextManager]]:
    """Return each piece with what puts the plain way in its place."""
    from django.template.loader import render_to_string  # noqa: PLC0415 - needs Django's set-up
    from django.utils.translation import override  # noqa: PLC0415

    from partnership.outbox.channels import email  # noqa: PLC0415
    from partnership.outbox.channels.smtp import connection  # noqa: PLC0415
    from partnership.outbox.models import Message  # noqa: PLC0415
    from partnership.outbox.queue import claiming, recording  # noqa: PLC0415

    def rendered(sender, language, words, name, stop_url) -> tuple[str, ...]:
        context = {
            "words": words, "partnership": sender, "language": language, "recipient_name": name,
            "lead": words.paragraphs[0], "unsubscribe_url": stop_url, "street_url": sender.street_url,
        }  # fmt: skip
        with override(language):
            return tuple(render_to_string(f"outbox/mail.{half}", context) for half in ("txt", "html"))

    def recorded(_records: object, message: Message, now: dt.datetime) -> None:
        claiming.end(message, Message.State.SENT, now)

    return {
        "`channels/smtp/mime.py`: emails written by us, not by Django": lambda: mock.patch.object(
            connection, "as_bytes", lambda mail: mail.message().as_bytes(linesep="\r\n")
        ),
        "`channels/layout.py`: templates filled in, not rendered": lambda: mock.patch.object(
            email, "text_and_html", rendered
        ),
        "`queue/recording.py`: recorded while the next is written, not by `update()`": lambda: mock.patch.object(
            recording.Records, "sent", recorded
        ),
    }


def in_turns(ways: dict[str, Callable], turns: int, do: Callable[[], int]) -> dict[str, tuple[float, float]]:
    """Return for each way the milliseconds of processor time and of the clock that one of what `do` counts takes."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for turn in range(turns + 1):
        names = list(ways)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            with ways[name]():
                cpu, wall = time.process_time(), time.perf_counter()
                done = do()
                taken = (1000 * (time.process_time() - cpu) / done, 1000 * (time.perf_counter() - wall) / done)
            if turn:  # the first turn warms up
                seen[name].append(taken)
    return {name: tuple(map(statistics.median, zip(*times, strict=True))) for name, times in seen.items()}


def sender_of_reminders(played: stage.Stage, batches: int) -> Callable[[], int]:
    """Return what sends one batch of reminders; there are `batches` of them."""
    from benchmarks import population  # noqa: PLC0415
    from partnership.outbox.queue import delivering  # noqa: PLC0415

    where, area = population.place()
    population.post_reminders(population.talks(where, area, batches * BATCH // 2))
    time.sleep(1.1)
    # On a machine that is busy a batch takes longer than a second, and would be read again.
    delivering.FRESH = dt.timedelta(minutes=1)

    def send() -> int:
        before = played.sink.count()
        done = delivering.deliver(urgent=False)
        assert done == played.sink.count() - before == BATCH
        return done

    return send


def rows(turns: int, played: stage.Stage) -> Iterator[list[object]]:
    """Measure the pieces, and yield a line for each."""
    ways = plain_ways()
    send = sender_of_reminders(played, (turns + 1) * (len(ways) + 1))
    measured = in_turns({"": contextlib.nullcontext, **ways}, turns, send)
    cpu, wall = measured.pop("")
    for name, (plain_cpu, plain_wall) in measured.items():
        gain = plain_cpu / cpu
        verdict = "pays" if gain >= LEAST else "**does not pay**"
        clock = f"{plain_wall / wall:.2f} times"
        yield [name, f"{cpu:.2f}", f"{plain_cpu:.2f}", f"{gain:.2f} times", clock, verdict]


def main() -> int:
    """Run from the command line; return 1 if a piece no longer pays."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=16)
    parser.add_argument("--no-file", action="store_true", help="do not write RESULTS.md")
    asked = parser.parse_args()
    with stage.stage() as played:
        lines = list(rows(asked.turns, played))
    head = ["piece of `partnership/outbox/`", "ms with it", "ms without", "processor", "clock", ""]
    text = (
        f"## Speed that pays rent\n\n`.venv/bin/python -m benchmarks.rent --turns {asked.turns}`, {results.machine()}, "
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}. For one reminder; processor time"
        f" of our process; at least {LEAST} times is asked for.\n\n" + results.table(head, lines)
    )
    print(text)
    if not asked.no_file:
        results.write("rent", text)
    return 0 if all(row[-1] == "pays" for row in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
