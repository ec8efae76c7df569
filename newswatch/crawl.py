"""`newswatch crawl`: an ad hoc look at sources of the configuration, or at single addresses; it never mails."""

import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import click

from monitor import interrupts
from monitor.errors import NewswatchError
from monitor.records import Source
from monitor.store import articles
from monitor.store.engine import open_store, read
from newswatch import fetching
from newswatch.context import Context, as_json, at_option, common, print_json
from newswatch.manners import MannersError, contact_refusals
from spiders.plan import CrawlPlan, CrawlReport


class UnknownSourceError(NewswatchError):
    """`name` is neither a source of the configuration nor an address."""

    exit_code = 2

    def __init__(self, name: str, hint: str) -> None:
        self.name = name
        super().__init__(f"{name!r} is neither a source of sources.yaml nor an address{hint}")


@click.command("crawl")
@click.argument("targets", nargs=-1, metavar="[SOURCE|URL]...")
@click.option("-o", "--output", type=click.File("w", encoding="utf-8", lazy=True), help="Write the articles to a file.")
@common
@at_option
@click.pass_obj
def command(context: Context, targets: tuple[str, ...], output: IO[str] | None) -> int:
    """Fetch sources of the configuration (all of them when none is named), or single pages; never mails.

    Articles of sources go into the archive as in a run. Pages named by address are only read and shown, with the
    topics they match. -o writes what is new as JSON Lines.
    """
    addresses = tuple(t for t in targets if t.startswith(("http://", "https://")))
    names = tuple(t for t in targets if t not in addresses)
    found: list[dict[str, Any]] = []
    reports = []
    if names or not addresses:
        reports.append(_sources(context, names, found))
    if addresses:
        reports.append(_addresses(context, addresses, found))
    if output:
        for row in found:
            output.write(as_json(row) + "\n")
    _tell(context, reports, found, shown=output is None)
    for report in reports:
        if report.interrupted:
            raise interrupts.of(report.interrupted)
    return 1 if any(outcome.state == "failed" for report in reports for outcome in report.sources) else 0


def _sources(context: Context, names: tuple[str, ...], found: list[dict[str, Any]]) -> CrawlReport:
    chosen = tuple(_source(context, name) for name in names) or context.config.sources
    refused = contact_refusals(context.config, chosen)
    if refused:
        raise MannersError(refused)
    with context.lock():
        started = context.clock.now()
        report = _crawl(fetching.plan(context.config, chosen, context.clock, progress=context.interactive))
        found += _new(context.config.settings.store, started)
    return report


def _addresses(context: Context, addresses: tuple[str, ...], found: list[dict[str, Any]]) -> CrawlReport:
    """Read single pages into a store that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="newswatch-") as folder:
        store = f"sqlite:///{Path(folder) / 'crawl.db'}"
        plan = fetching.plan(context.config, (), context.clock)
        plan = replace(plan, store=store, addresses=addresses, owners=context.config.sources)
        report = _crawl(plan)
        found += _new(store, None)
    return report


def _crawl(plan: CrawlPlan) -> CrawlReport:
    from spiders.crawl import crawl

    return crawl(plan)


def _source(context: Context, name: str) -> Source:
    known = {source.name: source for source in context.config.sources}
    if name not in known:
        from config.checking import nearest

        raise UnknownSourceError(name, nearest(name, known))
    return known[name]


def _new(store: str, since: datetime | None) -> list[dict[str, Any]]:
    engine = open_store(store)
    with read(engine) as connection:
        rows = list(articles.rows(connection, since))
        matches = list(articles.match_rows(connection, since))
    engine.dispose()
    for row in rows:
        row["matches"] = [
            {key: match[key] for key in ("topic", "score", "evidence")}
            for match in matches
            if match["url"] == row["url"]
        ]
    return rows


def _tell(context: Context, reports: list[CrawlReport], found: list[dict[str, Any]], *, shown: bool) -> None:
    failed = [{"name": o.name, "reason": o.reason} for r in reports for o in r.sources if o.state == "failed"]
    refused = [refusal for report in reports for refusal in report.refused]
    if context.json:
        print_json({"articles": found, "failed": failed})
        return
    for row in found if shown else ():
        when = f"{row['published']:%Y-%m-%d %H:%M}" if row["published"] else "date unknown"
        click.echo(f"{when}  {row['source']}: {row['title']}\n    {row['url']}")
        for match in row["matches"]:
            spans = ", ".join(dict.fromkeys(f"“{e['text']}”" for e in match["evidence"]))
            click.echo(f"    {match['topic']} ({match['score']:.0f}): {spans}")
    for entry in failed:
        click.echo(f"{entry['name']}: {entry['reason']}", err=True)
    for refusal in refused:
        click.echo(f"{refusal.host}: {refusal.reason}: {refusal.example}", err=True)
    other = sum(report.articles.other for report in reports)
    number = "1 article" if len(found) == 1 else f"{len(found)} articles"
    click.echo(number + (f"; {other} pages were no articles" if other else ""), err=True)
