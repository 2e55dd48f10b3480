"""Races for bookings: fifty at once, two hundred times, over SQL and HTTP, each with a control that must fail.

DATABASE_URL=postgres://… python -m benchmarks.talks_races [rounds of R1 over SQL [rounds of the others]]
"""

import datetime as dt
import os
import random
import sys
import time
import uuid
from collections.abc import Callable
from functools import partial

from benchmarks.talks_ground import own_database, write_section

own_database()
import django  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
django.setup()
from django.db import connection, connections, transaction  # noqa: E402

connections["default"].settings_dict["OPTIONS"].pop("pool", None)
from benchmarks.talks_crowd import CROWD, DONE, FORK, Crowd, Tally, clear, overlaps  # noqa: E402
from benchmarks.talks_races_http import r1_http  # noqa: E402
from partnership.outbox.models import Message  # noqa: E402
from partnership.tests.cast import NOW, assemble, person, slot, speaker  # noqa: E402
from talks.actions import bookings  # noqa: E402
from talks.models import Booking, BookingStep, Slot, Speaker  # noqa: E402
from talks.tests.bookings import careless, confirmed, requested, talk_request  # noqa: E402

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 200
OTHER_ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS


def overlapping_slots(by: Speaker, days: int = 20) -> list[Slot]:
    """Five slots of one speaker that begin ten minutes apart: only one of them can be taken."""
    one = slot(by, days=days)
    minutes = [dt.timedelta(minutes=10 * n) for n in range(1, 5)]
    more = [
        Slot(partnership=by.partnership, speaker=by, starts_at=one.starts_at + m, ends_at=one.ends_at + m)
        for m in minutes
    ]
    return [one, *Slot.objects.bulk_create(more)]


def ask(cast, on: Slot, number: int, submission: uuid.UUID | None = None) -> Callable[[], Booking | None]:
    """Return a call that asks for this slot, as chair number `number`; the same `submission` is the same form."""
    return partial(
        bookings.request_talk,
        partnership=cast.randers,
        slot=on,
        asked=talk_request(cast, email=f"chair{number}@randers.example", association=f"Forening {number}"),
        submission=submission or uuid.uuid4(),
        language="da",
        now=NOW,
    )


def r1_sql(cast, people: Crowd, rounds: int = ROUNDS) -> Tally:
    """Fifty ask for overlapping evenings of one speaker: exactly one gets theirs."""
    tally = Tally("R1 SQL: 50 ask for overlapping evenings")
    for _round in range(rounds):
        slots = overlapping_slots(cast.speaker)
        outcomes = people.run([ask(cast, slots[n % 5], n) for n in range(CROWD)], tally)
        tally.exact += outcomes.count(DONE) == 1 == Booking.objects.count()
        tally.overlaps += overlaps()
        clear()
    return tally


LOOKED = FORK.Barrier(CROWD)


def everybody_looked() -> None:
    """Wait until all have seen the slot as free, so that the control without a lock must fail."""
    LOOKED.wait()


def r1_control(cast, people: Crowd, rounds: int = 20) -> Tally:
    """Neither lock nor constraint."""
    tally = Tally("R1 control: look, then insert")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'booking_speaker_in_one_place'"
        )
        definition = cursor.fetchone()[0]
        cursor.execute("ALTER TABLE talks_booking DROP CONSTRAINT booking_speaker_in_one_place")
    for _round in range(rounds):
        slots = overlapping_slots(cast.speaker)
        outcomes = people.run(
            [partial(careless, cast.association, slots[n % 5], everybody_looked) for n in range(CROWD)], tally
        )
        tally.exact += outcomes.count(DONE) == 1
        tally.overlaps += overlaps()
        clear()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE talks_booking ADD CONSTRAINT booking_speaker_in_one_place {definition}")
    return tally


def r2(cast, people: Crowd) -> list[Tally]:
    """Races of other kinds: answers to one request, two moves to one evening, a cancelled evening, one form sent 50
    times.
    """
    answer = Tally("R2: confirm, decline and cancel one request")
    move = Tally("R2: two talks moved to one evening")
    rebook = Tally("R2: cancelled, and asked for by 49 others")
    click = Tally("R2: one form sent 50 times")
    for _round in range(OTHER_ROUNDS):
        booking = requested(cast, slot(cast.speaker))
        verbs = [
            partial(bookings.confirm, booking=booking, place_seen=booking.place, by=cast.karen, now=NOW),
            partial(bookings.decline, booking=booking, by=cast.anne, why="Nej.", now=NOW),
            partial(bookings.cancel, booking=booking, by=booking.association.chair, now=NOW),
        ]
        outcomes = people.run([verbs[n % 3] for n in range(CROWD)], answer)
        booking.refresh_from_db()
        steps = [one.to_state for one in booking.steps.all()]
        # Confirming and then cancelling is allowed; a second cancelling changes nothing.
        answer.exact += DONE in outcomes and steps[2:] in (
            ["declined"],
            ["cancelled"],
            ["confirmed", "cancelled"],
        )
        clear()

        talks = [confirmed(cast, slot(cast.speaker, days=days)) for days in (20, 21)]
        target = slot(cast.speaker, days=30)
        outcomes = people.run(
            [partial(bookings.move, booking=talks[n % 2], slot=target, by=cast.karen, now=NOW) for n in range(CROWD)],
            move,
        )
        there = Booking.objects.filter(starts_at=target.starts_at).count()
        move.exact += there == 1 == outcomes.count(DONE)
        move.overlaps += overlaps()
        clear()

        on = slot(cast.speaker)
        talk = confirmed(cast, on)
        cancelling = partial(bookings.cancel, booking=talk, by=cast.karen, now=NOW)
        people.run([cancelling, *(ask(cast, on, n) for n in range(1, CROWD))], rebook)
        stands = Booking.objects.blocking(NOW).count()
        rebook.exact += stands <= 1 and Booking.objects.get(pk=talk.pk).state == "cancelled"
        rebook.overlaps += overlaps()
        clear()

        one_form = ask(cast, slot(cast.speaker), 1, uuid.uuid4())
        people.run([one_form] * CROWD, click)
        mails = Message.objects.filter(kind="talks.verify").count()
        click.exact += Booking.objects.count() == 1 == mails
        clear()
    return [answer, move, rebook, click]


def r3(cast, people: Crowd, speakers: list[Speaker], rounds: int = OTHER_ROUNDS) -> Tally:
    """Talks of four speakers, moved from one to another in any order."""
    tally = Tally("R3: 50 moves between four speakers")
    drawn = random.Random(3)
    talks = [confirmed(cast, slot(one, days=20 + n)) for n, one in enumerate(speakers)]
    for round_number in range(rounds):
        Slot.objects.filter(starts_at__gt=NOW + dt.timedelta(days=39)).delete()
        free = [slot(one, days=40 + round_number % 100 + 7 * n) for n, one in enumerate(speakers)]
        stepped = BookingStep.objects.count()
        outcomes = people.run(
            [
                partial(bookings.move, booking=talks[n % 4], slot=drawn.choice(free), by=cast.karen, now=NOW)
                for n in range(CROWD)
            ],
            tally,
        )
        done = outcomes.count(DONE)
        tally.exact += 0 < done == BookingStep.objects.count() - stepped and Booking.objects.count() == len(speakers)
        tally.overlaps += overlaps()
    clear()
    return tally


def unsorted(first: int, second: int) -> int:
    """Lock two speakers in the order of the arguments."""
    with transaction.atomic():
        for pk in (first, second):
            Speaker.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)
            time.sleep(0.002)
    return 1


def r3_control(people: Crowd, speakers: list[Speaker], rounds: int = 20) -> Tally:
    """The control of R3: locks taken in any order, which must deadlock."""
    tally = Tally("R3 control: locks in any order")
    drawn = random.Random(3)
    for _round in range(rounds):
        pairs = [drawn.sample(speakers, 2) for _person in range(CROWD)]
        outcomes = people.run([partial(unsorted, first.pk, second.pk) for first, second in pairs], tally)
        tally.exact += outcomes.count(1) == CROWD
    return tally


def write(tallies: list[Tally]) -> None:
    """Write the table of the races so far."""
    lines = [
        f"{CROWD} processes at once, each with a connection of its own. A round is exact when exactly one of those who",
        "wanted the same thing got it, in the answers and in the database. Controls have the protection off, and must",
        "fail.",
        "",
        "| race | rounds | exact | overlaps | deadlocks | errors | p99 ms | max ms |",
        "|---|---|---|---|---|---|---|---|",
        *(tally.row() for tally in tallies),
    ]
    write_section("talks-races", "Talks: races", lines)
    print(tallies[-1].row(), flush=True)


def main() -> None:
    """Run from the command line; the table is written after each race."""
    cast = assemble()
    others = [speaker(person(name, cast.randers)) for name in ("Signe", "Sofus", "Sanne")]
    everyone = [cast.speaker, *others]
    people = Crowd(CROWD)
    # Every process has opened its connection and imported the portal before the measurement starts.
    r1_sql(cast, people, rounds=2)
    r3(cast, people, everyone, rounds=2)
    tallies: list[Tally] = []
    for race in (
        lambda: [r1_sql(cast, people)],
        lambda: [r1_control(cast, people)],
        lambda: [r3(cast, people, everyone)],
        lambda: [r3_control(people, everyone)],
        lambda: [r1_http(cast, people, OTHER_ROUNDS)],
        lambda: r2(cast, people),
    ):
        tallies += race()
        write(tallies)


if __name__ == "__main__":
    main()
