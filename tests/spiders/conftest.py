"""A real web server a test, on a loopback address of its own."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from monitor.records import Source
from spiders.plan import CrawlPlan, CrawlReport

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Site:
    """Pages by path; what was asked for, and how many requests were under way at once."""

    base: str = ""
    pages: dict[str, Answer | Callable[[Asked], Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    slow: float = 0.0
    peak: int = 0
    _active: int = 0

    def page(self, path: str, body: str | bytes, content_type: str = "text/html", status: int = 200, **headers: str):
        body = body.encode() if isinstance(body, str) else body
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Type": content_type, **names}, body)

    def feed(self, path: str, *stories: str, updated: float | None = None, **headers: str):
        """`updated`: so many hours from now, the entries say."""
        when = datetime.now(UTC) + timedelta(hours=updated or 0)
        change = f"<a:updated>{when.isoformat()}</a:updated>" if updated is not None else ""
        items = "".join(
            f"<item><title>Story {s}</title><link>{self.base}{s}</link><guid>{self.base}{s}</guid>{change}</item>"
            for s in stories
        )
        text = f'<?xml version="1.0"?><rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>F</title>{items}</channel></rss>'
        self.page(path, text, "application/rss+xml", **headers)

    def story(self, path: str, title: str = "Council keeps its policy", extra: str = ""):
        text = "".join(
            f"<p>Paragraph {n} about the city council of the valley, its mayor and the policy that it voted to keep on "
            f"Tuesday night after hours of debate with residents of the town ({path}).</p>"
            for n in range(12)
        )
        self.page(
            path,
            f"<html><head><title>{title}</title>{extra}</head><body><article><h1>{title}</h1>{text}</article></body>"
            "</html>",
        )

    def paths(self) -> list[str]:
        return [a.path for a in self.asked]

    def gaps(self) -> list[float]:
        times = [a.at for a in self.asked]
        return [b - a for a, b in itertools.pairwise(times)]


def _handler(site: Site, lock: threading.Lock) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *arguments: Any) -> None:
            pass

        def do_GET(self) -> None:
            asked = Asked(self.path, dict(self.headers.items()), time.monotonic())
            with lock:
                site.asked.append(asked)
                site._active += 1
                site.peak = max(site.peak, site._active)
            try:
                time.sleep(site.slow)
                page = site.pages.get(self.path, (404, {"Content-Type": "text/html"}, b"not here"))
                status, headers, body = page(asked) if callable(page) else page
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if status != 304:
                    self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
            finally:
                with lock:
                    site._active -= 1

    return Handler


@pytest.fixture
def new_site() -> Iterator[Callable[..., Site]]:
    servers: list[ThreadingHTTPServer] = []

    def make(address: str = "127.0.0.1", wrap: Callable[[Any], Any] | None = None, scheme: str = "http") -> Site:
        site = Site()
        server = ThreadingHTTPServer((address, 0), _handler(site, threading.Lock()))
        server.daemon_threads = True
        if wrap:
            server.socket = wrap(server.socket)
        site.base = f"{scheme}://{address}:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        return site

    yield make
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site(new_site: Callable[..., Site]) -> Site:
    return new_site()


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., CrawlReport]:
    """Crawl sources into the test's own store."""
    from spiders.crawl import crawl

    def go(*sources: Source, **plan: Any) -> CrawlReport:
        defaults: dict[str, Any] = {
            "store": f"sqlite:///{tmp_path}/store.db", "delay": 0.02, "timeout": 3.0, "budget": 30.0,
            "allow_networks": ("127.0.0.0/8",), "contact": "https://example.org/bot",
        }  # fmt: skip
        return crawl(CrawlPlan(sources=sources, **(defaults | plan)))

    return go


@pytest.fixture
def articles(tmp_path: Path) -> Callable[[], list[dict[str, Any]]]:
    """The articles in the test's store."""
    from monitor.store import articles as stored
    from monitor.store.engine import open_store

    def read() -> list[dict[str, Any]]:
        engine = open_store(f"sqlite:///{tmp_path}/store.db")
        with engine.connect() as connection:
            found = list(stored.rows(connection))
        engine.dispose()
        return found

    return read
