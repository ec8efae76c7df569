"""What the operator hears when the store, the disk or the mail itself is in trouble; and that a blip is not told."""

import socket
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from alerts import operator
from newswatch.cli import run
from tests.newswatch.conftest import QUIET, stored

START = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def cycle(place: Path, minutes: float) -> int:
    """What cron starts so many minutes after the first time; its exit code."""
    return run(
        ["digest", "send", "--config", str(place), "--at", f"{START + timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%SZ}"]
    )


def told(place: Path) -> list[str]:
    """The subjects of the operator's mails, in their order."""
    files = (place / "outbox").glob("operator-*.eml")
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
    assert all(mail["To"] == "ops@example.org" for mail in mails)
    return [str(mail["Subject"]) for mail in sorted(mails, key=lambda mail: mail["Date"].datetime)]  # type: ignore[attr-defined]


def ruin(place: Path, raw: bytes = b"not a database" * 500) -> dict[str, bytes]:
    """Put something else in the database's place; return what was there."""
    files = [place / "var" / name for name in ("newswatch.db", "newswatch.db-wal", "newswatch.db-shm")]
    good = {path.name: path.read_bytes() for path in files if path.exists()}
    for path in files:
        path.unlink(missing_ok=True)
    files[0].write_bytes(raw)
    return good


def mend(place: Path, good: dict[str, bytes]) -> None:
    """Put back what `ruin` took away."""
    for name, raw in good.items():
        (place / "var" / name).write_bytes(raw)


@pytest.mark.parametrize("way", ["no database", "damaged", "no folder"])
def test_a_store_that_cannot_be_used_is_told_once_past_the_outbox_and_its_return_too(
    place: Path, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cycle(place, 0) == 0
    if way == "no folder":
        (place / "newswatch.yaml").write_text(QUIET["newswatch.yaml"] + f"store: sqlite:///{place}/topics.yaml/x.db\n")
        good: dict[str, bytes] = {}
    else:
        good = ruin(place)
        if way == "damaged":
            ruin(place, b"SQLite format 3\0" + b"\xff" * 5_000)
    assert cycle(place, 15) == 1
    assert "newswatch: " in capsys.readouterr().err
    assert told(place) == []
    for minutes in (30, 45, 60):
        assert cycle(place, minutes) == 1
    assert len(told(place)) == 1
    assert "The store cannot be used since 2026-11-24 06:15 UTC" in told(place)[0]
    (place / "newswatch.yaml").write_text(QUIET["newswatch.yaml"])
    if good:
        mend(place, good)
    for minutes in (75, 90):
        assert cycle(place, minutes) == 0
    assert [subject.partition(",")[0] for subject in told(place)[1:]] == ["newswatch: The store can be used again"]


def test_a_blip_of_the_store_is_not_told(place: Path) -> None:
    assert cycle(place, 0) == 0
    good = ruin(place)
    assert cycle(place, 15) == 1
    mend(place, good)
    assert cycle(place, 20) == 0
    ruin(place)
    assert cycle(place, 29) == 1
    assert told(place) == []


def test_a_disk_that_stays_full_is_told_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cycle(place, 0) == 0
    monkeypatch.setattr(operator, "LITTLE_DISK", 10**18)
    assert cycle(place, 15) == 0
    monkeypatch.undo()
    assert cycle(place, 30) == 0
    assert told(place) == []
    monkeypatch.setattr(operator, "LITTLE_DISK", 10**18)
    for minutes in (45, 60, 75, 60 * 30):
        assert cycle(place, minutes) == 0
    assert len(told(place)) == 1
    assert "MB left" in told(place)[0]


def test_a_damaged_page_is_found_once_a_day(place: Path) -> None:
    assert cycle(place, 0) == 0
    with stored(place) as engine, engine.connect() as connection:
        root = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'bounces'").scalar_one()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    with (place / "var" / "newswatch.db").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * 60)
    assert cycle(place, 60 * 25) == 0
    assert len(told(place)) == 1
    assert "The store is damaged" in told(place)[0]


def test_a_mail_server_that_is_gone_is_told_on_stderr(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (place / "newswatch.yaml").write_text(QUIET["newswatch.yaml"].replace("file:outbox/", f"smtp://127.0.0.1:{port}"))
    (place / "subscribers.yaml").write_text("subscribers: [{email: ana@example.org, every: hourly, empty: note}]\n")
    assert cycle(place, 0) == 0
    assert cycle(place, 61) == 1
    assert "the mail server took no mail" in capsys.readouterr().err
    ruin(place)
    assert cycle(place, 75) == 1
    assert cycle(place, 90) == 1
    assert "nor can the operator be told by mail" in capsys.readouterr().err


class Refusing:
    """A mail server that knows nobody."""

    async def handle_RCPT(self, *_asked: object) -> str:  # noqa: N802 - aiosmtpd's name
        return "550 5.1.1 no such user"


def test_mail_that_was_refused_for_good_is_told_on_stderr(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(Refusing(), hostname="127.0.0.1", port=port)
    server.start()
    (place / "newswatch.yaml").write_text(QUIET["newswatch.yaml"].replace("file:outbox/", f"smtp://127.0.0.1:{port}"))
    (place / "subscribers.yaml").write_text("subscribers: [{email: ana@example.org, every: hourly, empty: note}]\n")
    assert cycle(place, 0) == 0
    assert cycle(place, 61) == 1
    server.stop()
    assert "`newswatch outbox list --state failed` says whose and why" in capsys.readouterr().err
