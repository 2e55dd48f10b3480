import os
from pathlib import Path

import pytest

from devtools import browsers


def program(path: Path) -> str:
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture(autouse=True)
def bare(tmp_path, monkeypatch):
    """Pretend that the machine has no browser."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))


@pytest.mark.parametrize("name", ["chromium", "google-chrome", "google-chrome-stable"])
def test_a_browser_of_the_system_is_taken(tmp_path, name):
    assert browsers.find() is None
    there = program(tmp_path / "bin" / name)
    program(tmp_path / "playwright" / "chromium-1255" / "chrome-linux64" / "chrome")
    assert browsers.find() == there


def test_the_one_without_windows_is_faster_and_the_one_with_windows_is_there_too(tmp_path, monkeypatch):
    whole, shell = (program(tmp_path / "bin" / name / name) for name in ("chromium", "chromium-headless-shell"))
    monkeypatch.setenv("PATH", f"{Path(whole).parent}:{Path(shell).parent}")
    assert browsers.find() == shell
    assert browsers.find_whole() == whole


@pytest.mark.parametrize(
    "path",
    [
        "chromium-1140/chrome-linux/chrome",
        "chromium-1255/chrome-linux64/chrome",
        "chromium-1255/chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
        "chromium_headless_shell-1140/chrome-linux/headless_shell",
        "chromium_headless_shell-1255/chrome-headless-shell-linux64/chrome-headless-shell",
    ],
)
def test_else_the_one_that_playwright_has_downloaded(tmp_path, path):
    program(tmp_path / "playwright" / "firefox-1490" / "firefox" / "firefox")
    assert browsers.find() is None
    there = program(tmp_path / "playwright" / path)
    assert browsers.find() == there


def test_of_two_downloads_the_newest_is_taken(tmp_path):
    old, new = (
        program(tmp_path / "playwright" / f"chromium-{one}" / "chrome-linux64" / "chrome") for one in (999, 1255)
    )
    os.utime(old, (1, 1))
    assert browsers.find() == new
