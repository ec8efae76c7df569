"""JSON-LD as news pages really write it: read leniently, flattened, and the article's own node found."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

ARTICLES = frozenset({
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "reviewnewsarticle",
    "backgroundnewsarticle", "askpublicnewsarticle", "advertisercontentarticle", "satiricalarticle", "techarticle",
    "scholarlyarticle", "medicalscholarlyarticle", "blogposting", "liveblogposting", "socialmediaposting", "report",
    "newsstory", "discussionforumposting",
})  # fmt: skip
"""schema.org types (lower case) that are an article; https://schema.org/Article."""
WORKS = frozenset({"webpage", "creativework", "videoobject", "audioobject", "recipe", "review", "podcastepisode",
                   "itempage", "medicalwebpage", "qapage", "photograph", "claimreview", "howto"})  # fmt: skip
"""Types whose dates and headline speak of the page where no article does."""

_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_PAIR = re.compile(
    r'"(@type|headline|datePublished|dateModified|dateCreated|articleSection)"\s*:\s*"((?:[^"\\]|\\.){1,500})"'
)
_SIZE = 1_000_000
_DEPTH = 12


def read(tree: Any) -> list[dict[str, Any]]:
    """All JSON-LD nodes of a page, nested ones and the entries of `@graph` included, in page order."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= _SIZE:
            nodes.extend(_walk(_load(script.text)))
    return nodes


def types(node: dict[str, Any]) -> set[str]:
    """The node's types in lower case, without their vocabulary's address."""
    kinds = node.get("@type", node.get("type"))
    listed = kinds if isinstance(kinds, list) else [kinds]
    return {kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for kind in listed if isinstance(kind, str)}


def story(nodes: list[dict[str, Any]], url: str) -> dict[str, Any]:
    """The node that is the article at `url`: of several, the one that names the address, else the first with a date."""
    for wanted in (ARTICLES, WORKS):
        found = [node for node in nodes if types(node) & wanted and not node.get("_listed")]
        named = [node for node in found if _names(node, url)]
        dated = [node for node in named or found if node.get("datePublished")]
        for choice in (dated, named, found):
            if choice:
                return choice[0]
    return {}


def text(value: Any) -> str:
    """A plain string out of a JSON-LD value: a string, a list's first, or an object's name or value."""
    if isinstance(value, list):
        return next((found for found in map(text, value[:5]) if found), "")
    if isinstance(value, dict):
        return text(value.get("@value") or value.get("name") or "")
    return html.unescape(value).strip() if isinstance(value, str) else ""


def _load(source: str) -> Any:
    source = _COMMENT.sub("", source.strip()).strip()
    for candidate in (source, _TRAILING_COMMA.sub(r"\1", source), html.unescape(source)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    pairs: dict[str, Any] = {}
    for key, value in _PAIR.findall(source):
        pairs.setdefault(key, value.replace('\\"', '"').replace("\\/", "/"))
    return pairs


def _walk(value: Any, depth: int = 0, *, listed: bool = False) -> Iterator[dict[str, Any]]:
    """The nodes in `value`; those that stand in a list of other pages are marked `_listed`."""
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value[:500]:
            yield from _walk(item, depth + 1, listed=listed)
    elif isinstance(value, dict):
        if listed:
            value["_listed"] = True
        yield value
        for key, item in value.items():
            if isinstance(item, (dict, list)):
                yield from _walk(item, depth + 1, listed=listed or key in _LISTS)


_LISTS = frozenset({"itemListElement", "hasPart", "citation", "isBasedOn", "relatedLink", "liveBlogUpdate", "comment",
                    "mentions", "itemReviewed", "publisher", "isPartOf", "blogPost", "significantLink"})  # fmt: skip


def _names(node: dict[str, Any], url: str) -> bool:
    wanted = _bare(url)
    claims = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    claims += [claim.get("@id") for claim in claims if isinstance(claim, dict)]
    return any(isinstance(claim, str) and _bare(claim) == wanted for claim in claims)


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*$|/+$", "", url.strip().lower())
