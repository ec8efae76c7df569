"""The headline: chosen among what JSON-LD, meta tags, headings and the window title say, by agreement."""

import re
from typing import Any

from monitor.extraction import jsonld
from monitor.extraction.page import Page, squeeze, text_of

LIMIT = 1000
_SUFFIX = re.compile(r"\s+[-–—|·•»:/]+\s+")


def title(page: Page) -> str:
    """The page's headline on one line, at most 1,000 characters; "" where it has none."""
    for candidate in (_story(page), page.meta.first("og:title"), _heading(page), _window(page)):
        if candidate:
            return candidate[:LIMIT]
    return ""


def _story(page: Page) -> str:
    return squeeze(jsonld.text(page.story.get("headline") or page.story.get("name") or ""))


def _heading(page: Page) -> str:
    found = [text for text in (text_of(element) for element in page.tree.iter("h1")) if text]
    return found[0] if found else ""


def _window(page: Page) -> str:
    element: Any = page.tree.find(".//title")
    return _SUFFIX.split(text_of(element))[0] if element is not None else ""
