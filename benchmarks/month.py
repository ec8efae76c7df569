"""The replay of a month in which sites fail in all the ways they do: `benchmarks/replay.py --days 30`.

A cycle each hour of the world's clock, in this process; sources are looked at when they are due. After each cycle what
`run --json` and `sources health` say is kept; in the end `benchmarks/judgement.py` holds it against what was done.
"""

import contextlib
import io
import json
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.faults import FAULTS
from benchmarks.faulty import BEGINS
from benchmarks.judgement import Judge
from benchmarks.record import Month, Seen
from newswatch import cli

HOUR = timedelta(hours=1)
TOPICS = {
    "Immigration": ["immigration"], "Health care": ["health care", "Obamacare"], "Supreme Court": ["Supreme Court"],
    "North Korea": ["North Korea"], "Justice Department": ["Justice Department", "Department of Justice"],
    "Tax reform": ["tax reform"], "Gun control": ["gun control"], "White House": ["White House"],
    "Senate": ["Senate"], "Congress": ["Congress"], "Police": ["police"],
}  # fmt: skip
EDIT, EDITED = "The drainage board of Zumbrota will hear the matter again, its chair said.", "Zumbrota"
EVERY = 25
"""One story in so many gets another paragraph, three hours after it came out, that brings a topic in."""
TIMEOUT = 2.0
"""Seconds that a server may take."""


class World:
    """The server, its clock and its faults."""

    def __init__(self, folder: Path, days: int, port: int, sites: int) -> None:
        command = [sys.executable, "-m", "benchmarks.faulty", "--out", str(folder / "world"), "--port", str(port),
                   "--days", str(days), "--sites", str(sites)]  # fmt: skip
        self._server = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=Path(__file__).parents[1]
        )
        assert self._server.stdout is not None
        if not self._server.stdout.readline():
            sys.exit("the world did not start; is the port free?")
        self._control = f"http://127.0.1.1:{port}"
        self._modes = dict.fromkeys(range(1, sites + 1), "ok")
        self.truth = [json.loads(line) for line in (folder / "world/truth.jsonl").open(encoding="utf-8")]
        for row in self.truth:
            row["published"] = datetime.fromisoformat(row["published"])
        self.edited: dict[str, datetime] = {}
        self._edits = sorted((row["published"] + 3 * HOUR, row["id"], row) for row in self.truth[::EVERY])

    def turn(self, at: datetime) -> None:
        """Set the clock, begin and end faults, and edit what is due."""
        self.ask("/__clock", now=at.strftime("%Y-%m-%dT%H:%M:%SZ"))
        for site, before in self._modes.items():
            fault = next((f for f in FAULTS if f.site == site and f.is_on(at)), None)
            mode = fault.mode if fault else "ok"
            if fault and fault.is_silence:
                mode += f"@{fault.begin:%Y-%m-%dT%H:%M:%SZ}"
            if mode != before:
                self._modes[site] = mode
                self.ask("/__fault", site=str(site), mode=mode)
        while self._edits and self._edits[0][0] <= at:
            _, number, row = self._edits.pop(0)
            if row["published"] > BEGINS:
                self.edited[row["url"]] = at
                self.ask("/__revise", id=number, add=EDIT)

    def asked(self) -> dict[str, list[tuple[datetime, str]]]:
        """What was asked of each site, and when."""
        told: dict[str, list[list[str]]] = json.loads(self.ask("/__asked"))
        return {name: [(datetime.fromisoformat(at), path) for at, path in rows] for name, rows in told.items()}

    def ask(self, path: str, **query: str) -> str:
        with urllib.request.urlopen(f"{self._control}{path}?{urllib.parse.urlencode(query)}", timeout=30) as answer:
            return str(answer.read().decode())

    def stop(self) -> None:
        self._server.terminate()
        self._server.wait()


def configure(folder: Path) -> None:
    """Two subscribers: one each morning, one at once."""
    (folder / "newswatch.yaml").write_text(
        "site: {name: Replay}\nstore: sqlite:///newswatch.db\n"
        "mail: {from: replay@example.org, transport: 'file:outbox/'}\n"
        f"crawl: {{contact: replay@example.org, delay: 0ms, timeout: {TIMEOUT:g}s, allow_networks: [127.0.0.0/8]}}\n"
    )
    (folder / "sources.yaml").write_text((folder / "world/sources.yaml").read_text())
    topics = [{"name": name, "phrases": phrases} for name, phrases in (TOPICS | {EDITED: [EDITED]}).items()]
    (folder / "topics.yaml").write_text(json.dumps({"topics": topics}))
    rows = [
        {"email": "daily@example.org", "topics": "all", "every": "daily", "at": "07:30", "time_zone": "UTC",
         "empty": "note"},
        {"email": "now@example.org", "topics": "all", "every": "immediately", "time_zone": "UTC"},
    ]  # fmt: skip
    (folder / "subscribers.yaml").write_text(json.dumps({"subscribers": rows}))


def command(*arguments: str) -> str:
    """What a command of newswatch prints, run in this process."""
    said, complaint = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complaint):
        code = cli.run(list(arguments))
    if code not in (0, 1) or not said.getvalue():
        sys.exit(f"newswatch {' '.join(arguments)} exited with {code}: {complaint.getvalue()}")
    return said.getvalue()


def cycles(world: World, folder: Path, days: int) -> Iterator[Seen]:
    """Each hour's: what `run --json` and `sources health` say."""
    begun = time.monotonic()
    for hour in range(days * 24):
        at = BEGINS + hour * HOUR + timedelta(minutes=5)
        world.turn(at)
        report = json.loads(command("run", "--json", "--config", str(folder), "--at", at.isoformat()))
        rows = json.loads(command("sources", "health", "--json", "--config", str(folder)))
        yield Seen(at, report, {row["name"]: row for row in rows})
        if hour % 24 == 23:
            print(f"day {hour // 24 + 1} of {days}, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


def lived(folder: Path, days: int, port: int, sites: int = 8) -> Month:
    """A month of hourly cycles."""
    world, begun = World(folder, days, port, sites), time.monotonic()
    try:
        configure(folder)
        seen = list(cycles(world, folder, days))
        exported = command("export", "articles", "--config", str(folder))
        return Month(
            folder=folder, days=days, truth=world.truth, edited=world.edited, edit=EDIT, asked=world.asked(), seen=seen,
            archive={json.loads(line)["url"].split("?")[0] for line in exported.splitlines()},
            seconds=time.monotonic() - begun,
        )  # fmt: skip
    finally:
        world.stop()


def replay(folder: Path, days: int, port: int) -> list[tuple[str, Any, str, bool]]:
    """(what, figure, bar, whether it is reached)."""
    return Judge(lived(folder, days, port)).rows()
