import os
import signal
import time
from pathlib import Path

import pytest

from devtools import procfile

FOLDER = Path("/")


def run(**commands: str) -> int:
    return procfile.run(commands, dict(os.environ), FOLDER)


def gone(pid: int) -> bool:
    """Return whether a process has ended, or does so within a second; a zombie counts."""
    for _look in range(20):
        try:
            if ") Z " in Path(f"/proc/{pid}/stat").read_text():
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


def test_a_procfile_is_names_with_commands_that_may_hold_colons(tmp_path):
    (tmp_path / "Procfile").write_text("# what runs\nweb: exec serve --at :$PORT\n\nworker:work\n")
    assert procfile.read(tmp_path / "Procfile") == {"web": "exec serve --at :$PORT", "worker": "work"}


def test_each_line_stands_behind_the_name_of_who_says_it(capsys):
    run(web="echo out; echo err >&2; sleep 0.5", worker="sleep 60")
    said = [line.partition(" ")[2] for line in capsys.readouterr().out.splitlines()]
    assert said[:2] == ["web    | out", "web    | err"]


@pytest.mark.parametrize(
    ("command", "code"), [("exit 0", 0), ("exit 3", 3), ("kill -9 $$", 137)], ids=["well", "badly", "killed"]
)
def test_when_one_ends_all_end_and_its_exit_code_is_returned(command, code, tmp_path):
    begun = time.monotonic()
    assert run(web=f"sleep 0.3; {command}", worker=f"echo $$ > {tmp_path}/worker; exec sleep 60") == code
    assert time.monotonic() - begun < 10
    assert gone(int((tmp_path / "worker").read_text()))


def test_one_that_does_not_end_when_asked_is_killed_with_its_children(monkeypatch, tmp_path):
    monkeypatch.setattr(procfile, "GRACE_SECONDS", 0.5)
    stubborn = f"trap '' TERM; sleep 60 & echo $$ $! > {tmp_path}/stubborn; sleep 60"
    run(web="sleep 0.5", worker=stubborn)
    pids = [int(pid) for pid in (tmp_path / "stubborn").read_text().split()]
    assert [gone(pid) for pid in pids] == [True, True]


def test_a_signal_to_the_caller_ends_all(tmp_path):
    def end(number: int, _frame: object) -> None:
        raise SystemExit(number)

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(SystemExit):
            run(web=f"echo $$ > {tmp_path}/web; exec sleep 60")
    finally:
        signal.signal(signal.SIGALRM, before)
    assert gone(int((tmp_path / "web").read_text()))
