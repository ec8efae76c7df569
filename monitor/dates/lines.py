"""The dates that a page shows its reader: in `<time>`s and short lines about its headline, and in lines that say so."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from monitor.dates import languages
from monitor.dates.reading import Moment, parse

_SPACE = re.compile(r"\s+")
_STEPS = 400
"""Elements after the headline in which its date is looked for."""
_ABOVE = 60
_PARTS = 5
"""Elements that a line which says its date can consist of."""
_RAW = 300
_LEVELS = 3
_HOUR = re.compile(r"\d\d?:\d\d")
_COMMENTS = re.compile(r"(?:^|[\s_-])comments?(?:[\s_-]|list|block|thread|$)", re.IGNORECASE)
_DATE = 12
"""Letters of a link that is a date and nothing else."""
_BARE_LABEL = 45
"""Characters of a line that can be a date and little else."""
_LABEL = 70
"""Characters of a line that can be a date and says so."""
_CUE = re.compile(r"publi|post|erschien|veröff|datum|\bdate|fecha|pubbl|opublik|released|\bam\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_DAYS = timedelta(days=2)
_WORD = re.compile(r"[^\W\d]{3}")
_LONG = 100
"""Characters from which on a paragraph is the story's text; the third ends the search."""
_DATELINE = re.compile(r"\s*\d\d?\.\s?(?:\d\d?\.|\w{3,9})\s?\d{4}\b|\s*\d{4}-\d\d-\d\d\b")
"""A long text that begins with its date."""
_CHANGED = re.compile(
    r"updat|modifi|\bedit|revis|änder|aktualis|\bstand\b|mis(?:e)? à jour|aggiorn|actualiz|atualiz|bijgewerkt|"
    r"uppdat|oppdat|opdat|päivit|muokat|zaktual|güncel|обновл|оновл|изменен|cập nhật|diperbarui|"
    r"تحديث|به\u200c?روز|更新|수정|업데이트",
    re.IGNORECASE,
)
_APART = frozenset({"nav", "footer", "blockquote", "script", "style", "select", "form"})
_NEAR = 40
"""Elements after the headline among which an aside can hold its date."""
_HOLDERS = frozenset({"div", "section", "ol", "ul", "li", "dl"})
_MONTH_FIRST = re.compile(r"en(?:[-_](?:us|ca|ph))?$|$", re.IGNORECASE)
_COUNTRY = re.compile(r"^https?://[^/?#:]+\.([a-z]{2})(?=[/?#:]|$)", re.IGNORECASE)
_NO_COUNTRY = frozenset({"us", "ph", "ca", "io", "co", "tv", "me", "ai", "fm", "to", "ly", "cc", "ws", "eu", "gg"})
"""Top-level domains of two letters that do not tell of a country that writes the day first."""
_LABEL_OF_PUBLICATION = re.compile(
    r"(?:publi|posted|written|erschien|veröff|pubbl|gepubl|опубл|publikov|utgiv|julkais|"
    r"yay\u0131n|đăng|منتشر|نشر|تاریخ|تاريخ|公開|掲載|发布|發布|게시|입력|등록)[^\d\n]{0,30}\d",
    re.IGNORECASE,
)


def timed(page: Any, title: str = "", *, aside: bool = False) -> Iterator[Moment]:
    """Moments in the `<time>` elements and short lines about the headline, up to the story's third paragraph.

    `aside`: those that stand beside it rather than in the story.
    """
    found = [line for line in _lines_by_headline(page.tree, title, aside) if not _CHANGED.search(line[0])]
    for wanted in ("time", "text"):
        for text, origin in found:
            if origin == wanted and (moment := read(page, text, origin)) is not None:
                yield moment


def above(page: Any, title: str) -> Moment | None:
    """The moment of the short line nearest above the headline, for pages that have none below it."""
    start = _headline(page.tree, title)
    before = start.xpath(f"preceding::*[position() <= {_ABOVE}]") if start is not None else []
    for text, _ in _lines(reversed(before), False, True):
        moment = None if _CHANGED.search(text) else read(page, text, "text")
        if moment is not None:
            return moment
    return None


def labelled(page: Any) -> Moment | None:
    """The moment of the page's first short line, wherever it stands, that says when it was published."""
    for element in page.tree.iter("p", "div", "span", "li", "td", "small", "time", "dd", "em", "i"):
        whole = ["".join(element.itertext())] if len(element) <= _PARTS else []
        for text in (element.text, *(child.tail for child in element), *whole):
            if text and len(text) <= _RAW and len(line := squeeze(text)) <= _LABEL:
                said = _LABEL_OF_PUBLICATION.search(line) and not _CHANGED.search(line)
                stamp = element.find(".//time") if said else None
                exact = read(page, _time_text(stamp), "time") if stamp is not None else None
                moment = exact or read(page, line, "text") if said else None
                if moment is not None:
                    return moment
    return None


def relative(page: Any, title: str, now: datetime) -> Moment | None:
    """The moment of "2 hours ago" near the headline of a page that was fetched at `now`."""
    for text, _ in _lines_by_headline(page.tree, title, numbered=False):
        found = languages.ago(text, language(page), now) if len(text) <= _BARE_LABEL else None
        if found is not None:
            instant, exact = found
            whole = instant if exact else instant.replace(hour=0, minute=0, second=0, microsecond=0)
            return Moment(instant=whole, precision="time" if exact else "day", zoned=exact, origin="text")
    return None


def language(page: Any) -> str:
    """ISO 639 code in lower case that the page gives itself; "" where it gives none."""
    said = page.tree.get("lang") or page.meta.first("og:locale", "content-language")
    found = re.match(r"[a-z]{2,3}(?![a-z])", said.strip().lower())
    return found[0] if found else ""


def read(page: Any, text: str, origin: str) -> Moment | None:
    """The moment that a text of the page writes, in the page's language and by its country's order."""
    return parse(text, origin, day_first=_day_first(page), language=language(page))


def _day_first(page: Any) -> bool:
    """Whether 03/04/2017 is the third of April: by the page's language with its country, else by its address."""
    said = page.tree.get("lang") or page.meta.first("og:locale")
    if not _MONTH_FIRST.match(said.strip()):
        return True
    country = _COUNTRY.match(page.url)
    return country is not None and country[1].lower() not in _NO_COUNTRY and len(said.strip()) <= 2


def _lines_by_headline(
    tree: Any, title: str, aside: bool = False, *, numbered: bool = True
) -> Iterator[tuple[str, str]]:
    """Short texts (`numbered`: with a digit), with `time` or `text`: those after the headline, then the `<time>`s
    shortly before it.

    The headline is the `<h1>` that reads `title`, else a lower heading that does, else the first `<h1>`; without one
    the body's start is read.
    """
    start = _headline(tree, title)
    if start is None:
        found = list(_lines(tree.iter(), aside, numbered))
        yield from sorted(found, key=lambda line: not _HOUR.search(line[0]))  # a day alone can be today's, at the top
        return
    yield from _lines(start.xpath("following::*"), aside, numbered)
    yield from _lines(start.xpath("preceding::time")[-2:], aside, numbered)
    yield from _lines(_just_above(start), aside, numbered)


def _just_above(start: Any) -> Iterator[Any]:
    """The elements right before the headline, and before what holds it: some blogs have their date there."""
    holder = start
    for _ in range(_LEVELS):
        for sibling in islice(holder.itersiblings(preceding=True), 2):
            if len("".join(sibling.itertext()).strip()) <= _BARE_LABEL:
                yield from sibling.iter()
        holder = holder.getparent()
        if holder is None or holder.tag == "body":
            return


def _headline(tree: Any, title: str) -> Any:
    headings = [
        (heading, text) for heading in tree.iter("h1", "h2", "h3") if (text := squeeze("".join(heading.itertext())))
    ]
    first = [heading for heading, _ in headings if heading.tag == "h1"]
    whole = [heading for heading, text in headings if title and text.casefold() == title.casefold()]
    part = [h for h, text in headings if h.tag == "h1" and title and (title in text or text in title)]
    return next(iter([*[h for h in whole if h.tag == "h1"], *part, *whole, *first]), None)


def _lines(elements: Iterable[Any], aside: bool, numbered: bool) -> Iterator[tuple[str, str]]:
    paragraphs = 0
    for element in islice(elements, _NEAR if aside else _STEPS):
        if element.tag == "p" and len("".join(element.itertext())) >= _LONG:
            paragraphs += 1
            if paragraphs > 2:
                return
        for text, origin in _dated_texts(element, numbered):
            if _place(element) == ("aside" if aside else ""):
                yield text, origin


def _place(element: Any) -> str:
    """Where an element stands: "" in the story, `aside` beside it, `apart` in what is not the story's."""
    places = {_place_alone(parent) for parent in (element, *element.iterancestors())}
    return "apart" if "apart" in places else "aside" if "aside" in places else ""


def _place_alone(element: Any) -> str:
    if element.tag in ("aside", "table"):
        return "aside"
    if element.tag == "a":  # a link to the story itself, or to its day, says no more than the date
        letters = sum(map(str.isalpha, "".join(element.itertext())))
        return "apart" if letters > (_DATE if element.find(".//time") is None else _BARE_LABEL) else ""
    if element.tag == "footer" and _is_storys(element):
        return ""
    comments = element.tag in _HOLDERS and _COMMENTS.search(_called(element))
    return "apart" if element.tag in _APART or comments else ""


def _is_storys(footer: Any) -> bool:
    """Whether a footer is the story's own rather than the page's or a teaser's."""
    parent = footer.getparent()
    return parent is not None and parent.tag == "article" and parent.find(".//h1") is not None


def _called(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:300]


def _dated_texts(element: Any, numbered: bool) -> Iterator[tuple[str, str]]:
    if element.tag == "time":
        yield _time_text(element), "time"
        return
    if element.tag == "abbr" and "published" in (element.get("class") or ""):  # http://microformats.org/wiki/hatom
        yield element.get("title") or "", "time"
        return
    for text in (element.text, *(child.tail for child in element)):
        if text and (not numbered or _DIGIT.search(text)) and _is_label(squeeze(text)):
            yield squeeze(text)[:_LABEL], "text"


def _is_label(text: str) -> bool:
    return (
        len(text) <= _BARE_LABEL
        or bool(_DATELINE.match(text))
        or (len(text) <= _LABEL and bool(_CUE.search(text) or _LABEL_OF_PUBLICATION.search(text)))
    )


def _time_text(element: Any) -> str:
    """A `<time>`'s machine-readable value, unless what its reader sees is another day."""
    stamp, seen = element.get("datetime") or "", squeeze(" ".join(element.itertext()))
    written, read = parse(stamp), parse(seen, day_first=True)
    if written is None or (read is not None and _WORD.search(seen) and abs(read.instant - written.instant) > _DAYS):
        return seen
    return stamp


def squeeze(text: str) -> str:
    """`text` on one line."""
    return _SPACE.sub(" ", text).strip()
