"""What an address and the text of its link tell of the page behind it: a story, or the site's own furniture."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

FURNITURE = frozenset((Path(__file__).parent / "furniture.txt").read_text("utf-8").splitlines()[1:])
"""Path segments of pages that are no stories: of the site itself, and its lists."""
_MARKERS = {
    "article",
    "articles",
    "columns",
    "interactives",
    "news-story",
    "p",
    "post",
    "posts",
    "read",
    "stories",
    "story",
}
"""Path segments that stand above stories."""
LIST_HEADS = {"author", "authors", "tag", "tags", "category", "categories", "topic", "topics", "section", "sections"}
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|json|xml|rss|atom|mp3|m4a|mp4|m3u8|mov|avi|zip|gz|exe|apk|docx?|xlsx?|pptx?"
    r"|epub|ics|woff2?)$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:^|/)(?:19|20)\d\d[/-]?(?:0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[/-]|$)"
)
_CALENDAR = re.compile(r"(?:^|/)(?:19|20)\d\d(?:/\d{1,2}){0,2}/?$")
_PAGED = re.compile(r"/page/\d+/?$|/p/?\d+/?$")
_PAGED_QUERY = re.compile(
    r"(?:^|&)(?:page|paged|offset|start|sort|order|filter|replytocom|share|print|search|month|date)=", re.IGNORECASE
)
_IDENTIFIER = re.compile(
    r"\d{5,}|[0-9a-f]{8}-[0-9a-f]{4}-|(?:^|[-_.])[a-z]?\d{4,}(?:$|\.)|^(?=\w*\d)(?=\w*[a-z])\w{10,}$"
)
_WORD = re.compile(r"[^\W\d_]+")
_STORY_QUERY = re.compile(
    r"(?:^|&)(?:p|id|article_?id|story_?id|newsid|aid|articleid|storyid|nid)=\w*\d", re.IGNORECASE
)


def score(url: str, text: str = "") -> float:
    """How much speaks for a story behind a link: above 0 it is taken for one. `text` is the link's."""
    parts = urlsplit(url)
    path = unquote(parts.path).lower()
    if _FILE.search(path) or _CALENDAR.search(path) or _PAGED.search(path) or _PAGED_QUERY.search(parts.query):
        return -5
    segments = [segment for segment in path.split("/") if segment and segment not in ("index.php", "amp", "index.html")]
    if not segments:
        return 2 if _STORY_QUERY.search(parts.query) else -5
    return _of_path(path, segments, parts.query) + _of_text(text)


def _of_path(path: str, segments: list[str], query: str) -> float:
    last = re.sub(r"\.[a-z]{2,5}$", "", segments[-1])
    words = len(_WORD.findall(last))
    value = -1.0
    value += (0, -0.7, -0.4, 0.2, 1.0, 1.6, 2.2, 2.7)[min(words, 7)]
    value += 2.0 if _DATE.search("/".join(segments[:-1]) + "/") else 0.0
    value += 1.6 if any(_IDENTIFIER.search(segment) for segment in segments) else 0.0
    value += 1.5 if _STORY_QUERY.search(query) else 0.0
    value += 0.4 if path.endswith((".html", ".htm", ".shtml", ".php")) and len(segments) > 1 else 0.0
    value += 1.2 if _MARKERS.intersection(segments[:-1]) else 0.0
    value += 0.3 * min(len(segments) - 1, 2)
    if segments[0] in LIST_HEADS and len(segments) <= 3 and words < 6:
        value -= 3
    value -= 2.5 * sum(segment in FURNITURE for segment in segments[:3] if segment not in _MARKERS)
    return value


def _of_text(text: str) -> float:
    words = len(text.split())
    if not words:
        return -0.3
    return (-0.9, -0.9, -0.7, -0.3, 0.3, 0.8, 1.2, 1.2, 1.6)[min(words, 8)]
