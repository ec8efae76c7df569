"""What a run costs when nothing is new: CPU of `newswatch run` over sources that all answer 304, beside bare Scrapy.

    python benchmarks/preflight.py [--sources 200] [--rounds 3]

Each figure is user plus system CPU of a whole process; the difference to the same process over no sources is what the
sources cost. Scrapy is measured twice: as bare as it gets, and asking for robots.txt first (which we keep for a day).
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[1]

SERVER = """
import socketserver, sys
FEED = b"<rss version='2.0'><channel><item><title>A story without a link</title></item></channel></rss>"
HEAD = b'HTTP/1.1 %s\\r\\nETag: "1"\\r\\nContent-Type: %s\\r\\nContent-Length: %d\\r\\n\\r\\n'
class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        while True:
            line = self.rfile.readline()
            if not line:
                return
            asked = b""
            while (header := self.rfile.readline().strip()):
                asked += header + b"\\n"
            if line.split(b" ")[1] == b"/robots.txt":
                self.answer(b"200 OK", b"User-agent: *\\nDisallow: /private\\n", b"text/plain")
            elif b'If-None-Match: "1"' in asked or b'if-none-match: "1"' in asked.lower():
                self.wfile.write(b'HTTP/1.1 304 Not Modified\\r\\nETag: "1"\\r\\n\\r\\n')
            else:
                self.answer(b"200 OK", FEED, b"application/rss+xml")
            if b"Connection: close" in asked:
                return
    def answer(self, status, body, kind):
        self.wfile.write(HEAD % (status, kind, len(body)) + body)
class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads, request_queue_size = True, True, 256
server = Server(("0.0.0.0", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
"""

SCRAPY = """
import json, sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
URLS = json.load(open(sys.argv[1]))
class Feeds(scrapy.Spider):
    name = "feeds"
    handle_httpstatus_list = [304]
    seen = 0
    async def start(self):
        for url in URLS:
            yield scrapy.Request(url, headers={"If-None-Match": '"1"'})
    def parse(self, response):
        assert response.status == 304
process = AsyncCrawlerProcess({
    "LOG_ENABLED": False, "ROBOTSTXT_OBEY": sys.argv[2] == "robots", "DOWNLOAD_DELAY": 1, "CONCURRENT_REQUESTS": 64,
    "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False, "RETRY_ENABLED": False, "COOKIES_ENABLED": False,
})
process.crawl(Feeds)
process.start()
"""


def cpu(*command: str) -> float:
    """CPU seconds of a process and its children; byte code is kept, as it is on any installed machine."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "newswatch-benchmark-pycache")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, check=True, env=environment, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def config(folder: Path, urls: list[str]) -> str:
    """A configuration directory with a source a URL."""
    folder.mkdir(parents=True)
    entries = "".join(
        f"  - {{name: Source {n}, home: '{url}', feeds: ['{url}'], sitemaps: [], sections: []}}\n"
        for n, url in enumerate(urls)
    )
    (folder / "sources.yaml").write_text("sources:\n" + entries if urls else "sources: []\n")
    (folder / "topics.yaml").write_text("topics:\n  - {name: Anything, phrases: [anything at all]}\n")
    (folder / "subscribers.yaml").write_text("subscribers: []\n")
    (folder / "newswatch.yaml").write_text(
        textwrap.dedent("""
            site: {name: Benchmark}
            mail: {from: "a@example.test", transport: "file:outbox/"}
            crawl: {contact: "bench@example.test", allow_networks: [127.0.0.0/8]}
        """)
    )
    return str(folder)


def newswatch(directory: str) -> float:
    """One run over everything."""
    return cpu(sys.executable, "-m", "newswatch", "run", "--all", "--config", directory)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        port = server.stdout.readline().strip()
        hosts = [f"127.{n >> 8}.{n & 255}.1" for n in range(1, arguments.sources + 1)]
        urls = [f"http://{host}:{port}/feed" for host in hosts]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            spider = folder / "spider.py"
            spider.write_text(SCRAPY)
            (folder / "urls.json").write_text(json.dumps(urls))
            (folder / "none.json").write_text("[]")
            full, empty = config(folder / "full", urls), config(folder / "empty", [])
            newswatch(full), newswatch(empty)  # the first run makes the store and fetches everything
            ours = [(newswatch(full), newswatch(empty)) for _ in range(arguments.rounds)]
            python = sys.executable
            scrapy = {
                manners: [
                    tuple(
                        cpu(python, str(spider), str(folder / f"{which}.json"), manners) for which in ("urls", "none")
                    )
                    for _ in range(arguments.rounds)
                ]
                for manners in ("bare", "robots")
            }
    finally:
        server.kill()
        server.wait()
    report("newswatch run", arguments.sources, ours)
    for manners, theirs in scrapy.items():
        report(f"Scrapy, {manners}", arguments.sources, theirs)
        print(f"ratio of the differences: {difference(theirs) / difference(ours):.1f}")


def difference(rounds: list[tuple[float, ...]]) -> float:
    """The least of the rounds on each side: what else the machine did only ever adds."""
    return min(r[0] for r in rounds) - min(r[1] for r in rounds)


def report(name: str, sources: int, rounds: list[tuple[float, ...]]) -> None:
    full, empty = min(r[0] for r in rounds), min(r[1] for r in rounds)
    print(f"{name}: {sources} sources {full:.2f} s CPU, none {empty:.2f} s, difference {full - empty:.3f} s")


if __name__ == "__main__":
    main()
