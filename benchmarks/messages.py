"""Messages a second from the outbox, compared with the usual ways of sending email with Celery.

    make bench          or: .venv/bin/python -m benchmarks.messages [--mails 10000] [--notices 50000] [--workers 1]

Real Celery workers, Valkey, PostgreSQL (fsync on) and one mail sink, all on this machine and started for this run. The
same sink, the same number of workers and emails of the same size for all; each is measured from the first email at the
sink to the last, so neither its start nor its posting counts. Takes about three minutes; gives up after ten.
"""

import argparse
import datetime as dt
import os
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable

from django.utils import timezone

from benchmarks import results, stage

FASTER_THAN_ONE, NO_SLOWER_THAN_HUNDRED, MEGABYTES, CODE_SECONDS = 4.0, 0.9, 150, 2.0
PATIENCE = 300


class Watch:
    """The most memory that any process of some workers used, sampled ten times a second."""

    def __init__(self, workers: list) -> None:
        self.most, self.seen, self._end = 0.0, [], threading.Event()
        self._thread = threading.Thread(target=self._look, args=(workers,), daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _look(self, workers: list) -> None:
        while not self._end.wait(0.1):
            now = max(stage.megabytes(pid) for worker in workers for pid in stage.tree(worker.pid))
            self.most = max(self.most, now)
            self.seen.append(now)

    def growth(self) -> float:
        """Return how much more was used in the last tenth than after the first tenth, in megabytes."""
        tenth = max(len(self.seen) // 10, 1)
        return max(self.seen[-tenth:], default=0) - max(self.seen[tenth : 2 * tenth], default=0)


def rival(played: stage.Stage, name: str, mails: int, workers: int, bookings: list) -> float:
    """Return the messages a second of one of the usual ways: one email a task, or a hundred emails a task."""
    from benchmarks import rivals  # noqa: PLC0415 - needs the services of this run

    played.sink.forget()
    readers = [(one.pk, who.pk) for one in bookings for who in (one.association.chair, one.speaker.person)]
    orders: dict[str, list] = {
        "reminder": readers[:mails],
        "one": [(number,) for number in range(mails)],
        "hundred": [(number,) for number in range(0, mails, 100)],
    }
    for order in orders[name]:
        getattr(rivals, name).apply_async(order, queue=name)
    started = [played.worker(name, app="benchmarks.rivals") for _ in range(workers)]
    stage.until(lambda: played.sink.count() >= mails, PATIENCE, f"{mails} mails by {name}")
    for worker in started:
        played.kill(worker, signal.SIGTERM)
    return played.sink.rate()


def ours(played: stage.Stage, bookings: list, workers: int, found: dict[str, float]) -> float:
    """Return the messages a second of the outbox, and add other measurements to `found`."""
    from benchmarks import population  # noqa: PLC0415 - needs Django's set-up
    from partnership.outbox.models import Message  # noqa: PLC0415
    from partnership.outbox.posting import wake  # noqa: PLC0415

    begun = time.monotonic()
    posted = population.post_reminders(bookings)
    found["posting"] = max(found.get("posting", 0), posted / (time.monotonic() - begun))
    time.sleep(1.5)
    played.sink.forget()
    started = [played.worker("mail", "bulk") for _ in range(workers)]
    with Watch(started) as watch:
        for _worker in started:
            wake(Message.Priority.NORMAL)
            time.sleep(0.2)
        stage.until(lambda: played.sink.count() >= posted, PATIENCE, f"{posted} reminders")
        time.sleep(1)
    unsent = Message.objects.filter(kind="talks.reminder_1day").exclude(state="sent").count()
    assert not unsent, f"{unsent} rows are not noted as sent"
    for worker in started:
        played.kill(worker, signal.SIGTERM)
    found["most"] = max(found.get("most", 0), watch.most)
    found["growth"] = max(found.get("growth", 0), watch.growth())
    found["duplicates"] = found.get("duplicates", 0) + sum(len(times) - 1 for times in played.sink.messages().values())
    found["count"] = found.get("count", 0) + posted
    return played.sink.rate()


def code_behind(
    played: stage.Stage, readers: list, notices: int, run: str, start: Callable[[], list], times: int = 10
) -> dict[str, float]:
    """Return the seconds from posting a log-in code to the sink, while notices wait and are being sent.

    `start` starts the workers; `run` distinguishes the keys of one run from another's.
    """
    from django.db import transaction  # noqa: PLC0415

    from benchmarks import population, words  # noqa: F401, PLC0415 - registers the kind
    from partnership.outbox.models import Message  # noqa: PLC0415
    from partnership.outbox.posting import post, wake  # noqa: PLC0415

    where = readers[0].partnership
    population.lay_in("bench.notice", where, readers, notices, Message.Priority.BULK, run)
    played.sink.forget()
    started = start()
    wake(Message.Priority.BULK)
    stage.until(lambda: played.sink.count() > 200, PATIENCE, "the first notices")
    waits = []
    for number in range(times):
        before = set(played.sink.messages())
        now = timezone.now()
        with transaction.atomic():
            post(
                kind="account.login_code", partnership=where, to=readers[number], about={"code": "123456"},
                key=f"account.login_code.{run}.{number}", now=now, expires_at=now + dt.timedelta(minutes=15),
            )  # fmt: skip
        wanted = message_id_of(f"account.login_code.{run}.{number}")
        stage.until(lambda wanted=wanted: wanted in played.sink.messages(), 30, "a code", every=0.02)
        waits.append(played.sink.messages()[wanted][0] - now.timestamp())
        assert wanted not in before
    waiting = Message.objects.filter(kind="bench.notice", state__in=Message.TO_SEND).count()
    for worker in started:
        played.kill(worker)
    Message.objects.filter(kind="bench.notice").delete()
    return {"most": max(waits), "median": statistics.median(waits), "waiting": waiting, "times": times}


def codes_behind(played: stage.Stage, notices: int) -> dict[str, dict[str, float]]:
    """Measure it with the two workers of production, and with the single worker of `make run`."""
    from benchmarks import population  # noqa: PLC0415 - needs Django's set-up
    from partnership.places.models import Partnership  # noqa: PLC0415

    readers = population.readers(Partnership.objects.get(), 500)
    ways = {
        "two workers": lambda: [played.worker("mail", "bulk", include="benchmarks.words"), played.worker("urgent")],
        "one worker, as in the Procfile": lambda: [played.worker_of_the_procfile(include="benchmarks.words")],
    }
    return {
        name: code_behind(played, readers, notices, str(run), start) for run, (name, start) in enumerate(ways.items())
    }


def message_id_of(key: str) -> str:
    """Return the Message-ID that our message with this key has, without its brackets."""
    from partnership.outbox.channels.email import message_id  # noqa: PLC0415
    from partnership.outbox.models import Message  # noqa: PLC0415

    return message_id(Message.objects.select_related("partnership").get(key=key)).strip("<>")


def sample(played: stage.Stage) -> None:
    """Store text and HTML of the size of ours for the rivals."""
    from partnership.outbox.channels.layout import Sender, text_and_html  # noqa: PLC0415
    from partnership.outbox.kinds import Words  # noqa: PLC0415

    said = Words(
        subject="I morgen: Sådan undgår du indbrud",
        paragraphs=["En venlig påmindelse om foredraget. Du skal ikke gøre noget, hvis alt er som aftalt."],
        facts=[("Foredrag", "Sådan undgår du indbrud"), ("Hvornår", "tirsdag den 24. november kl. 19.00-20.30"),
               ("Hvor", "Vorup Forsamlingshus, Eksempelvej 1"), ("Forening", "Vorup Grundejerforening"),
               ("Hav klar", "En skærm og et stik.")],
        button=("Se foredraget", "http://randers.localhost:8000/da/talks/4711/"),
    )  # fmt: skip
    sender = Sender("Bo Trygt! i Randers Kommune", "Naboskabskontoret", "12 34 56 78", "kontakt@randers.example",
                    ("112", "114"), "http://randers.localhost:8000/static/mail/street.png")  # fmt: skip
    for name, half in zip(("RIVAL_TEXT", "RIVAL_HTML"), text_and_html(sender, "da", said, "Åse", ""), strict=True):
        with tempfile.NamedTemporaryFile("w", dir=played.environment["PORTAL_DATA"], delete=False) as file:
            file.write(half)
        os.environ[name] = played.environment[name] = file.name


def report(
    reminder: float, one: float, hundred: float, us: dict, codes: dict[str, dict], asked: argparse.Namespace
) -> tuple[str, bool]:
    """Return the table, and whether all targets were reached."""
    rate, growth = us["rate"], us["growth"]
    checks = [
        ("the outbox, durable, a second", f"{rate:.0f}", "", True),
        ("one Celery task a reminder, Django's backend, a second", f"{reminder:.0f}", "", True),
        ("the same with text and HTML lying ready, nothing looked up, a second", f"{one:.0f}", "", True),
        ("tasks of 100 mails on one connection, nothing stored, a second", f"{hundred:.0f}", "", True),
        (
            "against one task a reminder",
            f"{rate / reminder:.1f} times",
            "at least 4",
            rate >= FASTER_THAN_ONE * reminder,
        ),
        ("against one task a mail that lies ready", f"{rate / one:.1f} times", "", True),
        (
            "against tasks of 100",
            f"{rate / hundred:.2f} times",
            f"at least {NO_SLOWER_THAN_HUNDRED}",
            rate >= NO_SLOWER_THAN_HUNDRED * hundred,
        ),
        ("most memory of a worker process", f"{us['most']:.0f} MB", "at most 150 MB", us["most"] <= MEGABYTES),
        ("its growth, first tenth to last", f"{growth:+.1f} MB", "flat (under 10)", growth < 10),
        ("mails sent twice", us["duplicates"], "0", us["duplicates"] == 0),
        ("posted into the outbox, a second", f"{us['posting']:.0f}", "", True),
    ]
    for workers, code in codes.items():
        left = f"{code['waiting']:,} left"
        what = f"a log-in code behind {asked.notices:,} notices ({left}), {workers}, slowest of {code['times']}"
        found = f"{code['most']:.2f} s (median {code['median']:.2f})"
        checks.append((what, found, "within 2 s", code["most"] <= CODE_SECONDS))
    rows = [
        [what, found, wanted, "" if not wanted else "yes" if good else "**no**"] for what, found, wanted, good in checks
    ]
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    command = (
        f".venv/bin/python -m benchmarks.messages --mails {asked.mails} --notices {asked.notices} "
        f"--workers {asked.workers} --rounds {asked.rounds}"
    )
    words = (
        f"## Messages\n\n`{command}`\n\n{us['count']:,} real reminders of talks, {asked.workers} worker(s) of one "
        f"process each; the median of {asked.rounds} rounds in turns. {results.machine()}; load {load} at the end; "
        f"{timezone.now():%Y-%m-%d}.\n\nOf the rivals, a task a reminder looks up and renders what ours says; for "
        "the others text and HTML lie ready. Ours are looked up, checked, written and noted one by one. "
        "All go to the same sink.\n\n"
    )
    return words + results.table(["what", "measured", "asked for", "reached"], rows), all(row[3] for row in checks)


def main() -> int:
    """Run from the command line; return 1 if a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--notices", type=int, default=50_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--no-file", action="store_true", help="do not write RESULTS.md")
    asked = parser.parse_args()
    signal.alarm(1200)
    reminder, one, hundred, rates, found = [], [], [], [], {}
    with stage.stage() as played:
        from benchmarks import population  # noqa: PLC0415 - needs Django's set-up

        sample(played)
        where, area = population.place()
        bookings = population.talks(where, area, asked.mails // 2)
        share = len(bookings) // asked.rounds
        # In turns, so that other load on the machine affects all.
        for number in range(asked.rounds):
            half = asked.mails // asked.rounds // 2
            reminder.append(rival(played, "reminder", half, asked.workers, bookings))
            one.append(rival(played, "one", half, asked.workers, bookings))
            hundred.append(rival(played, "hundred", share * 2 // 100 * 100, asked.workers, bookings))
            rates.append(ours(played, bookings[number * share : (number + 1) * share], asked.workers, found))
            print(f"{reminder[-1]:.0f} {one[-1]:.0f} {hundred[-1]:.0f} {rates[-1]:.0f} a second", flush=True)
        codes = codes_behind(played, asked.notices) if asked.notices else {}
    us = {**found, "rate": statistics.median(rates)}
    text, good = report(*map(statistics.median, (reminder, one, hundred)), us, codes, asked)
    print(text)
    if not asked.no_file:
        results.write("messages", text)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
