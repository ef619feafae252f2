"""A PostgreSQL of our own: made in a temporary folder, on loopback, stopped and removed at the end."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import require_program

if TYPE_CHECKING:
    from collections.abc import Iterator

DEBIAN = Path("/usr/lib/postgresql")  # where Debian keeps initdb and pg_ctl, one folder a version, outside the PATH


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where its programs and its data are, and the port that it listens on."""

    programs: Path
    data: Path
    port: int

    def address(self, database: str) -> str:
        return f"postgresql://clusterreport@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Make an empty database and return its address."""
        self.run("createdb", database)
        return self.address(database)

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the server's client programs."""
        self._run(program, "-h", "127.0.0.1", "-p", str(self.port), "-U", "clusterreport", *arguments)

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200"
        log = str(self.data / "server.log")
        self._run("pg_ctl", "-D", str(self.data), "-l", log, "-o", options, "-w", "start")

    def start_again(self) -> None:
        """Start it where it may have stopped by itself, or is about to."""
        with contextlib.suppress(AssertionError):
            self.stop("immediate")
        self.start()

    def stop(self, mode: str) -> None:
        """Stop it; "immediate" is as if it were killed."""
        self._run("pg_ctl", "-D", str(self.data), "-m", mode, "-w", "stop")

    def fill_disk(self) -> None:
        """Let nothing more be written, as on a disk that is full, until the server is started again."""
        server = (self.data / "postmaster.pid").read_text(encoding="utf-8").split()[0]
        workers = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="utf-8").split()
        for process in (server, *workers):
            command = [*_as_somebody(), require_program("prlimit"), "--pid", process, "--fsize=1:1"]
            subprocess.run(command, check=True, cwd="/")

    def initialise(self) -> None:
        self._run("initdb", "-D", str(self.data), "-U", "clusterreport", "-A", "trust", "-E", "UTF8", "--no-locale")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_as_somebody(), str(self.programs / program), *arguments]
        # pg_ctl leaves the server behind with our pipes, which therefore must be none.
        with tempfile.TemporaryFile() as said:
            code = subprocess.run(command, cwd="/", stdout=said, stderr=said, check=False).returncode
            said.seek(0)
            assert code == 0, said.read().decode()


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """Return a server of our own."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="clusterreport-postgresql-"))
    server = Server(programs, folder / "data", _free_port())
    try:
        if os.geteuid() == 0:
            user = pwd.getpwnam(_unprivileged())
            os.chown(folder, user.pw_uid, user.pw_gid)
        server.initialise()
        server.start()
        try:
            yield server
        finally:
            with contextlib.suppress(AssertionError):  # a test may have stopped it
                server.stop("immediate")  # its data are thrown away
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else Path(require_program("initdb")).resolve().parent


def _as_somebody() -> list[str]:
    """Return what goes before a command, for PostgreSQL does not run as root."""
    return [require_program("runuser"), "-u", _unprivileged(), "--"] if os.geteuid() == 0 else []


def _unprivileged() -> str:
    names = [entry.pw_name for entry in pwd.getpwall()]
    return next((name for name in ("postgres", "nobody") if name in names), "") or pytest.skip("nobody may run it")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
