"""RESULTS.md: one way to mark a section, and a run replaces its own and no other."""

import re
from pathlib import Path

import pytest

from benchmarks import results, talks_ground


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(results, "RESULTS", tmp_path / "RESULTS.md")
    return results.RESULTS


def test_a_run_replaces_its_own_section_and_leaves_the_others(page: Path) -> None:
    results.write("mail", "## Mail\n\n1 ms")
    talks_ground.write_section("talks-cost", "Talks: cost", ["2 ms"])
    results.write("pages", "## Pages\n\n3 ms")
    talks_ground.write_section("talks-cost", "Talks: cost", ["4 ms"])
    text = page.read_text()
    assert "2 ms" not in text
    positions = [text.index(words) for words in (results.HEAD, "1 ms", "## Talks: cost", "4 ms", "3 ms")]
    assert positions == sorted(positions)
    assert text.count("<!-- talks-cost -->") == text.count("<!-- /talks-cost -->") == 1


def test_every_section_that_is_kept_is_marked_so_that_its_run_finds_it() -> None:
    marks = re.findall(r"<!-- (.+?) -->", results.RESULTS.read_text())
    assert len(marks) >= 2
    assert [f"/{begin}" for begin in marks[::2]] == marks[1::2]
