"""A person's own data: in words for a page, and as plain values for machines."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import AutoField, ForeignKey, Model, prefetch_related_objects
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import pgettext

from partnership import clock
from partnership.fields.printed_days import start_in_words
from partnership.people.models import User
from partnership.people.own.sections import Quoted, Section, sections_of, who_it_was


@dataclass(frozen=True)
class Part:
    """A section in words: each row is a list of what and its value."""

    anchor: str
    title: str
    explained: str
    rows: list[list[tuple[str, str]]]


def in_words(person: User) -> list[Part]:
    """Return all that we know about a person in the active language."""
    parts = []
    for section, rows in sections_of(person):
        said = [_row_in_words(section, row, person) for row in rows]
        anchor = section.name.lower().replace(".", "-")
        parts.append(Part(anchor, str(section.title), str(section.explained), [row for row in said if row]))
    return [part for part in parts if part.rows]


def for_machines(person: User) -> dict[str, list[dict[str, object]]]:
    """Return the same as values for JSON, by the name of the model."""
    return {section.name: _all_values(section, rows, person) for section, rows in sections_of(person)}


def _row_in_words(section: Section, row: Model, person: User) -> list[tuple[str, str]]:
    said = ((label, _said(_written(section, row, name, person), person)) for name, label in section.shown.items())
    return [(str(label), words) for label, words in said if words]


def _written(section: Section, row: Any, name: str, person: User) -> object:
    """Return what a page shows, with a telephone number in groups; the file has it as it was typed."""
    value = _shown(section, row, name, person)
    return person.partnership.in_groups(value) if name == "phone" and value and person.partnership else value


def _shown(section: Section, row: Any, name: str, person: User) -> Any:
    if name in section.read:
        return section.read[name](row, person)
    if row._meta.get_field(name).choices:
        return capfirst(getattr(row, f"get_{name}_display")())
    return getattr(row, name)


def _said(value: object, person: User) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if isinstance(value, dt.datetime):
        return start_in_words(clock.local(value, person.partnership.zone) if person.partnership else value)
    if isinstance(value, dt.date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, dt.time):
        return time_format(value, "TIME_FORMAT")
    if isinstance(value, (list, tuple)):
        return ", ".join(_said(one, person) for one in value)
    if isinstance(value, Quoted):
        return format_html('<q lang="{}">{}</q>', value.language, str(value))
    return str(value)


def _all_values(section: Section, rows: list[Any], person: User) -> list[dict[str, object]]:
    """Return each row's values; what all the rows refer to is read by one query a column."""
    named = [column.name for column in _columns(section) if _is_spelled_out(column)]
    prefetch_related_objects(rows, *named)
    return [_as_values(section, row, person) for row in rows]


def _columns(section: Section) -> list[Any]:
    """Return the columns that are given as they are: no running number, of whatever row. That of a home is older than
    its newest helper when somebody else there had asked to join before, and all of them count what others did between.
    """
    left_out = {*section.hidden, *section.read}
    columns = section.model._meta.concrete_fields
    return [column for column in columns if column.name not in left_out and not isinstance(column, AutoField)]


def _is_spelled_out(column: Any) -> bool:
    """Return whether the words of another row stand for its id; of a person, only the role is given."""
    return isinstance(column, ForeignKey) and column.related_model is not User


def _as_values(section: Section, row: Any, person: User) -> dict[str, object]:
    given = {column.name: _value(column, row, person) for column in _columns(section)}
    made: Iterable[tuple[str, object]] = ((name, read(row, person)) for name, read in section.read.items())
    return given | {name: _plain(value) for name, value in made}


def _value(column: Any, row: Any, person: User) -> object:
    if _is_spelled_out(column):
        other = getattr(row, column.name)
        return None if other is None else str(other)
    value = getattr(row, column.attname)
    return who_it_was(value, person) or None if isinstance(column, ForeignKey) else _plain(value)


def _plain(value: object) -> object:
    """Return what JSON can hold."""
    if value is None or isinstance(value, (bool, int, float, str, list, dict)):
        return value
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) or not isinstance(value, (bytes, memoryview)) else None
