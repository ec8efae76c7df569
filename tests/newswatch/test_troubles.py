"""When the machine fails a run: the disk is full, the database is locked, damaged, read-only, newer or away.

Each time one line says what and where and how to mend it; nothing is lost, and the next run completes.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.newswatch.conftest import ROOT, Newsroom, Site
from tests.postgres_server import PostgresServer, started

pytestmark = pytest.mark.slow
STORIES = 24


@pytest.fixture
def busy_site(site: Site) -> Site:
    """The outlet with a day's work, of which ana hears in a single digest."""
    for number in range(STORIES):
        site.publish(f"/{number}", f"Sanctuary policy, part {number}", f"The sanctuary policy, part {number}. " * 60)
    return site


@pytest.fixture
def small_disk(newsroom: Newsroom) -> Iterator[Path]:
    """`var` and `outbox` of the configuration on a file system of 3 MB."""
    disk = newsroom.directory / "disk"
    disk.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3000k", "tmpfs", disk], capture_output=True, check=False
    )
    if mount.returncode:
        pytest.skip("may not mount a file system")
    for name in ("var", "outbox"):
        (disk / name).mkdir()
        (newsroom.directory / name).symlink_to(disk / name)
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def leave(disk: Path, free: int) -> Path:
    """Fill the disk but for `free` KiB."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        file.write(b"x" * max(0, shutil.disk_usage(disk).free - free * 1024))
    return ballast


def lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What was said on stderr."""
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()


def whole(newsroom: Newsroom, site: Site, hours: int = 2) -> None:
    """The next run completes, and everything is told, each story once."""
    done = newsroom.run("run", "--all", at=datetime.now(UTC) + timedelta(hours=hours))
    assert (done.returncode, done.stderr) == (0, "")
    archive = newsroom.run("export", "articles").stdout.splitlines()
    assert len(archive) == STORIES
    told = "".join(newsroom.mails())
    assert [n for n in range(STORIES) if told.count(f"{site.url}/{n}\n") < 1] == []
    listed = newsroom.report("outbox", "list")
    assert listed["sent"] == len(newsroom.mails()) == STORIES
    assert listed["ready"] + listed["sending"] + listed["failed"] == 0


@pytest.mark.parametrize("free", [0, 200, 330, 500])
def test_a_full_disk_is_named_and_nothing_is_lost(
    newsroom: Newsroom, busy_site: Site, small_disk: Path, free: int
) -> None:
    ballast = leave(small_disk, free)
    done = newsroom.run("run")
    said = lines(done)
    assert done.returncode == 1, said
    assert any(str(newsroom.directory) in line for line in said)
    assert any("free some space" in line or "No space left on device" in line for line in said)
    assert len(said) <= 3
    ballast.unlink()
    whole(newsroom, busy_site)


def test_a_lock_that_goes_is_waited_for(newsroom: Newsroom, busy_site: Site) -> None:
    newsroom.run("digest", "send")
    with closing(sqlite3.connect(newsroom.directory / "var" / "newswatch.db", check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        threading.Timer(3, other.rollback).start()
        begun = time.monotonic()
        whole(newsroom, busy_site)
        assert time.monotonic() - begun > 3


def test_reading_commands_do_not_wait_for_a_run_that_writes(newsroom: Newsroom) -> None:
    newsroom.run("digest", "send")
    with closing(sqlite3.connect(newsroom.directory / "var" / "newswatch.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        for command in (["outbox", "list"], ["export", "articles"], ["subscribers", "list"]):
            done = subprocess.run(
                [sys.executable, "-m", "newswatch", *command, "--config", str(newsroom.directory)],
                capture_output=True, text=True, check=False, timeout=20, env=os.environ | {"PYTHONPATH": str(ROOT)},
            )  # fmt: skip
            assert (command, done.returncode, done.stderr) == (command, 0, "")


IMPATIENT = """
import sys
from monitor.store import engine
engine.PATIENCE = 0.5
from newswatch.cli import main
main(sys.argv[1:])
"""


def impatient(newsroom: Newsroom, *prefix: str) -> subprocess.CompletedProcess[str]:
    """A run that waits half a second for a lock."""
    command = [*prefix, sys.executable, "-c", IMPATIENT, "run", "--config", str(newsroom.directory)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )


def test_a_lock_that_stays_is_named_and_nothing_is_lost(newsroom: Newsroom, busy_site: Site) -> None:
    newsroom.run("digest", "send")
    with closing(sqlite3.connect(newsroom.directory / "var" / "newswatch.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = impatient(newsroom)
    (line,) = lines(done)
    assert done.returncode == 1
    assert "newswatch.db: database is locked: another process has held it for too long" in line
    whole(newsroom, busy_site)


def test_a_lock_in_the_middle_of_a_run_ends_it_with_one_line(newsroom: Newsroom, busy_site: Site) -> None:
    newsroom.run("digest", "send")
    answer = busy_site.page

    def slowly(path: str) -> tuple[int, str, str]:
        time.sleep(0 if path in ("/rss", "/robots.txt") else 0.7)  # so that the run's writes are several
        return answer(path)

    busy_site.page = slowly  # type: ignore[method-assign]
    with closing(sqlite3.connect(newsroom.directory / "var" / "newswatch.db", check_same_thread=False)) as other:

        def lock() -> None:
            while busy_site.hits.total() < 4:
                time.sleep(0.005)
            other.execute("PRAGMA busy_timeout=20000")
            other.execute("BEGIN IMMEDIATE")

        locking = threading.Thread(target=lock)
        locking.start()
        done = impatient(newsroom)
        locking.join()
    (line,) = lines(done)
    assert (done.returncode, "database is locked" in line) == (1, True)
    whole(newsroom, busy_site)


def test_a_database_that_may_only_be_read_is_named(newsroom: Newsroom, busy_site: Site) -> None:
    newsroom.run("digest", "send")
    var = newsroom.directory / "var"
    for path in (*var.iterdir(), var):
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere")
    prefix = ["setpriv", "--inh-caps=-dac_override", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    done = impatient(newsroom, *prefix)
    (line,) = lines(done)
    assert done.returncode == 1
    assert str(var) in line
    assert "let the user that newswatch runs as write" in line
    for path in (var, *var.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    whole(newsroom, busy_site)


def test_a_damaged_database_is_named(newsroom: Newsroom, busy_site: Site) -> None:
    newsroom.run("run")
    store = newsroom.directory / "var" / "newswatch.db"
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(store.read_bytes())
    for start in range(3 * 4096, len(data), 4096):
        data[start : start + 512] = os.urandom(512)
    store.write_bytes(data)
    done = newsroom.run("run", "--all")
    said = lines(done)
    assert done.returncode == 1
    assert [line for line in said if f"{store}: database disk image is malformed: the file is damaged" in line]
    assert "put a backup in its place" in said[-1]


def test_a_store_of_a_newer_newswatch_is_left_alone(newsroom: Newsroom) -> None:
    newsroom.run("digest", "send")
    with closing(sqlite3.connect(newsroom.directory / "var" / "newswatch.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
    done = newsroom.run("run")
    (line,) = lines(done)
    assert done.returncode == 1
    assert "is of a newer newswatch (schema 0099" in line


def test_a_folder_that_may_not_be_written_is_named(newsroom: Newsroom, busy_site: Site) -> None:
    (newsroom.directory / "outbox").write_text("a file where the folder should be")
    done = newsroom.run("run")
    assert done.returncode == 1
    (line,) = [line for line in lines(done) if "no mail could be handed over" in line]
    assert str(newsroom.directory / "outbox") in line
    (newsroom.directory / "outbox").unlink()
    whole(newsroom, busy_site)


# ---------------------------------------------------------------- PostgreSQL


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server that a test may stop."""
    with started() as server:
        yield server


def name_store(newsroom: Newsroom, url: str) -> None:
    settings = newsroom.directory / "newswatch.yaml"
    settings.write_text(settings.read_text()[:-1] + f', "store": "{url}"}}')


def test_a_server_that_stops_in_the_middle_of_a_run_is_named(
    newsroom: Newsroom, busy_site: Site, server: PostgresServer
) -> None:
    name_store(newsroom, server.database())
    command = [sys.executable, "-m", "newswatch", "run", "--config", str(newsroom.directory)]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    while busy_site.hits.total() < 8:
        time.sleep(0.01)
    server.stop()
    _, said = run.communicate(timeout=60)
    assert run.returncode == 1
    assert "start its server again" in said or "look whether its server runs" in said
    assert len(said.splitlines()) == 1
    away = newsroom.run("run")
    (line,) = lines(away)
    assert away.returncode == 1
    assert "look whether its server runs" in line
    server.start()
    whole(newsroom, busy_site)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql+psycopg://newswatch:secret@127.0.0.1:1/newswatch", "Connection refused"),
        ("postgresql+psycopg://newswatch@/nothing?host={folder}", 'database "nothing" does not exist'),
        ("postgresql+psycopg://somebody:secret@/postgres?host={folder}", 'role "somebody" does not exist'),
    ],
)
def test_a_server_that_does_not_let_us_in_is_named_without_the_password(
    newsroom: Newsroom, postgres: PostgresServer, url: str, said: str
) -> None:
    name_store(newsroom, url.format(folder=postgres.folder))
    done = newsroom.run("run")
    (line,) = lines(done)
    assert done.returncode == 1
    assert said in line
    assert "newswatch.yaml" in line
    assert "secret" not in line
