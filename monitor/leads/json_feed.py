"""JSON Feed (https://www.jsonfeed.org/version/1.1/), read by ourselves: neither feed parser takes it as it comes."""

import json
from typing import Any

from monitor import urls
from monitor.leads import text as plain
from monitor.leads.markup import LARGEST
from monitor.leads.reading import Hints, Reading
from monitor.leads.selection import believed, changed, newest
from monitor.records import Lead, Response


def read(text: str, response: Response, limit: int) -> Reading:
    """The leads of a JSON Feed's text; of one cut short, those that are whole."""
    feed, error = _loaded(text)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return Reading(error=error or "JSON, but not a JSON Feed")
    base = _base(feed, response)
    leads = [_lead(item if isinstance(item, dict) else {}, base, response) for item in items[:_MOST]]
    following = feed.get("next_url")
    return Reading(
        kind="json",
        entries=len(items),
        leads=newest([lead for lead in leads if lead.url], limit),
        unlinked=tuple(lead for lead in leads if not lead.url)[:limit],
        hints=Hints(next_page=urls.link(response.url, following) or "" if isinstance(following, str) else ""),
        title=plain.title(feed.get("title")),
        error=error,
    )


_MOST = 50_000
"""Items that are looked at."""


def _loaded(text: str) -> tuple[Any, str]:
    """The document, and what is wrong with it."""
    if len(text) > LARGEST:
        return None, f"longer than {LARGEST:,} characters: refused"
    try:
        return _decoder.decode(text.strip()), ""
    except RecursionError:
        return None, "JSON that nests too deep"
    except ValueError as error:
        items = _whole_items(text)
        reason = str(error).partition(":")[0].lower()
        return {"items": items} if items else None, f"broken JSON ({reason})"


def _whole_items(text: str) -> list[Any]:
    """The items that stand whole in a document that does not."""
    items: list[Any] = []
    position = text.find("[", text.find('"items"')) + 1
    while position > 0 and len(items) < _MOST and (start := text.find("{", position)) >= 0:
        try:
            item, position = _decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            break
        items.append(item)
    return items


def _number(digits: str) -> Any:
    """A number of any length: Python refuses to read one of over 4,300 digits."""
    return int(digits) if len(digits) <= 20 else digits


_decoder = json.JSONDecoder(parse_int=_number, strict=False)


def _base(feed: dict[str, Any], response: Response) -> str:
    home = feed.get("home_page_url") or feed.get("feed_url")
    return response.url or (home if isinstance(home, str) else "")


def _lead(item: dict[str, Any], base: str, response: Response) -> Lead:
    found = [item.get(name) for name in ("url", "external_url", "id")]
    candidates = [x for x in found[:2] if isinstance(x, str) and x.strip()]
    if not candidates and isinstance(found[2], str) and found[2].startswith(("http://", "https://")):
        candidates = [found[2]]
    published, precision = None, None
    for name in ("date_published", "date_modified"):
        if published is None:
            published, precision = believed(item.get(name), response.fetched)
    return Lead(
        url=next((x for x in (urls.link(base, c) for c in candidates) if x), None),
        title=plain.title(item.get("title")),
        published=published,
        precision=precision,
        modified=changed(item.get("date_modified"), response.fetched),
        id=plain.title(item.get("id")),
        summary=plain.summary(item.get("summary") or item.get("content_text") or item.get("content_html")),
        way="feed",
    )
