"""A PostgreSQL server of the tests' own: started once from the installed binaries, in a folder of its own, and stopped.

A plugin of `tests/conftest.py`. `store_url` runs a test on SQLite and on PostgreSQL.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

_UNPRIVILEGED = ("postgres", "nobody")
"""PostgreSQL refuses to run as root; one of these runs it then."""


class PostgresServer:
    """A server that listens on a socket in its own folder, and nowhere else."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self.folder, self._binaries = folder, binaries
        self._databases = 0
        self._as_user = _user_to_run_as() if os.geteuid() == 0 else None
        if self._as_user:
            shutil.chown(folder, self._as_user)
        self._run("initdb", "-D", str(folder / "data"), "-U", "newswatch", "-A", "trust", "-E", "UTF8", "--no-sync",
                  "--locale=C")  # fmt: skip
        self.start()

    def start(self) -> None:
        """Start it, again if need be."""
        folder = self.folder
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=40"
        self._run("pg_ctl", "-D", str(folder / "data"), "-o", settings, "-l", str(folder / "log"), "-w", "start")

    def database(self) -> str:
        """The URL of a new, empty database."""
        self._databases += 1
        name = f"newswatch_{self._databases}"
        engine = sa.create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self._url(name)

    def stop(self) -> None:
        """Stop the server, without ceremony."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://newswatch@/{database}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._binaries / program), *arguments]
        subprocess.run(command, check=True, user=self._as_user, cwd=self.folder, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl, if PostgreSQL is installed."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


def _user_to_run_as() -> str | None:
    names = {user.pw_name for user in pwd.getpwall()}
    return next((name for name in _UNPRIVILEGED if name in names), None)


@contextmanager
def started() -> Iterator[PostgresServer]:
    """A server in a folder of its own; a test that asks for it is skipped where PostgreSQL is not installed."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="nw-pg-"))
    try:
        server = PostgresServer(folder, binaries)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The session's server."""
    with started() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'newswatch.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
def engine(store_url: str) -> Iterator[sa.Engine]:
    """An open store, on each kind of database."""
    from monitor.store.engine import open_store

    opened = open_store(store_url)
    yield opened
    opened.dispose()
