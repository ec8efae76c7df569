"""Lists of sources as other programs keep them: OPML and CSV, in and out."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET  # only to write: what comes from outside is read by listparser

import yaml

from monitor import urls
from monitor.errors import NewswatchError
from monitor.leads import text as plain
from monitor.leads.encoding import decode
from monitor.leads.markup import mend
from monitor.records import Source
from newswatch.context import Context

LARGEST = 16 * 1024 * 1024
_COLUMNS = ("name", "home", "feed", "sitemap", "section", "region")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula: https://owasp.org/www-community/attacks/CSV_Injection"""


class NoListError(NewswatchError):
    """The file is neither OPML nor CSV with the columns that are needed."""


def taken(body: bytes) -> tuple[Source, ...]:
    """The sources that an OPML or CSV file lists, one a site's name and home. Raises `NoListError`."""
    text = decode(body)
    found = _of_opml(text) if text.lstrip().startswith("<") else _of_csv(text)
    return tuple(_joined(found))


def configured(context: Context) -> tuple[Source, ...]:
    """The sources of sources.yaml, where there is one."""
    return context.config.sources if (context.directory / "sources.yaml").exists() else ()


def unknown(found: Iterable[Source], known: Sequence[Source]) -> tuple[Source, ...]:
    """The sources of which neither the name nor an address is known; their names made distinct."""
    names = {source.name for source in known}
    addresses = {urls.key(url) for source in known for url in (source.home, *_ways(source))}
    return tuple(
        s for s in found if s.name not in names and not addresses & {urls.key(url) for url in (s.home, *_ways(s))}
    )


def as_yaml(sources: Iterable[Source]) -> str:
    """A sources.yaml; a kind of way in that is `None` is left out, to be discovered."""
    entries = []
    for source in sources:
        entry: dict[str, object] = {"name": source.name, "home": source.home}
        entry |= {k: list(ways) for k in ("feeds", "sitemaps", "sections") if (ways := getattr(source, k)) is not None}
        entries.append(entry | ({"region": list(source.region)} if source.region else {}))
    return yaml.safe_dump({"sources": entries}, sort_keys=False, allow_unicode=True, width=100)


def as_opml(sources: Iterable[Source]) -> str:
    """OPML 2.0 with an outline for each feed; a source without one is left out."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = "newswatch"
    body = ET.SubElement(root, "body")
    for source in sources:
        for feed in source.feeds or ():
            ET.SubElement(body, "outline", type="rss", text=source.name, xmlUrl=feed, htmlUrl=source.home)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def as_csv(sources: Iterable[Source]) -> str:
    """A line a source, in the columns that import takes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for source in sources:
        ways = (" ".join(getattr(source, kind) or ()) for kind in ("feeds", "sitemaps", "sections"))
        writer.writerow(_harmless(cell) for cell in (source.name, source.home, *ways, "; ".join(source.region)))
    return out.getvalue()


def _of_opml(text: str) -> list[Source]:
    import listparser

    found = listparser.parse(mend(text).text)
    rows = []
    for feed in found.feeds:
        url = urls.link("", str(feed.get("url") or ""))
        if url:
            home = "{0.scheme}://{0.netloc}/".format(urlsplit(url))
            rows.append(Source(name=plain.title(feed.get("title")) or urls.site(url), home=home, feeds=(url,)))
    if not rows:
        raise NoListError("no feed is listed in it: OPML with xmlUrl attributes, or CSV with a header line, is needed")
    return rows


def _of_csv(text: str) -> list[Source]:
    rows = csv.DictReader(io.StringIO(text))
    columns = {(name or "").strip().lower().rstrip("s"): name for name in rows.fieldnames or ()}
    missing = "name" not in columns or not columns.keys() & {"home", "feed", "sitemap", "section"}
    if missing:
        raise NoListError(f"a header line with some of the columns {', '.join(_COLUMNS)} is needed, name among them")
    found = []
    for row in rows:
        cells = {kind: _unescaped(row.get(name) or "") for kind, name in columns.items()}
        ways = {kind: _addresses(cells.get(kind, "")) for kind in ("feed", "sitemap", "section")}
        first = next((url for kind in ways for url in ways[kind]), "")
        home = urls.link("", cells.get("home", "")) or (
            "{0.scheme}://{0.netloc}/".format(urlsplit(first)) if first else ""
        )
        if home:
            found.append(
                Source(
                    name=plain.title(cells["name"]) or urls.site(home), home=home, feeds=ways["feed"] or None,
                    sitemaps=ways["sitemap"] or None, sections=ways["section"] or None,
                    region=tuple(x.strip() for x in cells.get("region", "").split(";") if x.strip()),
                )
            )  # fmt: skip
    return found


def _joined(found: Iterable[Source]) -> list[Source]:
    """One source a name and site, with all their ways in; a name that two sites have gets the site's with it."""
    joined: dict[tuple[str, str], Source] = {}
    names: dict[str, str] = {}
    for source in found:
        site = urls.site(source.home)
        if names.setdefault(source.name, site) != site:
            named = replace(source, name=f"{source.name} ({site})")
        else:
            named = source
        known = joined.get((named.name, site))
        joined[named.name, site] = _with(known, named) if known else named
    return list(joined.values())


def _with(one: Source, other: Source) -> Source:
    return replace(
        one,
        feeds=_both(one.feeds, other.feeds),
        sitemaps=_both(one.sitemaps, other.sitemaps),
        sections=_both(one.sections, other.sections),
    )


def _both(one: tuple[str, ...] | None, other: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys((*(one or ()), *(other or ())))) or None


def _ways(source: Source) -> tuple[str, ...]:
    return (*(source.feeds or ()), *(source.sitemaps or ()), *(source.sections or ()))


def _addresses(cell: str) -> tuple[str, ...]:
    return tuple(url for word in re.split(r"[\s;,]+(?=https?:)", cell) if (url := urls.link("", word)))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_RISKY) else cell


def _unescaped(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" ").startswith(_RISKY) else cell
