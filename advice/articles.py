"""Reads the library's files: a folder an article, a file a language. Pure: no database, no clock.

A file is strict front matter between two lines of ``---``, then Markdown. Every problem is reported by file and line;
if there is one, a caller should use none of the files.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from partnership.fields.lines import LineError

LANGUAGES = ("da", "sv", "en")
FIRST_LANGUAGE = "da"
TOPICS = ("home", "neighbours", "habits", "after", "flats", "marking")
GRADES = ("strong", "promising", "mixed", "none", "practice")
READERS = ("owner", "tenant", "both")
REQUIRED = ("title", "summary", "topic", "order", "grade", "grade_note", "who", "keywords", "reviewed")
OPTIONAL = ("price", "minutes")
LONGEST = {"title": 120, "summary": 300, "grade_note": 600, "price": 120, "keywords": 600}
# Addresses of other pages below /advice/.
TAKEN_SLUGS = frozenset({"search", "home-check", "materials", "measures"})
PLACEHOLDERS = frozenset({"emergency", "police"})
MAY_HOLD_NUMBERS = ("summary", "grade_note")

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ENTRY = re.compile(r"([a-z_]+):(?:\s+(.*))?")
SOURCE = re.compile(r"\s+-\s+(?P<text>[^|]+?)\s*(?:\|\s*(?P<url>\S+))?")
PLACEHOLDER = re.compile(r"\{\{\s*(.*?)\s*\}\}")
BROKEN_LETTERS = re.compile(r"Ã[\u0080-\u00bf]|\ufffd")


@dataclass(frozen=True)
class Source:
    text: str
    url: str = ""


@dataclass(frozen=True)
class EditionText:
    """One article in one language, from its file."""

    language: str
    title: str
    summary: str
    topic: str
    order: int
    grade: str
    grade_note: str
    who: str
    keywords: str
    reviewed_on: date
    body: str
    price: str = ""
    minutes: int | None = None
    sources: tuple[Source, ...] = ()

    @property
    def shared(self) -> dict[str, object]:
        """What must be the same in every language."""
        names = ("topic", "order", "grade", "who", "minutes", "reviewed_on")
        return {name: getattr(self, name) for name in names}


@dataclass
class ArticleText:
    slug: str
    editions: dict[str, EditionText] = field(default_factory=dict)


def read_library(folder: Path) -> tuple[list[ArticleText], list[LineError]]:
    """Return the articles of a folder, sorted by slug, and all that is wrong. Use them only if nothing is."""
    articles: list[ArticleText] = []
    problems: list[LineError] = []
    for one in sorted(path for path in folder.iterdir() if path.is_dir()):
        if not SLUG.fullmatch(one.name) or one.name in TAKEN_SLUGS:
            problems.append(LineError(0, "this folder name cannot be an article's address", one.name))
            continue
        article = ArticleText(one.name)
        for path in sorted(one.iterdir()):
            edition, found = _read_path(path)
            problems += found
            if edition:
                article.editions[edition.language] = edition
        articles.append(article)
        problems += _across_languages(article)
    if not articles and not problems:
        problems.append(LineError(0, "there is no article in this folder", folder.name))
    return articles, problems


def _read_path(path: Path) -> tuple[EditionText | None, list[LineError]]:
    name = f"{path.parent.name}/{path.name}"
    if path.suffix != ".md" or path.stem not in LANGUAGES:
        return None, [LineError(0, f"only {', '.join(f'{code}.md' for code in LANGUAGES)} belong here", name)]
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return None, [LineError(line, "this is not UTF-8; save the file as UTF-8", name)]
    return read_edition(text, language=path.stem, name=name)


def _across_languages(article: ArticleText) -> Iterator[LineError]:
    first = article.editions.get(FIRST_LANGUAGE)
    if first is None:
        yield LineError(0, "the Danish edition is missing or cannot be read", f"{article.slug}/{FIRST_LANGUAGE}.md")
        return
    for language, edition in article.editions.items():
        for key, value in edition.shared.items():
            if value != first.shared[key]:
                message = f"{key} is {value} here and {first.shared[key]} in Danish; they must be the same"
                yield LineError(0, message, f"{article.slug}/{language}.md")


def read_edition(text: str, *, language: str, name: str) -> tuple[EditionText | None, list[LineError]]:
    """Return the edition in a file's text, or None and what is wrong with it, by line."""
    lines = text.replace("\r\n", "\n").split("\n")
    problems = [
        LineError(number, message, name)
        for number, line in enumerate(lines, start=1)
        for message in _line_problems(line)
    ]
    if lines[0].strip() != "---":
        return None, [*problems, LineError(1, "the first line must be ---", name)]
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.strip() == "---"), None)
    if end is None:
        return None, [*problems, LineError(len(lines), "the front matter is never closed by a line of ---", name)]
    values, sources, found = _front_matter(lines[1:end], name)
    problems += found
    body = "\n".join(lines[end + 1 :]).strip()
    if not body:
        problems.append(LineError(end + 1, "there is no text below the front matter", name))
    for number, line in enumerate(lines[end + 1 :], start=end + 2):
        if line.startswith("# "):
            problems.append(LineError(number, "the title is the page's only top heading; use ## in the text", name))
    cleaned, found = _clean(values, name)
    problems += found
    if problems:
        return None, sorted(problems, key=lambda problem: problem.line)
    return EditionText(language=language, body=body, sources=tuple(sources), **cleaned), []


def _line_problems(line: str) -> Iterator[str]:
    if "\x00" in line:
        yield "there is a NUL byte in this line"
    if BROKEN_LETTERS.search(line):
        yield "letters are broken here (a file that was saved in another encoding)"
    for placeholder in PLACEHOLDER.findall(line):
        if placeholder not in PLACEHOLDERS:
            yield f"{{{{{placeholder}}}}} is not known; use {{{{emergency}}}} or {{{{police}}}}"


Values = dict[str, tuple[int, str]]


def _front_matter(lines: list[str], name: str) -> tuple[Values, list[Source], list[LineError]]:
    values: Values = {}
    sources: list[Source] = []
    problems: list[LineError] = []
    in_sources = False
    for number, line in enumerate(lines, start=2):
        entry = ENTRY.fullmatch(line.rstrip())
        source = SOURCE.fullmatch(line.rstrip()) if in_sources else None
        if source:
            sources.append(Source(source["text"], source["url"] or ""))
            if source["url"] and not source["url"].startswith(("https://", "http://")):
                problems.append(LineError(number, "a source's address must begin with https://", name))
        elif entry is None:
            if line.strip():
                problems.append(LineError(number, "this line is neither “key: value” nor “  - text | address”", name))
        else:
            key, value = entry[1], (entry[2] or "").strip()
            in_sources = key == "sources"
            problems += [LineError(number, message, name) for message in _entry_problems(key, value, values)]
            values[key] = (number, value)
    if not sources:
        at, _text = values.get("sources", (1, ""))
        problems.append(LineError(at, "at least one source is needed", name))
    return values, sources, problems


def _entry_problems(key: str, value: str, before: Values) -> Iterator[str]:
    if key not in (*REQUIRED, *OPTIONAL, "sources"):
        yield f"{key} is not a key of an article"
    elif key in before:
        yield f"{key} stands here twice (first in line {before[key][0]})"
    elif key == "sources":
        if value:
            yield "sources stand on the lines below, one a line"
    elif not value and key in REQUIRED:
        yield f"{key} is empty"
    elif key not in MAY_HOLD_NUMBERS and PLACEHOLDER.search(value):
        yield f"{key} holds a placeholder; only summary, grade_note and the text below may"
    elif len(value) > LONGEST.get(key, 600):
        yield f"{key} has {len(value)} characters; at most {LONGEST.get(key, 600)}"


def _clean(values: Values, name: str) -> tuple[dict[str, Any], list[LineError]]:
    problems = [LineError(1, f"{key} is missing", name) for key in REQUIRED if key not in values]
    cleaned: dict[str, Any] = {}
    for key, (line, value) in values.items():
        if key == "sources" or (not value and key in OPTIONAL):
            continue
        try:
            cleaned["reviewed_on" if key == "reviewed" else key] = _value(key, value)
        except ValueError as error:
            problems.append(LineError(line, str(error), name))
    return cleaned, problems


CHOICES = {"topic": TOPICS, "grade": GRADES, "who": READERS}


def _value(key: str, value: str) -> object:
    if key in CHOICES and value not in CHOICES[key]:
        raise ValueError(f"{key} is “{value}”; it must be one of {', '.join(CHOICES[key])}")
    if key in ("order", "minutes"):
        if not (value.isascii() and value.isdigit()) or int(value) > 9999:
            raise ValueError(f"{key} must be a whole number")
        return int(value)
    if key == "reviewed":
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError("reviewed must be a date such as 2026-11-22") from None
    return value
