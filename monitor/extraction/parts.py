"""Stories of which the page holds the text in several boxes, with advertisements between them."""

import re
from collections import defaultdict
from typing import Any

from monitor.extraction.clutter import HUMP

_BODY = re.compile(r"(?<![a-z])(?:article|story|post|entry)[-_]{0,2}(?:body|content|text)(?![a-z])", re.IGNORECASE)
_PARAGRAPH, _FEWEST = 80, 2
"""Characters from which on a paragraph is running text, and how many of these a part holds itself."""


def join_parts(tree: Any) -> None:
    """Move what stands in boxes that are called as the story's is, one after the other, into the first of them."""
    boxes: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for element in tree.iter("div", "section"):
        name = element.get("class") or element.get("itemprop") or ""
        if len(name) < 300 and _BODY.search(HUMP.sub("-", name)) and _is_part(element):
            boxes[element.tag, name].append(element)
    for first, *others in boxes.values():
        for other in others:
            if _article(other) is _article(first) and first not in other.iterancestors():
                first.extend(list(other))


def _is_part(element: Any) -> bool:
    """Whether a box holds paragraphs of a story itself, and no headline of another one."""
    told = [child for child in element.iterchildren("p") if len("".join(child.itertext()).strip()) >= _PARAGRAPH]
    if len(told) < _FEWEST:
        return False
    return not any(heading.find(".//a[@href]") is not None for heading in element.iter("h1", "h2", "h3"))


def _article(element: Any) -> Any:
    return next(element.iterancestors("article"), None)
