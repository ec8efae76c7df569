"""Replays weeks of real news through newswatch, on a small internet of real articles, and prints what was missed.

    python benchmarks/replay.py                 # 12 outlets, 28 days of texts in 6-hour steps
    python benchmarks/replay.py --pages         # saved pages of 40 outlets, at the days they were published
    python benchmarks/replay.py --quick         # 4 outlets, 5 days
    python benchmarks/replay.py --days 30       # 8 newsrooms, hour by hour, in a month in which all goes wrong

The data folder is NEWSWATCH_DATA, else ../shared/data; its sibling tools/newsworld.py is the internet. Exits with 1
when a bar is missed. Where the known text or time of a saved page is wrong, replay_verdicts.tsv says so and why; the
figure is printed as it comes, and without these beside it.
"""

import argparse
import email
import email.policy
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("NEWSWATCH_DATA") or ROOT.parent / "shared" / "data")
DELAY = 0.2
TOPICS = {
    "Immigration": ["immigration"], "Health care": ["health care", "Obamacare"], "Supreme Court": ["Supreme Court"],
    "North Korea": ["North Korea"], "Sanctuary city": ["sanctuary city", "sanctuary cities"],
    "Justice Department": ["Justice Department", "Department of Justice"], "Tax reform": ["tax reform"],
    "Special counsel": ["special counsel"], "Gun control": ["gun control"], "White House": ["White House"],
}  # fmt: skip
PAGE_TOPICS = {
    "Police": ["police"], "Government": ["government"], "Company": ["company"], "President": ["president"],
    "Climate change": ["climate change"], "School": ["school"], "Research": ["research"],
}  # fmt: skip


@dataclass
class Truth:
    """One article as it is served."""

    id: str
    url: str
    site: str
    kind: str
    title: str
    published: datetime
    precision: str
    body: str
    listed: bool = False


@dataclass
class Results:
    """Figures in the order they are printed, and the bars that were missed."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, value: float | str, bar: str = "", reached: bool = True) -> None:
        shown = f"{value:.4f}" if isinstance(value, float) else str(value)
        self.rows.append((name, shown, bar if reached else f"{bar}   MISSED"))
        if not reached:
            self.missed.append(name)

    def add_faults(self, name: str, raw: int, excused: int, *, barred: bool = True) -> None:
        """A count of faults with the bar 0: as it is, and where pages were judged by hand, without those."""
        bar = "0" if barred else ""
        if not excused:
            return self.add(name, raw, bar, not barred or raw == 0)
        self.add(name, raw)
        self.add("… of them, the known truth is wrong: judged by hand", excused)
        return self.add("… of them, faults", raw - excused, bar, not barred or raw == excused)


class Hand:
    """The verdicts on saved pages, and what was asked of them."""

    def __init__(self, pages: bool, results: Results) -> None:
        sys.path.insert(0, str(ROOT))
        from benchmarks import verdicts

        self._verdicts = verdicts.read() if pages else {}
        self._source = partial(verdicts.page, DATA / "news/pages")
        self._results = results

    def excuses(self, a: Truth, what: str, place: str, text: str = "", topic: re.Pattern[str] | None = None) -> bool:
        """Whether the known truth of a page is wrong in this, as can be seen in the page."""
        verdict = self._verdicts.get((what, a.id, place))
        if verdict is None or not verdict.is_seen(self._source(a.id), text, topic):
            return False
        self._results.notes.append(f"judged by hand: {what}, {a.site} ({a.id}): {verdict.reason}")
        return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", action="store_true", help="saved pages instead of texts")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sites", type=int)
    parser.add_argument("--days", type=int, help="so many days with faults, 30 for all of them")
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it there")
    args = parser.parse_args()
    if not (DATA / "news").is_dir():
        sys.exit(f"{DATA}: no such data folder; name it in NEWSWATCH_DATA")
    with tempfile.TemporaryDirectory() as folder:
        results = (month if args.days else replay)(args, args.keep or Path(folder))
    width = max(len(name) for name, _, _ in results.rows)
    for name, value, bar in results.rows:
        print(f"{name:{width}}  {value:>12}  {bar}")
    for note in results.notes:
        print(note)
    if results.missed:
        sys.exit(f"missed: {', '.join(results.missed)}")


def month(args: argparse.Namespace, folder: Path) -> Results:
    sys.path.insert(0, str(ROOT))  # the spawned readers find it too
    from benchmarks.month import replay

    results = Results()
    for name, value, bar, reached in replay(folder, args.days, args.port):
        results.add(name, value, bar, reached)
    return results


def replay(args: argparse.Namespace, folder: Path) -> Results:
    sites = args.sites or (40 if args.pages else 4 if args.quick else 12)
    days = 5.0 if args.quick else 28.0
    world = World(args.pages, sites, days, args.port, folder)
    try:
        configure(folder, args.pages)
        started = time.monotonic()
        steps = world.steps(args.pages, days, args.quick)
        for number, at in enumerate(steps):
            world.set_clock(at)
            run(folder, at, results=world)
            if number == 1:
                world.poll_again(folder, at)
            print(f"\r{number + 1}/{len(steps)} {at:%Y-%m-%d %H:%M}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        run(folder, steps[-1] + timedelta(days=1, hours=1), results=world)
        return judge(world, folder, args.pages, time.monotonic() - started, len(steps))
    finally:
        world.stop()


class World:
    """The newsworld server, its truth, and what its ways in have listed."""

    def __init__(self, pages: bool, sites: int, days: float, port: int, folder: Path) -> None:
        tool = DATA.parent / "tools" / "newsworld.py"
        source = (
            ["--pages", str(DATA / "news/pages")]
            if pages
            else ["--texts", str(DATA / "news/texts/allsides.jsonl.xz"), "--articles", "60", "--spread", str(days)]
        )
        command = [sys.executable, str(tool), *source, "--sites", str(sites), "--out", str(folder / "world"),
                   "--port", str(port), "--seconds", "5000"]  # fmt: skip
        self._server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._server.stdout is not None
        ready = self._server.stdout.readline()
        if not ready:
            sys.exit("newsworld did not start; is the port free?")
        self.control = f"http://127.0.1.1:{port}"
        self.truth = [_truth(json.loads(line)) for line in (folder / "world/truth.jsonl").open(encoding="utf-8")]
        self.runs: list[dict[str, Any]] = []
        self.second_poll: Counter[str] = Counter()

    def steps(self, pages: bool, days: float, quick: bool) -> list[datetime]:
        """The moments at which newswatch looks."""
        times = sorted(a.published for a in self.truth)
        if not pages:
            first = times[0].replace(hour=6, minute=0, second=0, microsecond=0)
            return [first + timedelta(hours=6) * n for n in range(int(days * 4) + 1)]
        found: list[datetime] = []
        for t in times:
            if not found or t + timedelta(hours=3) > found[-1] + timedelta(hours=24):
                found.append(t + timedelta(hours=12))
        return found[-40:] if quick else found

    def set_clock(self, at: datetime) -> None:
        self.get(f"/__clock?now={at:%Y-%m-%dT%H:%M:%SZ}")
        by_site: dict[str, list[Truth]] = {}
        for article in self.truth:
            if article.published <= at:
                by_site.setdefault(article.site, []).append(article)
        for articles in by_site.values():
            articles.sort(key=lambda a: a.published, reverse=True)
            for place, article in enumerate(articles):
                fresh = at - article.published <= timedelta(hours=48)
                shown = {"feed": place < 20, "sitemap": fresh, "both": place < 20 or fresh, "pages": place < 30}
                article.listed = article.listed or (
                    shown[article.kind] and at - article.published <= timedelta(hours=72)
                )

    def poll_again(self, folder: Path, at: datetime) -> None:
        """A second poll of feeds in which nothing has changed."""
        before = self.log()
        run(folder, at + timedelta(minutes=1), results=None)
        for base, now in self.log().items():
            if now["kind"] in ("feed", "both"):
                for status, count in now["statuses"].items():
                    self.second_poll[status] += count - before[base]["statuses"].get(status, 0)

    def log(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.get("/__log"))
        return found

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.control + path, timeout=30) as answer:
            return str(answer.read().decode())

    def stop(self) -> None:
        self._server.terminate()
        self._server.wait()


def _truth(row: dict[str, Any]) -> Truth:
    published = datetime.fromisoformat(row["published"]).astimezone(UTC)
    return Truth(**{**row, "published": published})


def configure(folder: Path, pages: bool) -> None:
    """One subscriber a topic, so that the right mail can be told from the wrong one."""
    topics = PAGE_TOPICS if pages else TOPICS
    (folder / "newswatch.yaml").write_text(
        "site: {name: Replay}\nmail: {from: replay@example.org, transport: 'file:outbox/'}\n"
        f"crawl: {{contact: replay@example.org, delay: {int(DELAY * 1000)}ms, revisit: [], "
        "allow_networks: [127.0.0.0/8]}\n"
    )
    (folder / "sources.yaml").write_text((folder / "world/sources.yaml").read_text())
    (folder / "topics.yaml").write_text(
        json.dumps({"topics": [{"name": name, "phrases": phrases} for name, phrases in topics.items()]})
    )
    rows = [{"email": f"{_local(name)}@example.org", "topics": [name], "at": "07:30"} for name in topics]
    (folder / "subscribers.yaml").write_text(json.dumps({"subscribers": rows}))


def _local(topic: str) -> str:
    return topic.lower().replace(" ", "-")


def run(folder: Path, at: datetime, results: World | None) -> None:
    command = [
        sys.executable,
        "-m",
        "newswatch",
        "run",
        "--all",
        "--json",
        "--config",
        str(folder),
        "--at",
        at.isoformat(),
    ]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NEWSWATCH_")} | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600, env=environment)
    if done.returncode not in (0, 1) or not done.stdout:
        sys.exit(f"run at {at} exited with {done.returncode}:\n{done.stdout}{done.stderr}")
    if results is not None:
        results.runs.append(json.loads(done.stdout))


def judge(world: World, folder: Path, pages: bool, seconds: float, steps: int) -> Results:
    results = Results()
    command = [sys.executable, "-m", "newswatch", "export", "articles", "--config", str(folder)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    archive = [json.loads(line) for line in done.stdout.splitlines()]
    by_url = {a.url: a for a in world.truth}
    kept = {bare(row["url"]): row for row in archive}
    results.add("steps, articles served, archived", f"{steps}, {len(world.truth)}, {len(archive)}")
    _coverage(results, world, kept)
    urls = Counter(bare(row["url"]) for row in archive)
    twice = sum(n - 1 for n in urls.values())
    results.add("archived twice", twice, "0", twice == 0)
    about = sum(urlsplit(row["url"]).path in ("", "/", "/about") for row in archive)
    results.add("about and home pages archived", about, "0", about == 0)
    hand = Hand(pages, results)
    _accuracy(results, by_url, kept, pages, hand)
    _manners(results, world, by_url)
    _mails(results, world, folder, kept, PAGE_TOPICS if pages else TOPICS, hand)
    results.add("seconds a run (all in)", seconds / max(1, len(world.runs)))
    return results


def bare(url: str) -> str:
    return re.sub(r"[?&]utm_[a-z]+=[^&]*", "", url.split("#")[0])


def _coverage(results: Results, world: World, kept: dict[str, Any]) -> None:
    for kinds, bar in ((("feed", "sitemap", "both"), 0.995), (("pages",), 0.97)):
        listed = [a for a in world.truth if a.listed and a.kind in kinds]
        found = [a for a in listed if a.url in kept]
        share = len(found) / max(1, len(listed))
        results.add(f"listed by {'/'.join(kinds)} and archived ({len(listed)})", share, f">= {bar}", share >= bar)
        for a in listed:
            if a.url not in kept and os.environ.get("REPLAY_VERBOSE"):
                print("MISSING", a.kind, a.url, file=sys.stderr)


def _accuracy(results: Results, truth: dict[str, Truth], kept: dict[str, Any], pages: bool, hand: Hand) -> None:
    pairs = [(truth[url], row) for url, row in kept.items() if url in truth]
    timed = [(a, row) for a, row in pairs if a.precision == "time"]
    far = [a for a, row in timed if not row["published"] or abs(_time(row) - a.published) > timedelta(hours=1)]
    share = 1 - len(far) / max(1, len(timed))
    results.add(f"published within an hour ({len(timed)})", share, "all" if not pages else "", pages or share == 1)
    if pages:
        excused = sum(hand.excuses(a, "published", "time") for a in far)
        results.add_faults("… not within an hour", len(far), excused, barred=False)
    exact = sum(fold(a.title) == fold(row["title"]) for a, row in pairs) / max(1, len(pairs))
    results.add("title exact", exact, ">= 0.98" if not pages else "", pages or exact >= 0.98)
    scores = [f1(row["body"], a.body) for a, row in pairs if len(a.body) > 200]
    mean = sum(scores) / max(1, len(scores))
    results.add(f"body token F1 ({len(scores)})", mean, ">= 0.95" if not pages else "", pages or mean >= 0.95)


def _time(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["published"])


def _manners(results: Results, world: World, truth: dict[str, Truth]) -> None:
    log = world.log()
    paths = {
        (a.url.split("/", 3)[0] + "//" + a.url.split("/", 3)[2], "/" + a.url.split("/", 3)[3]) for a in truth.values()
    }
    again = sum(n - 1 for base, site in log.items() for path, n in site["repeated"].items() if (base, path) in paths)
    results.add("articles fetched twice", again, "0", again == 0)
    peak = max(site["peak"] for site in log.values())
    results.add("requests at once, a host, at most", peak, "<= 2", peak <= 2)
    gap = min(site["min_gap"] for site in log.values() if site["min_gap"] is not None)
    results.add(
        f"shortest time between two requests (delay {DELAY})", gap, f">= {DELAY - 0.05:.2f}", gap >= DELAY - 0.05
    )
    only = set(world.second_poll) - {s for s, n in world.second_poll.items() if not n} <= {"304"}
    results.add("statuses of a second poll of unchanged feeds", dict(+world.second_poll).__str__(), "304 alone", only)
    requests = sum(site["requests"] for site in log.values())
    results.add("requests an article", requests / max(1, sum(site["articles_fetched"] for site in log.values())))


def _mails(
    results: Results, world: World, folder: Path, kept: dict[str, Any], topics: dict[str, list[str]], hand: Hand
) -> None:
    sent = {topic: Counter[str]() for topic in topics}
    for recipient, urls in mails(folder / "outbox"):
        topic = next(t for t in topics if _local(t) == recipient.split("@")[0])
        sent[topic].update({bare(u) for u in urls} & {bare(a.url) for a in world.truth})
    expected = missing = twice = wrong = aside = story = 0
    mailed = {url for counter in sent.values() for url in counter}
    in_the_text = matched(folder, [a for a in world.truth if a.url in mailed])
    for topic, phrases in topics.items():
        pattern = re.compile("|".join(rf"(?<!\w){re.escape(p)}(?!\w)" for p in phrases), re.IGNORECASE)
        for a in world.truth:
            hit = bool(pattern.search(a.title) or pattern.search(a.body))
            if a.url in kept and hit:
                expected += 1
                if not sent[topic][a.url]:
                    missing += 1
                    aside += hand.excuses(a, topic, "aside", f"{a.title}\n{a.body}", pattern)
                    if os.environ.get("REPLAY_VERBOSE"):
                        print("NOT MAILED", topic, a.url, kept[a.url]["first_seen"], file=sys.stderr)
            twice += max(0, sent[topic][a.url] - 1)
            whole = len(a.body) > 200  # some saved pages have no text to judge by
            if whole and sent[topic][a.url] and (topic, a.id) not in in_the_text:
                wrong += 1
                story += hand.excuses(a, topic, "story", kept[a.url]["body"] if a.url in kept else "", pattern)
                if os.environ.get("REPLAY_VERBOSE"):
                    print("WRONGLY MAILED", topic, a.url, file=sys.stderr)
    results.add_faults(f"mentions that are in no right mail (of {expected})", missing, aside)
    results.add("mentions mailed twice", twice, "0", twice == 0)
    results.add_faults("mailed for words that are not in the article", wrong, story)


def matched(folder: Path, articles: list[Truth]) -> set[tuple[str, str]]:
    """(topic, article) for what the articles' own words say, without the pages around them: plurals and typos count."""
    lines = "".join(json.dumps({"id": a.id, "title": a.title, "text": a.body}) + "\n" for a in articles)
    (folder / "truth.jsonl").write_text(lines)
    command = [sys.executable, "-m", "newswatch", "match", "--topics", str(folder / "topics.yaml"), "--jsonl"]
    done = subprocess.run(
        [*command, str(folder / "truth.jsonl")], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {(match["topic"], row["id"]) for row in rows for match in row["matches"]}


def mails(outbox: Path) -> Iterator[tuple[str, set[str]]]:
    for path in sorted(outbox.glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        text = body.get_content() if body else ""
        yield str(message["To"]).strip("<>").split("<")[-1], set(re.findall(r"https?://[^\s<>()\"]+", text))


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(str.maketrans("’‘“”–—", "''\"\"--"))).casefold().strip()


def f1(found: str, truth: str) -> float:
    a, b = (Counter(re.findall(r"\w+", text.casefold())) for text in (found, truth))
    both = sum((a & b).values())
    return 2 * both / max(1, sum(a.values()) + sum(b.values()))


if __name__ == "__main__":
    main()
