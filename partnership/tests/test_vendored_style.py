"""The design system's style sheet has the rules that our pages need, and no others: see `frontend/used.mjs`."""

import re
from collections.abc import Iterator

from django.conf import settings

VENDORED = settings.BASE_DIR / "static" / "vendor" / "dkfds"
CLASSES = re.compile(r"""class(?:es)?["']?\s*[=:]\s*f?["']([^"']*)["']""")
MOST_BYTES = 60_000


def left_out() -> set[str]:
    """Return the classes of the design system for which we have no rules."""
    return set((VENDORED / "VENDOR.txt").read_text(encoding="utf-8").split("Classes left out:")[1].split())


def written() -> Iterator[str]:
    """Yield each class that our templates and our Python write."""
    for folder in (
        "templates",
        "crispy_dkfds",
        "partnership",
        "talks",
        "neighbours",
        "advice",
        "dashboard",
        "entrance",
    ):
        for path in (settings.BASE_DIR / folder).rglob("*"):
            if path.suffix in {".html", ".py"} and "tests" not in path.parts:
                for names in CLASSES.findall(path.read_text(encoding="utf-8")):
                    yield from re.findall(r"[A-Za-z][\w-]*", names)


def test_every_class_that_we_write_has_its_rules() -> None:
    used = set(written())
    assert {"form-group", "button-primary", "alert", "table"} <= used
    assert used & left_out() == set(), "write it, then run frontend/vendor.sh"


def test_a_page_loads_no_rules_for_what_we_do_not_have() -> None:
    assert {"accordion", "cookie-container"} <= left_out()
    assert (VENDORED / "dkfds.css").stat().st_size < MOST_BYTES
