"""Kills `newswatch run` at any moment, and compares what is left behind with what a run leaves that nobody killed."""

import asyncio
import email
import email.policy
import hashlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self

from aiosmtpd.smtp import SMTP

from monitor.store import articles, outbox
from monitor.store.engine import open_store

ROOT = Path(__file__).parents[1]
WORKERS_GO = 30.0
"""Seconds that a worker may live on without its parent: what one page may take, and some."""

_STAMP = re.compile(r" · \w{3} \d+ \w{3}, \d\d:\d\d \w+$")
"""The line of an alert that says when it was made."""
Stage = Literal["start", "preflight", "poll", "fetch", "store", "queue", "send", "end", "over"]
"""The last thing a run was seen to do; `over`: it had ended before the kill."""


@dataclass
class Sink:
    """An SMTP server on loopback that keeps all it gets, and takes `pause` seconds for each mail."""

    pause: float = 0.0
    received: list[tuple[str, bytes]] = field(default_factory=list)
    """(recipient, message), in the order they came."""
    port: int = 0

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        listening = self._loop.create_server(lambda: SMTP(self, hostname="localhost", loop=self._loop), "127.0.0.1", 0)
        self._server = self._loop.run_until_complete(listening)
        self.port = self._server.sockets[0].getsockname()[1]
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        return self

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep the mail, wait, and say so: who is killed meanwhile does not know that it arrived."""
        await asyncio.sleep(self.pause / 2)
        self.received.append((str(envelope.rcpt_tos[0]), bytes(envelope.content)))
        await asyncio.sleep(self.pause / 2)
        return "250 kept"

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))
        self._loop.close()


@dataclass(frozen=True, slots=True)
class Told:
    """A mail as its reader sees it."""

    recipient: str
    subject: str
    text: str
    """Its lines in order of the alphabet: stories of the same hour may stand in any order."""

    def __str__(self) -> str:
        digest = hashlib.sha256(self.text.encode()).hexdigest()[:8]
        return f"{self.recipient}: {self.subject} ({self.text.count(chr(10))} lines, {digest})"


@dataclass(frozen=True)
class Left:
    """What runs left behind, without what may differ from run to run: numbers, instants, the order of things."""

    articles: Counter[tuple[str, str, str]]
    """(url, title, text)"""
    stories: frozenset[frozenset[str]]
    """The addresses that tell one story, for each."""
    matches: Counter[tuple[str, str, float, str]]
    """(url, topic, score, evidence)"""
    mails: Counter[Told]
    by_message_id: dict[str, set[Told]]
    digests: frozenset[str]
    """The Message-IDs of the digests, which name subscription and hour alone."""
    repeats: int
    """Mails that arrived again, byte for byte."""
    unsettled: int
    """Mails of the outbox that are neither sent nor given up."""

    def differences(self, other: "Left") -> list[str]:
        """What is not the same in `other`, which was killed; in words."""
        found = []
        for name in ("articles", "matches", "mails", "stories", "digests"):
            mine, theirs = getattr(self, name), getattr(other, name)
            found += [f"{name}: missing {_short(key)}" for key in mine - theirs]
            found += [f"{name}: too much {_short(key)}" for key in theirs - mine]
        found += [f"mails: {i} came with different words" for i, told in other.by_message_id.items() if len(told) > 1]
        if other.unsettled:
            found.append(f"outbox: {other.unsettled} mails not settled")
        return found


def _short(value: Any) -> str:
    return str(value)[:300]


def left_behind(store: str, sink: Sink) -> Left:
    """Read the store and the sink."""
    engine = open_store(store)
    with engine.connect() as connection:
        rows, found = list(articles.rows(connection)), list(articles.match_rows(connection))
        counts = outbox.counts(connection)
    engine.dispose()
    stories: dict[int, set[str]] = {}
    for row in rows:
        stories.setdefault(row["story"], set()).add(_bare(row["url"]))
    by_message_id: dict[str, list[bytes]] = {}
    told: dict[str, set[Told]] = {}
    for recipient, raw in sink.received:
        message = email.message_from_bytes(raw, policy=email.policy.default)
        by_message_id.setdefault(str(message["Message-ID"]), []).append(raw)
        told.setdefault(str(message["Message-ID"]), set()).add(_told(recipient, message))
    return Left(
        articles=Counter((_bare(row["url"]), row["title"], row["body"]) for row in rows),
        stories=frozenset(frozenset(urls) for urls in stories.values()),
        matches=Counter((_bare(m["url"]), m["topic"], round(m["score"], 6), repr(m["evidence"])) for m in found),
        mails=Counter(one for words in told.values() for one in words),
        by_message_id=told,
        digests=frozenset(i for i in told if "digest" in i),
        repeats=sum(len(copies) - len(set(copies)) for copies in by_message_id.values()),
        unsettled=counts["ready"] + counts["sending"] + counts["failed"] + counts["cancelled"],
    )


def _told(recipient: str, message: Any) -> Told:
    body = message.get_body(("plain",))
    text = _bare(re.sub(r"mailto:\S+", "<mailto>", str(body.get_content())))
    lines = sorted(line.strip() for line in text.splitlines() if line.strip() and not _STAMP.search(line))
    return Told(recipient, str(message["Subject"]), "\n".join(lines))


def _bare(text: str) -> str:
    """A site may list a page with and without it; whichever is seen first is fetched."""
    return re.sub(r"\?utm_\w+=\w+", "", text)


@dataclass(frozen=True, slots=True)
class Killed:
    """One run that was killed, or was to be."""

    stage: Stage
    after: float
    """Seconds."""
    outlived: float = 0.0
    """Seconds that its workers lived on; over `WORKERS_GO` they never went."""


def command(folder: Path, at: datetime, *arguments: str) -> list[str]:
    """`newswatch run` on the configuration in `folder`, its clock at `at`."""
    return [sys.executable, "-m", "newswatch", "run", "--config", str(folder), "--at", at.isoformat(), *arguments]


def environment() -> dict[str, str]:
    """The developer's own settings left out."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSWATCH_")}
    return kept | {"PYTHONPATH": str(ROOT)}


def finish(folder: Path, at: datetime) -> float:
    """Run to the end; the seconds it took. Raises `AssertionError` where the run complains."""
    begun = time.monotonic()
    done = subprocess.run(
        command(folder, at), capture_output=True, text=True, check=False, timeout=180, env=environment()
    )
    assert (done.returncode, done.stderr) == (0, ""), f"{done.returncode}: {done.stdout}{done.stderr}"
    return time.monotonic() - begun


class Witness:
    """Looks at what a run has done so far, from outside."""

    def __init__(self, store: str, sink: Sink, asked: Any) -> None:
        self._store, self._sink, self._asked = store, sink, asked
        self._received = len(sink.received)
        self._before = self._counts()

    def _counts(self) -> tuple[int, int]:
        engine = open_store(self._store)
        with engine.connect() as connection:
            stored = sum(1 for _ in articles.rows(connection))
            queued = sum(outbox.counts(connection).values())
        engine.dispose()
        return stored, queued

    def stage(self, loaded: bool) -> Stage:
        """How far a run came that is dead now; `loaded`: it had begun with Scrapy."""
        ways, pages = self._asked()
        stored, queued = self._counts()
        if len(self._sink.received) > self._received:
            return "send" if len(self._sink.received) < queued else "end"
        if queued > self._before[1]:
            return "queue"
        if stored > self._before[0]:
            return "store"
        return "fetch" if pages else "poll" if loaded else "preflight" if ways else "start"


def kill(folder: Path, at: datetime, after: float, witness: Witness, *, whole_group: bool) -> Killed:
    """Start a run and kill it (all its processes, or the first alone, whose workers must follow) `after` seconds."""
    process = subprocess.Popen(
        command(folder, at), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    time.sleep(after)
    loaded = _has_loaded(process.pid, "cryptography")
    if process.poll() is not None:
        return Killed("over", after)
    if whole_group:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    begun = time.monotonic()
    while of_session(process.pid) and time.monotonic() - begun <= WORKERS_GO:
        time.sleep(0.02)
    outlived = time.monotonic() - begun
    if outlived > WORKERS_GO:
        os.killpg(process.pid, signal.SIGKILL)
    return Killed(witness.stage(loaded), after, outlived)


def of_session(leader: int) -> list[int]:
    """The living processes of the session that `leader` began."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[3] == str(leader) and fields[0] != "Z":
            found.append(int(path.parent.name))
    return found


def _has_loaded(pid: int, library: str) -> bool:
    try:
        return library in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
