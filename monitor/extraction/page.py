"""One page: its bytes decoded, cut to size and parsed once, without what a reader could not see."""

import codecs
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import lxml.html
from charset_normalizer import from_bytes
from lxml import etree

from monitor.extraction import jsonld
from monitor.extraction.hidden import drop_hidden

LIMIT = 2 * 1024 * 1024
"""Bytes of a page that are read; an article's text stands well before, and parsers slow down past it."""

_PARSER_OPTIONS: dict[str, Any] = {"remove_comments": True, "remove_pis": True, "collect_ids": False}
_ELEMENTS = etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement, comment=lxml.html.HtmlComment)
"""The same class for every element: lxml.html's own choice by name is made in Python, at each touch of each."""
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_STATEFUL = {"iso2022_jp", "iso2022_kr", "hz", "utf_7"}
"""Encodings made of ASCII bytes alone: these decode as UTF-8 too, and wrongly."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_CONTROLS = [chr(code) for code in (*range(9), 0x0B, *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF)]
"""Each that `_CONTROL` is for: to look for one by one in a long text is faster by far than its search."""
_SPACE = re.compile(r"\s+")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


@dataclass(slots=True, kw_only=True)
class Meta:
    """The page's `<meta>` entries: by lower-case name, property or itemprop, each with its values in page order."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first value that is not empty among these names, in the order of the names; "" where there is none."""
        for name in names:
            for value in self.values.get(name, ()):
                if value:
                    return value
        return ""


class Page:
    """A parsed page; what is costly to find is found once."""

    def __init__(self, body: bytes, url: str, content_type: str = "") -> None:
        self.url = url
        self.source = _printable(decode(body[:LIMIT], content_type))
        self.binary = is_binary(body[:4096], content_type)
        self.tree: Any = None if self.binary else parse(self.source)
        self.jsonld: list[dict[str, Any]] = []
        self.scripts = 0
        self.data: list[str] = []
        """What the page gives its own script to show, as JSON."""
        if self.tree is not None:
            self.jsonld = jsonld.read(self.tree)
            scripts = list(self.tree.iter("script"))
            self.scripts = len(scripts)
            self.data = [script.text for script in scripts if script.get("type") == "application/json" and script.text]
            drop_hidden(self.tree)
            etree.strip_elements(self.tree, "script", "style", "template", with_tail=False)

    @cached_property
    def meta(self) -> Meta:
        meta = Meta()
        if self.tree is None:
            return meta
        for element in self.tree.iter("meta"):
            content = element.get("content") or element.get("value")
            if content is None:
                continue
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if name := element.get(attribute):
                    meta.values.setdefault(name.strip().lower(), []).append(squeeze(content))
        return meta

    @cached_property
    def story(self) -> dict[str, Any]:
        """The JSON-LD node that speaks of this page's article; empty where there is none."""
        return jsonld.story(self.jsonld, self.url)


def _printable(text: str) -> str:
    return _CONTROL.sub("", text) if any(control in text for control in _CONTROLS) else text


def squeeze(text: str) -> str:
    """`text` on one line, without control characters, its runs of white space made one space."""
    return _SPACE.sub(" ", _CONTROL.sub("", text)).strip()


def text_of(element: Any) -> str:
    """The text of an element and all in it, on one line; that of neighbouring elements is kept apart."""
    return squeeze(" ".join(element.itertext()))


def parse(source: str) -> Any:
    """The page's tree, or `None` where there is nothing that could be called a page."""
    parser = lxml.html.HTMLParser(encoding="utf-8", **_PARSER_OPTIONS)
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        tree = lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree if len(tree) else None


def is_binary(start: bytes, content_type: str) -> bool:
    """Whether a body is no text at all, by its first bytes or by what the server calls it."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind.startswith(("image/", "audio/", "video/", "font/")) or kind in (
        "application/pdf",
        "application/zip",
    ):
        return True
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    odd = len(_NOT_TEXT.findall(start.decode("latin-1")))
    return odd > len(start) * 0.05


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a page's bytes; what cannot be decoded becomes U+FFFD.

    Bytes that are valid UTF-8 are UTF-8 whatever is declared; else the byte order mark, the header's and the page's
    own word are tried in this order, then a guess.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(mark):
            return body.decode(name, "replace").removeprefix("\ufeff")
    declared = _declared(body, content_type)
    if not any(name in _STATEFUL for name in declared):
        try:
            return codecs.getincrementaldecoder("utf-8")().decode(body)  # a cut may have split the last character
        except UnicodeDecodeError:
            pass
    for name in declared:
        text = body.decode(name, "replace")
        if text.count("\ufffd") <= max(2, len(text) // 1000):
            return body.decode(name, "cp1252_bytes") if name == "utf_8" else text
    guess = from_bytes(body[:3000] + b" " + body[-3000:]).best()
    return body.decode(guess.encoding if guess else "cp1252", "replace")


def _read_bad_bytes(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 within a page that says it is: read as Windows-1252, which is what slips in."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("cp1252_bytes", _read_bad_bytes)


def _declared(body: bytes, content_type: str) -> list[str]:
    """Codec names that the header and the page's head declare, those that Python knows, in this order."""
    names = [match[1] for match in [_HEADER.search(content_type)] if match]
    names += [match.decode("ascii", "ignore") for match in _DECLARED.findall(body[:4096])]
    known = []
    for name in names:
        try:
            codec = codecs.lookup(_ALIASES.get(name.lower(), name)).name.replace("-", "_")
        except (LookupError, ValueError):
            continue
        known.append(_ALIASES.get(codec, codec))
    return known


_ALIASES = {"iso8859_1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "x-sjis": "cp932",
            "shift_jis": "cp932", "x-gbk": "gb18030", "euc_kr": "cp949", "iso8859_9": "cp1254"}  # fmt: skip
"""Names that mean a larger set on the web (https://encoding.spec.whatwg.org/#names-and-labels)."""
