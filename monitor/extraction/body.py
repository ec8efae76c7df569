"""The article's text, without navigation, sidebars and comments."""

import logging
import re
from collections import Counter
from typing import Any

from trafilatura import bare_extraction

from monitor import dates
from monitor.extraction import access, jsonld
from monitor.extraction.clutter import drop_clutter
from monitor.extraction.page import Page, squeeze
from monitor.extraction.parts import join_parts

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_SHORT = 250
_LARGE = 1_000_000
"""Characters of a page that is read once, not twice."""
_LINE = 80
"""Characters from which on a line is running text."""
_CREDIT = re.compile(
    r"(?:photos?|images?|pictures?|fotos?|bild(?:er)?|credits?|quelle|source|fonte|crédit|video|"
    r"getty images)\b\s*(?:by\b|credit)?\s*[:©/|]",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^(?:by|von|par|por|di|da|door|av|af|text)\b:?\s+", re.IGNORECASE)
_SLIDE = re.compile(r"[-\u2013\u2022\s]*\d{1,3}\s?/\s?(\d{1,3})\b")
_SLIDES, _STORY = 5, 500
"""Captions that are a slideshow's, and characters of a story that one can stand in."""
_LAST, _NOTE = 3, 400
"""Lines at the end among which a note on the author is, and its characters at most."""
_ADDRESS = re.compile(r"https?://\S+")


def text(page: Page, title: str, authors: tuple[str, ...]) -> str:
    """Paragraphs separated by one line break; "" where none are found. Changes the page's tree: call it last."""
    standfirst = _standfirst(page)
    drop_clutter(page.tree, page.url, title)
    join_parts(page.tree)
    found = _extracted(page, fast=True)
    if _doubtful(found):
        slower = _extracted(page, fast=False) if len(page.source) < _LARGE else ""
        others = (found, slower, access.told_by_script(page))
        found = max((text for text in others if text), key=_running, default="")
    found = _tidy(found, title, authors)
    if standfirst and _bare(standfirst) not in _bare(found):
        found = f"{standfirst}\n{found}".strip()
    return found


def _extracted(page: Page, *, fast: bool) -> str:
    found: Any = bare_extraction(page.tree, url=page.url, fast=fast, include_comments=False, with_metadata=False)
    return (found.text or "").strip() if found is not None else ""


def _doubtful(text: str) -> bool:
    """Whether a text is too short, or mostly short lines as menus have them."""
    return len(text) < _SHORT or _running(text) < -0.2 * len(text)


def _running(text: str) -> int:
    """Characters of running text, less those in short lines."""
    return sum(len(line) if len(line) >= _LINE else -len(line) for line in text.split("\n"))


def _standfirst(page: Page) -> str:
    """The page's description where its reader sees it too, as one paragraph."""
    metas = [page.meta.first(name) for name in ("og:description", "description", "twitter:description")]
    wanted = {_bare(text) for text in [*metas, jsonld.text(page.story.get("description"))] if len(text) >= 60}
    heads = {text[:8] for text in wanted}
    initials = {text[:1] for text in wanted}
    if not wanted:
        return ""
    for element in page.tree.iter("p", "div", "h2", "h3", "span", "strong"):
        opening = _opening(element).lstrip("\"'\u201c\u201e\u00bb\u00ab\u2018")[:40]
        if opening[:1].casefold() in initials and len(element) < 4 and _bare(opening)[:8] in heads:
            text = squeeze("".join(element.itertext()))
            if _bare(text) in wanted:
                return text
    return ""


def _opening(element: Any) -> str:
    """The first text in an element, or in its first child."""
    text = (element.text or "").strip()
    return text or (str(element[0].text or "") if len(element) else "")


def _tidy(text: str, title: str, authors: tuple[str, ...]) -> str:
    """`text` without a headline repeated at its head and what stands above it, credits, bylines and dates."""
    lines = text.split("\n")
    wanted = _bare(title)
    for place, line in enumerate(lines[:6]):
        if wanted and _bare(line) == wanted:
            lines = lines[place + 1 :]
            break
        if len(line) > 100:
            break
    writers = {_bare(author) for author in authors}
    lines = [line for place, line in enumerate(lines) if not _is_label(line, writers, place)]
    lines = _without_note(_without_slides(lines), authors)
    return "\n".join(lines).strip()


def _without_slides(lines: list[str]) -> list[str]:
    """`lines` without the captions of a slideshow ("3/50 …") that stands in a story; one that is the story stays."""
    slides = [(place, match[1]) for place, line in enumerate(lines) if (match := _SLIDE.match(line))]
    count, total = Counter(total for _, total in slides).most_common(1)[0][::-1] if slides else (0, "")
    captions = {place for place, of in slides if of == total}
    rest = [line for place, line in enumerate(lines) if place not in captions]
    return rest if count >= _SLIDES and sum(len(line) for line in rest if len(line) >= _LINE) >= _STORY else lines


def _without_note(lines: list[str], authors: tuple[str, ...]) -> list[str]:
    """`lines` without what the last of them say of the author: "Ana Ruiz is a reporter in Harborton"."""
    names = "|".join(re.escape(author) for author in authors if " " in author)
    if not names:
        return lines
    note = re.compile(
        rf"\W*(?:{names})\W{{0,3}}(?:is|are|was|covers|writes|reports|works|teaches|has (?:been|written))\b"
    )
    head, last = lines[:-_LAST], lines[-_LAST:]
    return head + [line for line in last if len(line) > _NOTE or not note.match(line)] if head else lines


def _is_label(line: str, writers: set[str], place: int) -> bool:
    line = line.strip()
    if len(line) > 120:
        return False
    return bool(
        _CREDIT.match(line)
        or access.is_paywall_line(line)
        or (place < 3 and _ADDRESS.fullmatch(line))
        or _bare(_BYLINE.sub("", line)) in writers
        or (len(line) < 40 and dates.parse(line) is not None and not re.search(r"[^\W\d]{12}", line))
    )


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", squeeze(text).casefold())
