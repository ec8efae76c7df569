"""How much one machine gets through: pages a second with everything on the way, and a cycle of very many sources.

    python -m benchmarks.throughput [--pages 1500] [--hosts 30] [--sources 10000]

Pages: saved ones of the data, each served by this program from many addresses of loopback, fetched, extracted, matched
against 100 topics (half of them words of the pages' headlines) and stored; the lag is how long the event loop keeps a
call waiting that is due at once, asked for every 10 ms. Sources: so many feeds, a host each: the first look, one at
which nothing changed, one at which every twentieth lists a new story. The server runs on the same cores; what it and
this program took is told apart.
"""

import argparse
import asyncio
import gc
import gzip
import json
import multiprocessing
import re
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.data import articles, need
from benchmarks.workload import vocabulary, watchlist
from monitor.matching import Lexicon
from monitor.records import Source, Topic
from spiders import preflight
from spiders.plan import CrawlPlan, CrawlReport

GOAL, LAG = 150, 0.050
TOPICS = 100
EVERY = 20
"""One source in so many has something new in the last cycle."""


# -------------------------------------------------------------------- the server


def serve(pages: list[bytes], ready: Connection) -> None:
    """/feed/N lists N stories of its host, /page/N/… is a page; what a server says of its own time comes at the end."""
    asyncio.run(_serve(pages, ready))
    ready.send(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))


async def _serve(pages: list[bytes], ready: Connection) -> None:
    loop, over, now = asyncio.get_running_loop(), asyncio.Event(), [1]

    def heed() -> None:
        if ready.recv() == "end":
            over.set()
        else:
            now[0] += 1
            ready.send("published")

    server = await loop.create_server(lambda: _Answers(pages, now), "0.0.0.0", backlog=1024)
    loop.add_reader(ready.fileno(), heed)
    ready.send(server.sockets[0].getsockname()[1])
    await over.wait()


class _Answers(asyncio.Protocol):
    """One connection."""

    def __init__(self, pages: list[bytes], now: list[int]) -> None:
        self._pages, self._now, self._came = pages, now, b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._host, self._port = transport.get_extra_info("sockname")

    def data_received(self, data: bytes) -> None:
        *requests, self._came = (self._came + data).split(b"\r\n\r\n")
        for request in requests:
            condition = re.search(rb"(?i)\r\nif-none-match:\s*(\S+)", request)
            self._answer(request.split(b" ", 2)[1].decode(), condition[1] if condition else b"")

    def _answer(self, path: str, condition: bytes) -> None:
        new = self._now[0] > 1 and sum(map(int, self._host.split("."))) % EVERY == 0
        tag = b'"%d"' % (self._now[0] if new else 1)
        if path.startswith("/feed/") and condition == tag:
            self._transport.write(b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % tag)
        elif path.startswith("/feed/"):
            number = int(path.rpartition("/")[2]) or int(new)
            self._say(_feed(self._host, self._port, number, self._now[0]), b"application/rss+xml", tag)
        elif path.startswith("/page/"):
            self._say(self._pages[int(path.split("/")[2]) % len(self._pages)], b"text/html; charset=utf-8")
        else:
            self._say(b"", b"text/plain")

    def _say(self, body: bytes, kind: bytes, tag: bytes = b"") -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n" % (kind, len(body))
        self._transport.write(head + (b"ETag: %s\r\n" % tag if tag else b"") + b"\r\n" + body)


def _feed(host: str, port: int, number: int, version: int) -> bytes:
    first = int(host.split(".")[2]) * 1000 + int(host.split(".")[3]) * 200
    items = "".join(
        f"<item><title>Story {n}</title><link>http://{host}:{port}/page/{first + n}/{version}</link></item>"
        for n in range(number)
    )
    return f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>".encode()


class Served:
    """A server in a process of its own."""

    def __init__(self, pages: list[bytes]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(pages, theirs), daemon=True)
        self._process.start()
        self.port: int = self._pipe.recv()

    def publish(self) -> None:
        """Let one host in `EVERY` have something new."""
        self._pipe.send("publish")
        self._pipe.recv()

    def end(self) -> float:
        """CPU seconds that it took."""
        self._pipe.send("end")
        seconds: float = self._pipe.recv()
        self._process.join()
        return seconds


# -------------------------------------------------------------------- the measurements


@contextmanager
def lag(into: list[float]) -> Iterator[None]:
    """How long a call that is due at once has to wait for the event loop, asked for every 10 ms."""
    from spiders.crawl import _loop

    loop, over = _loop(), threading.Event()

    def answer(asked: float) -> None:
        into.append(time.monotonic() - asked)

    def ask() -> None:
        while not over.wait(0.01):
            if loop.is_running():
                loop.call_soon_threadsafe(answer, time.monotonic())

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    yield
    over.set()
    thread.join()


def cpu() -> float:
    """User and system seconds of this process and of the children that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def saved_pages(most: int) -> list[bytes]:
    """Pages of the data, whole."""
    with need("news/pages/truth.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, most)]
    return [gzip.decompress(need(f"news/pages/{row['file']}").read_bytes()) for row in rows]


def topics() -> tuple[Topic, ...]:
    """A hundred: half of the matching benchmark's, and half of words out of headlines, so that some pages match."""
    lexicon = Lexicon.shipped()
    words = vocabulary([article["text"] for article in articles(3000)], lexicon)
    with need("news/pages/truth.jsonl").open(encoding="utf-8") as lines:
        titles = [title.split() for line in lines if (title := json.loads(line).get("title"))]
    heard = [" ".join(title[1:3]) for title in titles if len(title) > 4 and title[1].istitle() and title[2].istitle()]
    phrases = sorted(set(heard))[:: max(1, len(set(heard)) // (TOPICS // 2))][: TOPICS // 2]
    told = (Topic(id=f"heard {n}", name=phrase, phrases=(phrase,)) for n, phrase in enumerate(phrases))
    return (*watchlist(TOPICS - len(phrases), words), *told)


def plan(folder: Path, sources: tuple[Source, ...], **more: Any) -> CrawlPlan:
    """Everything at once, no pause between two requests to a host: what is measured is we."""
    return CrawlPlan(
        store=f"sqlite:///{folder}/store.db", sources=sources, delay=0.0, budget=3600.0, timeout=60.0,
        allow_networks=("127.0.0.0/8",), cache=str(folder / "vocabulary"), **more,
    )  # fmt: skip


def source(host: str, port: int, number: int) -> Source:
    """A feed with so many stories."""
    home = f"http://{host}:{port}/"
    return Source(name=host, home=home, feeds=(f"{home}feed/{number}",), sitemaps=(), sections=())


def pages_a_second(count: int, hosts: int, watched: tuple[Topic, ...]) -> None:
    """Print what fetching, extracting, matching and storing `count` pages takes."""
    from spiders.crawl import crawl

    each = -(-count // hosts)
    lags: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        server = Served(saved_pages(count))
        few = tuple(source(f"127.8.{n}.1", server.port, 2) for n in range(2))
        crawl(plan(Path(name), few, topics=watched))  # loads everything, as a run before has
        sources = tuple(source(f"127.1.{n}.1", server.port, min(each, 50)) for n in range(hosts))
        before, begun = cpu(), time.monotonic()
        with lag(lags):
            report = crawl(plan(Path(name), sources, topics=watched))
        took, seconds = cpu() - before, time.monotonic() - begun
        theirs = server.end()
    done = report.requests - 2 * len(sources)
    lags.sort()
    late = lags[int(len(lags) * 0.99)]
    kinds = report.articles
    print(
        f"pages: {done} in {seconds:.1f} s: {done / seconds:.0f} a second (goal {GOAL}), {1000 * took / done:.1f} ms "
        f"of CPU each and {1000 * theirs / done:.1f} ms the server's; {kinds.new + kinds.held} articles, "
        f"{report.matches} matches"
    )
    print(
        f"event loop: lag p50 {1000 * lags[len(lags) // 2]:.1f} ms, p99 {1000 * late:.0f} ms (at most {1000 * LAG:.0f})"
    )


def cycles(count: int, watched: tuple[Topic, ...]) -> None:
    """Print what a cycle over very many sources takes."""
    from spiders.crawl import crawl

    with tempfile.TemporaryDirectory() as name:
        server = Served(saved_pages(100))
        sources = tuple(
            source(f"127.{2 + n // 60_000}.{n // 250 % 240}.{n % 250 + 1}", server.port, 0) for n in range(count)
        )
        whole = plan(Path(name), sources, topics=watched)
        _cycle("the first look", lambda: crawl(whole))
        _cycle("nothing new", lambda: preflight.crawl(whole))
        server.publish()
        _cycle(f"one in {EVERY} has a new story", lambda: preflight.crawl(whole))
        server.end()


def _cycle(what: str, go: Any) -> None:
    before, begun = cpu(), time.monotonic()
    report: CrawlReport = go()
    took, seconds = cpu() - before, time.monotonic() - begun
    count, kinds = len(report.sources), report.articles
    failed = sum(outcome.state not in ("checked", "unchanged") for outcome in report.sources)
    print(
        f"{count} sources, {what}: {seconds:.1f} s, {took:.1f} s of CPU ({1000 * took / count:.2f} ms a source), "
        f"{report.requests} requests, {kinds.new + kinds.held} articles, {failed} failed"
    )


def main() -> None:
    """Print a line a figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1500)
    parser.add_argument("--hosts", type=int, default=30)
    parser.add_argument("--sources", type=int, default=10_000)
    options = parser.parse_args()
    gc.set_threshold(20_000, 20, 20)  # as `newswatch` does
    watched = topics()
    if options.pages:
        pages_a_second(options.pages, options.hosts, watched)
    if options.sources:
        cycles(options.sources, watched)


if __name__ == "__main__":
    main()
