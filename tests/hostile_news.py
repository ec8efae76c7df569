"""Outlets whose feeds and headlines mean harm, served on loopback, and what may not be in any mail about them."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import Any, Self

import lxml.html

from monitor.leads.reading import read
from monitor.records import Response
from newswatch.loopback import serving

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
USUAL = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
HOST = "news.test"
FILLER = "The council met on Tuesday evening and heard from residents about streets, parks and the library hours. "
HEADERS = {
    "from", "to", "subject", "date", "message-id", "auto-submitted", "list-id", "list-unsubscribe",
    "list-unsubscribe-post", "mime-version", "content-type",
}  # fmt: skip
TAGS = {
    "html", "head", "meta", "title", "style", "body", "div", "p", "h1", "h2", "h3", "a", "mark", "blockquote", "span",
    "ul", "li", "b", "bdi", "br", "code",
}  # fmt: skip
ATTRIBUTES = {"lang", "charset", "name", "content", "class", "style", "href", "role", "dir"}


@dataclass
class HostileNews:
    """Feeds under /feed/NAME; every link of theirs leads to a page that has the entry's title and summary in it."""

    feeds: Mapping[str, bytes]
    url: str = ""
    """Where it is."""
    pages: dict[str, tuple[str, str, datetime]] = field(default_factory=dict)
    """Path → title, summary, date."""

    @contextmanager
    def served(self) -> Iterator[Self]:
        """Serve it on a free port."""
        with serving(self.answer) as self.url:
            self.feeds = {name: self._here(name, raw) for name, raw in self.feeds.items()}
            for name, raw in self.feeds.items():
                self._note(name, raw)
            yield self

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, type and body of a path."""
        if path.startswith("/feed/") and path[6:] in self.feeds:
            return (
                200,
                "application/feed+json" if path.endswith(".json") else "application/rss+xml",
                self.feeds[path[6:]],
            )
        known = self.pages.get(path) or self.pages.get(path.partition("?")[0])
        if known is None:
            return 404, "text/plain", b"not here"
        title, summary, published = known
        page = (
            f"<html><head><title>{escape(title)}</title>"
            f'<meta property="article:published_time" content="{published.isoformat()}"></head>'
            f"<body><article><h1>{escape(title)}</h1><p>{escape(summary)}</p><p>The Baltimore council heard of "
            f"{escape(title)} and voted.</p><p>{path} {FILLER * 6}</p></article></body></html>"
        )
        return 200, "text/html; charset=utf-8", page.encode("utf-8", "replace")

    def configure(self, folder: Path, transport: str, *everies: str) -> None:
        """A configuration that watches all feeds; a subscriber an entry of `everies`."""
        sources = [{"name": name, "home": f"{self.url}/", "feeds": [f"{self.url}/feed/{name}"], "sitemaps": [],
                    "sections": []} for name in self.feeds]  # fmt: skip
        files: dict[str, Any] = {
            "newswatch.yaml": {
                "site": {"name": "Valley Watch", "time_zone": "America/Los_Angeles"},
                "mail": {"from": "Valley Watch <alerts@example.org>", "transport": transport},
                "crawl": {"contact": "bot@example.org", "delay": "0s", "allow_networks": ["127.0.0.1/32"]},
            },
            "sources.yaml": {"sources": sources},
            "topics.yaml": {"topics": [{"name": "Baltimore", "phrases": ["Baltimore"]}]},
            "subscribers.yaml": {"subscribers": [
                {"email": f"{every}@example.org", "every": every, "at": "22:30", "empty": "note"} for every in everies
            ]},
        }  # fmt: skip
        for name, value in files.items():
            (folder / name).write_text(json.dumps(value))

    def _here(self, name: str, raw: bytes) -> bytes:
        """The feed with its links leading here, to paths of its own; in UTF-16 too."""
        place = f"{self.url}/{name}"
        for code in ("latin-1", "utf-16-le"):
            old = re.escape(f"http://{HOST}/".encode(code))
            raw = re.sub(old, f"{place}/".encode(code), raw)
        return raw

    def _note(self, name: str, raw: bytes) -> None:
        if len(raw) > 2_000_000:
            return
        url = f"{self.url}/feed/{name}"
        for lead in read(Response(url=url, body=raw, fetched=NOW)).leads:
            if lead.url and lead.url.startswith(self.url):
                path = lead.url[len(self.url) :].partition("#")[0]
                for form in (path, path.partition("?")[0]):
                    self.pages.setdefault(form, (lead.title, lead.summary, lead.published or USUAL))


def parsed(raw: bytes) -> EmailMessage:
    """The message; fails where it is not one to be glad of: headers, parts, lines, size, active content."""
    assert len(raw) <= 90_000
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xff]", raw)
    message = message_from_bytes(raw, policy=policy.default)
    names = [name.lower() for name in message]
    assert set(names) <= HEADERS
    assert len(names) == len(set(names))
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert not any(part.defects for part in message.walk())
    for name in ("Subject", "From", "To"):
        assert not re.search(r"[\x00-\x1f\u202a-\u202e\u2066-\u2069]", message[name])
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", text.get_content())
    assert_inert(html.get_content())
    return message  # type: ignore[return-value]


def assert_inert(html: str) -> None:
    """No element, attribute or address in the HTML but those of our own templates."""
    document = lxml.html.document_fromstring(html)
    for element in document.iter():
        assert isinstance(element.tag, str), element
        assert element.tag in TAGS, element.tag
        assert set(element.attrib) <= ATTRIBUTES, dict(element.attrib)
        assert re.match(r"https?://[^\s\"'<>]+$|mailto:alerts@example\.org\?", element.get("href", "http://x")), (
            element.get("href")
        )
        assert element.get("http-equiv") is None
    styles = [element.get("style", "") for element in document.iter()] + [e.text or "" for e in document.iter("style")]
    assert not re.search(r"(?i)url\s*\(|@import|expression|javascript|behavior", " ".join(styles))
