"""The url and sitemap elements of a sitemap, as a parser passes them, without a tree in memory."""

from collections.abc import Iterator

from lxml import etree

MOST_ELEMENTS = 1_000_000
"""Elements that are looked at: twenty for each of the 50,000 urls that the protocol allows."""
_CHUNK = 65_536
_DEEPEST = 100
_LONGEST_FIELD = 8_192
_FIELDS = {"loc", "lastmod"}
_NEWS = {"title", "publication_date"}

Element = tuple[str, dict[str, str]]


def elements(text: str, faults: list[str]) -> Iterator[Element]:
    """The name (url, sitemap) and fields of each, whatever namespaces it is in; what is wrong goes to `faults`.

    Fields are `loc` and `lastmod`, and the `title` and `publication_date` of a news element.
    """
    passing = _Passing()
    parser = etree.XMLParser(
        target=passing, recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK].encode("utf-8", "replace"))
            yield from passing.take()
            if passing.count > MOST_ELEMENTS:
                faults.append(f"more than {MOST_ELEMENTS:,} elements, or too deep: the rest was left out")
                return
        parser.close()
    except etree.XMLSyntaxError as error:
        faults.append(f"broken XML ({error.msg})" if error.msg else "broken XML")
    yield from passing.take()
    if not faults and parser.feed_error_log:
        faults.append(f"broken XML ({parser.feed_error_log[0].message.strip()})")
    elif not faults and passing.path:
        faults.append("cut short: its root element is not closed")


class _Passing:
    """What lxml calls as it reads: see https://lxml.de/parsing.html#the-target-parser-interface."""

    def __init__(self) -> None:
        self.count = 0
        self.path: list[str] = []
        self.done: list[Element] = []
        self.fields: dict[str, str] | None = None  # of the open url or sitemap
        self.field = ""

    def take(self) -> list[Element]:
        """What is complete since the last call."""
        done, self.done = self.done, []
        return done

    def start(self, tag: str, _attributes: object) -> None:
        self.count += 1
        name = tag.rpartition("}")[2].rpartition(":")[2].lower()
        self.path.append(name)
        if len(self.path) > _DEEPEST:
            self.count = MOST_ELEMENTS + 1  # nobody nests so by accident
        if name in ("url", "sitemap"):
            self.fields = {}
        elif self.fields is not None:
            above = self.path[-2] if len(self.path) > 1 else ""
            wanted = (name in _FIELDS and above in ("url", "sitemap")) or (name in _NEWS and above == "news")
            self.field = name if wanted and name not in self.fields else ""

    def data(self, text: str) -> None:
        if self.field and self.fields is not None:
            self.fields[self.field] = (self.fields.get(self.field, "") + text)[:_LONGEST_FIELD]

    def end(self, _tag: str) -> None:
        name = self.path.pop() if self.path else ""
        self.field = ""
        if name in ("url", "sitemap") and self.fields is not None:
            self.done.append((name, self.fields))
            self.fields = None

    def close(self) -> None:
        pass
