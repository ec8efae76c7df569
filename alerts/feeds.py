"""A feed of a topic, as RSS 2.0 (rssboard.org/rss-specification) and as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Literal, get_args

import sqlalchemy as sa

from alerts.quotes import lede, quotes
from alerts.wording import clean, link
from monitor.store import findings
from monitor.store.findings import Finding

Form = Literal["rss", "json"]
FORMS: tuple[Form, ...] = get_args(Form)
MOST = 50
"""Stories of a feed."""
MEDIA = {"rss": "application/rss+xml", "json": "application/feed+json"}
_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Which feed it is, in plain values."""

    site: str
    topic_id: str
    topic: str
    url: str = ""
    """Where the pages are served; empty: the feed is a file, and says nothing of where it is."""
    fresh: timedelta = timedelta(hours=72)


def write(connection: sa.Connection, channel: Channel, form: Form) -> bytes:
    """The feed of a topic as it stands now."""
    found = findings.latest(connection, channel.topic_id, MOST, channel.fresh)
    return _rss(channel, found) if form == "rss" else _json(channel, found)


def write_file(connection: sa.Connection, channel: Channel, form: Form, folder: Path) -> Path:
    """Write the feed of a topic into `folder`, whole or not at all; return where."""
    path = folder / name(channel.topic_id, form)
    part = path.with_suffix(".part")
    part.write_bytes(write(connection, channel, form))
    return part.replace(path)


def name(topic_id: str, form: Form) -> str:
    """The last part of a feed's address, and the name of its file."""
    return f"{topic_id}.{form}"


def _rss(channel: Channel, found: list[Finding]) -> bytes:
    ET.register_namespace("atom", _ATOM)
    root = ET.Element("rss", version="2.0")
    top = ET.SubElement(root, "channel")
    _put(top, title=_title(channel), link=channel.url or "about:blank",
         description=f"Stories on {clean(channel.topic)}, found by {clean(channel.site)}")  # fmt: skip
    if channel.url:
        ET.SubElement(top, f"{{{_ATOM}}}link", href=_address(channel, "rss"), rel="self", type=MEDIA["rss"])
    for finding in found:
        article, item = finding.article, ET.SubElement(top, "item")
        _put(item, title=_headline(finding), link=link(article.url), description=_summary(finding))
        ET.SubElement(item, "guid", isPermaLink="false").text = _id(channel, finding)
        _put(item, category=clean(finding.match.topic), pubDate=format_datetime(_when(finding)))
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _put(parent: ET.Element, **texts: str) -> None:
    for tag, text in texts.items():
        if text:
            ET.SubElement(parent, tag).text = _NO_XML.sub("", text)


def _json(channel: Channel, found: list[Finding]) -> bytes:
    feed: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": _title(channel)}
    if channel.url:
        feed |= {"home_page_url": channel.url, "feed_url": _address(channel, "json")}
    feed["items"] = [
        {
            "id": _id(channel, finding), "url": link(finding.article.url), "title": _headline(finding),
            "content_text": _summary(finding), "date_published": _when(finding).isoformat(),
            "authors": [{"name": clean(finding.article.source)}], "tags": [clean(finding.match.topic)],
        }
        for finding in found
    ]  # fmt: skip
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _title(channel: Channel) -> str:
    return f"{clean(channel.topic)} · {clean(channel.site)}"


def _address(channel: Channel, form: Form) -> str:
    return f"{channel.url}/feeds/{name(channel.topic_id, form)}"


def _id(channel: Channel, finding: Finding) -> str:
    """Always the same for a story on a topic, so that no reader shows it twice."""
    return f"newswatch:{channel.topic_id}:{finding.story_id}"


def _headline(finding: Finding) -> str:
    return clean(finding.article.title) or "(no headline)"


def _summary(finding: Finding) -> str:
    """The outlet, and the sentences that speak for the match."""
    article = finding.article
    said = quotes(article.body, [finding.match]) or (
        (start,) if (start := lede(article.body or article.summary)) else ()
    )
    texts = [text for quote in said if (text := "".join(clean(piece.text) for piece in quote))]
    return "\n".join([f"{clean(article.source)}:", *texts]) if texts else clean(article.source)


def _when(finding: Finding) -> datetime:
    when = finding.article.published or finding.article.first_seen
    assert when is not None  # the store has always seen an article at some time
    return when
