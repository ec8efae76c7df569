"""`newswatch check --online`: every source asked once, and what its ways in carry."""

from collections.abc import Iterator
from typing import Any

import click

from monitor.errors import NewswatchError
from monitor.leads import Reading
from monitor.records import Source
from newswatch import source_discovery, source_reading
from newswatch.context import Context, print_json
from newswatch.source_discovery import Fetch, Read

KINDS = ("feeds", "sitemaps", "sections")


def check_sources(context: Context) -> int:
    """Ask the ways in of every source, say what came; returns how many sources have none that works."""
    results: list[dict[str, Any]] = []
    with source_reading.reader() as read:
        for source in context.config.sources:
            rows = list(_asked(source_reading.visitor(context, source.home), read, source))
            results.append({"name": source.name, "works": any(row["works"] for row in rows), "ways": rows})
            if not context.json:
                _show(results[-1])
    if context.json:
        print_json(results)
    return sum(not result["works"] for result in results)


def _asked(fetch: Fetch, read: Read, source: Source) -> Iterator[dict[str, Any]]:
    """A row for each way in: those that are named, and where a kind is left to be discovered what a look finds."""
    for kind in KINDS:
        for url in getattr(source, kind) or ():
            try:
                yield _row(kind, url, read(fetch(url)), "")
            except NewswatchError as error:
                yield _row(kind, url, Reading(), str(error).removeprefix(f"{url}: "))
    missing = [kind for kind in KINDS if getattr(source, kind) is None]
    if not missing:
        return
    try:
        found = source_discovery.look(fetch, read, source.home)
    except NewswatchError as error:
        yield _row("home", source.home, Reading(), str(error).removeprefix(f"{source.home}: "))
        return
    for one in found.ways:
        if one.kept and one.way.kind in missing:
            yield _row(one.way.kind, one.way.url, one.reading, "") | {"found": True}


def _row(kind: str, url: str, reading: Reading, failure: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "url": url,
        "works": bool(reading.leads or reading.children),
        "entries": reading.entries,
        "newest": max((lead.published for lead in reading.leads if lead.published), default=None),
        "error": failure or reading.error or ("" if reading.kind else "nothing to read"),
        "found": False,
    }


def _show(result: dict[str, Any]) -> None:
    click.echo(f"{result['name']}: {'works' if result['works'] else 'NO WAY IN WORKS'}")
    for row in result["ways"]:
        newest = f", newest {row['newest']:%Y-%m-%d %H:%M} UTC" if row["newest"] else ""
        told = f"{row['entries']} entries{newest}" if row["works"] else row["error"] or "no entries"
        click.echo(f"    {row['kind'].removesuffix('s'):8} {row['url']}{' (found)' if row['found'] else ''}: {told}")
