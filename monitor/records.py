"""The nouns of newswatch, as frozen records that one step takes and the next step returns.

Every datetime is aware and in UTC. Text is Unicode without control characters other than line breaks.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

Way = Literal["feed", "sitemap", "section", "page"]
Precision = Literal["time", "day"]
Confidence = Literal["high", "medium", "low"]
"""Of a date: a mark made for it, one against others or in plain words, a hint. What is low is not relied on."""
PageType = Literal["article", "other"]
Fuzzy = Literal["off", "strict", "normal"]
Field = Literal["title", "text"]
How = Literal["exact", "word_form", "typo", "alias", "nickname", "acronym", "surname"]
Every = Literal["immediately", "hourly", "daily", "weekly"]
ArticleState = Literal["live", "archived", "held"]
RevisionKind = Literal["first", "text", "headline", "correction", "returned", "withdrawn", "partial", "restored"]
"""`first`: as it was first stored; `headline`: nothing but the title changed; `correction`: a correction note came in;
`returned`: an earlier text stands there again. Of the last three the text is the one before: its page is gone, shows
only a part of it, or shows it whole again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A news site and its ways in. A way in of `None` is to be discovered from `home`; an empty one is none."""

    name: str
    home: str
    feeds: tuple[str, ...] | None = None
    sitemaps: tuple[str, ...] | None = None
    sections: tuple[str, ...] | None = None
    allow: tuple[str, ...] = ()
    """RE2 patterns; when there are any, an article's URL must match one (search, not full match)."""
    deny: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    """Where the source is local: names of places."""
    poll: timedelta | None = None
    """How often to look; `None` is automatic."""
    delay: float | None = None
    """Seconds between two requests to one host; `None` is the crawl's."""
    js: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A link to a story that has not been fetched yet."""

    url: str | None
    """Absolute http(s) address as it was found (trackers included), or `None` where the entry had no usable link."""
    title: str = ""
    published: datetime | None = None
    precision: Precision | None = None
    """`day` where the origin gave no hour."""
    modified: datetime | None = None
    """When the story was last updated, by the origin's word; `None` where it gave no hour."""
    doubtful: bool = False
    """Whether `published` tells no more than that nothing is newer: the last change, or one stamp for all."""
    id: str = ""
    """The entry's own identifier (guid), if any."""
    summary: str = ""
    """Plain text, at most 2,000 characters."""
    source: str = ""
    way: Way = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A page as it came from the server, decompressed."""

    url: str
    """The address that answered, after redirects."""
    body: bytes
    status: int = 200
    content_type: str = ""
    """The Content-Type header as sent."""
    fetched: datetime | None = None
    etag: str = ""
    """As sent, read as latin-1; so is `last_modified`."""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What one page says of itself; made by `monitor.extraction.extract`."""

    title: str = ""
    body: str = ""
    """Paragraphs separated by one line break; empty where `page_type` is `other`."""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    precision: Precision | None = None
    published_from: str = ""
    """Where the date came from: json-ld, meta, microdata, time, url, text, guess; empty where there is none."""
    confidence: Confidence | None = None
    published_offset: int = 0
    """Minutes east of UTC in which the page wrote it: `published` and this give the day that its reader sees."""
    modified: datetime | None = None
    language: str = ""
    page_type: PageType = "other"
    canonical_url: str = ""
    """The page's own word, absolute; empty where it has none. Whether to believe it is `monitor.urls`' business."""
    partial: str = ""
    """Why the text is not whole (paywall, consent wall, …); empty where it is."""
    summary: str = ""
    """What the page says of its story for others to show: JSON-LD's description, else a meta element's; plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of one source, as it reads now."""

    title: str = ""
    body: str = ""
    url: str = ""
    canonical_url: str = ""
    source: str = ""
    region: tuple[str, ...] = ()
    """Where its source is local."""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    precision: Precision | None = None
    published_from: str = ""
    """As of `Extract`, or feed, sitemap, section, last-modified."""
    confidence: Confidence | None = None
    modified: datetime | None = None
    first_seen: datetime | None = None
    language: str = ""
    summary: str = ""
    state: ArticleState = "live"
    """`archived`: already carried at the source's first sight; `held`: the same without a date to rely on."""
    partial: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a page gave to be recognised by when it is asked for again."""

    etag: bytes | None = None
    last_modified: bytes | None = None
    page_hash: int = 0
    """Of its bytes; 0 where they are not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A known article whose page is to be looked at again."""

    article_id: int
    source: str
    url: str
    first_seen: datetime
    stamp: Stamp = Stamp()
    attempts: int = 0
    """Without an answer, in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """At the offset `at` of the text before (code points), `new` stands now in place of `old`."""

    at: int
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """How the text of an article became another one."""

    kind: RevisionKind
    title: str = ""
    body: str = ""
    changes: tuple[Change, ...] = ()
    """From the body before to this one, in order; those of the title are plain to see."""
    note: str = ""
    """The words of the correction, or why its page does not show the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Texts that a topic must match, and must leave alone."""

    match: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One entry of the watchlist: exactly one of phrases, person, place, organization, query is set."""

    id: str
    name: str
    phrases: tuple[str, ...] = ()
    person: str = ""
    place: str = ""
    organization: str = ""
    query: str = ""
    also: tuple[str, ...] = ()
    """Other spellings or names, taken as they stand."""
    acronyms: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    fuzzy: Fuzzy = "normal"
    min_score: float = 84
    examples: Examples = Examples()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A span of an article that speaks for a match: `text` is `field[start:end]`, in code points."""

    field: Field
    start: int
    end: int
    text: str
    term: str
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An article is about a topic, and why. `topic` is the topic's name; `score` is 0 to 100."""

    topic: str
    topic_id: str
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a topic did not match: the rule, and the nearest candidate in the text (empty where there was none)."""

    topic: str
    reason: str
    nearest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What one address wants to hear, and when."""

    email: str
    """The mail address; where `channel` is set, the name it is shown by (`monitor.channels.name`)."""
    channel: str = field(default="", repr=False)
    """The secret address of what is no mail box: an Apprise URL or a webhook's; else empty."""
    topics: tuple[str, ...] | Literal["all"] = "all"
    """Topic ids."""
    every: Every = "daily"
    at: str = "07:30"
    """Local time HH:MM of a daily or weekly digest."""
    day: str = "monday"
    """Day of a weekly digest."""
    time_zone: str = "UTC"
    empty: Literal["nothing", "note"] = "nothing"
    id: int = 0
    """The store's; 0 before it is stored."""
    created: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A span in which a source could not be checked (`kind` dark), could be in part only (partial), or in which stories
    may have rolled off (gap)."""

    source: str
    kind: Literal["dark", "partial", "gap"]
    since: datetime
    until: datetime | None
    """`None`: still so."""
    reason: str
    found: datetime | None = None
    """When it was noticed; `None`: when it began."""
    way: str = ""
    """Of a partial one the way in that fails; empty where it is the source's pages."""
    trouble: str = ""
    """The trouble's name (`monitor.health.troubles`); empty for a gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What one run did with articles, each counted once; the shape of `run --json`'s `articles`."""

    new: int = 0
    revised: int = 0
    held: int = 0
    other: int = 0
