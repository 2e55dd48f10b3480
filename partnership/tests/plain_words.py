"""Finds a generic "she" or "he" in what is written in English."""

import re
from collections.abc import Iterator
from pathlib import Path

from partnership.tests.house import ROOT

WRITTEN_IN = {".py", ".html", ".txt", ".md", ".typ"}
# A word in a name such as `test_she_waits` counts too, so an underscore ends a word.
PRONOUN = re.compile(r"(?<![^\W_])(she|hers?|herself|he|him|his|himself)(?![^\W_])", re.IGNORECASE)
# Danish: words of a search ("han", "her") and a message of a benchmark ("Her er det").
# English: one named man in an article, this list, and its test.
ALLOWED = {
    "advice/library/opmaerksom-paa-gaden/en.md": 1,
    "advice/wordlists.py": 1,
    "benchmarks/words.py": 1,
    "partnership/tests/plain_words.py": 12,
    "partnership/tests/test_plain_words.py": 7,
}


def texts(root: Path = ROOT) -> Iterator[Path]:
    """Yield the files of code, templates and documents; without migrations, which never change, and other languages."""
    for path in root.rglob("*"):
        parts = path.relative_to(root).parts
        if any(part.startswith(".") for part in parts) or {"migrations", "node_modules", "static"} & set(parts):
            continue
        if path.suffix in WRITTEN_IN and path.name not in ("da.md", "sv.md"):
            yield path


def pronouns(text: str) -> list[str]:
    """Return the pronouns of one person in a text or in the names in it."""
    return [found.group() for found in PRONOUN.finditer(text)]
