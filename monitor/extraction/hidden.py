"""What a page holds and its reader never sees: found by attribute and inline style, and taken out of the tree."""

import re
from typing import Any

from lxml.etree import XPath

_ENOUGH = 250
"""Characters of visible text from which on a page is believed to be readable as it stands."""
_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d]*[1-9])|"
    r"opacity\s*:\s*0(?![.\d]*[1-9])|text-indent\s*:\s*-\d{3}|clip\s*:\s*rect\(\s*(?:0|1px)|clip-path\s*:\s*inset\(\s*(?:50|100)%|"
    r"(?:left|right|top)\s*:\s*-\d{3}",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|screenreader-only|u-hidden-visually)(?:\s|$)",
    re.IGNORECASE,
)


_SUSPECTS = XPath(
    "//*[@hidden or @aria-hidden or @style or contains(@class, 'sr-only') or contains(@class, 'hidden') or "
    "contains(@class, 'screen') or contains(@class, 'Hidden')]"
)


def drop_hidden(tree: Any) -> int:
    """Take hidden elements out of `tree` and return how many.

    Nothing is taken where next to nothing would be left: such a page shows its text by script.
    """
    found = [element for element in _SUSPECTS(tree) if _is_hidden(element)]
    if not found:
        return 0
    hidden = set(found)
    if _visible(tree, hidden) < _ENOUGH:
        return 0
    for element in found:
        parent = element.getparent()
        if parent is not None:
            element.drop_tree()
    return len(found)


def _is_hidden(element: Any) -> bool:
    attributes = element.attrib
    if not attributes or element.tag in ("html", "body", "script", "style", "link", "meta", "head"):
        return False
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    if attributes.get("aria-hidden", "").strip().lower() == "true":
        return True
    style = attributes.get("style")
    if style and _STYLE.search(style):
        return True
    name = attributes.get("class")
    return bool(name and _CLASS.search(name))


def _visible(tree: Any, hidden: set[Any]) -> int:
    """Characters of text outside `hidden`; stops counting where it is enough."""
    body = tree.find("body")
    count, waiting = 0, [body if body is not None else tree]
    while waiting and count < _ENOUGH:
        element = waiting.pop()
        if element in hidden or element.tag in ("script", "style", "noscript", "template"):
            continue
        count += len((element.text or "").strip())
        for child in element:
            count += len((child.tail or "").strip())
            waiting.append(child)
    return count
