"""The files that staff download: a sample of a list, and the lines of a list that cannot be added."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from neighbours.lists.checking import Checked
from neighbours.lists.columns import COLUMNS, first
from partnership.fields.names import inert


def sample() -> Iterator[list[str]]:
    """Yield the names of the columns, and an example in a line that is skipped when the file is read."""
    yield [column.title for column in COLUMNS]
    example = _("Example")
    yield [f"# {example}: {first(COLUMNS[0].example)}", *(first(column.example) for column in COLUMNS[1:])]


def faulty(checked: Checked) -> Iterator[list[str]]:
    """Yield the lines that cannot be added, to be corrected and brought in: what is wrong stands in a last column,
    which is not read. A line that cannot be taken apart has only that.
    """
    yield [*(column.title for column in COLUMNS), _("What is wrong"), _("Line")]
    for one in checked.faulty:
        cells = [one.cells.get(column.name, "") for column in COLUMNS]
        yield [inert(cell) for cell in [*cells, "; ".join(one.reasons), str(one.number)]]
