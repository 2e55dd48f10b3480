"""How long a list of 2,000 helpers takes to be read, looked through, added and taken back, each in one transaction,
in a partnership of 40,000 people with 30,000 addresses.

PORTAL_DATA=.data/bench python -m devtools.running with python -m benchmarks.lists
"""

import os
import time
import uuid
from collections.abc import Callable, Iterator

from benchmarks.results import table
from benchmarks.talks_ground import own_database, write_section

own_database()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
import django  # noqa: E402

django.setup()
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from neighbours.actions import lists, undoing_lists  # noqa: E402
from neighbours.lists.checking import check  # noqa: E402
from neighbours.lists.reading import MOST_ROWS, read  # noqa: E402
from neighbours.models import HelperList  # noqa: E402
from partnership import clock  # noqa: E402
from partnership.people.models import User  # noqa: E402
from partnership.places.models import Address  # noqa: E402
from partnership.tests.cast import Cast, assemble  # noqa: E402

PEOPLE, ADDRESSES, STREETS, POSTCODES = 40_000, 30_000, 1_500, 10
LIMIT = 20
HEAD = "Name;Email;Telephone;Road and number;Postcode;Source;Said yes on;Said yes how"


def letters(number: int) -> str:
    """Return a word of five letters, another for each number."""
    return "".join(chr(97 + number // 26**place % 26) for place in range(5)).capitalize()


def fill(cast: Cast) -> list[Address]:
    """Make the register and the people, two of five of them with a mailbox that has several names."""
    here, homes = cast.randers, ADDRESSES // STREETS
    register = [
        Address(
            partnership=here, area=cast.vorup, register_id=f"b{number}", street=f"{letters(number // homes * 7919)}vej",
            number=str(number % homes + 1), postcode=str(8900 + number // homes % POSTCODES), town="Randers",
        )
        for number in range(ADDRESSES)
    ]  # fmt: skip
    Address.objects.bulk_create(register, batch_size=5000)
    people = [
        User(
            partnership=here, name=f"{letters(number)} {letters(number * 31)}", phone=str(30_000_000 + number),
            email=f"p{number}@{'gmail.com' if number % 5 < 2 else 'randers.example'}", password="!",
        )
        for number in range(PEOPLE)
    ]  # fmt: skip
    User.objects.bulk_create(people, batch_size=5000)
    return register


def a_file(register: list[Address]) -> bytes:
    """Return a list of strangers, half of them with a mailbox."""
    lines = [
        f"{letters(number * 17)} {letters(number * 13 + 5)};{f'n{number}@list.example' if number % 2 else ''};"
        f"{50_000_000 + number};{home.line};{home.postcode};Meeting in the hall;2026-11-12;on paper"
        for number, home in enumerate(register[:: ADDRESSES // MOST_ROWS])
    ]
    return "\r\n".join([HEAD, *lines, ""]).encode()


def measured(what: str, do: Callable[[], object]) -> list[object]:
    """Run it, and return its row of the table."""
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        do()
        seconds = time.perf_counter() - began
    return [what, f"{seconds:.1f} s", len(queries), "yes" if seconds < LIMIT else "no"]


def rows() -> Iterator[list[object]]:
    cast = assemble()
    karen, here = cast.karen, cast.randers
    table_of_file = read(a_file(fill(cast)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    said = {"partnership": here, "table": table_of_file, "by": karen, "submission": uuid.uuid4()}
    yield measured("read, each address looked up", lambda: lists.read_list(**said, now=clock.now()))
    found = HelperList.objects.get()
    yield measured("looked through", lambda: check(here, found.lines))
    yield measured("added", lambda: lists.add_list(helper_list=found, by=karen, now=clock.now()))
    found.refresh_from_db()
    assert found.added == MOST_ROWS
    yield measured("looked through again, all are known", lambda: check(here, table_of_file.lines))
    yield measured("taken back", lambda: undoing_lists.take_back(helper_list=found, by=karen, now=clock.now()))


def main() -> None:
    said = f"A list of {MOST_ROWS:,} lines, in a partnership of {PEOPLE:,} people with {ADDRESSES:,} addresses."
    measured_rows = table(["what", "time", "statements", f"below {LIMIT} s"], list(rows()))
    write_section("lists", "Lists of helpers", [f"`python -m benchmarks.lists`: {said}", "", measured_rows])


if __name__ == "__main__":
    main()
