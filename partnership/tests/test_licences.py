"""`docs/licences.md` names the licence of each package that production installs, and of no other."""

import re

from partnership.tests.house import ROOT


def test_each_package_of_the_lock_stands_in_the_list_of_licences_and_no_other() -> None:
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    listed = re.findall(r"^\| [^|]+ \| ([a-z][^|`]+) \|$", (ROOT / "docs/licences.md").read_text(), re.MULTILINE)
    named = [name.strip() for line in listed for name in line.split(",")]
    assert len(named) > 30
    assert sorted(named) == sorted(locked)
