"""Reads a file of helpers: bytes in, lines out. It knows no row of the database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from neighbours.lists.columns import COLUMNS, column_called
from partnership.fields.lines import LineError
from partnership.fields.printed_numbers import grouped
from partnership.fields.tables import Line, cells_of, is_remark, separator_of, text_lines, wrong_width
from partnership.refusals import Refused

MOST_ROWS = 2000
MOST_BYTES = 1_000_000
# With the empty ones that a spreadsheet adds below; a file of nothing else would take seconds to read.
MOST_LINES = 20_000
# What our own files put before a text that a spreadsheet would work out (`fields.names.inert`).
_WORKED_OUT = ("'=", "'+", "'-", "'@")
# A line of a list as it is stored: its number, and its cells by column or what is wrong with it.
Stored = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """The lines of a file, and its columns that we do not read."""

    lines: list[Stored] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read(data: bytes) -> Table:
    """Return the lines of a file. Refused (unreadable), with what to do about it: another kind of file, a column that
    is missing or stands twice, too many rows, or none.
    """
    if len(data) > MOST_BYTES:
        raise _unreadable(_("The file is too large: at most 1 MB. Divide it into several."))
    breaks = max(data.count(b"\n"), data.count(b"\r"))
    if breaks > MOST_LINES:
        raise _too_many(breaks)
    table = _table(_whole_lines(data))
    if not table.lines:
        raise _unreadable(_("There are no helpers in the file below the names of the columns."))
    if len(table.lines) > MOST_ROWS:
        raise _too_many(len(table.lines))
    return table


def _too_many(lines: int) -> Refused:
    found = {"most": grouped(MOST_ROWS), "found": grouped(lines)}
    return _unreadable(_("There are %(found)s lines in the file, and at most %(most)s fit. Divide it.") % found)


def _unreadable(sentence: str) -> Refused:
    return Refused("unreadable", sentence)


def _whole_lines(data: bytes) -> Iterator[Line | LineError]:
    """Yield the lines. Not every program ends the last one: all of it is shown before it counts."""
    if data and not data.rstrip(b"\0").endswith((b"\n", b"\r")):
        data += _line_end(data)
    return text_lines(data.splitlines(keepends=True))


def _line_end(data: bytes) -> bytes:
    """Return a line feed as the file writes letters: in one byte, or in two."""
    if data.startswith(b"\xff\xfe") or data[1:2] == b"\0":
        return b"\n\0"
    return b"\0\n" if data.startswith((b"\xfe\xff", b"\0")) else b"\n"


def _table(lines: Iterator[Line | LineError]) -> Table:
    header: list[str | None] = []
    titles: list[str] = []
    separator = ";"
    found: list[Stored] = []
    for line in lines:
        if isinstance(line, LineError):
            if not header:
                raise _unreadable(_sentence(line))
            found.append({"n": line.line, "said": line.reason})
        elif is_remark(line.text):
            continue
        elif not header:
            separator = separator_of(line.text)
            titles = _cells(line, separator)
            header = _header(titles)
        else:
            found.append(_stored(line, separator, header))
    if not header:
        raise _unreadable(_("The file is empty. Its first line names the columns, as in our sample."))
    ignored = [title for title, name in zip(titles, header, strict=True) if name is None and title]
    return Table(found, ignored)


def _sentence(error: LineError) -> str:
    reason = str(error)
    return reason if reason.endswith((".", "!")) else f"{reason}."


def _cells(line: Line, separator: str) -> list[str]:
    try:
        cells = cells_of(line.text, separator)
    except ValueError as error:
        raise _unreadable(_sentence(LineError(line.number, str(error)))) from error
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _header(titles: list[str]) -> list[str | None]:
    names = [column_called(title) for title in titles]
    missing = [column.title for column in COLUMNS if column.needed and column.name not in names]
    if missing:
        named = _("These columns are missing in the first line: %(missing)s. Compare with our sample.")
        raise _unreadable(named % {"missing": ", ".join(missing)})
    twice = [title for title, name in zip(titles, names, strict=True) if name and names.count(name) > 1]
    if twice:
        raise _unreadable(_("Two columns are the same: %(twice)s. Delete one.") % {"twice": ", ".join(twice)})
    return names


def _stored(line: Line, separator: str, header: list[str | None]) -> Stored:
    try:
        cells = cells_of(line.text, separator)
    except ValueError as error:
        return {"n": line.number, "said": str(error)}
    if any(cells[len(header) :]):
        return {"n": line.number, "said": wrong_width(len(cells), len(header))}
    # A spreadsheet leaves out empty cells at the end of a line.
    cells += [""] * (len(header) - len(cells))
    named = zip(header, cells, strict=False)
    return {"n": line.number, "cells": {name: _bare(cell) for name, cell in named if name and cell}}


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith(_WORKED_OUT) else cell
