import os
import smtplib
import socket
import subprocess
import sys

import pytest

from devtools import browsers, mail, running
from devtools.embedded import PROJECT, Unusable
from devtools.running import HOST, MARK


def start_portal(data, **environment):
    return subprocess.run(
        [sys.executable, "-m", "devtools.running", "portal"],
        cwd=PROJECT,
        env={**os.environ, "PORTAL_DATA": str(data), **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_taken_port_is_one_clear_line_and_nothing_is_started(tmp_path):
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        done = start_portal(tmp_path / "data", PORT=str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} is taken: ")
    assert (done.stderr.count("\n"), done.stdout) == (1, "")
    assert [path.name for path in (tmp_path / "data").iterdir()] == [f"run-{port}.lock"]


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1"])
def test_a_port_that_is_none_is_one_clear_line(tmp_path, port):
    done = start_portal(tmp_path / "data", PORT=port)
    assert (done.returncode, done.stderr) == (1, f"PORT must be a number from 1 to 65535, not {port!r}.\n")


def test_two_runs_of_one_checkout_do_not_share_a_port(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path))
    with running._only_run(8765) as alone:
        assert alone
        done = start_portal(tmp_path, PORT="8765")
    assert done.returncode == 1
    assert "8765 is taken" in done.stderr


def test_what_a_killed_run_left_is_ended_and_nothing_else():
    sleeper = [sys.executable, "-c", "import time; print('here', flush=True); time.sleep(60)"]
    marks = ["/a/.data:8000", "/a/.data:80001", "/b/.data:8000"]
    mine, longer, other = (
        subprocess.Popen(sleeper, env={**os.environ, MARK: mark}, stdout=subprocess.PIPE) for mark in marks
    )
    try:
        for process in (mine, longer, other):
            process.stdout.readline()
        running._end_processes_of(marks[0])
        assert mine.wait(5) < 0
        assert (longer.poll(), other.poll()) == (None, None)
    finally:
        for process in (mine, longer, other):
            process.kill()
            process.wait()
            process.stdout.close()


def test_with_a_mail_server_given_no_local_mailbox_is_there(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp://127.0.0.1:25")
    with running._mailbox() as address:
        assert address == {}


def test_a_taken_mail_port_gives_way_to_a_free_one(monkeypatch, tmp_path):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path))
    with socket.create_server((HOST, 0)) as other:
        taken = other.getsockname()[1]
        monkeypatch.setenv("MAIL_PORT", str(taken))
        with running._mailbox() as address:
            port = int(address["EMAIL_URL"].removeprefix(f"smtp://{HOST}:"))
            assert port != taken
            with smtplib.SMTP(HOST, port, timeout=5) as line:
                line.sendmail("portal@randers.localhost", "karen@example.org", "Subject: Hej")
    assert [one.subject for one in mail.messages()] == ["Hej"]


def test_a_number_out_of_range_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("MAIL_PORT", "x")
    with pytest.raises(Unusable, match="MAIL_PORT"):
        running._number("MAIL_PORT", 1025)


@pytest.mark.parametrize(("browser", "lots", "code"), [("/usr/bin/chromium", 3, 0), (None, 2, 1)], ids=["one", "none"])
def test_without_a_browser_the_other_tests_run_and_the_end_says_what_to_install(
    monkeypatch, capsys, browser, lots, code
):
    ran = []
    monkeypatch.setattr(running, "_end_when_told", lambda: None)
    monkeypatch.setattr(running, "_pytest", lambda arguments, _environment: ran.append(arguments) or 0)
    monkeypatch.setattr(browsers, "find_or_install", lambda: browser)
    assert (running.tests([]), len(ran)) == (code, lots)
    assert ("apt-get install" in capsys.readouterr().err) is (browser is None)


FAST, SLOW, BROWSER = running.LOTS.values()


@pytest.mark.parametrize(
    ("arguments", "has_tests", "ran", "code"),
    [
        (["talks"], {FAST, SLOW}, [FAST], 0),
        (["partnership/outbox/tests/queue/test_faults.py"], {SLOW}, [FAST, SLOW], 0),
        (["journeys"], {BROWSER}, [FAST, SLOW, BROWSER], 0),
        (["-k", "talks"], {FAST, BROWSER}, [FAST, SLOW, BROWSER], 0),
        (["docs"], set(), [FAST, SLOW, BROWSER], running.NOTHING_COLLECTED),
    ],
    ids=["a room", "slow tests", "journeys", "an option", "nothing"],
)
def test_of_a_place_only_the_first_lot_that_has_tests_there_is_run(monkeypatch, arguments, has_tests, ran, code):
    marks = []

    def pytest_run(given, _environment):
        marks.append(given[given.index("-m") + 1])
        return 0 if marks[-1] in has_tests else running.NOTHING_COLLECTED

    monkeypatch.setattr(running, "_end_when_told", lambda: None)
    monkeypatch.setattr(running, "_pytest", pytest_run)
    monkeypatch.setattr(browsers, "find_or_install", lambda: "/usr/bin/chromium")
    assert (running.tests(arguments), marks) == (code, ran)


@pytest.mark.parametrize("place", ["talks/tests/test_acces.py", "bakery", "bakery::test_bread"])
def test_a_place_that_does_not_exist_is_named_and_nothing_is_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    monkeypatch.setattr(running, "_pytest", lambda *ignored: pytest.fail("it ran"))
    assert running.tests([place]) == running.USAGE_ERROR
    assert f"There is no {place}." in capsys.readouterr().err
