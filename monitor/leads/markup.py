"""Foreign XML made safe and fit to parse, in one pass over its tags.

What parsers trip over is mended (bare ampersands, HTML's entities, control characters, junk before the root); what
makes them burn time or memory is taken out (declared entities, thousands of attributes, bottomless nesting).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html.entities import html5

LARGEST = 10 * 1024 * 1024
"""Characters that are kept; what follows is left out."""
_LONGEST_TEXT = 65_536
"""Characters of one element's text that are kept."""
_DEEPEST = 100
_MOST_ATTRIBUTES = 200
_MOST_STARTS = 100_000
_MOST_ELEMENTS = 1_000_000
_LONGEST_TAG = 65_536
ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|feed|rdf|channel|urlset|sitemapindex|html|opml)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:[\w.-]+:)?(rss|feed|rdf|channel)\b", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)((?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*))((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_LOOSE_TAG = re.compile(r"<(/?)((?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*))([^<>]*+)>")
_AMPERSAND = re.compile(r"&(?:#(\d{1,7}|[xX][0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31});)?")
_KEPT = {"amp", "lt", "gt", "quot", "apos"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 does not allow, character references included (section 2.2)."""
_ITEMS = {"item", "entry"}
_SKIPPED = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """A document after mending."""

    text: str
    """Without XML declaration and DOCTYPE: it is Unicode now."""
    root: str
    """Local name of the root in lower case; '' where none that we know was found."""
    items: int
    """Items and entries that it opens, outside comments and CDATA."""
    starts: tuple[int, ...]
    """Where in `text` they begin: of the first 100,000."""
    above: tuple[str, ...]
    """Names of the elements that are open where the first item begins."""
    whole: bool
    """Whether its root is closed."""
    faults: tuple[str, ...]
    """What was taken out, or is wrong, that a reader of the source should know."""

    @property
    def header(self) -> str:
        """What stands before the first item."""
        return self.text[: self.starts[0]] if self.starts else self.text

    def only(self, places: Iterable[int]) -> "Markup":
        """The document with the items at `places` alone (0 is the first)."""
        bounds = (*self.starts, len(self.text))
        pieces, starts = [self.header], []
        length = len(self.header)
        for place in places:
            starts.append(length)
            pieces.append(self.text[bounds[place] : bounds[place + 1]])
            length += len(pieces[-1])
        text = "".join((*pieces, *(f"</{name}>" for name in reversed(self.above))))
        return replace(self, text=text, starts=tuple(starts), items=len(starts))


def mend(text: str) -> Markup:
    """`text` as a parser can take it. Takes time linear in its length."""
    faults: list[str] = []
    text = _FORBIDDEN.sub("", text)
    found = _FEED.search(text) or ROOT.search(text)
    prolog = text[: found.start()] if found else ""
    if _ENTITY.search(prolog):
        faults.append("declares entities: refused")
    if found:
        text = text[found.start() :]
    return _Mending(text, faults).mended(found[1].lower() if found else "")


class _Mending:
    """One pass over a document."""

    def __init__(self, text: str, faults: list[str]) -> None:
        self.text, self.faults = text, faults
        self.pieces: list[str] = []
        self.kept = 0  # text up to here is in pieces
        self.length = 0  # of pieces
        self.items = self.depth = self.elements = 0
        self.starts: list[int] = []
        self.open: list[str] = []  # elements around the first item
        self.closed = ""
        self.within = False  # an item
        self.endless: set[str] = set()  # terminators that do not come any more

    def mended(self, root: str) -> Markup:
        position = 0
        while (start := self.text.find("<", position)) >= 0:
            self.plain(position, start)
            if self.is_too_long(start):
                self.replace(start, len(self.text), "")
                break
            position = self.markup(start)
        else:
            self.plain(position, len(self.text))
        self.replace(len(self.text), len(self.text), "")
        whole = self.closed.lower().endswith(root) if root else False
        if root and not whole:
            self.faults.append("cut short: its root element is not closed")
        return Markup(
            text="".join(self.pieces), root=root, items=self.items, starts=tuple(self.starts),
            above=tuple(self.open), whole=whole, faults=tuple(dict.fromkeys(self.faults)),
        )  # fmt: skip

    def is_too_long(self, start: int) -> bool:
        if self.length + start - self.kept > LARGEST:
            self.faults.append(f"longer than {LARGEST:,} characters: the rest was left out")
        elif self.elements > _MOST_ELEMENTS:
            self.faults.append(f"more than {_MOST_ELEMENTS:,} elements: the rest was left out")
        else:
            return False
        return True

    def markup(self, start: int) -> int:
        """Deal with what begins at a `<`; return where it ends."""
        following = self.text[start + 1 : start + 2]
        if following in ("!", "?"):
            return self.section(start)
        tag = _TAG.match(self.text, start) or _LOOSE_TAG.match(self.text, start)
        if tag is None:
            return self.replace(start, start + 1, "&lt;")
        return self.end_tag(tag) if tag[1] else self.start_tag(tag)

    def section(self, start: int) -> int:
        for opening, closing in _SKIPPED:
            if self.text.startswith(opening, start):
                end = -1 if closing in self.endless else self.text.find(closing, start + len(opening))
                if end - start > _LONGEST_TEXT:
                    self.replace(start + _LONGEST_TEXT, end, "")
                if end >= 0:
                    return end + len(closing)
                self.endless.add(closing)
                return self.replace(start, start + len(opening), "")
        return self.replace(start, start + 2, "")

    def start_tag(self, tag: re.Match[str]) -> int:
        _, name, local, rest = tag.groups()
        empty = rest.endswith("/")
        if local.lower() in _ITEMS:
            self.begin_item(tag.start(), empty=empty)
        elif not self.items and not empty and len(self.open) < _DEEPEST:
            self.open.append(name)
        self.elements += 1
        self.depth += not empty
        if self.depth > _DEEPEST:
            self.faults.append(f"nests more than {_DEEPEST} elements deep: flattened")
            return self.replace(tag.start(), tag.end(), "")
        if len(rest) > _LONGEST_TAG or (
            rest.count("=") > _MOST_ATTRIBUTES and rest.count('="') + rest.count("='") > _MOST_ATTRIBUTES
        ):
            self.faults.append("an element has too many attributes: left out")
            return self.replace(tag.start(), tag.end(), f"<{name}{'/' if empty else ''}>")
        return self.mend_ampersands(tag.start(), tag.end())

    def end_tag(self, tag: re.Match[str]) -> int:
        deep, self.depth = self.depth > _DEEPEST, max(0, self.depth - 1)
        if not self.items and self.open and self.open[-1] == tag[2]:
            self.open.pop()
        self.closed = tag[2]
        self.within = self.within and tag[3].lower() not in _ITEMS
        return self.replace(tag.start(), tag.end(), "") if deep else tag.end()

    def begin_item(self, start: int, *, empty: bool) -> None:
        if self.within and empty:
            return
        self.within = not empty
        self.items += 1
        self.depth = len(self.open)
        if len(self.starts) < _MOST_STARTS:
            self.starts.append(self.length + start - self.kept)

    def plain(self, start: int, end: int) -> None:
        """Mend the text between two tags."""
        kept = min(end, start + _LONGEST_TEXT)
        self.mend_ampersands(start, kept)
        if kept < end:
            self.replace(kept, end, "")

    def mend_ampersands(self, start: int, end: int) -> int:
        while (start := self.text.find("&", start, end)) >= 0:
            found = _AMPERSAND.match(self.text, start)
            assert found
            start = self.replace(start, found.end(), mended) if (mended := entity(found)) != found[0] else found.end()
        return end

    def replace(self, start: int, end: int, new: str) -> int:
        """Put `new` for text[start:end]; return `end`."""
        self.pieces += (self.text[self.kept : start], new)
        self.length += start - self.kept + len(new)
        self.kept = end
        return end


def entity(found: re.Match[str]) -> str:
    """A reference that XML knows, with the same meaning."""
    number, name = found.groups()
    if number:
        code = int(number[1:], 16) if number[0] in "xX" else int(number)
        return (
            found[0]
            if code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0xFFFF < code < 0x110000
            else ""
        )
    if not name:
        return "&amp;"
    if name in _KEPT:
        return found[0]
    characters = html5.get(name + ";")
    return "".join(f"&#{ord(c)};" for c in characters) if characters else f"&amp;{name};"
