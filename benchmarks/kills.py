"""Kills `newswatch run` at random moments on a small internet of real articles, and compares with runs left alone.

    python benchmarks/kills.py                    # 120 kills each on SQLite and PostgreSQL
    python benchmarks/kills.py --kills 20 --seed 3 --only SQLite

A trial is a new configuration and two runs a day apart; each run is killed a few times, every third time the first
process alone, before it may finish. Then archive, stories, matches and mails must be those of the trial in which nobody
was killed; a mail may come again only if its sender was killed before it heard the answer. The data folder is
NEWSWATCH_DATA, else ../shared/data; its sibling tools/newsworld.py is the internet. Exits with 1 when a bar is missed.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import data  # noqa: E402
from tests.killing import WORKERS_GO, Killed, Left, Sink, Witness, finish, kill, left_behind  # noqa: E402
from tests.postgres_server import PostgresServer, find_binaries  # noqa: E402

SITES, ARTICLES, DAYS = 4, 9, 4
FIRST = datetime(2017, 7, 22, 15, 0, tzinfo=UTC)
"""After half past seven in Los Angeles."""
MOMENTS = (FIRST, FIRST + timedelta(days=1))
LATER = timedelta(seconds=45)
"""The clock goes on so far from a run that was killed to the next."""
TOPICS = ("White House", "Supreme Court", "health care", "president", "Senate", "Justice Department", "police")
EACH = 3
"""Kills of each run in a trial."""


class World:
    """The newsworld server."""

    def __init__(self, folder: Path, port: int) -> None:
        command = [sys.executable, str(data.ROOT.parent / "tools" / "newsworld.py"), "--texts",
                   str(data.need("news/texts/allsides.jsonl.xz")), "--sites", str(SITES), "--articles", str(ARTICLES),
                   "--spread", str(DAYS), "--out", str(folder), "--port", str(port), "--seconds", "7000"]  # fmt: skip
        self._server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._server.stdout is not None
        if not self._server.stdout.readline():
            sys.exit("newsworld did not start; is the port free?")
        self._control = f"http://127.0.1.1:{port}"
        self.sources = (folder / "sources.yaml").read_text(encoding="utf-8")

    def set_clock(self, at: datetime) -> None:
        self._get(f"/__clock?now={at:%Y-%m-%dT%H:%M:%SZ}")

    def asked(self) -> tuple[int, int]:
        """(requests, requests for articles) since the last look was begun."""
        log: dict[str, Any] = json.loads(self._get("/__log"))
        return sum(s["requests"] for s in log.values()), sum(s["articles_fetched"] for s in log.values())

    def forget(self) -> None:
        self._get("/__reset")

    def _get(self, path: str) -> str:
        with urllib.request.urlopen(self._control + path, timeout=30) as answer:
            return str(answer.read().decode())

    def stop(self) -> None:
        self._server.terminate()
        self._server.wait()


def configure(folder: Path, world: World, store: str, port: int) -> None:
    """Two who hear at once and a dozen who hear daily, each of the same topics."""
    folder.mkdir()
    settings = {
        "site": {"name": "Kills", "time_zone": "America/Los_Angeles"}, "store": store,
        "mail": {"from": "kills@example.org", "transport": f"smtp://127.0.0.1:{port}"},
        "crawl": {"contact": "kills@example.org", "delay": "20ms", "allow_networks": ["127.0.0.0/8"]},
    }  # fmt: skip
    zone = "America/Los_Angeles"
    daily = [{"email": f"d{n}@example.org", "every": "daily", "at": "07:30", "time_zone": zone} for n in range(12)]
    at_once = [{"email": f"i{n}@example.org", "every": "immediately", "topics": [TOPICS[n]]} for n in range(2)]
    (folder / "newswatch.yaml").write_text(json.dumps(settings))
    (folder / "sources.yaml").write_text(world.sources)
    (folder / "topics.yaml").write_text(json.dumps({"topics": [{"name": t, "phrases": [t]} for t in TOPICS]}))
    (folder / "subscribers.yaml").write_text(json.dumps({"subscribers": at_once + daily}))
    (folder / "keys.txt").write_text("one-key-for-all-trials-0123456789abcdef\n")


def trial(
    folder: Path, world: World, store: str, chance: random.Random | None, lengths: list[float]
) -> tuple[Left, list[Killed]]:
    """Two runs a day apart, killed a few times each where there is `chance`; what was left, and the kills."""
    killed: list[Killed] = []
    with Sink(pause=0.06) as sink:
        configure(folder, world, store or f"sqlite:///{folder / 'newswatch.db'}", sink.port)
        where = store or f"sqlite:///{folder / 'newswatch.db'}"
        for number, at in enumerate(MOMENTS):
            world.set_clock(at)
            for attempt in range(EACH if chance else 0):
                assert chance is not None
                world.forget()
                witness = Witness(where, sink, world.asked)
                after = chance.uniform(0.05, lengths[number])
                moment = at + attempt * LATER
                killed.append(kill(folder, moment, after, witness, whole_group=len(killed) % 3 != 2))
            seconds = finish(folder, at + EACH * LATER)
            if chance is None:
                lengths.append(seconds)
        return left_behind(where, sink), killed


def under_fire(
    name: str, stores: Callable[[], str], top: Path, world: World, kills: int, chance: random.Random
) -> bool:
    """Trials until there were so many kills; prints the figures; whether all bars hold."""
    started, lengths = time.monotonic(), list[float]()
    whole, _ = trial(top / f"{name}-whole", world, stores(), None, lengths)
    stages: Counter[str] = Counter()
    worst, repeats, differences, orphans, trials = 0.0, 0, list[str](), 0, 0
    while stages.total() - stages["over"] < kills:
        trials += 1
        left, killed = trial(top / f"{name}-{trials}", world, stores(), chance, lengths)
        differences += [f"trial {trials}: {line}" for line in whole.differences(left)]
        stages.update(k.stage for k in killed)
        repeats += left.repeats
        worst = max([worst, *(k.outlived for k in killed)])
        orphans += sum(k.outlived > WORKERS_GO for k in killed)
        print(f"\r{name}: {stages.total()} kills", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    over, count = stages.pop("over", 0), stages.total()
    allowed = stages["send"] + stages["end"]
    good = not differences and not orphans and repeats <= allowed
    print(
        f"{name}: {len(whole.articles)} articles, {len(whole.matches)} matches, {len(whole.by_message_id)} mails, "
        f"runs of {' and '.join(f'{s:.1f} s' for s in lengths)}; {count} kills in {trials} trials "
        f"({over} came too late)\n"
        f"  killed at: {', '.join(f'{stage} {n}' for stage, n in stages.most_common())}\n"
        f"  differences {len(differences)}, mails repeated {repeats} (allowed {allowed}, each in the ack window), "
        f"workers left {orphans} (the last went {worst:.1f} s after its parent) "
        f"[{time.monotonic() - started:.0f} s] {'ok' if good else 'MISSED'}"
    )
    for line in differences[:40]:
        print(f"    {line}")
    return good


@contextmanager
def databases(only: str | None) -> Iterator[dict[str, Callable[[], str]]]:
    """By name a maker of empty databases; "" stands for the SQLite file of the configuration."""
    makers: dict[str, Callable[[], str]] = {"SQLite": lambda: ""}
    binaries = find_binaries()
    with tempfile.TemporaryDirectory(prefix="nw-pg-") as folder:
        server = PostgresServer(Path(folder), binaries) if binaries and only in (None, "PostgreSQL") else None
        if server:
            makers["PostgreSQL"] = server.database
        try:
            yield {name: maker for name, maker in makers.items() if only in (None, name)}
        finally:
            if server:
                server.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=["SQLite", "PostgreSQL"])
    parser.add_argument("--port", type=int, default=8793)
    args = parser.parse_args()
    good = True
    with tempfile.TemporaryDirectory(prefix="nw-kills-") as folder, databases(args.only) as makers:
        world = World(Path(folder) / "world", args.port)
        try:
            for name, maker in makers.items():
                good &= under_fire(name, maker, Path(folder), world, args.kills, random.Random(args.seed))
        finally:
            world.stop()
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
