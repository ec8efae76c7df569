"""What a robots.txt allows (RFC 9309), matched in time linear in the path whatever the file says."""

import re
import urllib.parse
from dataclasses import dataclass, field
from datetime import datetime

from monitor.health.troubles import Trouble, of_status

AGENT = "newswatch"
MAX_BYTES = 500 * 1024
"""As much of a file is read (RFC 9309, section 2.5)."""
MAX_AGE = 24 * 3600
"""Seconds that a copy may be used without asking again (section 2.4)."""
MAX_DELAY = 60.0
"""A longer Crawl-delay (seconds) is not waited for: the host is left alone."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"[A-Za-z_-]+")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(slots=True)
class _Group:
    rules: list[tuple[str, bool]] = field(default_factory=list)
    delay: float | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to us. `refusal` is set where nothing may be fetched, and says why."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0
    """Crawl-delay, seconds."""
    sitemaps: tuple[str, ...] = ()
    refusal: str = ""
    unreachable: bool = False
    """There was no answer at all."""
    trouble: Trouble = "robots"
    """The name of what keeps us from fetching."""

    def why_not(self, url: str) -> str:
        """Why `url` may not be fetched, or nothing where it may."""
        parts = urllib.parse.urlsplit(url)
        return self.why_not_path((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))

    def why_not_path(self, path: str) -> str:
        """The same of an address' path and query."""
        if self.refusal:
            return self.refusal
        if self.delay > MAX_DELAY:
            return f"robots.txt asks for {self.delay:g} s between requests, more than the {MAX_DELAY:g} s we wait"
        path = _normal(path)
        if path == "/robots.txt":
            return ""
        return "" if self._allows(path) else "robots.txt disallows it"

    def _allows(self, path: str) -> bool:
        """The longest rule that fits decides; of two equally long ones the one that allows (section 2.2.2)."""
        longest, allowed = -1, True
        for pattern, allow in self.rules:
            size = len(pattern)
            if (size > longest or (size == longest and allow)) and _fits(pattern, path):
                longest, allowed = size, allow
        return allowed


def read(status: int, body: bytes) -> Rules:
    """The rules that follow from an answer to a request for robots.txt.

    An answer of 4xx other than 429 is no rules at all (section 2.3.1.3); any other that is no 2xx forbids everything
    (section 2.3.1.4), and so does no answer, which is `status` 0.
    """
    if 200 <= status < 300:
        return parse(body)
    if 400 <= status < 500 and status != 429:
        return Rules()
    if not status:
        return Rules(refusal="robots.txt could not be fetched", trouble="broken")
    return Rules(refusal=f"robots.txt answered HTTP {status}", trouble=of_status(status))


def still_good(status: int, fetched: datetime, now: datetime) -> bool:
    """Whether a kept answer may stand in for asking again: a day at most, and only where it was an answer."""
    answered = 200 <= status < 500 and status != 429 and not 300 <= status < 400
    return answered and 0 <= (now - fetched).total_seconds() < MAX_AGE


def parse(body: bytes, agent: str = AGENT) -> Rules:
    """Read the first 500 KiB of a robots.txt."""
    groups: dict[str, _Group] = {}
    sitemaps: list[str] = []
    named: list[_Group] = []
    naming = False
    for key, value in _lines(body[:MAX_BYTES]):
        if key == "user-agent":
            group = groups.setdefault(_product(value), _Group())
            named = [*named, group] if naming else [group]
            naming = True
        elif key == "sitemap":
            sitemaps.append(value)
        elif key in ("allow", "disallow"):
            naming = False
            if value:
                for group in named:
                    group.rules.append((_normal(value), key == "allow"))
        elif key == "crawl-delay":
            naming = False
            for group in named:
                group.delay = _seconds(value)
    ours = groups.get(agent) or groups.get("*") or _Group()
    return Rules(rules=tuple(ours.rules), delay=ours.delay or 0.0, sitemaps=tuple(sitemaps))


def _lines(body: bytes) -> list[tuple[str, str]]:
    text = _decode(body).replace("\0", "")
    pairs = []
    for line in _LINE_END.split(text):
        key, colon, value = line.split("#", 1)[0].partition(":")
        if colon:
            pairs.append((key.strip().lower(), value.strip()))
    return pairs


def _decode(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    return body.decode("utf-8-sig", "replace")


def _product(value: str) -> str:
    if value.startswith("*"):
        return "*"
    found = _TOKEN.match(value)
    return found.group().lower() if found else ""


def _seconds(value: str) -> float | None:
    try:
        delay = float(value)
    except ValueError:
        return None
    return delay if 0 <= delay < float("inf") else None


def _normal(path: str) -> str:
    """One spelling of a path: non-ASCII as UTF-8 escapes, no escapes where none are needed (section 2.2.2)."""
    return _ESCAPE.sub(_unescape, urllib.parse.quote(path, safe="%/?#[]@!$&'()*+,;=:-._~"))


def _unescape(match: re.Match[str]) -> str:
    char = chr(int(match.group(1), 16))
    return char if char in _UNRESERVED else match.group().upper()


def _fits(pattern: str, path: str) -> bool:
    """Whether a rule covers a path: `*` is anything, a `$` at the end is the path's end."""
    anchored = pattern.endswith("$")
    first, *pieces = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(first):
        return False
    if not pieces:
        return not anchored or path == first
    at = len(first)
    last = pieces.pop() if anchored else ""
    for piece in pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not anchored or (len(path) - len(last) >= at and path.endswith(last))
