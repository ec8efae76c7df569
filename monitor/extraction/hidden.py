"""What a page holds and its reader never sees: found by attribute and inline style, and taken out of the tree."""

import re
from typing import Any

from lxml.etree import XPath

_ENOUGH = 250
"""Characters of visible text from which on a page is believed to be readable as it stands."""
_NONE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d]*[1-9])", re.IGNORECASE
)
_AWAY = re.compile(
    r"opacity\s*:\s*0(?![.\d]*[1-9])|text-indent\s*:\s*-\d{3}|clip\s*:\s*rect\(\s*(?:0|1px)|"
    r"clip-path\s*:\s*inset\(\s*(?:50|100)%|(?:left|right|top)\s*:\s*-\d{3}",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|screenreader-only|u-hidden-visually)(?:\s|$)",
    re.IGNORECASE,
)
_RULE = re.compile(r"(?:^|(?<=[},/]))\s*([.#][\w-]+)\s*\{([^{}]{0,500})\}")
"""A rule of a style sheet for one class or one id, whatever else the element is."""
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SHEETS = 50_000
"""Characters of a page's own style sheets that are read."""
_SUSPECTS = XPath("//*[@hidden or @aria-hidden or @style]")
_NAMED = XPath("//*[contains(@class, 'sr-only') or contains(@class, 'idden') or contains(@class, 'screen')]")
_SHARE = 0.3
"""What holds more of a page's paragraphs than this waits for a script, unless it is hidden by an attribute."""


def drop_hidden(tree: Any) -> int:
    """Take hidden elements out of `tree` and return how many; the page's `<style>`s must still be there.

    Nothing is taken where next to nothing would be left: such a page shows its text by script.
    """
    suspects = _SUSPECTS(tree)
    found = {element for element in suspects if _is_gone(element)}
    weak = {element for element in suspects if _is_away(element)}
    weak |= {element for element in _NAMED(tree) if _CLASS.search(element.get("class"))}
    weak |= _hidden_by_sheet(tree)
    found |= {element for element in weak - found if element.tag not in _FRAMES and not _is_main(element, tree)}
    if not found or _visible(tree, found) < _ENOUGH:
        return 0
    for element in found:
        if element.getparent() is not None:
            element.drop_tree()
    return len(found)


_FRAMES = frozenset({"html", "body", "script", "style", "link", "meta", "head"})


def _is_gone(element: Any) -> bool:
    """Whether an element is not shown, by attribute or by its own style."""
    if element.tag in _FRAMES:
        return False
    if element.get("hidden", "until-found") != "until-found":
        return True
    return bool(_NONE.search(element.get("style", "")))


def _is_away(element: Any) -> bool:
    """Whether an element is there for machines alone, or is moved out of sight."""
    return element.get("aria-hidden", "").strip().lower() == "true" or bool(_AWAY.search(element.get("style", "")))


def _hidden_by_sheet(tree: Any) -> set[Any]:
    sheets = "".join(style.text or "" for style in tree.iter("style"))[:_SHEETS]
    if not _NONE.search(sheets):
        return set()
    names = {name for name, rule in _RULE.findall(_MEDIA.sub("", sheets)) if _NONE.search(rule)}
    classes, ids = {name[1:] for name in names if name[0] == "."}, {name[1:] for name in names if name[0] == "#"}
    if not names:
        return set()
    return {
        element
        for element in tree.iter("div", "p", "span", "section", "ul", "aside")
        if element.get("id") in ids or not classes.isdisjoint((element.get("class") or "").split())
    }


def _is_main(element: Any, tree: Any) -> bool:
    """Whether an element holds the headline, or a good part of the page's paragraphs."""
    if element.find(".//h1") is not None:
        return True
    inside = sum(len("".join(p.itertext())) for p in element.iter("p"))
    return inside > 200 and inside > _SHARE * sum(len("".join(p.itertext())) for p in tree.iter("p"))


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
