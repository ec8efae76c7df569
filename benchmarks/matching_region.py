"""A term planted in a saved page's navigation, sidebar or related links, and in its story.

    python -m benchmarks.matching_region [--quick] [--misses]

100 pages, each extracted and matched five times. In the story the term must be found, elsewhere it must not.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator

import lxml.html
from lxml.html import HtmlElement

from benchmarks import data
from monitor.extraction import extract
from monitor.matching import Lexicon, Matcher
from monitor.records import Article, Topic

TERM = "quokka migration treaty"
LINK = f"Delegates sign the {TERM} after a long night"
SENTENCE = f"Both delegations said that the {TERM} would be read aloud again on Thursday before anyone left the hall."
MOST_OUTSIDE, LEAST_INSIDE = 0.01, 0.98
STORY = ("story", "paragraph")
"""A sentence more in a paragraph of the story, and a paragraph more."""
PARTS = {
    "navigation": "//nav | //*[contains(@class, 'menu')] | //*[contains(@id, 'nav')] | //header//ul",
    "sidebar": "//aside | //*[contains(@class, 'sidebar')] | //*[contains(@id, 'sidebar')]",
    "related": "//*[contains(@class, 'related')] | //*[contains(@class, 'recommend')] | //*[contains(@class, 'most-')]",
}


def pages(most: int) -> Iterator[tuple[dict[str, bytes], str]]:
    """(the page with the term in each part, url) of articles whose body people or parsers told."""
    found = 0
    with data.need("news/pages/truth.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            truth = json.loads(line)
            if found == most or truth.get("kind") != "article" or len(truth.get("body") or "") < 1_000:
                continue
            page = gzip.decompress(data.need(f"news/pages/{truth['id']}.html.gz").read_bytes())
            within = inside(page, truth["body"])
            if within:
                found += 1
                yield {part: outside(page, part) for part in PARTS} | within, truth["url"]


def outside(page: bytes, part: str) -> bytes:
    """The page with a link that holds the term in one of its own boxes, or in a new one where it has none."""
    tree = lxml.html.fromstring(page)
    boxes = [box for box in tree.xpath(PARTS[part]) if len(box.text_content()) < 5_000 and box.xpath(".//a")]
    link = lxml.html.fragment_fromstring(f'<li><a href="/news/delegates-sign">{LINK}</a></li>')
    if boxes:
        last = boxes[0].xpath(".//li | .//a")[-1]
        last.addnext(link)
    else:
        names = {"navigation": "<nav><ul></ul></nav>", "sidebar": '<aside class="sidebar"><ul></ul></aside>'}
        box = lxml.html.fragment_fromstring(names.get(part, '<div class="related"><h3>Related</h3><ul></ul></div>'))
        box.xpath(".//ul")[0].append(link)
        root = tree.find(".//body")
        (tree if root is None else root).append(box)
    return _bytes(tree)


def inside(page: bytes, body: str) -> dict[str, bytes]:
    """The page with a sentence more in the middle one of the story's paragraphs, and with one behind it; nothing where
    none can be found."""
    changed = {}
    for part in STORY:
        tree = lxml.html.fromstring(page)
        wanted = " ".join(body.split())
        held = [paragraph for paragraph in tree.xpath("//p") if _said(paragraph)[:80] in wanted]
        told = [paragraph for paragraph in held if len(_said(paragraph)) > 80]
        if not told:
            return {}
        paragraph = told[len(told) // 2]
        if part == "paragraph":
            paragraph.addnext(lxml.html.fragment_fromstring(f"<p>{SENTENCE}</p>"))
        elif len(paragraph):
            paragraph[-1].tail = f"{paragraph[-1].tail or ''} {SENTENCE}"
        else:
            paragraph.text = f"{paragraph.text or ''} {SENTENCE}"
        changed[part] = _bytes(tree)
    return changed


def _said(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _bytes(tree: HtmlElement) -> bytes:
    page: bytes = lxml.html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>")
    return page


def main() -> int:
    """Prints the counts; 1 where they are on the wrong side of their bars."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="25 pages")
    parser.add_argument("--misses", action="store_true", help="show the pages")
    options = parser.parse_args()
    matcher = Matcher([Topic(id="t", name=TERM, phrases=(TERM,))], Lexicon.shipped())
    hits: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for planted, url in pages(25 if options.quick else 100):
        for part, changed in planted.items():
            extracted = extract(changed, url, content_type="text/html; charset=utf-8")
            hit = bool(matcher.match(Article(title=extracted.title, body=extracted.body)))
            tried[part] += 1
            hits[part] += hit
            if options.misses and hit != (part in STORY):
                print(f"  {part}: {url} ({extracted.page_type}, {len(extracted.body)} characters)")
    print(", ".join(f"{part} {hits[part]} of {tried[part]}" for part in tried))
    within = all(hits[part] >= LEAST_INSIDE * tried[part] for part in STORY)
    return int(not within or any(hits[part] > MOST_OUTSIDE * tried[part] for part in PARTS))


if __name__ == "__main__":
    sys.exit(main())
