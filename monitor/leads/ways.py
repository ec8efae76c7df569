"""The ways into a site that its home page and robots.txt show or suggest, and how much of the home page they carry."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from monitor import urls
from monitor.leads import sections, shapes
from monitor.leads import text as plain
from monitor.leads.platforms import COMMON_FEEDS, COMMON_SITEMAPS, PLATFORMS
from monitor.records import Lead, Response, Source

WayKind = Literal["feeds", "sitemaps", "sections"]
MOST_SECTIONS = 12
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
_FEED_TYPES |= {"application/json", "text/xml", "application/xml"}
_FEED_HREF = re.compile(r"(?:^|[/.?=_-])(?:rss|atom|feed|feeds|rdf)(?:[/.?&=_-]|$)|feeds?\.(?:xml|json)", re.IGNORECASE)
_NOT_NEWS = re.compile(r"comments?(?:/|\b)|replies|podcast|oembed|wp-json|xmlrpc|opensearch|manifest", re.IGNORECASE)
_NEWS_SITEMAP = re.compile(r"news|latest|recent|google", re.IGNORECASE)
_OTHER_SITEMAP = re.compile(
    r"(?:video|image|photo|author|tag|categor|page|product|static|event|gallery|archive|recipe)s?[-_./\d]",
    re.IGNORECASE,
)
_SITEMAP_LINE = re.compile(r"^[ \t\ufeff]*site-?map\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A way in that may be worth a look."""

    kind: WayKind
    url: str
    reason: str
    """Why it was proposed."""
    named: bool
    """Whether the site itself names it; else it is where such things often are."""


def discover(home: Response, robots: str = "") -> tuple[Candidate, ...]:
    """Candidates, the likeliest of each kind first, each address once; nothing is fetched.

    `robots` is the text of the site's robots.txt.
    """
    tree = sections.tree_of(home)
    found = [*_linked_feeds(tree, home), *_in_robots(home, robots), *_of_platforms(home), *_common(home)]
    found += [*_home(home), *_sections(tree, home)]
    once: dict[tuple[WayKind, int], Candidate] = {}
    for candidate in found:
        once.setdefault((candidate.kind, urls.key(candidate.url)), candidate)
    return tuple(once.values())


def coverage(home: Sequence[Lead], leads: Iterable[Lead]) -> tuple[int, int]:
    """How many of the home page's stories are among `leads`, and how many there are."""
    carried = {urls.key(lead.url) for lead in leads if lead.url}
    stories = {urls.key(lead.url) for lead in home if lead.url}
    return len(stories & carried), len(stories)


def _linked_feeds(tree: Any, home: Response) -> Iterator[Candidate]:
    if tree is None:
        return
    for element in tree.iter("link"):
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" not in (element.get("rel") or "").lower() or kind not in _FEED_TYPES:
            continue
        href, title = element.get("href") or "", plain.title(element.get("title"))
        if kind in ("application/json", "text/xml", "application/xml") and not _FEED_HREF.search(href):
            continue
        if (url := urls.link(home.url, href)) and not _NOT_NEWS.search(f"{urlsplit(url).path} {title}"):
            yield Candidate(kind="feeds", url=url, reason="named in the page's head", named=True)
    for element in tree.iter("a"):
        url = urls.link(home.url, element.get("href") or "")
        if url and urls.site(url) == urls.site(home.url) and _is_feed_link(url, element):
            yield Candidate(kind="feeds", url=url, reason="linked as a feed on the page", named=True)


def _is_feed_link(url: str, element: Any) -> bool:
    parts = urlsplit(url)
    if _NOT_NEWS.search(parts.path) or shapes.score(url) > 1.5:
        return False
    words = plain.title(" ".join(element.itertext())[:200]).lower()
    return _FEED_HREF.search(f"{parts.path}?{parts.query}") is not None and (
        "rss" in words
        or "feed" in words
        or parts.path.endswith((".xml", ".rss", ".atom", "/feed", "/feed/", "/rss", "/rss/"))
    )


def _in_robots(home: Response, robots: str) -> Iterator[Candidate]:
    named = [url for line in _SITEMAP_LINE.findall(robots[:500_000]) if (url := urls.link(home.url, line))]
    useful = [url for url in named if not _OTHER_SITEMAP.search(urlsplit(url).path)] or named
    for url in sorted(useful, key=lambda url: not _NEWS_SITEMAP.search(urlsplit(url).path)):
        yield Candidate(kind="sitemaps", url=url, reason="named in robots.txt", named=True)


def _of_platforms(home: Response) -> Iterator[Candidate]:
    page = home.body[:200_000].decode("utf-8", "replace")
    for platform in PLATFORMS:
        if platform.signs.search(page):
            reason = f"where {platform.name} keeps it"
            yield from _at(home, "feeds", platform.feeds, reason)
            yield from _at(home, "sitemaps", platform.sitemaps, reason)


def _common(home: Response) -> Iterator[Candidate]:
    yield from _at(home, "feeds", COMMON_FEEDS, "a common address")
    yield from _at(home, "sitemaps", COMMON_SITEMAPS, "a common address")


def _at(home: Response, kind: WayKind, paths: Iterable[str], reason: str) -> Iterator[Candidate]:
    for path in paths:
        if url := urls.link(home.url, path):
            yield Candidate(kind=kind, url=url, reason=reason, named=False)


def _home(home: Response) -> Iterator[Candidate]:
    if home.url:
        yield Candidate(kind="sections", url=home.url, reason="the home page", named=True)


def _sections(tree: Any, home: Response) -> Iterator[Candidate]:
    """Pages of the menu: short texts that lead to short addresses on the same host."""
    if tree is None:
        return
    host = urlsplit(home.url).netloc
    menus = [*tree.iter("nav"), *(e for e in tree.iter("ul", "div", "header") if _is_menu(e))]
    count = 0
    for anchor in (a for menu in menus for a in menu.iter("a")):
        url = urls.link(home.url, (anchor.get("href") or "").partition("#")[0])
        if url and urlsplit(url).netloc == host and _is_section(url, anchor) and count < MOST_SECTIONS:
            count += 1
            yield Candidate(kind="sections", url=url, reason="in the menu", named=True)


def _is_menu(element: Any) -> bool:
    said = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}".lower()
    return any(word in said for word in ("menu", "nav", "section-list"))


def _is_section(url: str, anchor: Any) -> bool:
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.lower().split("/") if segment]
    if not 1 <= len(segments) <= 2 or parts.query or shapes.score(url) > 0.5:
        return False
    heads = segments[:-1] if len(segments) == 2 and segments[0] in shapes.LIST_HEADS else segments
    listed = len(segments) == 2 and segments[0] in shapes.LIST_HEADS - {"author", "authors", "tag", "tags"}
    words = len(plain.title(" ".join(anchor.itertext())[:200]).split())
    return 1 <= words <= 4 and (listed or not any(segment in shapes.FURNITURE for segment in heads))


def source_of(home: Response, kept: Iterable[Candidate]) -> Source:
    """A source with the kept ways in, named as its home page names itself."""
    tree = sections.tree_of(home)
    ways: dict[str, tuple[str, ...]] = {"feeds": (), "sitemaps": (), "sections": ()}
    for candidate in kept:
        ways[candidate.kind] += (candidate.url,)
    return Source(
        name=_name(tree) or urls.site(home.url), home=home.url,
        feeds=ways["feeds"], sitemaps=ways["sitemaps"], sections=ways["sections"],
    )  # fmt: skip


def _name(tree: Any) -> str:
    if tree is None:
        return ""
    named = [m.get("content") for m in tree.iter("meta") if (m.get("property") or m.get("name")) == "og:site_name"]
    title = tree.find(".//title")
    whole = plain.title(named[0] if named else title.text if title is not None else "")
    return re.split(r"\s+[|–—-]\s+|:\s", whole)[0][:80].strip()
