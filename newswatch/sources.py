"""`newswatch sources`: the ways into the news sites: list them, read one, find new ones, take lists in and out."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from monitor.records import Source
from newswatch.context import Context, Group, at_option, common, print_json

KINDS = ("feeds", "sitemaps", "sections")


@click.group("sources", cls=Group)
def command() -> None:
    """The news sites of sources.yaml, and the ways into them."""


@command.command("list")
@common
@click.pass_obj
def list_sources(context: Context) -> None:
    """List the sources: name, home page and ways in."""
    found = context.config.sources
    if context.json:
        print_json([_described(source) for source in found])
        return
    for source in found:
        click.echo(f"{source.name}  {source.home}")
        for kind in KINDS:
            ways = getattr(source, kind)
            for way in ("(to be discovered)",) if ways is None else ways:
                click.echo(f"    {kind[:-1]:8} {way}")


def _described(source: Source) -> dict[str, Any]:
    ways = {kind: None if (named := getattr(source, kind)) is None else list(named) for kind in KINDS}
    return {"name": source.name, "home": source.home, **ways, "region": list(source.region)}


@command.command("read")
@click.argument("target", metavar="URL|FILE", required=False)
@click.option("--jsonl", is_flag=True, help="Print each entry as a line of JSON; its url is null where it has no link.")
@click.option(
    "--list", "listed", type=click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True), metavar="FILE",
    help='Read {"id", "path", "url"} lines, print {"id", "entries", "leads", "error"} for each, in this order.',
)  # fmt: skip
@click.option("--url", "address", metavar="URL", default="", help="The address that a saved file came from.")
@at_option
@common
@click.pass_obj
def read_way(context: Context, target: str | None, jsonl: bool, listed: Path | None, address: str) -> int:
    """Show the leads of one feed, sitemap or section page; exit 1 when it is none of these."""
    from newswatch import source_reading

    if (target is None) == (listed is None):
        raise click.UsageError("name one feed, sitemap or page, or a list of them with --list FILE")
    if listed is not None:
        return source_reading.print_list(listed)
    answer = source_reading.response(context, str(target), address)
    with source_reading.reader() as read:
        reading = read(answer)
    if jsonl:
        for lead in (*reading.leads, *reading.unlinked):
            print_json(source_reading.described(lead))
    elif context.json:
        print_json(source_reading.summarized(reading))
    else:
        source_reading.show(reading)
    if jsonl and reading.error:
        click.echo(f"{target}: {reading.error}", err=True)
    return 0 if reading.kind else 1


@command.command("discover")
@click.argument("address", metavar="URL")
@click.option("--name", default="", help="What to call the source; else the site's own name.")
@at_option
@common
@click.pass_obj
def discover(context: Context, address: str, name: str) -> int:
    """Look for a site's feeds, sitemaps and section pages; say what each carries, and propose a source."""
    from newswatch import source_discovery

    if "://" not in address:
        address = f"https://{address}"
    found = source_discovery.discover(context, address)
    named = replace(found.source, name=name) if name else found.source
    if context.json:
        print_json({"source": _described(named), "stories": found.stories, "ways": [w.described() for w in found.ways]})
    else:
        source_discovery.show(found, named)
    return 0 if any(way.kept for way in found.ways) else 1


@command.command("health")
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@at_option
@common
@click.pass_obj
def health(context: Context, names: tuple[str, ...]) -> int:
    """Show how the sources fare: what fails, since when, and how to mend it; with -v every way in.

    Times are UTC. Exits with 1 when a source, or a part of one, needs you: it is `failing` or `partial`. `shaky` is a
    first failed look, `recovering` a first good one; either may be a blip.
    """
    from monitor.store import sources as stored
    from newswatch import source_health

    unknown = set(names) - {source.name for source in context.config.sources}
    if unknown:
        raise click.UsageError(f"sources.yaml has no source named {', '.join(sorted(unknown))}")
    with context.store.connect() as connection:
        states = stored.states(connection)
    now = context.clock.now()
    chosen = [source for source in context.config.sources if not names or source.name in names]
    rows = [source_health.described(source, states.get(source.name), now) for source in chosen]
    if context.json:
        print_json(rows)
    else:
        source_health.show(rows, everything=bool(context.verbose))
    return int(any(row["state"] in source_health.NEEDS_HELP for row in rows))


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True))
@common
@click.pass_obj
def import_sources(context: Context, file: Path) -> int:
    """Print the feeds of an OPML or CSV file as a sources.yaml; those that are there already are left out.

    A CSV file has the columns name, home, feed, sitemap, section, region; several values in one field are separated
    by spaces, regions by semicolons. The columns name and one of the addresses are enough.
    """
    from newswatch import source_lists

    with click.open_file(str(file), "rb") as stream:
        taken = source_lists.taken(stream.read(source_lists.LARGEST))
    fresh = source_lists.unknown(taken, source_lists.configured(context))
    if context.json:
        print_json([_described(source) for source in fresh])
    else:
        click.echo(source_lists.as_yaml(fresh), nl=False)
    click.echo(f"{len(fresh)} new of {len(taken)} sources", err=True)
    return 0 if taken else 1


@command.command("export")
@click.option("--format", "kind", type=click.Choice(["opml", "csv"]), default="opml", show_default=True)
@common
@click.pass_obj
def export_sources(context: Context, kind: str) -> None:
    """Print the sources as OPML, for a feed reader, or as CSV, for a spreadsheet."""
    from newswatch import source_lists

    found = context.config.sources
    if context.json:
        print_json([_described(source) for source in found])
    else:
        click.echo(source_lists.as_opml(found) if kind == "opml" else source_lists.as_csv(found), nl=False)
