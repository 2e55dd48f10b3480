"""`python -m journeys.until_closed COMMAND` runs a command until its own standard input closes.

A test run can be killed without cleaning up. Its end of the pipe closes all the same, so the portal that it started is
stopped.
"""

import os
import subprocess
import sys
import threading

PATIENCE = 30


def main(command: list[str]) -> int:
    """Return the command's exit code; end it when our standard input is closed."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    threading.Thread(target=_end_with, args=(child,), daemon=True).start()
    sys.stdin.buffer.read()
    child.terminate()
    try:
        return child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _end_with(child: subprocess.Popen) -> None:
    os._exit(child.wait())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
