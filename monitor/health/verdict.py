"""What a source's ways in and pages say together: whether it is watched, in part, or dark."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from monitor.health.pages import PagesHealth
from monitor.health.ways import WayHealth

SourceState = Literal["new", "ok", "shaky", "recovering", "partial", "failing"]
WORDS = {
    "paywall": "the stories' pages show a paywall",
    "consent_wall": "the stories' pages show a consent wall",
    "javascript": "the stories' pages are filled by JavaScript only",
    "no_text": "no text is found on the stories' pages",
    "robots": "robots.txt forbids the stories' pages",
    "bot_wall": "the stories' pages show a bot wall",
}
"""Troubles of pages, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """All that is known of a source's health."""

    ways: Mapping[str, WayHealth] = field(default_factory=dict)
    """By address."""
    pages: PagesHealth = field(default_factory=PagesHealth)

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {"ways": {url: way.plain() for url, way in self.ways.items()}, "pages": self.pages.plain()}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Health":
        """From what was kept."""
        ways = {url: WayHealth.of(way) for url, way in kept.get("ways", {}).items()}
        return cls(ways=ways, pages=PagesHealth.of(kept.get("pages", {})))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a source fares."""

    state: SourceState
    trouble: str = ""
    reason: str = ""
    since: float = 0.0
    """When the trouble began, seconds since 1970; of a failing source, when its last way in failed."""
    url: str = ""
    """The way in that the trouble is of; empty where it is the pages'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a source that fails while the rest works: a way in, or (`url` empty) the stories' pages."""

    url: str
    trouble: str
    reason: str
    since: float


def judge(health: Health) -> Verdict:
    """How a source fares: failing where all its ways in are, or show nothing since one fell silent, or where its
    stories show no text."""
    ways, pages = health.ways, health.pages
    failing = {url: way for url, way in ways.items() if way.state == "failing"}
    if failing and _is_dark(ways):
        telling = {part.url: part for part in parts(health) if part.url} or failing
        reason = "; ".join(dict.fromkeys(telling[url].reason for url in telling))
        url = max(telling, key=lambda url: failing[url].first)
        return Verdict(state="failing", trouble=failing[url].trouble, reason=reason, since=failing[url].first, url=url)
    if pages.trouble == "no_text":
        return Verdict(state="failing", trouble="no_text", reason=of_pages(pages), since=pages.first)
    if parts(health):
        part = parts(health)[0]
        return Verdict(state="partial", trouble=part.trouble, reason=part.reason, since=part.since, url=part.url)
    for state in ("shaky", "recovering"):
        for url, way in ways.items():
            if way.state == state:
                return Verdict(state=way.state, trouble=way.trouble, reason=way.reason, since=way.first, url=url)
    return Verdict(state="ok" if any(way.looked for way in ways.values()) else "new")


def _is_dark(ways: Mapping[str, WayHealth]) -> bool:
    """Whether no way in works: one that has shown nothing new since others fell silent has fallen silent with them."""
    silent = max((way.news for way in ways.values() if way.state == "failing" and way.trouble == "silent"), default=0.0)
    return all(way.state == "failing" or 0 < way.still <= silent for way in ways.values())


def parts(health: Health) -> list[Part]:
    """What of a source fails while the rest works, as far as it is confirmed; a list that never held anything is no
    part of it."""
    found = [
        Part(url=url, trouble=way.trouble, reason=way.reason, since=way.first)
        for url, way in health.ways.items()
        if way.state == "failing" and (way.usual or way.trouble != "empty")
    ]
    pages = health.pages
    if pages.trouble and pages.trouble != "no_text":
        found.append(Part(url="", trouble=pages.trouble, reason=of_pages(pages), since=pages.first))
    return found


def of_pages(pages: PagesHealth) -> str:
    """What is wrong with a source's pages, in words."""
    words = WORDS.get(pages.trouble, "the stories' pages cannot be had")
    return f"{words} ({pages.row} in a row)"
