"""Who wrote it: the names that JSON-LD, meta tags and bylines give."""

from typing import Any

from monitor.extraction import jsonld
from monitor.extraction.page import Page, squeeze


def authors(page: Page) -> tuple[str, ...]:
    """Names in the page's order, each once."""
    names = [squeeze(name) for name in _story(page.story.get("author"))]
    if not names:
        names = [squeeze(name) for name in page.meta.values.get("author", [])]
    return tuple(dict.fromkeys(name for name in names if name and not name.startswith("http")))


def _story(value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for item in value[:20] for name in _story(item)]
    return [name for name in [jsonld.text(value)] if name]
