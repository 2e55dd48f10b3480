"""Anybody can send anything to the mailbox of bounces: nothing that comes there keeps the rest from being read."""

import io
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError

from partnership.outbox.management.commands import read_bounces
from partnership.outbox.models import Bounce
from partnership.outbox.returns.reports import LARGEST, MOST_NESTED, read
from partnership.outbox.tests.returns.test_bounces import bounce, is_stopped, sent
from partnership.tests.cast import Cast

ONE_IN_ANOTHER = b"Content-Type: message/rfc822\r\n\r\n"


def boundary(number: int) -> bytes:
    return b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)


NESTED = {
    "emails": lambda deep: ONE_IN_ANOTHER * deep,
    "parts": lambda deep: b"".join(map(boundary, range(deep))),
    "digests": lambda deep: b"".join(
        b"Content-Type: multipart/digest; boundary=b%d\r\n\r\n--b%d\r\n\r\n" % (number, number)
        for number in range(deep)
    ),
    "folded headers": lambda deep: b"content-type:\r\n MESSAGE/rfc822\r\n\r\n" * deep,
}


@pytest.mark.parametrize("nested", NESTED.values(), ids=NESTED)
@pytest.mark.parametrize("deep", [MOST_NESTED, 100, 1000, 3000])
def test_an_email_in_an_email_in_an_email_is_no_report(nested, deep: int) -> None:
    assert read(nested(deep)) == []


def test_many_short_lines_in_many_parts_are_read_in_time() -> None:
    began = time.process_time()
    read(NESTED["parts"](MOST_NESTED) + b"\n" * LARGEST * 10)
    assert time.process_time() - began < 20


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    return tmp_path


def run(maildir: Path, *more: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("read_bounces", str(maildir), *more, stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue().strip()


def breaks_at(monkeypatch: pytest.MonkeyPatch, mark: bytes, error: type[Exception]) -> None:
    """Let the reader fail at emails with a mark, as at something that nobody has thought of."""

    def reading(raw: bytes) -> list:
        if mark in raw:
            raise error
        return read(raw)

    monkeypatch.setattr(read_bounces, "read", reading)


def test_a_file_that_cannot_be_read_is_set_aside_and_the_others_are_read(cast: Cast, maildir, monkeypatch) -> None:
    breaks_at(monkeypatch, b"poison", LookupError)
    (maildir / "new" / "1").write_bytes(b"From: x@y.example\n\npoison")
    (maildir / "new" / "2").write_bytes(bounce(sent(cast)))
    said, told = run(maildir, "--delete")
    assert said == "could not be read: 1, hard: 1"
    assert "is set aside" in told
    assert is_stopped(cast.helle.email)
    assert not list((maildir / "new").iterdir())
    assert [file.name for file in (maildir / "unreadable").iterdir()] == ["1"]
    assert run(maildir, "--delete") == ("nothing there", "")


def test_without_deleting_it_is_counted_and_stays(cast: Cast, maildir, monkeypatch) -> None:
    breaks_at(monkeypatch, b"poison", RecursionError)
    (maildir / "new" / "1").write_bytes(b"poison")
    (maildir / "cur" / "2").write_bytes(bounce(sent(cast)))
    assert run(maildir) == ("could not be read: 1, hard: 1", "")
    assert run(maildir) == ("could not be read: 1, hard: 1", "")
    assert Bounce.objects.count() == 1


def test_in_a_plain_folder_it_is_set_aside_too(cast: Cast, tmp_path, monkeypatch) -> None:
    breaks_at(monkeypatch, b"poison", ValueError)
    (tmp_path / "1").write_bytes(b"poison")
    assert run(tmp_path, "--delete")[0] == "could not be read: 1"
    assert run(tmp_path, "--delete")[0] == "nothing there"


def test_a_pipe_from_the_mail_server_is_not_told_to_send_it_again(cast: Cast, monkeypatch) -> None:
    breaks_at(monkeypatch, b"poison", ValueError)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"poison")))
    out = io.StringIO()
    call_command("read_bounces", "-", stdout=out)
    assert out.getvalue().strip() == "could not be read: 1"


def test_while_the_database_is_away_nothing_is_set_aside(cast: Cast, maildir, monkeypatch) -> None:
    breaks_at(monkeypatch, b"poison", OperationalError)
    (maildir / "new" / "1").write_bytes(b"poison")
    with pytest.raises(OperationalError):
        run(maildir, "--delete")
    assert (maildir / "new" / "1").exists()


def test_what_another_run_has_deleted_since_is_nothing_new(cast: Cast, maildir, monkeypatch) -> None:
    gone = maildir / "new" / "1"
    monkeypatch.setattr(read_bounces, "_files", lambda path: iter([gone]))
    assert run(maildir, "--delete") == ("nothing there", "")
