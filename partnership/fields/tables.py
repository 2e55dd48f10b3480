"""Decodes the files of tables that people save: one decoder for every room.

UTF-8 with and without a mark, UTF-16, CP1252 and Latin-1; the text is cleaned (`written.cleaning`). Pure: bytes in,
lines out.
"""

import csv
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.fields.lines import LineError
from written.cleaning import cleaned, composed

SEPARATORS = ";,\t"
LONGEST_LINE = 100_000
# What people choose by mistake, by its first bytes.
_WORKBOOK = gettext_lazy("an Excel workbook")
_SHAPES = (
    (b"PK\x03\x04", _WORKBOOK),
    (b"\xd0\xcf\x11\xe0", _WORKBOOK),
    (b"%PDF", gettext_lazy("a PDF")),
    (b"{\\rtf", gettext_lazy("a text document")),
    (b"\x89PNG", gettext_lazy("a picture")),
    (b"\xff\xd8\xff", gettext_lazy("a picture")),
    (b"\x1f\x8b", gettext_lazy("a compressed file")),
    (b"<", gettext_lazy("a web page")),
    (b"CHARSET=", gettext_lazy("a PC-Axis file")),
    (b"AXIS-VERSION=", gettext_lazy("a PC-Axis file")),
)
_LINE_END = re.compile(rb"\r\n|\r|\n")
# UTF-8 read as Latin-1 (Ã¦, Ã¸, Ã¥ ...), the replacement character of a lost letter, letters of DOS and of old Macs.
_BROKEN = re.compile(
    "Ã[\u0080-\u00bf†˜…\u0152\u0153\u2018-\u2026]|\ufffd|ï»¿|[\x80-\x9f]|[^\\W\\d_][†›¾¯®]|[†›¾¯®][^\\W\\d_]"
)
# Controls, ends of lines inside a line, and marks that turn the direction: what else cannot be seen is left out.
_HIDDEN = re.compile("[\x00-\x08\x0a-\x1f\x7f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,20})?")
_WHOLE = re.compile(r"[0-9]{1,9}")
# What a spreadsheet makes of 2-3, 1/2, 8182E3 and long numbers, in the languages that it speaks here.
_MONTH = r"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-zé]*\.?"
_SPOILT = re.compile(
    rf"\d{{1,2}}[-/]{_MONTH}(?:[-/]\d{{2,4}})?|{_MONTH}[-/]\d{{2,4}}"
    r"|(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}(?P<mark>[-/.])\d{1,2}(?P=mark)(?:\d{4}|\d{2}))(?:[ T][\d:.]+)?"
    r"|\d(?:[.,]\d+)?E[+-]?\d{1,3}|#+|#[A-ZÆØÅÄÖ/]+[!?]?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, or a line of a table with its cells by column; numbered from 1."""

    number: int
    text: str = ""
    cells: dict[str, str] | None = None


class Unreadable(ValueError):
    """The file is no text that we can read; `error` says where and what to do."""

    def __init__(self, error: LineError) -> None:
        super().__init__(str(error))
        self.error = error


def text_of(data: bytes) -> str:
    """Return the text of a whole file, with line feeds. Raise Unreadable at the first line that cannot be read."""
    found = []
    for line in text_lines(data.splitlines(keepends=True)):
        if isinstance(line, LineError):
            raise Unreadable(line)
        found.append(line.text)
    return "\n".join(found)


def text_lines(source: Iterable[bytes]) -> Iterator[Line | LineError]:
    """Yield every line of a file that is given as pieces, as an open file gives them; only UTF-16 is loaded whole.

    A last line without its end is an error too: the file may be cut, and a figure or a word may be missing. JSON says
    itself where it ends.
    """
    pieces = iter(source)
    blank: list[bytes] = []
    while (head := next(pieces, None)) is not None and not head.strip():
        blank.append(head)
    head = head or b""
    if found := _shape(head):
        yield LineError(0, found)
        return
    everything: Iterable[bytes] = itertools.chain(blank, [head], pieces)
    if encoding := _two_bytes_a_letter(head):
        try:
            everything = [b"".join(everything).decode(encoding).removeprefix("\ufeff").encode()]
        except UnicodeError:
            yield LineError(0, _("This is not a text file. Save it as “CSV UTF-8” and choose that file."))
            return
    number, piece = 0, b""
    for piece in everything:
        for line in _split(piece):
            number += 1
            yield _decoded(number, line)
    if _has_no_end(piece) and not _is_json(head):
        words = _("the last line is cut off; fetch the file again, or write the whole line and a line break")
        yield LineError(number, words)


def _has_no_end(piece: bytes) -> bool:
    return bool(piece) and not piece.rstrip(b"\0").endswith((b"\n", b"\r"))


def _is_json(head: bytes) -> bool:
    return head[:1000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"{", b"["))


def _shape(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    found = next((name for mark, name in _SHAPES if start.startswith(mark)), None)
    if found is None:
        return ""
    return _("This is %(found)s. Save or fetch the table as “CSV UTF-8”, and choose that file.") % {"found": found}


def _two_bytes_a_letter(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = head[:200:2].count(0), head[1:200:2].count(0)
    if max(even, odd) <= len(head[:200]) // 4:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _split(piece: bytes) -> list[bytes]:
    lines = _LINE_END.split(piece)
    return lines if len(lines) == 1 or lines[-1] else lines[:-1]


def _decoded(number: int, raw: bytes) -> Line | LineError:
    for encoding in ("utf-8-sig" if number == 1 else "utf-8", "cp1252", "latin-1"):
        try:
            text = composed(raw.decode(encoding))
            break
        except UnicodeDecodeError:
            continue
    if _BROKEN.search(text):
        return LineError(number, _("letters are broken (æ, ø, å); fetch the file again, or save it as “CSV UTF-8”"))
    if is_hidden(text):
        return LineError(number, _("the line holds a hidden character that we cannot read; write the line again"))
    return Line(number, cleaned(text, lines=True))


def check_unspoilt(name: str, text: str) -> None:
    """Raise ValueError, with a sentence that says what to do, for a cell that a spreadsheet has made a date, a rounded
    number or an error of.
    """
    if _SPOILT.fullmatch(text):
        words = _(
            "%(text)r in %(name)s is what a spreadsheet makes of another text, such as 2-3. Get the file anew, import "
            "it into the spreadsheet with every column as text, and save it as “CSV UTF-8”"
        )
        raise ValueError(words % {"text": text[:40], "name": name})


def is_hidden(text: str) -> bool:
    """Return whether a text holds a character that nobody sees: NUL, a control, or a mark that turns the direction."""
    return bool(_HIDDEN.search(text))


def visible(text: str) -> str:
    """Return a text from a file, cleaned; one that `is_hidden` stays, for `check_text` to refuse."""
    return text if is_hidden(text) else cleaned(text)


def separator_of(text: str) -> str:
    """Return the separator that a line has most of, outside quotation marks."""
    bare = re.sub(r'"[^"]*"', "", text)
    return max(SEPARATORS, key=bare.count)


def cells_of(text: str, separator: str) -> list[str]:
    """Return the cells of a line without quotes and outer blanks. Raise ValueError with what is wrong."""
    if text.count('"') % 2:
        raise ValueError(_("a quotation mark is not closed"))
    if len(text) > LONGEST_LINE:
        raise ValueError(_("the line is too long to be a line of a table"))
    return [cell.strip() for cell in next(csv.reader([text], delimiter=separator, skipinitialspace=True), [])]


def is_remark(text: str) -> bool:
    """Return whether a line is empty, a comment after #, a spreadsheet's `sep=;`, or nothing except separators."""
    bare = text.strip(SEPARATORS + '" ')
    return not bare or bare.startswith(("#", "sep="))


def records(lines: Iterable[Line | LineError], columns: Sequence[str]) -> Iterator[Line | LineError]:
    """Yield each line of a table with its cells by column, or its error. The columns may stand in any order.

    Nothing comes after an error in the first line, which names them.
    """
    header: list[str] = []
    separator = ";"
    for line in lines:
        if isinstance(line, LineError):
            yield line
            if not line.line or not header:
                return
            continue
        if is_remark(line.text):
            continue
        if not header:
            separator = separator_of(line.text)
        try:
            cells = _no_wider(cells_of(line.text, separator), header or columns)
        except ValueError as error:
            yield LineError(line.number, str(error))
            if not header:
                return
            continue
        if header:
            yield _by_column(line.number, header, cells)
            continue
        header = [cell.casefold() for cell in cells]
        if sorted(header) != sorted(columns):
            found, wanted = line.text.strip()[:200], ";".join(columns)
            words = _("The columns must be %(wanted)s. Here they are %(found)s.")
            yield LineError(line.number, words % {"wanted": wanted, "found": found})
            return
    if not header:
        yield LineError(0, _("The file is empty. Its first line must be %(wanted)s.") % {"wanted": ";".join(columns)})


def _no_wider(cells: list[str], columns: Sequence[str]) -> list[str]:
    """Drop the empty cells that a spreadsheet adds to the right."""
    return cells if any(cells[len(columns) :]) else cells[: len(columns)]


def _by_column(number: int, header: list[str], cells: list[str]) -> Line | LineError:
    if len(cells) == len(header):
        return Line(number, cells=dict(zip(header, cells, strict=True)))
    return LineError(number, wrong_width(len(cells), len(header)))


def wrong_width(found: int, wanted: int) -> str:
    """Return the error of a line that has `found` columns where the header has `wanted`."""
    return _("%(found)d columns where there should be %(wanted)d") % {"found": found, "wanted": wanted}


def number(text: str) -> float:
    """Return a number with a point or a comma. Raise ValueError for anything else, such as nan or 1e9."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text.replace(",", "."))


def whole(text: str, most: int) -> int:
    """Return a whole number from 0 to `most`. Raise ValueError for anything else."""
    if not _WHOLE.fullmatch(text) or int(text) > most:
        raise ValueError(text)
    return int(text)


def check_text(name: str, text: str, longest: int, *, needed: bool = True) -> None:
    """Raise ValueError, with a sentence, for a text that is missing, too long, or holds a hidden character."""
    if needed and not re.search(r"\w", text):
        raise ValueError(_("%(name)s is missing") % {"name": name})
    if is_hidden(text):
        raise ValueError(_("%(name)s holds a hidden character; write it again") % {"name": name})
    if len(text) > longest:
        words = _("%(name)s is longer than %(longest)d characters")
        raise ValueError(words % {"name": name, "longest": longest})
