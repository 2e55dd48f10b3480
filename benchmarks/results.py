"""RESULTS.md: each benchmark replaces its own section only."""

import os
import platform
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
HEAD = "# Measured\n\nEach section is written by the command in it. Figures of one machine, in one run.\n"


def write(section: str, text: str) -> None:
    """Replace this section by `text`, or add it at the end."""
    begin, end = f"<!-- {section} -->", f"<!-- /{section} -->"
    whole = RESULTS.read_text() if RESULTS.exists() else HEAD
    block = f"{begin}\n{text.strip()}\n{end}"
    before, found, rest = whole.partition(begin)
    RESULTS.write_text(before + block + rest.partition(end)[2] if found else f"{whole.rstrip()}\n\n{block}\n")


def machine() -> str:
    """Say what was measured on."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}"


def table(head: list[str], rows: list[list[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
