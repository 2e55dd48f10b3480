"""Which browser the journeys drive: Chromium or Chrome, from the system or as Playwright has downloaded it."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

# The browser without windows, with which the journeys take a third less CPU time, and those with windows.
SHELL = "chromium-headless-shell"
WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Below Playwright's folder, on Linux and macOS; the last is the browser without windows.
DOWNLOADED = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium_headless_shell-*/*/*headless*shell",
)
DEBIAN = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium", SHELL]
MISSING = (
    f"The tests in a browser were not run, since they need Chromium or Chrome: `sudo {shlex.join(DEBIAN)}`, or "
    "`.venv/bin/playwright install chromium`."
)
# The second engine: without it, its one test is skipped.
FIREFOX = ("firefox-esr", "firefox")
FIREFOX_MISSING = "Joining, booking and progress were not walked in Firefox: `sudo apt-get install firefox-esr`."


def find() -> str | None:
    """Return the program of the browser, or None where there is none."""
    return shutil.which(SHELL) or find_whole()


def find_whole() -> str | None:
    """Return the program of a browser with windows, which also keeps pages for its Back button, or what there is."""
    return next(filter(None, map(shutil.which, WHOLE)), None) or _downloaded()


def find_firefox() -> str | None:
    """Return the program of Firefox, or None where there is none."""
    return next(filter(None, map(shutil.which, FIREFOX)), None)


def find_or_install() -> str | None:
    """Return the program of the browser; on Debian as root, install one if there is none."""
    if not find() and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing chromium for the tests in a browser.", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "--quiet"], DEBIAN):
            subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
    return find()


def _downloaded() -> str | None:
    """Return the newest browser that `playwright install` has downloaded."""
    usual = "Library/Caches/ms-playwright" if sys.platform == "darwin" else ".cache/ms-playwright"
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / usual)
    for pattern in DOWNLOADED:
        programs = [path for path in folder.glob(pattern) if os.access(path, os.X_OK)]
        if programs:
            return str(max(programs, key=lambda program: program.stat().st_mtime))
    return None
