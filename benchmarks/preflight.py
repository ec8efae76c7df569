"""What a run costs when nothing is new: CPU of `newswatch run` over sources that all answer 304, beside bare Scrapy.

    python benchmarks/preflight.py [--sources 200] [--rounds 5] [--schemes http https]

Each figure is user plus system CPU of a whole process; the difference to the same process over no sources is what the
sources cost. Scrapy is measured twice: as bare as it gets, and asking for robots.txt first (which we keep for a day).
Over https all hosts show one certificate, which we verify and Scrapy, as it comes, does not. The least of the rounds
counts: what else the machine does only ever adds.
"""

import argparse
import ipaddress
import json
import os
import resource
import subprocess
import sys
import tempfile
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

ROOT = Path(__file__).parents[1]

SERVER = """
import socketserver, ssl, sys
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
if len(sys.argv) > 1:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1])
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
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


def certificate(file: Path, hosts: list[str]) -> None:
    """Write a key and a certificate of its own for `hosts`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "benchmark")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host)) for host in hosts])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private + made.public_bytes(pem))


def measure(scheme: str, sources: int, rounds: int, folder: Path) -> None:
    """Print the figures of one scheme."""
    hosts = [f"127.{n >> 8}.{n & 255}.1" for n in range(1, sources + 1)]
    keys = folder / "keys.pem"
    certificate(keys, hosts)
    command = [sys.executable, "-c", SERVER, *([str(keys)] if scheme == "https" else [])]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        port = server.stdout.readline().strip()
        urls = [f"{scheme}://{host}:{port}/feed" for host in hosts]
        spider = folder / "spider.py"
        spider.write_text(SCRAPY)
        (folder / "urls.json").write_text(json.dumps(urls))
        (folder / "none.json").write_text("[]")
        os.environ["SSL_CERT_FILE"] = str(keys)
        runs = {
            f"newswatch run, {scheme}": [
                (sys.executable, "-m", "newswatch", "run", "--all", "--config", config(folder / which, some))
                for which, some in (("full", urls), ("empty", []))
            ]
        }
        for manners in ("bare", "robots"):
            runs[f"Scrapy, {manners}, {scheme}"] = [
                (sys.executable, str(spider), str(folder / f"{which}.json"), manners) for which in ("urls", "none")
            ]
        ours, *theirs = runs
        for run in runs.values():
            cpu(*run[0]), cpu(*run[1])  # the first run makes the store, fetches everything and compiles
        figures: dict[str, list[tuple[float, ...]]] = {name: [] for name in runs}
        for _ in range(rounds):
            for name, (full, empty) in runs.items():
                figures[name].append((cpu(*full), cpu(*empty)))
    finally:
        server.kill()
        server.wait()
    for name, measured in figures.items():
        report(name, sources, measured)
    for name in theirs:
        print(f"ratio of the differences to {name}: {difference(figures[name]) / difference(figures[ours]):.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--schemes", nargs="+", choices=("http", "https"), default=["http", "https"])
    arguments = parser.parse_args()
    for scheme in arguments.schemes:
        with tempfile.TemporaryDirectory() as name:
            measure(scheme, arguments.sources, arguments.rounds, Path(name))


def difference(rounds: list[tuple[float, ...]]) -> float:
    """The least of the rounds on each side: what else the machine did only ever adds."""
    return min(r[0] for r in rounds) - min(r[1] for r in rounds)


def report(name: str, sources: int, rounds: list[tuple[float, ...]]) -> None:
    full, empty = min(r[0] for r in rounds), min(r[1] for r in rounds)
    print(f"{name}: {sources} sources {full:.2f} s CPU, none {empty:.2f} s, difference {full - empty:.3f} s")


if __name__ == "__main__":
    main()
