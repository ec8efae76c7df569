"""`newswatch export`: the archive as JSON Lines or CSV."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import click
import sqlalchemy as sa

from monitor.store import articles, revisions
from monitor.store.engine import read
from newswatch.context import Context, Group, Instant, as_json, common, print_json
from newswatch.difference import told

Rows = Callable[[sa.Connection, datetime | None], Iterator[dict[str, Any]]]


_FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet begins to calculate at."""


@click.group("export", cls=Group)
def command() -> None:
    """Write the archive as JSON Lines, or as CSV for a spreadsheet."""


def _exporter(name: str, rows: Rows, what: str) -> None:
    @command.command(name, help=f"Write every {what}, oldest first, a line each.")
    @click.option("--jsonl", "form", flag_value="jsonl", help="JSON Lines (the default).")
    @click.option("--csv", "form", flag_value="csv", help="CSV, safe to open in a spreadsheet.")
    @click.option("--since", type=Instant(), metavar="TIME", help="Only what came since this time.")
    @click.option("-o", "--output", type=click.File("w", encoding="utf-8", lazy=True), default="-", help="A file.")
    @common
    @click.pass_obj
    def export(context: Context, form: str | None, since: datetime | None, output: IO[str]) -> None:
        write = _FORMS[form or ("json" if context.json else "jsonl")]
        with read(context.store) as connection:
            write(rows(connection, since), output)


def _jsonl(found: Iterable[dict[str, Any]], output: IO[str]) -> None:
    for row in found:
        output.write(as_json(row) + "\n")


def _json(found: Iterable[dict[str, Any]], output: IO[str]) -> None:
    """One document: a list, a row a line."""
    separator = "["
    for row in found:
        output.write(separator + as_json(row))
        separator = ",\n"
    output.write("[]\n" if separator == "[" else "]\n")


def _csv(found: Iterable[dict[str, Any]], output: IO[str]) -> None:
    writer = None
    for row in found:
        cells = {k: _cell(v) for k, v in row.items()}
        if writer is None:
            writer = csv.DictWriter(output, list(cells), lineterminator="\n")
            writer.writeheader()
        writer.writerow(cells)


def _diff(found: Iterable[dict[str, Any]], output: IO[str]) -> None:
    for row in found:
        output.writelines(line + "\n" for line in told(row, colour=output.isatty()))


_FORMS = {"jsonl": _jsonl, "json": _json, "csv": _csv, "diff": _diff}


def _cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
    if isinstance(text, datetime):
        return text.isoformat().replace("+00:00", "Z")
    if isinstance(text, str) and (text.startswith(("\t", "\r")) or text.lstrip().startswith(_FORMULA)):
        return "'" + text
    return text


_exporter("articles", articles.rows, "article of the archive")
_exporter("matches", articles.match_rows, "match with its evidence")


@command.command("revisions")
@click.option("--jsonl", "form", flag_value="jsonl", help="JSON Lines (the default).")
@click.option("--csv", "form", flag_value="csv", help="CSV, safe to open in a spreadsheet.")
@click.option("--diff", "form", flag_value="diff", help="For people: [-taken out-] and {+put in+}, in colour.")
@click.option("--since", type=Instant(), metavar="TIME", help="Only what was seen since this time.")
@click.option("--url", metavar="ADDRESS", help="Only of the article at this address.")
@click.option("-o", "--output", type=click.File("w", encoding="utf-8", lazy=True), default="-", help="A file.")
@common
@click.pass_obj
def changed(context: Context, form: str | None, since: datetime | None, url: str | None, output: IO[str]) -> None:
    """Write what became of articles since they were first read, oldest first.

    Every text that their pages showed later, with what was taken out and put in, and the topics that came in and went.
    """
    write = _FORMS[form or ("json" if context.json else "jsonl")]
    with read(context.store) as connection:
        write(revisions.rows(connection, since, url), output)


@command.command("feeds")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@common
@click.pass_obj
def feeds(context: Context, folder: Path) -> None:
    """Write an RSS and a JSON feed of each topic into DIR, for a web server to hand out; `serve` has them too."""
    from alerts.feeds import FORMS, Channel, write_file

    settings = context.config.settings
    folder.mkdir(parents=True, exist_ok=True)
    files: list[str] = []
    with read(context.store) as connection:
        for topic in context.config.topics:
            channel = Channel(
                site=settings.site.name, topic_id=topic.id, topic=topic.name, url=settings.site.url,
                fresh=settings.crawl.fresh,
            )  # fmt: skip
            files += [write_file(connection, channel, form, folder).name for form in FORMS]
    if context.json:
        print_json({"directory": str(folder), "files": files})
