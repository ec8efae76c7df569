"""A small network of invented news sites on this machine's loopback addresses, with a clock of its own."""

import hashlib
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from newswatch.demo import listings, pages
from newswatch.demo.outlets import OUTLETS, Outlet
from newswatch.demo.stories import Story, load

FIRST_HOST = 21
"""The outlets live at 127.0.0.21, .22, …, so that each is a host of its own."""


class Site:
    """One outlet's web site: what it answers at each path, as of the network's time."""

    def __init__(self, outlet: Outlet, stories: tuple[Story, ...], second_round: datetime) -> None:
        self.outlet = outlet
        self.dark = False
        self.now = second_round
        self.base = ""
        self.requests: list[tuple[str, int]] = []
        self._published = {story: story.published(second_round) for story in stories if story.outlet == outlet.key}

    def out(self) -> list[tuple[Story, str]]:
        """The stories that are out, newest first, each with its path."""
        return [(s, self.path(s)) for s, when in self._published.items() if when <= self.now]

    def path(self, story: Story) -> str:
        """Where a story stands on this site."""
        return pages.path(self.outlet, story, self._published[story])

    def answer(self, path: str) -> tuple[int, str, str]:
        """The status, content type and text at `path`."""
        if self.dark:
            return 503, "text/html; charset=utf-8", "<h1>503</h1><p>We will be back soon.</p>"
        items = self.out()
        if path == "/robots.txt":
            return 200, "text/plain; charset=utf-8", listings.robots(self.outlet, self.base)
        if listing := self._listing(path):
            return 200, "application/xml", listing
        if page := self._page(path, items):
            return 200, "text/html; charset=utf-8", page
        return 404, "text/html; charset=utf-8", "<h1>404</h1><p>There is no such page.</p>"

    def _listing(self, path: str) -> str:
        items = [(s, self.base + where, self._published[s]) for s, where in self.out() if not s.undated]
        match self.outlet.way, path:
            case "rss", "/feed.xml":
                return listings.rss(self.outlet, self.base, items)
            case "atom", "/feed.xml":
                return listings.atom(self.outlet, self.base, items)
            case "sitemap", "/news.xml":
                return listings.news_sitemap(self.outlet, items)
        return ""

    def _page(self, path: str, items: list[tuple[Story, str]]) -> str:
        path = path.rstrip("/") or "/"
        if path == "/":
            return pages.front(self.outlet, items)
        if path == "/about":
            return pages.about(self.outlet, items)
        if path[1:] in {story.section for story, _ in items}:
            return pages.section(self.outlet, path[1:], items)
        for story, where in items:
            if where == path:
                return pages.article(self.outlet, story, self._published[story], self.base, items)
        return ""


class Network:
    """The four sites, each on an address of its own, served by threads until `close`.

    `second_round` is the moment from which the stories' dates are counted back; `port` is the port that every
    site tries first, and where it is taken any free one serves.
    """

    def __init__(self, second_round: datetime, port: int = 0) -> None:
        stories = load()
        self.sites = {outlet.key: Site(outlet, stories, second_round) for outlet in OUTLETS}
        self._servers = [_serve(site, number, port) for number, site in enumerate(self.sites.values())]

    def set_time(self, now: datetime) -> None:
        """Show what is out by `now`."""
        for site in self.sites.values():
            site.now = now

    def go_dark(self, outlet: Outlet, *, dark: bool = True) -> None:
        """Make an outlet answer 503 to everything, or come back."""
        self.sites[outlet.key].dark = dark

    def close(self) -> None:
        """Stop serving."""
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _serve(site: Site, number: int, port: int) -> ThreadingHTTPServer:
    server = _bound(_handler(site), f"127.0.0.{FIRST_HOST + number}", port)
    host, bound_port = server.server_address[:2]
    site.base = f"http://{host!s}:{bound_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server


def _bound(handler: type[BaseHTTPRequestHandler], host: str, port: int) -> ThreadingHTTPServer:
    # Where a system answers at 127.0.0.1 alone (macOS), the sites differ by their ports.
    for address in ((host, port), (host, 0), ("127.0.0.1", 0)):
        try:
            return ThreadingHTTPServer(address, handler)
        except OSError:
            continue
    return ThreadingHTTPServer(("127.0.0.1", 0), handler)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_GET(self) -> None:
            status, kind, text = site.answer(self.path.split("?")[0])
            body = text.encode()
            etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
            if status == 200 and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            site.requests.append((self.path, status))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if status in (200, 304):
                self.send_header("ETag", etag)
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, *_: object) -> None:
            """Say nothing; `site.requests` has it."""

    return Handler
