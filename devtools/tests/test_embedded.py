"""The embedded services, with the real programs in a separate folder."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
import redis
from kombu import Connection

from devtools import embedded
from devtools.embedded import PROJECT, Pair, Unusable, can_reach
from partnership.environment import broker_from_url

pytestmark = pytest.mark.slow

ROOT = os.geteuid() == 0
NOBODY = pwd.getpwnam("nobody")


@contextlib.contextmanager
def open_folder():
    """A folder that any account may enter; pytest's own are private, and their paths are long."""
    folder = Path(tempfile.mkdtemp(prefix="n", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    for cluster in folder.rglob("services"):
        Pair(cluster.parent).stop()
    shutil.rmtree(folder)


@pytest.fixture
def place():
    with open_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def used_before():
    """The folder of a pair that has run: making a cluster takes most of a first start."""
    with open_folder() as folder:
        with Pair(folder / "data").running():
            pass
        yield folder / "data"


@pytest.fixture
def pair(place, used_before):
    """A pair that has run before, and is not running."""
    pair = Pair(place / "data")
    pair._make_folders()
    shutil.copytree(Pair(used_before).home, pair.home, dirs_exist_ok=True)
    pair._give(pair.home)
    return pair


def command(data, *words):
    environment = {**os.environ, "PORTAL_DATA": str(data)}
    return subprocess.Popen(
        [sys.executable, "-m", "devtools.embedded", *words],
        cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def connect(pair):
    return psycopg.connect(pair.urls()[0], autocommit=True)


def valkey(pair):
    return redis.from_url(pair.urls()[1])


def processes(folder):
    """The live processes whose working folder this is; a zombie has none."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if entry.readlink().is_relative_to(folder):
                found.append(int(entry.parent.name))
    return found


def postmaster(pair):
    return int((pair.cluster / "postmaster.pid").read_text().split()[0])


def test_both_services_start_answer_and_leave_no_process(place):
    pair = Pair(place / "a folder")
    pair.start()
    with connect(pair) as database, valkey(pair) as broker:
        settings = database.execute("select current_setting('fsync'), current_setting('listen_addresses')").fetchone()
        assert settings == ("on", "")
        assert database.execute("select lower('ÆØÅ')").fetchone() == ("æøå",)
        assert broker.ping()
    assert processes(place)
    assert pair.stop()
    assert processes(place) == []
    assert not pair.stop()


def test_the_tests_own_database_may_forget(pair):
    forgetful = Pair(pair.data, is_forgetful=True)
    with forgetful.running(), connect(forgetful) as database:
        assert database.execute("select current_setting('fsync')").fetchone() == ("off",)


def test_celery_and_redis_reach_the_same_database_of_valkey(pair):
    url = pair.urls()[1].replace("db=0", "db=3")
    with pair.running(), Connection(broker_from_url(url)) as celery, redis.from_url(url) as plain:
        with celery.SimpleQueue("bell") as queue:
            queue.put("ring")
        assert plain.llen("bell") == 1


def test_nobody_else_may_enter_and_no_folder_that_was_there_is_opened(place):
    place.chmod(0o751)
    pair = Pair(place / "data")
    with pair.running():
        assert pair.home.stat().st_mode & 0o077 == 0
        assert pair.home.stat().st_uid == (pair.account.pw_uid if pair.account else os.geteuid())
    assert place.stat().st_mode & 0o777 == 0o751


def test_asking_for_the_addresses_starts_and_writes_nothing(place, monkeypatch):
    monkeypatch.setenv("PORTAL_DATA", str(place / "data"))
    database, broker = embedded.urls()
    assert database == f"postgres:///portal?host={place}/data/services&user=portal"
    assert broker == f"unix://{place}/data/services/valkey.sock?db=0"
    assert list(place.iterdir()) == []


def command_of(pid: int) -> bytes:
    """Return a process's command; empty if it has just ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def test_two_starts_at_once_make_one_pair(place):
    both = [command(place / "data", "start") for _ in range(2)]
    assert [(process.communicate(timeout=60), process.returncode)[1] for process in both] == [0, 0]
    pair = Pair(place / "data")
    with connect(pair) as database:
        database.execute("create table kept (n int)")
    assert (pair.home / "postgres.log").read_text().count("database system is ready") == 1
    servers = [pid for pid in processes(place) if b"valkey-server" in command_of(pid)]
    assert len(servers) == 1


def test_what_was_saved_is_there_after_every_process_was_killed(place, pair):
    pair.start()
    with connect(pair) as database:
        database.execute("create table kept as select 42 as n")
    for pid in [postmaster(pair), *processes(place)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    pair.start()
    with connect(pair) as database, valkey(pair) as broker:
        assert database.execute("select n from kept").fetchone() == (42,)
        assert broker.ping()


def test_a_server_killed_alone_starts_again_while_its_children_are_still_going(pair):
    pair.start()
    os.kill(postmaster(pair), signal.SIGKILL)
    pair.start()
    with connect(pair) as database:
        assert database.execute("select 1").fetchone() == (1,)


def test_a_first_start_that_was_killed_leaves_no_half_of_a_database(place):
    pair = Pair(place / "data")
    pair._make_folders()
    unfinished = pair.cluster.with_suffix(".unfinished")
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    with pair.running(), connect(pair) as database:
        assert database.execute("select 1").fetchone() == (1,)


def test_the_last_holder_stops_the_pair_and_no_other_does(place, pair):
    with pair.running():
        with command(place / "data", "stop") as other:
            assert "Left running" in other.communicate(timeout=30)[0]
        assert valkey(pair).ping()
    assert processes(place) == []


def test_a_folder_that_cannot_be_written_is_refused_in_one_sentence(place):
    (place / "data").write_text("a file, where a folder should be")
    with command(place / "data" / "deeper", "start") as process:
        _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said.count("\n") == 1
    assert "cannot be used" in said
    assert "PORTAL_DATA" in said


def test_a_home_that_somebody_else_made_is_refused(place):
    pair = Pair(place / "data")
    pair.data.mkdir()
    pair.home.mkdir()
    pair.home.chmod(0o777)
    with pytest.raises(Unusable, match="open to others"):
        pair.start()


def test_a_home_that_is_a_link_is_refused(place):
    pair = Pair(place / "data")
    pair.data.mkdir()
    (place / "elsewhere").mkdir(mode=0o700)
    pair.home.symlink_to(place / "elsewhere")
    with pytest.raises(Unusable, match="somebody else"):
        pair.start()


def test_a_path_too_long_for_a_socket_gets_a_short_folder_for_it(place):
    pair = Pair(place / ("long" * 25) / "data")
    assert len(str(pair.broker)) < embedded.LONGEST_SOCKET
    with pair.running():
        assert valkey(pair).ping()
        with connect(pair) as database:
            assert database.execute("select 1").fetchone() == (1,)
    pair.sockets.rmdir() if not list(pair.sockets.iterdir()) else shutil.rmtree(pair.sockets)


def test_reach_follows_the_permission_bits_of_every_folder_on_the_way(place):
    (place / "closed").mkdir(mode=0o700)
    assert can_reach(NOBODY, place / "not there yet")
    assert can_reach(NOBODY, place / "closed" / "x") is (os.geteuid() == NOBODY.pw_uid)


@pytest.mark.skipif(not ROOT, reason="only root has folders that its services' account cannot enter")
def test_roots_closed_checkout_stays_closed_and_its_pair_lives_where_it_can(place, monkeypatch):
    closed = place / "roots"
    closed.mkdir(mode=0o700)
    installed, valkey_server = embedded.find_programs()
    packages = installed.parents[2]
    for piece in embedded.PROGRAM_FOLDERS:
        if (packages / piece).exists():
            shutil.copytree(packages / piece, closed / piece, symlinks=True)
    here = closed / installed.relative_to(packages), closed / valkey_server.relative_to(packages)
    monkeypatch.setattr(embedded, "find_programs", lambda: here)
    pair = Pair(closed / "data")
    try:
        with pair.running(), connect(pair) as database:
            assert database.execute("select 1").fetchone() == (1,)
            assert valkey(pair).ping()
        assert pair.home.parent == Path("/var/tmp")
        assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        shutil.rmtree(pair.home)


@pytest.mark.skipif(not ROOT, reason="only root may take another account")
def test_an_ordinary_user_needs_no_help(place):
    os.chown(place, NOBODY.pw_uid, NOBODY.pw_gid)
    pythons = [Path(sys.executable), Path("/usr/bin/python3")]
    python = next((path for path in pythons if path.exists() and can_reach(NOBODY, path)), None)
    if not python or not can_reach(NOBODY, embedded.find_programs()[1]):
        pytest.skip("the account `nobody` can reach no Python, or not this checkout")
    environment = {"PORTAL_DATA": str(place / "data"), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [python, "-m", "devtools.embedded", "start"],
        cwd=PROJECT, env=environment, user=NOBODY.pw_uid, group=NOBODY.pw_gid, extra_groups=[],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
