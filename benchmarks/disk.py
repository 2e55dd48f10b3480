"""A full disk under the outbox: its table is moved to a file system of 64 MB, which is then filled."""

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import stage

if TYPE_CHECKING:
    from benchmarks.faults import Line, Play


def full(play: "Play") -> "Line":
    """Fill the disk while workers send and messages are posted; then free space again."""
    from benchmarks.faults import IN_FLIGHT, Line  # noqa: PLC0415

    what, place = "disk full for the outbox", play.played.pair.home / "tiny"
    place.mkdir()
    account = play.played.pair.account
    owner = f"uid={account.pw_uid},gid={account.pw_gid}" if account else ""
    mount = ["mount", "-t", "tmpfs", "-o", f"size=64m,mode=0700,{owner}", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        return Line(what, 0, 0, 0, 0, 0, "left out: needs root, to make a small file system")
    try:
        return _full(play, what, place, 2 * IN_FLIGHT)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=False)


def _full(play: "Play", what: str, place: Path, allowed: int) -> "Line":
    from django.db import OperationalError, connection, transaction  # noqa: PLC0415

    from benchmarks import population  # noqa: PLC0415
    from partnership import clock  # noqa: PLC0415
    from partnership.outbox.models import Message  # noqa: PLC0415
    from partnership.outbox.post import post  # noqa: PLC0415

    def say(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    say(f"CREATE TABLESPACE tiny LOCATION '{place}'")
    say("VACUUM FULL outbox_message")
    say("ALTER TABLE outbox_message SET TABLESPACE tiny")
    say("CREATE TABLE filler (x text) TABLESPACE tiny")
    play.lay_in(300, "disk.before")
    for size in (1000, 100, 1):
        try:
            while True:
                say(f"INSERT INTO filler SELECT repeat('x', 1900) FROM generate_series(1, {size * 4})")
        except OperationalError:
            continue
    told = people = refused = 0
    workers = play.workers(2)
    for number in range(2_000):
        try:
            with transaction.atomic():
                (person,) = population.people(play.where, 1, f"disk{number}-")
                post(kind="bench.answer", partnership=play.where, to=person, about={},
                     key=f"bench.answer.disk.{number}", now=clock.now())  # fmt: skip
        except OperationalError:
            refused += 1
            if refused > 20:
                break
    people = type(person).objects.filter(email__startswith="disk").count()
    told = Message.objects.filter(key__startswith="bench.answer.disk.", recipient__email__startswith="disk").count()
    stage.time.sleep(4)
    say("DROP TABLE filler")
    play.wait_for_quiet("disk")
    play.end_workers(workers)
    say("ALTER TABLE outbox_message SET TABLESPACE pg_default")
    say("DROP TABLESPACE tiny")
    assert people == told, f"{people} changes were made and {told} of them promised"
    return play.line(what, "disk", allowed, f"{refused} changes refused whole, {told} made and promised")
