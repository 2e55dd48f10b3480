"""A table of every address of a room, and of what each kind of person gets there: each room's test_every_address.py
has one. A cell has the results of GET and of POST, separated by a slash:

    200, 302, 400 ...   the page, done and sent on, the form once more
    in                  sent to log in, or to show a second factor
    +                   it wrote something; without it no row of the rooms or of the outbox has changed
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse

from partnership.people.models import User
from partnership.tests.cast import visit
from partnership.tests.rolling_back import rolled_back
from partnership.tests.written import attempts, digests

# The people of each column, each with the name of their host.
Columns = Mapping[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Row:
    """One address, what its arguments name, and a cell for each column."""

    address: str
    names: str
    cells: dict[str, str]


def read_table(table: str, columns: Columns) -> list[Row]:
    """Return the rows of a table whose head names the columns."""
    (_address, _names, *head), *lines = [line.split() for line in table.strip().splitlines()]
    assert head == list(columns)
    return [Row(address, names, dict(zip(head, cells, strict=True))) for address, names, *cells in lines]


def log_in_all(columns: Columns) -> dict[tuple[str, str, str], str]:
    """Return each browser's session cookies, by column, person and host; who is "unproved" shows no second factor."""
    people = {person.name.lower(): person for person in User.objects.all()}
    browsers = {
        (column, name, home): visit(people.get(name), host=f"{home}.localhost", second_factor=column != "unproved")
        for column, persons in columns.items()
        for name, home in persons
    }
    return {who: browser.cookies.output(header="", sep=";") for who, browser in browsers.items()}


@dataclass
class Tables:
    """The tables that are looked at, as they were before."""

    names: Iterable[str]
    before: list[tuple] = field(init=False)

    def __post_init__(self) -> None:
        self.before = digests(self.names)

    def tried(self, ask: Callable[..., HttpResponse], path: str, typed: dict[str, object]) -> tuple[str, str]:
        """Return half a cell and the page. What was written is rolled back."""
        with rolled_back():
            tries = attempts(self.names)
            response = ask(path, typed)
            wrote = attempts(self.names) != tries and digests(self.names) != self.before
        sent_away = response.status_code == 302 and response.url.startswith("/accounts/")
        half = ("in" if sent_away else str(response.status_code)) + ("+" if wrote else "")
        return half, "" if response.streaming else response.content.decode(errors="replace")
