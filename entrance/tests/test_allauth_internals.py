"""What allauth may change with each version stands in two modules."""

import re

from partnership.tests.house import module_name, sources

PRIVATE = re.compile(r"^(?:from|import) allauth\S*\.internal\b", re.MULTILINE)


def test_allauths_private_modules_are_used_in_two_places() -> None:
    users = {module_name(path) for path in sources() if PRIVATE.search(path.read_text())}
    assert users == {"entrance.allauth_internals", "partnership.people.limits"}
