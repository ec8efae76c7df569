"""What kind of document a body is, and the reader that it needs."""

import re

from monitor.leads import feeds, json_feed, sitemaps
from monitor.leads.encoding import decode
from monitor.leads.markup import ROOT
from monitor.leads.reading import Reading
from monitor.records import Response

_HEAD = 8_192
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|script|div|p|h1|title|meta)\b", re.IGNORECASE)
_WALL = re.compile(
    r"just a moment|checking your browser|attention required|access denied|are you (?:a )?(?:human|robot)|captcha"
    r"|cf-chl|challenge-platform|perimeterx|px-captcha|datadome|incapsula|request unsuccessful"
    r"|enable javascript and cookies",
    re.IGNORECASE,
)


def read(response: Response, limit: int) -> Reading:
    """The reading of an unpacked body."""
    text = decode(response.body, response.content_type)
    head = text[:_HEAD].lstrip()
    if not head:
        return Reading(error="the answer is empty" if not text.strip() else "nothing but blanks")
    if head[0] in "{[":
        return json_feed.read(text, response, limit)
    root = _root(text)
    if root in ("urlset", "sitemapindex"):
        return sitemaps.read(text, response, limit)
    if root in ("rss", "feed", "rdf", "channel"):
        return feeds.read(text, response, limit)
    if sitemaps.is_plain(text):
        return sitemaps.read_plain(text, response, limit)
    return Reading(error=_what_else(text, root))


def _root(text: str) -> str:
    """The root element's name in lower case: of a feed even behind junk, else of what stands first."""
    found = ROOT.search(text)
    if found and found[1].lower() == "html":  # warnings in HTML before a feed, or a page that quotes one
        declared = text.find("<?xml", 1, 65_536)
        found = (ROOT.search(text, declared) if declared > 0 else None) or found
    return found[1].lower() if found else ""


def _what_else(text: str, root: str) -> str:
    if root == "opml":
        return "not a feed: an OPML list of feeds (newswatch sources import reads it)"
    if root == "html" or _PAGE.search(text[:_HEAD]):
        wall = _WALL.search(text[:65_536])
        return f"not a feed: a bot wall ({wall[0].lower()})" if wall else "not a feed: an HTML page"
    return "not a feed or sitemap"
