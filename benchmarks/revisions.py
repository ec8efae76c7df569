"""Edits real stories on a small internet of real articles, and prints what newswatch made of the edits.

    python -m benchmarks.revisions              # 12 outlets, eight days of stories, four looks at each
    python -m benchmarks.revisions --quick      # 4 outlets

Of the stories that are known, each by its turn: one gets a sentence that brings a topic in; one gets a comma; one
gets a sentence and loses it again; one gets a correction note; the rest is left alone, while new stories come out and
the lists beside every text change. Exits with 1 when a bar is missed. The data folder is NEWSWATCH_DATA, else
../shared/data; its sibling tools/newsworld.py is the internet.
"""

import argparse
import email
import email.policy
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from benchmarks.data import need

ROOT = Path(__file__).resolve().parents[1]
TEXTS = "news/texts/allsides.jsonl.xz"
DAYS, ARTICLES = 8, 40
LOOKS = (0, 1.1, 6.1, 24.1, 72.1, 73)
"""Hours after the first run at which newswatch runs again."""
FIRST = "The clerk said on Friday that the minutes of the harbor board were not yet ready and would follow."
COMMA = "The clerk said, on Friday, that the minutes of the harbor board were not yet ready, and would follow!"
TOPIC = "Late in the day the Tidewater Bridge Authority joined the talks, an aide said."
OTHER = "An aide said late in the day that the talks would go on for another week at least."
NOTE = "Correction: An earlier version of this story misstated the day of the talks."
KINDS = ("topic", "comma", "return", "correction", "alone", "alone")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--port", type=int, default=8770)
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it there")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        world = World(args.keep or Path(folder), 4 if args.quick else 12, args.port)
        try:
            missed = world.play()
        finally:
            world.stop()
    if missed:
        sys.exit(f"missed: {', '.join(missed)}")


class World:
    """The internet, the stories by what is done to them, and newswatch in a folder of its own."""

    def __init__(self, folder: Path, sites: int, port: int) -> None:
        self.folder, self._control = folder, f"http://127.0.1.1:{port}"
        texts = need(TEXTS)
        tool = texts.parents[3] / "tools" / "newsworld.py"
        command = [sys.executable, str(tool), "--texts", str(texts), "--articles", str(ARTICLES), "--spread", str(DAYS),
                   "--sites", str(sites), "--out", str(folder / "world"), "--port", str(port),
                   "--seconds", "3000"]  # fmt: skip
        self._server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._server.stdout is not None
        if not self._server.stdout.readline():
            sys.exit("newsworld did not start; is the port free?")
        lines = (folder / "world/truth.jsonl").read_text(encoding="utf-8").splitlines()
        self._stories = [json.loads(line) for line in lines]
        self._start = min(_time(story["published"]) for story in self._stories) + timedelta(days=3)
        self._done: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}

    def play(self) -> list[str]:
        """Run and edit by turns, and print what came of it; the bars that were missed."""
        self._configure()
        known = [s for s in self._stories if timedelta() <= self._start - _time(s["published"]) < timedelta(hours=40)]
        for number, story in enumerate(known):
            self._done[KINDS[number % len(KINDS)]].append(story)
        self._edit(comma=FIRST)
        self._run(0)
        self._edit(comma=COMMA, topic=TOPIC, **{"return": OTHER}, correction=NOTE)
        reports = [self._run(1.1)]
        self._edit(**{"return": ""})
        reports += [self._run(hours) for hours in LOOKS[2:]]
        return self._judge(reports)

    def stop(self) -> None:
        """End the server."""
        self._server.terminate()
        self._server.wait()

    def _configure(self) -> None:
        files: dict[str, Any] = {
            "newswatch.yaml": {
                "site": {"name": "Edits"}, "mail": {"from": "edits@example.org", "transport": "file:outbox/"},
                "crawl": {"contact": "edits@example.org", "delay": "20ms", "allow_networks": ["127.0.0.0/8"]},
            },
            "topics.yaml": {"topics": [{"name": "Tidewater Bridge", "phrases": ["Tidewater Bridge Authority"]}]},
            "subscribers.yaml": {"subscribers": [{"email": "ana@example.org", "every": "immediately"}]},
        }  # fmt: skip
        for name, value in files.items():
            (self.folder / name).write_text(json.dumps(value))
        (self.folder / "sources.yaml").write_text((self.folder / "world/sources.yaml").read_text())

    def _edit(self, **added: str) -> None:
        for kind, text in added.items():
            for story in self._done[kind]:
                self._ask(f"/__revise?id={quote(story['id'])}&add={quote(text)}")

    def _run(self, hours: float) -> dict[str, Any]:
        at = self._start + timedelta(hours=hours)
        self._ask(f"/__clock?now={at:%Y-%m-%dT%H:%M:%SZ}")
        report: dict[str, Any] = json.loads(self._newswatch("run", "--all", "--json", "--at", at.isoformat()))
        return report

    def _newswatch(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "newswatch", *arguments, "--config", str(self.folder)]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("NEWSWATCH_")} | {
            "PYTHONPATH": str(ROOT)
        }
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900, env=environment)
        if done.returncode not in (0, 1) or (not done.stdout and done.stderr):
            sys.exit(f"{' '.join(arguments)} exited with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def _ask(self, path: str) -> str:
        with urlopen(self._control + path, timeout=30) as answer:
            return str(answer.read().decode())

    def _judge(self, reports: list[dict[str, Any]]) -> list[str]:
        archive = {_bare(row["url"]) for row in map(json.loads, self._newswatch("export", "articles").splitlines())}
        rows = [json.loads(line) for line in self._newswatch("export", "revisions").splitlines()]
        found: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            found.setdefault(_bare(row["url"]), []).append(row)
        kinds = {kind: [s["url"] for s in stories if s["url"] in archive] for kind, stories in self._done.items()}
        told = self._told()
        missed: list[str] = []

        def show(what: str, count: int, of: int, bar: str, reached: bool) -> None:
            print(f"{what:52} {count:5} of {of:<5} {bar}{'' if reached else '   MISSED'}")
            missed.extend([] if reached else [what])

        expected = {"topic": ["text"], "return": ["text", "returned"], "correction": ["correction"]}
        for kind, wanted in expected.items():
            seen = sum([row["kind"] for row in found.get(url, [])] == wanted for url in kinds[kind])
            show(f"edits seen and rightly named: {kind}", seen, len(kinds[kind]), "all", seen == len(kinds[kind]))
        once = sum(told[url] == 1 for url in kinds["topic"])
        show("topics that came in, alerted once", once, len(kinds["topic"]), "all", once == len(kinds["topic"]))
        others = sum(count for url, count in told.items() if url not in kinds["topic"])
        show("alerts of other stories", others, sum(told.values()), "0", not others)
        commas = sum(url in found for url in kinds["comma"])
        show("comma edits taken for revisions", commas, len(kinds["comma"]), "0", not commas)
        edited = {url for kind in (*expected, "comma") for url in kinds[kind]}
        alone = archive - edited
        noise = sum(url in found for url in alone)
        show("stories left alone taken for revised", noise, len(alone), "0", not noise)
        self._requests({url for urls in kinds.values() for url in urls})
        if os.environ.get("REVISIONS_VERBOSE"):
            for url in sorted(set(found) & (alone | set(kinds["comma"]))):
                print(url, json.dumps(found[url], ensure_ascii=False)[:600], file=sys.stderr)
        return missed

    def _requests(self, known: set[str]) -> None:
        asked: Counter[int] = Counter()
        log = json.loads(self._ask("/__log"))
        for base, site in log.items():
            asked.update(site["repeated"].get(url.removeprefix(base), 1) for url in known if url.startswith(base + "/"))
        spent = sum(count * number for count, number in asked.items())
        print(f"requests for a story, of them one for its first text  {spent / max(1, len(known)):5.2f}")
        statuses: Counter[str] = Counter()
        for site in log.values():
            statuses.update(site["statuses"])
        print(f"answers by status, everything asked for  {dict(statuses)}")

    def _told(self) -> Counter[str]:
        told: Counter[str] = Counter()
        for path in (self.folder / "outbox").glob("*.eml"):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            body = message.get_body(("plain",))
            text = body.get_content() if body else ""
            told.update(url for url in {_bare(word) for word in text.split()} if url.startswith("http://127."))
        return told


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _bare(url: str) -> str:
    return url.split("#")[0].split("?utm_")[0]


if __name__ == "__main__":
    main()
