"""html-validate's findings on every page and state that the journeys visit, in each language, as our server sent them.

HTML_VALIDATE=… python -m devtools.running with python -m benchmarks.html_validate

HTML_VALIDATE is the program of npm's `html-validate@10.17.0`, installed outside the project; Chromium must be there.
`frontend/htmlvalidate.cjs` says which rules are off, and why. JOURNEYS_SOURCES=/a/folder judges pages stored before.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.results import table, write

ROOT = Path(__file__).resolve().parents[1]
SWEEPS = ["journeys/test_accessibility.py", "journeys/test_accessibility_of_public_pages.py"]


def visit(folder: str) -> None:
    """Store the source of each page. A fault of another kind is for the journeys to report."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2", "--dist", "loadfile"]
    subprocess.run([*command, *SWEEPS], env={**os.environ, "JOURNEYS_SOURCES": folder}, cwd=ROOT, check=False)


def judged(pages: list[Path]) -> list[tuple[str, str, str]]:
    """Return page, rule and words of each finding."""
    command = [os.environ["HTML_VALIDATE"], "--config", str(ROOT / "frontend/htmlvalidate.cjs"), "--formatter", "json"]
    answer = subprocess.run([*command, *map(str, pages)], stdout=subprocess.PIPE, text=True, check=False).stdout
    return [
        (Path(page["filePath"]).stem, found["ruleId"], f"line {found['line']}: {found['message']}")
        for page in json.loads(answer)
        for found in page["messages"]
    ]


def control(folder: str) -> bool:
    """Return whether a page with an open element and a title that is too long is found."""
    page = Path(folder) / "control.html"
    head = f'<!DOCTYPE html><html lang="en"><head><title>{"x" * 71}</title></head>'
    page.write_text(f"{head}<body><p><b>x</p></body></html>")
    rules = {rule for _page, rule, _words in judged([page])}
    page.unlink()
    return {"close-order", "long-title"} <= rules


def main() -> int:
    """Run from the command line; return 1 for any finding, or if the faulty control page had none."""
    with tempfile.TemporaryDirectory() as own:
        folder = os.environ.get("JOURNEYS_SOURCES", own)
        if folder == own:
            visit(folder)
        pages = sorted(Path(folder).glob("*.html"))
        found, is_sharp = judged(pages), control(own)
    for finding in found:
        print(*finding)
    languages = Counter(page.stem.rpartition("-")[2] for page in pages)
    faults = Counter(page.rpartition("-")[2] for page, _rule, _words in found)
    rows = [[language, number, faults[language]] for language, number in sorted(languages.items())]
    words = "`python -m benchmarks.html_validate`, 10.17.0: pages and states of the journeys, as the server sent them."
    sharp = "A page with an open element and a long title is found." if is_sharp else "The control was not found."
    parts = ["## HTML", "", words, "", table(["language", "pages", "findings"], rows), "", sharp]
    write("html", "\n".join(parts))
    return 0 if pages and not found and is_sharp else 1


if __name__ == "__main__":
    sys.exit(main())
