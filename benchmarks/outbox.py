"""Kills the sender of the outbox at random moments, and measures how fast it is and how much memory it takes.

    python benchmarks/outbox.py                     # 200 kills each on SQLite and PostgreSQL, without and with faults
    python benchmarks/outbox.py --kills 20 --mails 300
    python benchmarks/outbox.py --only speed        # or kills, memory

The faulty SMTP server is tools/smtp_sink.py beside the data folder (NEWSWATCH_DATA, else ../shared/data); between it
and the sender stands a recorder that keeps a hash of every message that crosses. Exits with 1 when a bar is missed.
"""

import argparse
import hashlib
import os
import random
import re
import resource
import signal
import smtplib
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import sqlalchemy as sa  # noqa: E402

from alerts import cycle, messages  # noqa: E402
from alerts.cycle import Desk  # noqa: E402
from alerts.outbox import send_due  # noqa: E402
from alerts.rendering import Rendered  # noqa: E402
from alerts.smtp import SmtpTransport  # noqa: E402
from monitor.clock import Clock  # noqa: E402
from monitor.records import Subscription  # noqa: E402
from monitor.store import outbox  # noqa: E402
from monitor.store.engine import open_store  # noqa: E402
from monitor.store.outbox import Mail  # noqa: E402
from monitor.store.tables import messages as messages_table  # noqa: E402
from monitor.store.tables import outbox as outbox_table  # noqa: E402
from tests.newsroom import TOPICS, Newsroom  # noqa: E402
from tests.postgres_server import PostgresServer, find_binaries  # noqa: E402

DATA = Path(os.environ.get("NEWSWATCH_DATA") or ROOT.parent / "shared" / "data")
SINK = DATA.parent / "tools" / "smtp_sink.py"
FAULTS = ("greet421=.01", "drop_mail=.01", "rcpt4=.01", "rcpt5=.01", "drop_data=.01", "dot4=.01",
          "drop_before_accept=.01", "drop_after_accept=.01", "slow_ack=.001")  # fmt: skip
STEP = 1_000
"""Seconds that the run's clock goes on between two senders, so that what was put off comes due."""


# ---------------------------------------------------------------- servers


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def sink(log: Path, *faults: str) -> Iterator[int]:
    """The faulty server; its port."""
    port = free_port()
    process = subprocess.Popen([sys.executable, str(SINK), str(port), str(log), *faults])
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


class Recorder(socketserver.ThreadingTCPServer):
    """Passes SMTP on to `target` and keeps (Message-ID, hash) of every message that was handed over whole."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, target: int) -> None:
        super().__init__(("127.0.0.1", 0), _Pass)
        self.target = target
        self.seen: dict[bytes, set[str]] = defaultdict(set)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Pass(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Recorder)
        try:
            with socket.create_connection(("127.0.0.1", server.target)) as upstream:
                back = threading.Thread(target=_pump, args=(upstream, self.request), daemon=True)
                back.start()
                _pump(self.request, upstream, server.seen)
                back.join(10)
        except OSError:
            pass


def _pump(source: socket.socket, target: socket.socket, seen: dict[bytes, set[str]] | None = None) -> None:
    held = b""
    try:
        while data := source.recv(65536):
            target.sendall(data)
            if seen is not None:
                held = _record(held + data, seen)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def _record(held: bytes, seen: dict[bytes, set[str]]) -> bytes:
    *whole, rest = held.split(b"\r\n.\r\n")
    for part in whole:
        message = part[part.find(b"\r\nFrom: ") :] if b"\r\nFrom: " in part else part
        found = re.search(rb"Message-ID: (<[^>]+>)", message)
        if found:
            seen[found.group(1)].add(hashlib.sha256(message).hexdigest())
    return rest


# ---------------------------------------------------------------- kills


@dataclass
class Tally:
    """What became of the mails under fire."""

    kills: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    lost_replies: int = 0
    rejected: int = 0
    missing: int = 0
    different_bytes: int = 0
    unsettled: int = 0

    @property
    def repeats(self) -> int:
        """How many mails arrived again."""
        return sum(self.accepted.values()) - len(self.accepted)

    @property
    def good(self) -> bool:
        """Whether the bar holds."""
        allowed = self.kills + self.lost_replies
        return not (self.missing or self.different_bytes or self.unsettled) and self.repeats <= allowed


def queue(engine: sa.Engine, count: int) -> None:
    """Put `count` digests of ordinary size into the outbox."""
    head = messages.Letterhead(site="Valley Watch", sender="Valley Watch <alerts@example.org>", keys=("key",))
    now = datetime.now(UTC)
    words = Rendered(subject="12 stories", text="A story.\n" * 700, html="<p>A story, told in HTML.</p>\n" * 500)
    with engine.begin() as connection:
        for number in range(count):
            key, recipient = f"digest:{number}:2026-11-24T15:30:00Z", f"reader{number}@d{number % 9}.example"
            leave = f"mailto:alerts@example.org?subject={number}"
            raw = messages.build(head, key, recipient, words, now, leave=leave)
            mail = Mail(
                key=key,
                kind="operator",
                recipient=recipient,
                sender="alerts@example.org",
                message=raw,
                message_id=messages.message_id(key, "example.org"),
                expires=now + timedelta(days=90),
            )
            outbox.queue(connection, mail, now)


def sender(url: str, port: int, offset: float, ready: int | None = None) -> None:
    """The process that is killed: an ordinary pass over the outbox."""
    engine = open_store(url)
    if ready is not None:
        os.write(ready, b".")
    send_due(engine, Clock(offset), SmtpTransport("127.0.0.1", port))


def spawn(work: Callable[[], None]) -> int:
    """Run `work` in a child; its process id."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def under_fire(url: str, folder: Path, mails: int, kills: int, faults: tuple[str, ...]) -> Tally:
    """Queue, kill `kills` senders one after the other, let the last ones finish, and count."""
    engine = open_store(url)
    queue(engine, mails)
    log, tally = folder / "sink.log", Tally()
    with sink(log, *faults) as real:
        recorder = Recorder(real)
        port, offset = recorder.server_address[1], 0.0
        per_kill = mails / (kills + 1) / 250
        while tally.kills < kills:
            offset += STEP
            tally.kills += kill_one(url, port, offset, per_kill)
        for _ in range(400):
            offset += STEP
            os.waitpid(spawn(lambda: sender(url, port, offset)), 0)  # noqa: B023 - the child runs at once
            with engine.connect() as connection:
                counts = outbox.counts(connection)
            if not counts["ready"] + counts["sending"]:
                break
        time.sleep(0.2)
        recorder.shutdown()
    settle_accounts(engine, log, recorder, tally)
    engine.dispose()
    return tally


def kill_one(url: str, port: int, offset: float, seconds: float) -> int:
    """Start a sender and kill it somewhere around `seconds` after it is ready; 1 if it was still alive."""
    read, write = os.pipe()
    child = spawn(lambda: sender(url, port, offset, write))
    os.close(write)
    os.read(read, 1)
    os.close(read)
    time.sleep(random.uniform(0, 2 * seconds) + random.uniform(0, 0.02))
    alive = os.waitpid(child, os.WNOHANG) == (0, 0)
    if alive:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return int(alive)


def settle_accounts(engine: sa.Engine, log: Path, recorder: Recorder, tally: Tally) -> None:
    """Compare what the server got with what was queued."""
    lines = log.read_text().splitlines()
    for line in lines:
        kind, _, rest = line.partition(" ")
        if kind == "ACC":
            message_id, how = rest.split()
            tally.accepted[message_id] += 1
            tally.lost_replies += how == "lostack"
        else:
            tally.rejected += 1
    with engine.connect() as connection:
        rows = connection.execute(sa.select(outbox_table.c.message_id, outbox_table.c.state)).all()
    tally.unsettled = sum(state not in {"sent", "failed"} for _, state in rows)
    tally.missing = sum(message_id not in tally.accepted and state != "failed" for message_id, state in rows)
    tally.different_bytes = sum(len(hashes) > 1 for hashes in recorder.seen.values())


def kills(arguments: argparse.Namespace) -> bool:
    """The bar of kills, on both databases, without and with faults."""
    good = True
    for name, url, folder in databases():
        for faults in ((), FAULTS):
            started = time.monotonic()
            tally = under_fire(url(), folder(), arguments.mails, arguments.kills, faults)
            good &= tally.good
            print(
                f"{name}, {'every fault' if faults else 'no faults'}: {arguments.mails} mails, {tally.kills} kills, "
                f"{len(tally.accepted)} arrived, {tally.rejected} refused for good, missing {tally.missing}, "
                f"unsettled {tally.unsettled}, repeats {tally.repeats} (allowed {tally.kills + tally.lost_replies}), "
                f"with other bytes {tally.different_bytes} [{time.monotonic() - started:.0f} s] "
                f"{'ok' if tally.good else 'MISSED'}"
            )
    return good


def databases() -> Iterator[tuple[str, Callable[[], str], Callable[[], Path]]]:
    """(name, a maker of empty databases, a maker of folders) of SQLite and, where it is installed, PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="nw-outbox-") as top:
        numbers = iter(range(1000))

        def folder() -> Path:
            path = Path(top, str(next(numbers)))
            path.mkdir()
            return path

        yield "SQLite", lambda: f"sqlite:///{folder() / 'newswatch.db'}", folder
        binaries = find_binaries()
        if binaries is None:
            print("PostgreSQL: skipped, not installed")
            return
        home = Path(tempfile.mkdtemp(prefix="nw-pg-"))
        server = PostgresServer(home, binaries)
        try:
            yield "PostgreSQL", server.database, folder
        finally:
            server.stop()


# ---------------------------------------------------------------- speed, memory


def speed(arguments: argparse.Namespace) -> bool:
    """Mails a second against a bare smtplib loop on the same server, the better of three each."""
    good = True
    for name, url, folder in databases():
        bare, ours = 0.0, 0.0
        with sink(folder() / "sink.log") as port:
            for _ in range(3):
                engine = open_store(url())
                queue(engine, arguments.mails)
                bare = max(bare, arguments.mails / _bare_loop(engine, port))
                started = time.monotonic()
                sent = send_due(engine, Clock(), SmtpTransport("127.0.0.1", port))["sent"]
                ours = max(ours, sent / (time.monotonic() - started))
                assert sent == arguments.mails
                engine.dispose()
        enough = ours >= bare / 2 or name != "SQLite"
        good &= enough
        print(
            f"{name}: {ours:.0f} mails/s, a bare smtplib loop {bare:.0f}: {ours / bare:.2f} of it "
            f"{'ok' if enough else 'MISSED'}"
        )
    return good


def _bare_loop(engine: sa.Engine, port: int) -> float:
    """Seconds that smtplib takes for all mails of the outbox."""
    with engine.connect() as connection:
        rows = connection.execute(
            sa.select(outbox_table.c.sender, outbox_table.c.recipient, messages_table.c.message).join(
                messages_table, messages_table.c.mail_id == outbox_table.c.id
            )
        ).all()
    started = time.monotonic()
    with smtplib.SMTP("127.0.0.1", port, "localhost") as smtp:
        for sender_, recipient, message in rows:
            smtp.sendmail(sender_, [recipient], message)
    return time.monotonic() - started


def memory(arguments: argparse.Namespace) -> bool:
    """Memory of a process that makes, queues and sends `--digests` digests."""
    with tempfile.TemporaryDirectory(prefix="nw-outbox-") as top, sink(Path(top, "sink.log")) as port:
        url = f"sqlite:///{Path(top, 'newswatch.db')}"
        desk = fill(url, arguments.digests)
        read, write = os.pipe()
        child = os.posix_spawn(sys.executable, [sys.executable, __file__, "--only", "digests", "--url", url, "--port",
                               str(port)], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, write, 1)])  # fmt: skip
        os.close(write)
        os.waitpid(child, 0)
        queued, sent, seconds, sending, megabytes = map(float, os.read(read, 1000).split())
    good = megabytes <= 200 and queued == sent == arguments.digests
    print(
        f"{queued:.0f} digests of {len(desk.beat.topics)} topics queued in {seconds:.0f} s, {sent:.0f} sent in "
        f"{sending:.0f} s, {megabytes:.0f} MB at most {'ok' if good else 'MISSED'}"
    )
    return good


def fill(url: str, subscribers: int) -> Desk:
    """A store with so many subscribers and a dozen stories for all of them."""
    engine = open_store(url)
    room = Newsroom(engine=engine)
    room.clock.time = datetime.now(UTC) - timedelta(minutes=30)
    wanted = [
        Subscription(email=f"reader{number}@example.org", every="hourly", time_zone="America/Los_Angeles")
        for number in range(subscribers)
    ]
    cycle.begin(engine, room.clock, wanted, TOPICS)
    room.clock.pass_(minutes=1)
    for number in range(12):
        room.article(title=f"Story {number}: what the council did", topics=[list(TOPICS)[number % len(TOPICS)]])
    engine.dispose()
    return room.desk


def digests(arguments: argparse.Namespace) -> None:
    """In a process of its own: queue and send; print the counts, the seconds and the memory."""
    engine, clock = open_store(arguments.url), Clock(3600)
    desk = Newsroom(engine=engine).desk
    started = time.monotonic()
    queued = cycle.queue_due(engine, clock, desk)["queued"]
    made = time.monotonic()
    sent = send_due(engine, clock, SmtpTransport("127.0.0.1", arguments.port))["sent"]
    done = time.monotonic()
    print(queued, sent, made - started, done - made, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> int:
    """Run what was asked for; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mails", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--digests", type=int, default=10_000)
    parser.add_argument("--only", choices=["kills", "speed", "memory", "digests"])
    parser.add_argument("--url", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.only == "digests":
        digests(arguments)
        return 0
    if not SINK.exists():
        print(f"skipped: {SINK} is not there; set NEWSWATCH_DATA")
        return 0
    parts = {"speed": speed, "memory": memory, "kills": kills}
    results = [part(arguments) for name, part in parts.items() if arguments.only in {None, name}]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
