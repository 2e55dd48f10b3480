"""Real workers, killed at random points: a short run of `make messages`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import embedded


@pytest.mark.proof
@pytest.mark.parametrize("scene", ["kills", "flush"])
def test_no_message_is_lost_and_none_duplicated_beyond_the_bound(scene: str) -> None:
    command = [sys.executable, "-m", "benchmarks.faults", "--only", scene, "--kills", "10", "--no-file"]
    around = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        command, cwd=Path(embedded.PROJECT), env=around, capture_output=True, text=True, timeout=400, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
